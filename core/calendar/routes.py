"""Pages of the calendar: a year with its special days, and the import of a plan."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from core import audit, clock
from core.access import holding, page_for, staff
from core.accounts import current_actor
from core.calendar import actions, queries
from core.calendar.forms import ConfirmForm, PlanForm
from core.calendar.models import DayKind
from core.calendar.plan import WITH_WEEKDAY, weekday_name
from core.errors import NotFound, RuleBroken
from core.exports import Column, stream
from core.i18n import _
from core.ui import page

bp = Blueprint("calendar", __name__)

importers = holding(*actions.IMPORTERS)

#: The file that is exported can be imported again: its headings are the plan's own.
COLUMNS = tuple(
    Column(heading, value)
    for heading, value in zip(
        WITH_WEEKDAY,
        (
            lambda it: it.day.isoformat(),
            lambda it: (DayKind.WORKING if it.working else DayKind.HOLIDAY).value,
            lambda it: it.name or "—",
            lambda it: weekday_name(it.day),
        ),
        strict=True,
    )
)


@bp.get("/", defaults={"year": None})
@bp.get("/<int:year>")
@page_for(staff)
def calendar_year(year: int | None) -> ResponseReturnValue:
    return _show(year or clock.today().year)


@bp.get("/<int:year>.<format>")
@page_for(staff)
def calendar_export(year: int, format: str) -> ResponseReturnValue:
    _check(year)
    rows = [it for it in queries.days_of(year) if it.name or it.imported or it.is_special]
    return stream(_("Working days of %(year)s", year=str(year)), COLUMNS, rows, format)


@bp.post("/import")
@page_for(importers)
def plan_preview() -> ResponseReturnValue:
    form, actor = PlanForm(), current_actor()
    if not form.validate_on_submit():
        return _show(clock.today().year, form)
    try:
        preview = actions.preview_plan(**form.values(), by=actor)
    except RuleBroken as broken:
        audit.keep_refusal(broken)
        form.blame(broken)
        return _show(form.year.data or clock.today().year, form)
    source = form.source.data or ""
    carried = {"year": str(preview.year), "plan": preview.text, "seen": preview.seen}
    confirm = ConfirmForm(formdata=None, data={**carried, "source": source})
    return page("calendar/plan_preview.html", preview=preview, form=confirm, source=source)


@bp.post("/import/confirm")
@page_for(importers)
def plan_import() -> ResponseReturnValue:
    form = ConfirmForm()
    if form.perform(actions.import_previewed, by=current_actor()):
        flash(_("The plan is imported and counts from now on."), "success")
        return redirect(url_for(".calendar_year", year=form.values()["year"]))
    return _show(clock.today().year, PlanForm(formdata=None), form)


def _check(year: int) -> None:
    if not queries.FIRST_YEAR <= year <= queries.LAST_YEAR:
        raise NotFound(_("There is no calendar for this year."))


def _show(
    year: int, form: PlanForm | None = None, confirm: ConfirmForm | None = None
) -> ResponseReturnValue:
    _check(year)
    days = queries.days_of(year)
    may_import = current_actor().holds(*actions.IMPORTERS)
    following = clock.today().year + 1
    form = form or (PlanForm(formdata=None, data={"year": following}) if may_import else None)
    return page(
        "calendar/calendar_year.html",
        confirm.status if confirm else form.status if form else 200,
        year=year,
        months=queries.months_of(days),
        sheets=queries.sheets_of(days),
        special=[it for it in days if it.is_special or it.imported],
        worked=sum(it.working for it in days),
        provisional=queries.is_provisional(year),
        missing=queries.years_to_import(),
        first=queries.FIRST_YEAR,
        last=queries.LAST_YEAR,
        form=form,
        confirm=confirm,
    )
