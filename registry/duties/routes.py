"""Pages of the duty lists: for the public, and for those who keep them."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, SearchField, SelectField
from wtforms import Form as PlainForm

from core import editions
from core.access import anyone, holding, page_for
from core.accounts import current_actor
from core.divisions import Level
from core.editions.declaration import SETTERS
from core.editions.queries import access_version, comparison
from core.exports import Column, stream
from core.i18n import _, _l
from core.ui import page
from registry.duties import queries
from registry.duties.forms import DutyForm
from registry.duties.texts import (
    COLUMNS,
    DUTY_LIST,
    LABELS,
    LEVELS,
    LISTS,
    by_field,
    present,
)

bp = Blueprint("duties", __name__)

setters = holding(*SETTERS)


class DutySearch(PlainForm):
    """What a list is narrowed to; it travels in the address."""

    q = SearchField(_l("Words"))
    level = SelectField(_l("Level"))
    passed_down = BooleanField(_l("Only what was passed down"))

    def __init__(self, asked: Any) -> None:
        super().__init__(asked)
        self.level.choices = [("", _("All")), *((it.value, it.label) for it in LEVELS.values())]


@bp.get("/")
@page_for(anyone)
def duty_list() -> ResponseReturnValue:
    search = DutySearch(request.args)
    level = search.level.data if search.level.data in set(Level) else ""
    words = (search.q.data or "").strip()[:100]
    shown = []
    for key, edition in queries.lists():
        duties = queries.narrowed(
            edition.content["duties"] if edition else [],
            words=words,
            level=level,
            passed_down=search.passed_down.data,
        )
        shown.append((key, LISTS[key], edition, by_field(duties), len(duties)))
    return page(
        "duties/duty_list.html",
        search=search,
        lists=shown,
        narrowed=sum(map(bool, (words, level, search.passed_down.data))),
        may_set=current_actor().holds(*SETTERS),
    )


@bp.get("/<any(streets, powers):key>.<any(csv, xlsx):format>")
@page_for(anyone)
def duty_export(key: str, format: str) -> Response:
    # The headings are those the form reads back, in the offices' own words; people get others.
    columns = [
        Column(heading if format == "csv" else LABELS[name], name, width=30)
        for heading, name in COLUMNS.items()
    ]
    rows = queries.file_rows(key)
    if format == "csv":
        words = {level.label: word for word, level in LEVELS.items()}
        rows = [{**it, "level": words.get(it["level"], it["level"])} for it in rows]
    return stream(str(LISTS[key]), columns, rows, format)


@bp.get("/<key>/versions")
@page_for(anyone)
def duty_versions(key: str) -> ResponseReturnValue:
    key = queries.access_list(key)
    versions = [it for it in editions.history(DUTY_LIST, key) if it.is_confirmed]
    chosen = [int(it) for it in request.args.getlist("version") if it.isdigit()]
    pair = [it for it in versions if it.id in chosen] if len(set(chosen)) == 2 else versions[:2]
    rows = comparison(pair[1], pair[0]) if len(pair) == 2 else []
    return page(
        "duties/duty_versions.html",
        key=key,
        title=LISTS[key],
        versions=versions,
        pair=pair,
        rows=[it for it in rows if it[1] != it[2]],
    )


@bp.get("/<key>/versions/<int:edition_id>")
@page_for(anyone)
def duty_version(key: str, edition_id: int) -> ResponseReturnValue:
    key = queries.access_list(key)
    edition = access_version(DUTY_LIST, key, edition_id)
    return page(
        "duties/duty_version.html",
        key=key,
        title=LISTS[key],
        edition=edition,
        fields=by_field(edition.content["duties"]),
    )


@bp.route("/<key>/edit", methods=["GET", "POST"])
@page_for(setters)
def duty_edit(key: str) -> ResponseReturnValue:
    key = queries.access_list(key)
    form = DutyForm(present(key))
    kept, preview = form.handled(DUTY_LIST, key)
    if kept:
        flash(_("Your proposal is kept. It holds once a second person has confirmed it."))
        return redirect(url_for("editions.edition_detail", edition_id=form.result.id))
    in_force = editions.in_force(DUTY_LIST, key)
    return page(
        "duties/duty_edit.html",
        form.status,
        form=form,
        key=key,
        title=LISTS[key],
        preview=preview,
        present_id=in_force.id if in_force else 0,
        versions=editions.history(DUTY_LIST, key),
    )
