"""Pages of the calendar: a year with its special days, and the import of a plan."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from core import clock
from core.access import holding, page_for, staff
from core.accounts import current_actor
from core.calendar import actions, queries
from core.calendar.forms import PlanForm
from core.errors import NotFound
from core.i18n import _
from core.ui import page

bp = Blueprint("calendar", __name__)

importers = holding(*actions.IMPORTERS)


@bp.get("/", defaults={"year": None})
@bp.get("/<int:year>")
@page_for(staff)
def calendar_year(year: int | None) -> ResponseReturnValue:
    return _show(year or clock.today().year)


@bp.post("/import")
@page_for(importers)
def plan_import() -> ResponseReturnValue:
    form = PlanForm()
    if form.perform(actions.import_file, by=current_actor()):
        years = actions.years_in(form.file.data.content)
        flash(_("The plan is imported and counts from now on."), "success")
        return redirect(url_for(".calendar_year", year=years[-1]))
    return _show(clock.today().year, form)


def _show(year: int, form: PlanForm | None = None) -> ResponseReturnValue:
    if not queries.FIRST_YEAR <= year <= queries.LAST_YEAR:
        raise NotFound(_("There is no calendar for this year."))
    days = queries.days_of(year)
    may_import = current_actor().holds(*actions.IMPORTERS)
    form = form or (PlanForm() if may_import else None)
    return page(
        "calendar/calendar_year.html",
        form.status if form else 200,
        year=year,
        months=queries.months_of(days),
        special=[it for it in days if it.is_special or it.imported],
        worked=sum(it.working for it in days),
        provisional=queries.is_provisional(year),
        missing=queries.years_to_import(),
        first=queries.FIRST_YEAR,
        last=queries.LAST_YEAR,
        form=form,
    )
