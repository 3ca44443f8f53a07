"""Pages of the service guides: for the public, and for those who write them."""

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core import clock, editions
from core.access import anyone, holding, page_for
from core.accounts import current_actor
from core.editions import Edition
from core.editions.declaration import SETTERS
from core.editions.queries import access_version, comparison
from core.errors import NotFound, RuleBroken
from core.exports import Column, stream
from core.guides import queries
from core.guides.forms import GuideForm, NewGuideForm
from core.guides.texts import GUIDE, PARTS, check_key, parts_of, title, words_of
from core.i18n import _, _l
from core.policy import declared
from core.ui import page

bp = Blueprint("guides", __name__)

setters = holding(*SETTERS)

COLUMNS = (
    *(Column(label, part, width=40) for part, label in PARTS.items()),
    Column(_l("In force since"), "since"),
    Column(_l("Short name in addresses"), "key"),
)


@bp.get("/")
@page_for(anyone)
def guide_list() -> ResponseReturnValue:
    may_set = current_actor().holds(*SETTERS)
    sought = request.args.get("q", "").strip()[:100]
    found = [(it, *words_of(it.content)) for it in queries.list_guides(offered=not may_set)]
    if sought:
        found = [it for it in found if sought.lower() in " ".join(it[1].values()).lower()]
    return page("guides/guide_list.html", guides=found, sought=sought, may_set=may_set)


@bp.get("/guides.<any(csv, xlsx):format>")
@page_for(anyone)
def guide_export(format: str) -> Response:
    return stream(_("Service guides"), COLUMNS, queries.file_rows(), format)


@bp.get("/<key>")
@page_for(anyone)
def guide_detail(key: str) -> ResponseReturnValue:
    edition = queries.access_guide(key, current_actor())
    return _guide_page(edition)


@bp.get("/<key>/versions")
@page_for(anyone)
def guide_versions(key: str) -> ResponseReturnValue:
    queries.access_guide(key, current_actor())
    versions = queries.public_versions(key)
    chosen = {int(it) for it in request.args.getlist("version") if it.isdigit()}
    pair = [it for it in versions if it.id in chosen] if len(chosen) == 2 else versions[:2]
    rows = comparison(pair[1], pair[0]) if len(pair) == 2 else []
    return page(
        "guides/guide_versions.html",
        key=key,
        title=title(key),
        versions=versions,
        pair=pair,
        rows=rows,
    )


@bp.get("/<key>/versions/<int:edition_id>")
@page_for(anyone)
def guide_version(key: str, edition_id: int) -> ResponseReturnValue:
    queries.access_guide(key, current_actor())
    edition = access_version(GUIDE, key, edition_id)
    if not edition.content["offered"] and not current_actor().holds(*SETTERS):
        raise NotFound(_("There is no such version."))
    return _guide_page(edition)


@bp.route("/add", methods=["GET", "POST"])
@page_for(setters)
def guide_add() -> ResponseReturnValue:
    form = NewGuideForm(None)
    key = (form.key.data or "").strip()
    preview = None
    if form.is_submitted():
        try:
            check_key(key)
            if key in queries.short_names():
                raise RuleBroken(_("There is a guide of this short name already."), field="key")
            kept, preview = form.handled(GUIDE, key)
            if kept:
                return _kept(form.result)
        except RuleBroken as broken:
            form.blame(broken)
    return _desk(form, key="", preview=preview)


@bp.route("/<key>/edit", methods=["GET", "POST"])
@page_for(setters)
def guide_edit(key: str) -> ResponseReturnValue:
    history = editions.history(GUIDE, key)
    if not history:
        raise NotFound(_("There is no such service guide."))
    form = GuideForm(editions.in_force(GUIDE, key) or history[0])
    kept, preview = form.handled(GUIDE, key)
    if kept:
        return _kept(form.result)
    return _desk(form, key=key, preview=preview, versions=history)


def _kept(edition: Edition) -> ResponseReturnValue:
    flash(_("Your proposal is kept. It holds once a second person has confirmed it."))
    return redirect(url_for("editions.edition_detail", edition_id=edition.id))


def _desk(form: GuideForm, *, key: str, **context: object) -> ResponseReturnValue:
    present = editions.in_force(GUIDE, key) if key else None
    return page(
        "guides/guide_edit.html",
        form.status,
        form=form,
        key=key,
        title=title(key) if key else "",
        present=present,
        parts=PARTS,
        settings=declared(),
        **context,
    )


def _guide_page(edition: Edition) -> ResponseReturnValue:
    parts, locale = parts_of(edition.content)
    present = editions.in_force(GUIDE, edition.key)
    return page(
        "guides/guide_detail.html",
        edition=edition,
        words=words_of(edition.content)[0],
        parts=parts,
        lang=locale.replace("_", "-"),
        online=edition.content["online"],
        in_force=present is not None and present.id == edition.id,
        to_come=edition.effective_from > clock.today(),
        may_set=current_actor().holds(*SETTERS),
    )
