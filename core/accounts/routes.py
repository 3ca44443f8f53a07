"""Pages of the account: sign in and out, sign up, choose for whom to act, look after one's own."""

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from core.access import anyone, page_for, signed_in
from core.accounts import actions, closing, codes, identity, links, passwords, sessions, sign_in
from core.accounts.actor import choices_for, current_actor
from core.accounts.forms import (
    ClosingForm,
    ContactForm,
    EverywhereForm,
    PasswordForm,
    SignInForm,
    SignUpForm,
)
from core.accounts.models import User
from core.accounts.rules import own_path
from core.accounts.throttle import too_many
from core.errors import NotAllowed
from core.i18n import _
from core.limits import caller
from core.ui import LARGE_TEXT, page

bp = Blueprint("accounts", __name__)


@bp.route("/sign-in", methods=["GET", "POST"], endpoint="sign_in")
@page_for(anyone)
def show_sign_in() -> ResponseReturnValue:
    if current_actor().is_signed_in:
        return redirect(sessions.landing())
    form, status = SignInForm(), 200
    if form.validate_on_submit():
        done = sign_in.attempt(form.login.data or "", form.password.data or "", caller())
        if done.user is not None and done.wants_code:
            sessions.await_code(done.user)
            return redirect(url_for(".sign_in_code"))
        if done.user is not None:
            sessions.start_session(done.user)
            return redirect(sessions.landing())
        if done.locked_until is not None:
            status = 429
            words = too_many(done.locked_until)
        else:
            status = 422
            words = _("The name or the password is not right. Please check both.")
        form.form_errors.append(words)
    elif form.errors:
        status = 422
    return page(
        "accounts/sign_in.html",
        status,
        form=form,
        wanted="next" in session,
        identity_offered=identity.is_offered(),
    )


@bp.post("/sign-out")
@page_for(anyone)
def sign_out() -> ResponseReturnValue:
    if current_actor().is_signed_in:
        sessions.end_session()
        flash(_("You have signed out."), "success")
    return redirect("/")


@bp.route("/sign-up", methods=["GET", "POST"])
@page_for(anyone)
def sign_up() -> ResponseReturnValue:
    if current_actor().is_signed_in:
        return redirect(sessions.landing())
    form = SignUpForm()
    locked_until = sign_in.refuse_sign_up(caller()) if request.method == "POST" else None
    if locked_until is not None:
        form.form_errors.append(too_many(locked_until))
        return _sign_up_page(form, 429)
    if form.perform(links.sign_up, by=current_actor()):
        user: User = form.result
        # The same form sent once more finds its first result: whose password it is, is still asked.
        if passwords.matches(user.password_hash, form.password.data or ""):
            sessions.start_session(user)
            flash(_("Your account is ready, and you are signed in."), "success")
            if links.reached_at(user):
                flash(
                    _(
                        "We have sent you a link. Please open it to confirm that the address is yours."
                    )
                )
            return redirect(sessions.landing())
        form.form_errors.append(_("This form has been used. Please reload the page."))
    return _sign_up_page(form, form.status)


@bp.post("/acting")
@page_for(signed_in)
def act_as() -> ResponseReturnValue:
    """Take on another body of one's own; "0" is oneself. `onward` is the page it was asked on."""
    user = current_actor().user
    assert user is not None
    wanted = request.form.get("body_id", "")
    if wanted not in {str(choice.body_id or 0) for choice in choices_for(user)}:
        raise NotAllowed(_("You do not belong to this body, or not any more."))
    sessions.act_for(int(wanted))
    session["next"] = request.form.get("onward")
    if session["next"]:
        sessions.say_for_whom()
    return redirect(sessions.landing())


@bp.route("/account", methods=["GET", "POST"])
@page_for(signed_in)
def account() -> ResponseReturnValue:
    user = own_account()
    form = ContactForm(obj=user)
    if form.perform(links.change_contact, user, by=current_actor()):
        flash(_("Your details have been saved."), "success")
        return redirect(url_for(".account"))
    return _account_page(user, form.status, contact=form)


@bp.post("/account/password")
@page_for(signed_in)
def password() -> ResponseReturnValue:
    user = own_account()
    form = PasswordForm()
    if form.perform(actions.change_password, user, by=current_actor()):
        stay(user)
        flash(_("Your password has been changed. Other devices have been signed out."), "success")
        return redirect(url_for(".account"))
    return _account_page(user, form.status, password=form)


@bp.post("/account/sign-out-everywhere")
@page_for(signed_in)
def sign_out_everywhere() -> ResponseReturnValue:
    user = own_account()
    form = EverywhereForm()
    if form.perform(actions.sign_out_everywhere, user, by=current_actor()):
        sessions.end_session()
        flash(_("You have been signed out on all devices."), "success")
        return redirect(url_for(".sign_in"))
    return _account_page(user, form.status, everywhere=form)


@bp.post("/account/closing")
@page_for(signed_in)
def closing_ask() -> ResponseReturnValue:
    user = own_account()
    form = ClosingForm()
    if form.perform(closing.ask, user, by=current_actor()):
        words = _(
            "You have asked to have your account closed. Until it is, you may take this back."
        )
        flash(words, "success")
        return redirect(url_for(".account"))
    return _account_page(user, form.status, closing=form)


@bp.post("/account/closing/back")
@page_for(signed_in)
def closing_take_back() -> ResponseReturnValue:
    user = own_account()
    form = EverywhereForm()
    if form.perform(closing.take_back, user, by=current_actor()):
        flash(_("Your account stays open."), "success")
        return redirect(url_for(".account"))
    return _account_page(user, form.status, confirm=form)


@bp.post("/language")
@page_for(anyone)
def language() -> ResponseReturnValue:
    sessions.remember_locale(request.form.get("lang", ""))
    return redirect(_page_before())


@bp.post("/large-text")
@page_for(anyone)
def large_text() -> ResponseReturnValue:
    on = request.form.get("on") == "1"
    sessions.remember_large_text(on)
    answer = redirect(_page_before())
    # The session ends with the browser; whoever needs large letters needs them tomorrow as well.
    answer.set_cookie(
        LARGE_TEXT,
        "1" if on else "0",
        max_age=timedelta(days=365),
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )
    return answer


def _sign_up_page(form: SignUpForm, status: int) -> ResponseReturnValue:
    return page("accounts/sign_up.html", status, form=form, shortest=passwords.shortest())


def own_account() -> User:
    """Return the person signed in."""
    user = current_actor().user
    assert user is not None
    return user


def stay(user: User, *, with_code: bool | None = None) -> None:
    """Keep this browser signed in after the stamp of all sessions has changed."""
    acting = session.get("acting")
    coded = bool(session.get("coded")) if with_code is None else with_code
    sessions.start_session(user, with_code=coded)
    if acting is not None:
        session["acting"] = acting


def _account_page(user: User, status: int = 200, **forms: object) -> ResponseReturnValue:
    contact = forms.get("contact") or ContactForm(formdata=None, obj=user)
    return page(
        "accounts/account.html",
        status,
        user=user,
        shortest=passwords.shortest(),
        contact_form=contact,
        password_form=forms.get("password") or PasswordForm(formdata=None),
        everywhere_form=forms.get("everywhere") or EverywhereForm(formdata=None),
        factor=codes.factor_of(user),
        identity_offered=identity.is_offered(),
        identity=identity.identity_of(user),
        linking=session.get("linking") == user.id,
        reached_at=links.reached_at(user),
        confirm_form=forms.get("confirm") or EverywhereForm(formdata=None),
        closing_form=forms.get("closing") or ClosingForm(formdata=None),
        closes_by=closing.closes_by(user),
        in_the_way=closing.in_the_way(user),
    )


def _page_before() -> str:
    """Return the path of the page a switch was on, if it was one of ours, without old choices."""
    origin, referrer = request.host_url.rstrip("/"), request.referrer or ""
    if not referrer.startswith(origin + "/"):
        return "/"
    parts = urlsplit(referrer.removeprefix(origin))
    kept = "&".join(
        pair
        for pair in parts.query.split("&")
        if pair and pair.partition("=")[0] not in {"lang", "large_text"}
    )
    return own_path(parts.path + (f"?{kept}" if kept else "")) or "/"
