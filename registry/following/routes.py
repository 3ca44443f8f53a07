"""Feeds for programs, and what a person follows."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from core import feeds
from core.access import anyone, page_for, signed_in
from core.accounts import current_actor
from core.forms import Form
from core.i18n import _
from core.limits import limited
from core.ui import page, plain_url
from registry.chronicle import writings
from registry.chronicle.asked import Asked
from registry.chronicle.writings import Written
from registry.following import actions, queries, wording
from registry.following.forms import PaceForm
from registry.portal import filters
from registry.portal.queries import access_organization

bp = Blueprint("following", __name__)

#: Entries on one page of a feed.
SIZE = 50


# --- feeds


@bp.get("/register/changes.atom")
@page_for(anyone)
@limited("search")
def register_feed() -> ResponseReturnValue:
    asked = filters.read(request.args)
    kept = wording.kept_of(asked)
    title = _("Changes on the register: %(search)s", search=wording.search_in_words(asked))
    return _feed(title, wording.asked_of(kept), url_for("portal.register", **kept))  # type: ignore[arg-type]


@bp.get("/register/changes/<path:number>.atom")
@page_for(anyone)
@limited("search")
def organization_feed(number: str) -> ResponseReturnValue:
    found = access_organization(number)
    here = url_for("portal.organization", number=found.number)
    return _feed(found.name, Asked(among=(found.id,)), here)


def _feed(title: str, asked: Asked, shown: str) -> ResponseReturnValue:
    before = request.args.get("before", "")
    behind = int(before) if before.isdigit() and len(before) < 18 else None
    written = writings.list_written(asked, before=behind, size=SIZE + 1)
    more = written[SIZE - 1].version_id if len(written) > SIZE else None
    feed = feeds.Feed(
        title,
        path=plain_url().rstrip("?"),
        first=plain_url(before=None).rstrip("?"),
        page=shown,
        next=plain_url(before=more) if more else None,
        entries=[_entry(it) for it in written[:SIZE]],
    )
    return feeds.answer(feed)


def _entry(it: Written) -> feeds.Entry:
    what = wording.title_of(it) or _("Particulars recorded that are not public")
    return feeds.Entry(
        url_for("portal.organization", number=it.number),
        f"{it.facts.get('name') or it.number}{_(': ')}{what}",
        updated=it.recorded_at,
        summary=wording.told(it) or what,
        key=f"v{it.version_id}",
    )


# --- following


@bp.post("/following/organizations/<path:number>")
@page_for(signed_in)
def follow_organization(number: str) -> ResponseReturnValue:
    found, form = access_organization(number), Form()
    here = url_for("portal.organization", number=found.number)
    return _followed(
        form.perform(actions.follow_organization, found, by=current_actor()), form, here
    )


@bp.post("/following/searches")
@page_for(signed_in)
def follow_search() -> ResponseReturnValue:
    given = MultiDict({k: v for k, v in request.form.items() if k not in ("csrf_token", "once")})
    kept, form = wording.kept_of(filters.read(given)), Form()
    here = url_for("portal.register", **kept)  # type: ignore[arg-type]
    return _followed(form.perform(actions.follow_search, kept, by=current_actor()), form, here)


def _followed(done: bool, form: Form, here: str) -> ResponseReturnValue:
    if not done:
        for words in form.form_errors:
            flash(words, "error")
        return redirect(here)
    flash(_("You will be told of changes. How, you can choose below."), "success")
    return redirect(url_for(".follow_list"))


@bp.get("/following")
@page_for(signed_in)
def follow_list() -> ResponseReturnValue:
    follows = queries.list_follows(current_actor())
    entries = [
        (it, PaceForm(formdata=None, pace=it.pace.value), _search_of(it.asked)) for it in follows
    ]
    return page("registry/following/follow_list.html", entries=entries)


def _search_of(kept: dict[str, str]) -> tuple[str, str]:
    """Return a saved search in words, and its address."""
    words = wording.search_in_words(filters.read(MultiDict(kept)))
    return words, url_for("portal.register", **kept)  # type: ignore[arg-type]


@bp.post("/following/<int:follow_id>")
@page_for(signed_in)
def follow_pace(follow_id: int) -> ResponseReturnValue:
    actor = current_actor()
    if PaceForm().perform(actions.choose_pace, queries.access_follow(follow_id, actor), by=actor):
        flash(_("Your choice holds from the next change on."), "success")
    return redirect(url_for(".follow_list"))


@bp.post("/following/<int:follow_id>/leave")
@page_for(signed_in)
def follow_leave(follow_id: int) -> ResponseReturnValue:
    actor = current_actor()
    if Form().perform(actions.leave, queries.access_follow(follow_id, actor), by=actor):
        flash(_("You will not be told of this any more."), "success")
    return redirect(url_for(".follow_list"))


@bp.route("/following/leave/<token>", methods=["GET", "POST"])
@page_for(anyone)
@limited("verify")
def leave_by_mail(token: str) -> ResponseReturnValue:
    follow, form = queries.access_by_token(token), Form()
    words = follow.organization.name if follow.organization else _search_of(follow.asked)[0]
    done = form.perform(actions.leave, follow)
    body, status = page("registry/following/leave.html", form=form, words=words, done=done)
    # The address is a secret: it must not leave in a referrer, and no search engine may keep it.
    headers = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
    return body, status, headers
