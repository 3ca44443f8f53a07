"""Pages of the words of messages: all of them, and one with its form, preview and history."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core import editions
from core.access import holding, page_for, staff
from core.editions.declaration import SETTERS
from core.i18n import _, get_locale
from core.ui import page
from core.wordings import queries
from core.wordings.forms import ResetForm, WordingForm, WordingSearch
from core.wordings.names import NAMES
from core.wordings.texts import LANGUAGES, WORDS, placeholders, shown, title

bp = Blueprint("wordings", __name__)

setters = holding(*SETTERS)


@bp.get("/")
@page_for(staff)
def wording_list() -> ResponseReturnValue:
    search = WordingSearch(request.args)
    sought = (search.q.data or "").strip()[:100]
    rows = queries.list_wordings(str(get_locale()), sought)
    return page("wordings/wording_list.html", search=search, sought=sought, rows=rows)


@bp.route("/<key>", methods=["GET", "POST"])
@page_for(setters)
def wording_edit(key: str) -> ResponseReturnValue:
    template = queries.access_template(key)
    present = editions.in_force(WORDS, key)
    form = WordingForm(template, present.content if present else {})
    kept, preview = form.handled(WORDS, key)
    if kept:
        return _kept(form.result.id)
    return _desk(key, form, ResetForm(formdata=None), preview=preview)


@bp.post("/<key>/reset")
@page_for(setters)
def wording_reset(key: str) -> ResponseReturnValue:
    template = queries.access_template(key)
    reset = ResetForm()
    kept, _preview = reset.handled(WORDS, key)
    if kept:
        return _kept(reset.result.id)
    present = editions.in_force(WORDS, key)
    form = WordingForm(template, present.content if present else {})
    form.process(formdata=None)
    return _desk(key, form, reset)


def _kept(edition_id: int) -> ResponseReturnValue:
    flash(_("Your proposal is kept. It holds once a second person has confirmed it."))
    return redirect(url_for("editions.edition_detail", edition_id=edition_id))


def _desk(
    key: str, form: WordingForm, reset: ResetForm, preview: object = None
) -> ResponseReturnValue:
    template, present = queries.access_template(key), editions.in_force(WORDS, key)
    content = present.content if present else {}
    return page(
        "wordings/wording_edit.html",
        reset.status if reset.errors else form.status,
        key=key,
        title=title(key),
        names=[(name, NAMES.get(name, "")) for name in placeholders(template)],
        sentences=template.sentences() if template.sentences else [],
        form=form,
        reset=reset,
        languages=LANGUAGES,
        preview=preview,
        now_sent=shown(key, content),
        own=bool(content),
        present_id=present.id if present else 0,
        versions=editions.history(WORDS, key),
    )
