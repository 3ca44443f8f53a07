"""Pages of the word lists: what counts, what is proposed; add, confirm, end, import, export."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.access import holding, page_for, staff
from core.accounts import Actor, current_actor
from core.exports import rows_of, stream
from core.i18n import _, ngettext
from core.ui import page
from registry.names import word_actions as actions
from registry.names import word_files
from registry.names import word_queries as queries
from registry.names.forms import ButtonForm, EndForm, WordFileForm, WordForm, WordSearch
from registry.names.kinds import WordKind
from registry.names.models import NameWord
from registry.names.refusals import keep_refusal

bp = Blueprint("name_words", __name__, url_prefix="/names")
PAGE = 50

setters = holding(*actions.SETTERS)


@bp.get("/words")
@page_for(staff)
def word_list() -> ResponseReturnValue:
    return _list()


def _list(button: ButtonForm | None = None) -> ResponseReturnValue:
    search = WordSearch(request.args)
    narrowing = _narrowing(search)
    found = queries.list_words(narrowing, size=PAGE, after=request.args.get("after"))
    return page(
        "names/word_list.html",
        button.status if button else 200,
        search=search,
        narrowing=narrowing,
        found=found,
        total=queries.count_words(narrowing),
        rows=[_row(it) for it in found.items],
        waiting=queries.count_waiting() or 0,
        may_set=current_actor().holds(*actions.SETTERS),
        button=button or ButtonForm(formdata=None),
    )


def _narrowing(search: WordSearch) -> queries.Narrowing:
    return queries.Narrowing(
        (search.q.data or "").strip(), search.kind.data or "", search.show.data or ""
    )


def _row(it: NameWord) -> dict[str, object]:
    return {
        "id": it.id,
        "word": it.word,
        "kind": it.kind.label,
        "type": it.type.label if it.type else "",
        "effect": it.effect,
        "source": it.source,
        "from_on": it.from_on,
        "to_on": it.to_on,
        "proposed": it.confirmed_at is None and it.withdrawn_at is None,
        "ending": it.waits_for_end,
        "withdrawn": it.withdrawn_at is not None,
    }


@bp.get("/words.<format>")
@page_for(staff)
def word_export(format: str) -> ResponseReturnValue:
    narrowing = _narrowing(WordSearch(request.args))
    rows = rows_of(queries.IN_ORDER.sorted(queries.words(narrowing)))
    kinds = {it.value: it.label for it in WordKind}
    told = " ".join(filter(None, (kinds.get(narrowing.kind, ""), narrowing.q)))
    return stream(_("Word lists for names"), word_files.COLUMNS, rows, format, filters=told)


@bp.route("/words/new", methods=["GET", "POST"])
@page_for(setters)
def word_new() -> ResponseReturnValue:
    form = WordForm()
    if form.perform(actions.propose_word, by=current_actor()):
        flash(_("Your proposal is kept. It holds once a second person has confirmed it."))
        return redirect(url_for(".word_detail", word_id=form.result.id))
    return page("names/word_new.html", form.status, form=form)


@bp.route("/words/import", methods=["GET", "POST"])
@page_for(setters)
def word_import() -> ResponseReturnValue:
    form, actor = WordFileForm(), current_actor()
    if form.perform(_propose_file, by=actor):
        count = form.result or 0
        flash(
            ngettext(
                "%(num)s word is proposed. It counts once a second person has confirmed it.",
                "%(num)s words are proposed. They count once a second person has confirmed them.",
                count,
            )
            if count
            else _("The lists have all these words already.")
        )
        return redirect(url_for(".word_list", show="waiting"))
    keep_refusal("name_word:import_refused", form, by=actor)
    return page("names/word_import.html", form.status, form=form, columns=word_files.READ)


def _propose_file(*, raw: bytes, by: Actor) -> int:
    return actions.propose_words(word_files.read_words(raw), by=by)


@bp.post("/words/confirm")
@page_for(setters)
def word_confirm_all() -> ResponseReturnValue:
    form = ButtonForm()
    if form.perform(actions.confirm_all, by=current_actor()):
        count = form.result or 0
        flash(ngettext("%(num)s word is confirmed.", "%(num)s words are confirmed.", count))
        return redirect(url_for(".word_list", show="waiting"))
    return _list(form)


@bp.get("/words/<int:word_id>")
@page_for(staff)
def word_detail(word_id: int) -> ResponseReturnValue:
    return _show(queries.access_word(word_id))


@bp.post("/words/<int:word_id>/confirm")
@page_for(setters)
def word_confirm(word_id: int) -> ResponseReturnValue:
    form, actor = ButtonForm(), current_actor()
    word = queries.access_word(word_id)
    if form.perform(actions.confirm_word, word, by=actor):
        flash(_("Confirmed."), "success")
        return redirect(url_for(".word_detail", word_id=word_id))
    keep_refusal("name_word:confirm_refused", form, by=actor, subject=word)
    return _show(queries.access_word(word_id), button=form)


@bp.post("/words/<int:word_id>/withdraw")
@page_for(setters)
def word_withdraw(word_id: int) -> ResponseReturnValue:
    form = ButtonForm()
    if form.perform(actions.withdraw_word, queries.access_word(word_id), by=current_actor()):
        flash(_("The proposal is withdrawn."))
        return redirect(url_for(".word_detail", word_id=word_id))
    return _show(queries.access_word(word_id), button=form)


@bp.post("/words/<int:word_id>/end")
@page_for(setters)
def word_end(word_id: int) -> ResponseReturnValue:
    form = EndForm()
    if form.perform(actions.propose_end, queries.access_word(word_id), by=current_actor()):
        flash(_("The end is proposed. The word counts until a second person has confirmed it."))
        return redirect(url_for(".word_detail", word_id=word_id))
    return _show(queries.access_word(word_id), end=form)


def _show(
    word: NameWord, *, button: ButtonForm | None = None, end: EndForm | None = None
) -> ResponseReturnValue:
    sent = button or end
    return page(
        "names/word_detail.html",
        sent.status if sent else 200,
        word=word,
        button=button or ButtonForm(formdata=None),
        end=end or EndForm(formdata=None),
        may_set=current_actor().holds(*actions.SETTERS),
    )
