"""Pages of mailed links: a new password for who forgot it, and the confirmation of an address."""

from flask import flash, redirect, session, url_for
from flask.typing import ResponseReturnValue

from core.access import anyone, page_for, signed_in
from core.accounts import links, passwords, sign_in
from core.accounts.actor import current_actor
from core.accounts.forms import EverywhereForm, NewPasswordForm, ResetAskForm
from core.accounts.links import LinkKind
from core.accounts.routes import bp, own_account
from core.accounts.throttle import too_many
from core.db import atomic
from core.i18n import _
from core.limits import caller
from core.ui import page


@bp.route("/password-reset", methods=["GET", "POST"])
@page_for(anyone)
def reset_ask() -> ResponseReturnValue:
    """Whether there is such an account is not to be learnt here."""
    form, status = ResetAskForm(), 200
    if form.validate_on_submit():
        locked_until = sign_in.refuse_reset(form.login.data or "", caller())
        if locked_until is None:
            with atomic():
                links.send_reset(form.login.data or "", by=current_actor())
            return redirect(url_for(".reset_sent"))
        status = 429
        form.form_errors.append(too_many(locked_until))
    elif form.errors:
        status = 422
    return page("accounts/reset_ask.html", status, form=form)


@bp.get("/password-reset/sent")
@page_for(anyone)
def reset_sent() -> ResponseReturnValue:
    return page("accounts/reset_sent.html")


@bp.route("/password-reset/<token>", methods=["GET", "POST"])
@page_for(anyone)
def reset_password(token: str) -> ResponseReturnValue:
    form = NewPasswordForm()
    if form.perform(links.reset_password, token, by=current_actor()):
        session.pop("half", None)
        flash(_("Your new password holds from now on. Please sign in with it."), "success")
        return redirect(url_for(".sign_in"))
    links.open_link(token, LinkKind.RESET, by=current_actor())
    return page(
        "accounts/reset_password.html", form.status, form=form, shortest=passwords.shortest()
    )


@bp.post("/account/confirmation")
@page_for(signed_in)
def confirmation_send() -> ResponseReturnValue:
    user = own_account()
    locked_until = sign_in.refuse_reset(user.login, caller())
    if locked_until is not None:
        flash(too_many(locked_until), "error")
    elif EverywhereForm().perform(links.send_confirmation, user, by=current_actor()):
        flash(_("We have sent you a link. Please open it to confirm that the address is yours."))
    return redirect(url_for(".account"))


@bp.route("/confirm-address/<token>", methods=["GET", "POST"])
@page_for(anyone)
def confirm_address(token: str) -> ResponseReturnValue:
    """Mail programs open links by themselves: only the button confirms."""
    form = EverywhereForm()
    onward = url_for(".account" if current_actor().is_signed_in else ".sign_in")
    if links.has_confirmed(token):
        flash(_("This link has done its work: your address is confirmed."), "success")
        return redirect(onward)
    if form.perform(links.confirm_address, token, by=current_actor()):
        flash(_("Thank you. Your address is confirmed."), "success")
        return redirect(onward)
    link = links.open_link(token, LinkKind.CONFIRMATION, by=current_actor())
    return page("accounts/confirm_address.html", form.status, form=form, address=link.address)
