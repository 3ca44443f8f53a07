"""Pictures for everybody, the time that offices take for officers, and the monthly reports."""

import io
from datetime import date
from operator import itemgetter

from flask import Blueprint, Response, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from core import clock
from core.access import anyone, holding, page_for, staff
from core.accounts import Role, current_actor
from core.attachments import storage
from core.documents.routes import PDF_POLICY
from core.errors import NotFound
from core.exports import Column, Kind, stream
from core.i18n import _
from core.limits import limited
from core.ui import page
from registry.statistics import actions, pictures, queries, times
from registry.statistics.forms import FrameForm, ReportForm
from registry.statistics.picture import Picture, frame

bp = Blueprint("statistics", __name__, url_prefix="/statistics")

ISSUERS = (Role.BUREAU_HEAD, Role.SUPERVISOR)


@bp.get("")
@page_for(anyone)
@limited("search")
def overview() -> ResponseReturnValue:
    register = queries.register()
    form = FrameForm(request.args).offer(register.first_year)
    year, kind = form.chosen()
    shown = frame(year, kind)
    decided = times.by_office(date(year, 1, 1), shown.day)
    return page(
        "registry/statistics/statistics.html",
        form=form,
        frame=shown,
        until=register.until,
        pictures={it.key: it for it in pictures.of_register(register, shown)},
        times=pictures.of_times(times.by_kind(decided)),
    )


@bp.get("/<key>.<any(csv, xlsx):format>")
@page_for(anyone)
@limited("search")
def picture_download(key: str, format: str) -> ResponseReturnValue:
    register = queries.register()
    year, kind = FrameForm(request.args).offer(register.first_year).chosen()
    shown = frame(year, kind)
    drawn = {it.key: it for it in pictures.of_register(register, shown)}
    if key == "times":
        decided = times.by_office(date(year, 1, 1), shown.day)
        drawn[key] = pictures.of_times(times.by_kind(decided))
    if key not in drawn:
        raise NotFound(_("There is no such picture."))
    return _file(drawn[key], format, f"{year}")


@bp.get("/office")
@page_for(staff)
def office() -> ResponseReturnValue:
    form, found = _of_offices()
    return page(
        "registry/statistics/office.html",
        form=form,
        by_kind=pictures.of_times(times.by_kind(found)),
        by_office=pictures.of_times(found, offices=True),
    )


@bp.get("/office/times.<format>")
@page_for(staff)
def office_download(format: str) -> ResponseReturnValue:
    form, found = _of_offices()
    year, _kind = form.chosen()
    return _file(pictures.of_times(found, offices=True), format, f"{year}")


@bp.get("/reports")
@page_for(anyone)
def reports() -> ResponseReturnValue:
    return _reports_page(_report_form() if current_actor().holds(*ISSUERS) else None)


@bp.post("/reports")
@page_for(holding(*ISSUERS))
def report_issue() -> ResponseReturnValue:
    form = _report_form()
    if form.perform(actions.issue_report, by=current_actor()):
        number = form.result.instrument.number
        flash(_("Report %(number)s has been issued.", number=number), "success")
        return redirect(url_for(".reports"))
    return _reports_page(form)


@bp.get("/reports/<month>.pdf")
@page_for(anyone)
def report_download(month: str) -> ResponseReturnValue:
    found = queries.access_report(month).instrument
    answer = send_file(
        io.BytesIO(storage.get(found.sha256)),
        mimetype="application/pdf",
        download_name=f"{found.title}_{month}.pdf",
    )
    answer.headers["Content-Security-Policy"] = PDF_POLICY
    return answer


def _report_form() -> ReportForm:
    return ReportForm(month=f"{actions.month_before(clock.today()):%Y-%m}")


def _reports_page(form: ReportForm | None) -> ResponseReturnValue:
    return page(
        "registry/statistics/reports.html",
        form.status if form else 200,
        form=form,
        reports=queries.list_reports(),
    )


def _of_offices() -> tuple[FrameForm, list[times.Times]]:
    form = FrameForm(request.args).offer(queries.register().first_year)
    year, _kind = form.chosen()
    last = min(queries.last_day(year), clock.today())
    return form, times.by_office(date(year, 1, 1), last)


def _file(picture: Picture, format: str, filters: str) -> Response:
    columns = [
        Column(words, itemgetter(place), _kind_of(picture, place))
        for place, words in enumerate(picture.columns)
    ]
    return stream(picture.title, columns, picture.rows, format, filters=filters)


def _kind_of(picture: Picture, place: int) -> Kind:
    """Return what a column of the table holds: numbers, or words such as the day of a count."""
    values = [row[place] for row in picture.rows if row[place] is not None]
    return Kind.NUMBER if all(isinstance(it, int) for it in values) else Kind.TEXT
