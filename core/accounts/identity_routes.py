"""Pages of the identity platform: go there, come back, link and unlink."""

from flask import flash, redirect, session, url_for
from flask.typing import ResponseReturnValue

from core import audit
from core.access import anyone, page_for, signed_in
from core.accounts import codes, identity, sessions
from core.accounts.actor import Actor, current_actor
from core.accounts.forms import EverywhereForm
from core.accounts.models import User
from core.accounts.routes import bp, own_account
from core.config import settings
from core.db import atomic
from core.errors import DomainError, RuleBroken
from core.i18n import _


@bp.get("/sign-in/identity")
@page_for(anyone)
def identity_leave() -> ResponseReturnValue:
    """A link, no form: the content policy lets forms lead to our own pages only."""
    return identity.send_away(settings().public_url + url_for(".identity_back"))


@bp.get("/sign-in/identity/back")
@page_for(anyone)
def identity_back() -> ResponseReturnValue:
    linking = session.pop("linking", None)
    actor = current_actor()
    try:
        issuer, subject = identity.who_came_back()
        if actor.is_signed_in:
            # Only who pressed the button here links: an answer that somebody else fetched does not.
            if linking != actor.user_id:
                raise RuleBroken(_("You are signed in already."))
            with atomic():
                identity.link_identity(issuer, subject, by=actor)
            flash(_("Your identity is linked. From now on it opens this account."), "success")
            return redirect(url_for(".account"))
        with atomic():
            user = identity.user_of(issuer, subject)
    except DomainError as refused:
        audit.keep_refusal(refused)
        flash(str(refused), "error")
        return redirect(url_for(".account" if actor.is_signed_in else ".sign_in"))
    if user is None:
        words = _("No account is linked to this identity yet. Sign in with your password once, then link it under “My account”.")  # fmt: skip
        flash(words, "warning")
        return redirect(url_for(".sign_in"))
    return _let_in(user)


@bp.post("/account/identity")
@page_for(signed_in)
def identity_link() -> ResponseReturnValue:
    """Note that this person wants to link, then let them go: nobody else can start it for them."""
    session["linking"] = own_account().id
    return redirect(url_for(".account", _anchor="identity"))


@bp.post("/account/identity/unlink")
@page_for(signed_in)
def identity_unlink() -> ResponseReturnValue:
    if EverywhereForm().perform(identity.unlink_identity, own_account(), by=current_actor()):
        flash(_("The identity is not linked any more."), "success")
    return redirect(url_for(".account"))


def _let_in(user: User) -> ResponseReturnValue:
    """Sign in who the platform vouches for; who has one-time codes shows one here too."""
    if codes.factor_of(user) is not None:
        sessions.await_code(user)
        return redirect(url_for(".sign_in_code"))
    with atomic():
        audit.record("account:sign_in_by_identity", user, by=Actor(user=user))
    sessions.start_session(user)
    return redirect(sessions.landing())
