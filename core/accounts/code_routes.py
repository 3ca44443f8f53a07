"""Pages of one-time codes and of sessions: the second step of signing in, setting up, the list."""

from flask import flash, redirect, session, url_for
from flask.typing import ResponseReturnValue

from core.access import anyone, page_for, signed_in
from core.accounts import actions, codes, queries, sessions, sign_in
from core.accounts.actor import current_actor
from core.accounts.forms import CodeForm, EverywhereForm, SignInCodeForm
from core.accounts.models import User
from core.accounts.routes import bp, own_account, stay
from core.accounts.throttle import too_many
from core.documents.drawing import code_to_scan
from core.i18n import _
from core.limits import caller
from core.ui import page


@bp.route("/sign-in/code", methods=["GET", "POST"])
@page_for(anyone)
def sign_in_code() -> ResponseReturnValue:
    user = sessions.awaited()
    if user is None:
        return redirect(url_for(".sign_in"))
    form, status = SignInCodeForm(), 200
    if form.validate_on_submit():
        done = sign_in.attempt_code(user, form.code.data or "", caller())
        if done.user is not None:
            sessions.start_session(done.user, with_code=True)
            return redirect(sessions.landing())
        if done.locked_until is not None:
            status = 429
            form.form_errors.append(too_many(done.locked_until))
        else:
            status = 422
            form.code.errors = [*form.code.errors, done.refused]
    elif form.errors:
        status = 422
    return page("accounts/sign_in_code.html", status, form=form)


@bp.get("/account/codes", endpoint="codes")
@page_for(signed_in)
def show_codes() -> ResponseReturnValue:
    return _codes_page(own_account())


@bp.post("/account/codes/begin")
@page_for(signed_in)
def codes_begin() -> ResponseReturnValue:
    user = own_account()
    form = EverywhereForm()
    if form.perform(codes.begin, user, by=current_actor()):
        return redirect(url_for(".codes"))
    return _codes_page(user, form.status)


@bp.post("/account/codes/confirm")
@page_for(signed_in)
def codes_confirm() -> ResponseReturnValue:
    user = own_account()
    form = CodeForm()
    if form.perform(actions.turn_codes_on, user, by=current_actor()):
        if form.result is not None:
            stay(user, with_code=True)
        return _show_recovery_codes(form.result)
    return _codes_page(user, form.status, confirm=form)


@bp.post("/account/codes/recovery")
@page_for(signed_in)
def codes_recovery() -> ResponseReturnValue:
    user = own_account()
    form = CodeForm()
    if form.perform(codes.renew_recovery_codes, user, by=current_actor()):
        return _show_recovery_codes(form.result)
    return _codes_page(user, form.status, renew=form)


@bp.post("/account/codes/off")
@page_for(signed_in)
def codes_off() -> ResponseReturnValue:
    user = own_account()
    form = CodeForm()
    if form.perform(codes.turn_off, user, by=current_actor()):
        flash(_("One-time codes are off. Signing in takes the password only."), "success")
        return redirect(url_for(".account"))
    return _codes_page(user, form.status, off=form)


@bp.get("/account/sessions")
@page_for(signed_in)
def session_list() -> ResponseReturnValue:
    here = session.get("visit")
    found = [(visit, visit.id == here) for visit in queries.list_sessions(own_account())]
    form = EverywhereForm(formdata=None)
    return page("accounts/session_list.html", sessions=found, form=form)


@bp.post("/account/sessions/<int:session_id>")
@page_for(signed_in)
def session_end(session_id: int) -> ResponseReturnValue:
    visit = queries.access_session(session_id, current_actor())
    if EverywhereForm().perform(actions.end_session, visit, by=current_actor()):
        flash(_("That device has been signed out."), "success")
    if session_id == session.get("visit"):
        sessions.end_session()
        return redirect(url_for(".sign_in"))
    return redirect(url_for(".session_list"))


def _show_recovery_codes(made: list[str] | None) -> ResponseReturnValue:
    """Show codes this once; a page that is sent again has none to show."""
    return page("accounts/recovery_codes.html", made=made or [], onward=session.get("next"))


def _codes_page(user: User, status: int = 200, **tried: CodeForm) -> ResponseReturnValue:
    factor, pending = codes.factor_of(user), codes.pending_of(user)
    address = codes.address_of(pending, user) if pending else ""
    return page(
        "accounts/codes.html",
        status,
        factor=factor,
        pending=pending,
        picture=code_to_scan(address) if pending else "",
        required=codes.is_required() and codes.holds_staff_role(user),
        unused=codes.count_recovery_codes(user) if factor else 0,
        begin_form=EverywhereForm(formdata=None),
        confirm_form=tried.get("confirm") or CodeForm(formdata=None),
        renew_form=tried.get("renew") or CodeForm(formdata=None),
        off_form=tried.get("off") or CodeForm(formdata=None),
    )
