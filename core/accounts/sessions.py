"""Who is signed in in this browser: begin and end of a session, its list, and the idle one's end."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hmac import compare_digest

from flask import Flask, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, login_user, logout_user

from core import clock, i18n, policy
from core.access import OPEN_ENDPOINTS
from core.accounts import codes
from core.accounts.actor import current_actor
from core.accounts.models import User, UserSession
from core.accounts.policy import CODE_MINUTES, STAFF_IDLE
from core.accounts.rules import device_of, own_path
from core.db import atomic, db
from core.i18n import _
from core.ui import navigation

#: What a session keeps when its owner changes: choices, and where they wanted to go.
KEPT = ("lang", "large_text", "next")

#: How often an active session of staff notes that it is active.
NOTE_EVERY = timedelta(minutes=1)

#: How often the list of sessions learns that one is in use.
SEEN_EVERY = timedelta(minutes=5)

#: Pages that staff reach before they have set up their codes.
BEFORE_CODES = frozenset(
    {
        "accounts.codes",
        "accounts.codes_begin",
        "accounts.codes_confirm",
        "accounts.sign_out",
        "accounts.sign_out_everywhere",
        "accounts.language",
        "accounts.large_text",
        "accounts.act_as",
    }
)


def await_code(user: User) -> None:
    """Remember in this browser whose password was right, and when."""
    session["half"] = [user.get_id(), int(clock.now().timestamp())]


def awaited() -> User | None:
    """Return who still has to enter a code in this browser, while there is time."""
    kept = session.get("half")
    if not isinstance(kept, list) or len(kept) != 2:
        return None
    asked = datetime.fromtimestamp(kept[1], UTC)
    if clock.now() - asked > timedelta(minutes=policy.value(CODE_MINUTES)):
        session.pop("half", None)
        return None
    number, _separator, stamp = str(kept[0]).partition(":")
    user = db.session.get(User, int(number)) if number.isdecimal() else None
    right = user is not None and not user.closed and compare_digest(stamp, user.session_stamp)
    return user if right else None


def start_session(user: User, *, with_code: bool = False) -> None:
    """Start a session of `user`. Whatever an earlier one of this browser held is gone."""
    with atomic():
        begun = begin_visit(user, request.remote_addr or "", str(request.user_agent), with_code)
    _empty(KEPT)
    session.setdefault("lang", user.locale)
    if user.large_text:
        session.setdefault("large_text", True)
    session["seen_at"] = int(clock.now().timestamp())
    session["visit"] = begun.id
    session["coded"] = with_code
    login_user(user)
    forget_actor()


def begin_visit(user: User, address: str, agent: str, with_code: bool) -> UserSession:
    """Note in the running transaction that a browser is signed in as `user`."""
    visit = UserSession(
        user_id=user.id,
        begun_at=clock.now(),
        seen_at=clock.now(),
        address=address[:60],
        device=(device_of(agent) or agent)[:300],
        with_code=with_code,
    )
    db.session.add(visit)
    db.session.flush()
    return visit


def this_visit() -> UserSession | None:
    """Return the session of this browser, or None where nobody is signed in."""
    number = session.get("visit")
    return db.session.get(UserSession, number) if isinstance(number, int) else None


def end_session() -> None:
    """End this browser's session; language and text size stay."""
    with atomic():
        visit = this_visit()
        if visit is not None and visit.ended_at is None:
            visit.ended_at = clock.now()
    logout_user()
    _empty([name for name in KEPT if name != "next"])
    forget_actor()


def _empty(kept: Iterable[str]) -> None:
    """Leave nothing in this browser's session but `kept`."""
    left = {name: session[name] for name in kept if name in session}
    session.clear()
    session.update(left)
    g.pop("csrf_token", None)  # a page of this answer would carry the token that is gone


def forget_actor() -> None:
    """Let the rest of this request ask anew who acts, and for whom."""
    g.pop("actor", None)


def act_for(body_id: int) -> None:
    """Let the person act for a body from now on; 0 is themselves. The caller has checked it."""
    session["acting"] = body_id
    forget_actor()


def say_for_whom() -> None:
    """Say on the next page for whom the person acts from now on."""
    body = current_actor().body
    words = _("You are acting for %(body)s now.", body=body.name) if body else None
    flash(words or _("You are acting for yourself now."))


def landing() -> str:
    """Return where a person goes who has just signed in: where they wanted to, else their desk."""
    wanted = own_path(session.pop("next", None))
    if wanted is not None:
        return wanted
    area = "officer" if current_actor().is_staff else "applicant"
    entries = navigation(area)
    return str(entries[0]["url"]) if entries else url_for("accounts.account")


def remember_locale(locale: str) -> None:
    """Keep the chosen language for this session, and for the messages a person is sent."""
    if locale not in i18n.LOCALES:
        return
    session["lang"] = locale
    user = current_actor().user
    if user is not None and user.locale != locale:
        with atomic():
            user.locale = locale


def remember_large_text(on: bool) -> None:
    """Keep the chosen size of text for this session, and with the account of who is signed in."""
    session["large_text"] = on
    user = current_actor().user
    if user is not None and user.large_text is not on:
        with atomic():
            user.large_text = on


def _load(key: str) -> User | None:
    number, _separator, stamp = key.partition(":")
    known = number.isdecimal() and len(number) < 19
    visit = session.get("visit")
    if not known or not isinstance(visit, int):
        return None
    user: User | None = db.session.scalar(
        db.select(User)
        .join(UserSession, UserSession.user_id == User.id)
        .where(User.id == int(number), UserSession.id == visit, UserSession.ended_at.is_(None))
    )
    if user is None or user.closed or not compare_digest(stamp, user.session_stamp):
        return None
    return user


def _note_use() -> None:
    """Note now and then that this browser's session is in use, and from where."""
    if request.endpoint is None or request.endpoint in OPEN_ENDPOINTS:
        return
    noted = session.get("noted_at", session.get("seen_at", 0))
    now = clock.now()
    if "visit" not in session or now.timestamp() - noted < SEEN_EVERY.total_seconds():
        return
    if current_actor().is_signed_in:
        session["noted_at"] = int(now.timestamp())
        with atomic():
            visit = this_visit()
            if visit is not None:
                visit.seen_at, visit.address = now, (request.remote_addr or "")[:60]
        forget_actor()


def _lead_to_codes() -> ResponseReturnValue | None:
    """Let staff do nothing before they sign in with codes, where that is required."""
    if request.endpoint is None or request.endpoint in OPEN_ENDPOINTS | BEFORE_CODES:
        return None
    actor = current_actor()
    if actor.user is None or session.get("coded") or not actor.member_of:
        return None
    if not codes.is_required() or not codes.holds_staff_role(actor.user):
        return None
    if codes.factor_of(actor.user) is None:
        if request.method == "GET":
            session.setdefault("next", request.full_path.rstrip("?"))
        return redirect(url_for("accounts.codes"))
    end_session()  # turned on since: this browser never showed a code
    flash(_("Please sign in again, with a one-time code."))
    return redirect(url_for("accounts.sign_in"))


def _end_idle() -> None:
    """Sign staff out who have not asked for a page for too long."""
    if request.endpoint is None or request.endpoint in OPEN_ENDPOINTS:
        return
    if not current_actor().is_staff and "desk" not in session:
        return
    now = clock.now()
    seen = datetime.fromtimestamp(session.get("seen_at", now.timestamp()), UTC)
    if now - seen > timedelta(minutes=policy.value(STAFF_IDLE)):
        end_session()
        flash(_("You were away for a while, so you have been signed out. Please sign in again."))
    elif "desk" not in session or now - seen >= NOTE_EVERY:
        session["desk"] = True
        session["seen_at"] = int(now.timestamp())


def _keep_choices() -> None:
    """Keep the language and the text size that a link of the header asked for."""
    locale, large = request.args.get("lang"), request.args.get("large_text")
    if locale in i18n.LOCALES and session.get("lang") != locale:
        session["lang"] = locale
    if large in {"0", "1"}:
        session["large_text"] = large == "1"


def init_app(app: Flask) -> None:
    app.before_request(_keep_choices)
    manager = LoginManager(app)
    manager.user_loader(_load)
    app.before_request(_end_idle)
    app.before_request(_note_use)
    app.before_request(_lead_to_codes)
