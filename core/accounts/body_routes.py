"""Pages of bodies: for whom one may act, who acts for one's organization, invitations, hand-over."""

from typing import Any

from flask import flash, redirect, session, url_for
from flask.typing import ResponseReturnValue

from core.access import anyone, holding, page_for, signed_in
from core.accounts import actions, handover, invitations, passwords, queries, sessions
from core.accounts.actor import current_actor
from core.accounts.forms import EverywhereForm, InvitedForm, MemberForm, OfferForm
from core.accounts.models import Body
from core.accounts.roles import Role
from core.accounts.routes import bp, own_account
from core.i18n import _
from core.ui import page

IN_AN_ORGANIZATION = holding(Role.OWNER, Role.HANDLER)


@bp.get("/account/memberships")
@page_for(signed_in)
def membership_list() -> ResponseReturnValue:
    return _memberships()


@bp.post("/account/memberships/<int:membership_id>/end")
@page_for(signed_in)
def membership_end(membership_id: int) -> ResponseReturnValue:
    membership = queries.access_membership(membership_id, current_actor())
    mine = membership.user_id == current_actor().user_id
    form = EverywhereForm()
    if form.perform(actions.leave, membership, by=current_actor()):
        sessions.forget_actor()
        flash(_("The membership has ended."), "success")
        return redirect(url_for(".membership_list" if mine else ".body_members"))
    if current_actor().body_id == membership.body_id and not mine:
        return _members(form.status, ended=form)
    return _memberships(form.status, form)


@bp.post("/account/offers/<int:offer_id>/accept")
@page_for(signed_in)
def offer_accept(offer_id: int) -> ResponseReturnValue:
    made = handover.access_offer(offer_id, current_actor())
    if EverywhereForm().perform(handover.accept, made, by=current_actor()):
        flash(_("You own the account of %(body)s now.", body=made.body.name), "success")
    return redirect(url_for(".membership_list"))


@bp.post("/account/offers/<int:offer_id>/decline")
@page_for(signed_in)
def offer_decline(offer_id: int) -> ResponseReturnValue:
    made = handover.access_offer(offer_id, current_actor())
    if EverywhereForm().perform(handover.decline, made, by=current_actor()):
        flash(_("The account stays with its owner."), "success")
    mine = made.from_id == current_actor().user_id
    return redirect(url_for(".body_members" if mine else ".membership_list"))


@bp.get("/account/organization")
@page_for(IN_AN_ORGANIZATION)
def body_members() -> ResponseReturnValue:
    return _members()


@bp.post("/account/organization/invitations")
@page_for(holding(Role.OWNER))
def member_invite() -> ResponseReturnValue:
    form = MemberForm()
    if form.perform(invitations.invite_member, _body(), by=current_actor()):
        flash(_("The invitation is on its way."), "success")
        return redirect(url_for(".body_members"))
    return _members(form.status, invite=form)


@bp.post("/account/organization/invitations/<int:invitation_id>/withdraw")
@page_for(holding(Role.OWNER))
def invitation_withdraw(invitation_id: int) -> ResponseReturnValue:
    invitation = invitations.access_invitation(invitation_id, current_actor())
    if EverywhereForm().perform(invitations.withdraw, invitation, by=current_actor()):
        flash(_("The invitation has been withdrawn; its link opens nothing."), "success")
    return redirect(url_for(".body_members"))


@bp.post("/account/organization/offer")
@page_for(holding(Role.OWNER))
def offer_make() -> ResponseReturnValue:
    form = _offer_form()
    if form.perform(handover.offer, _body(), by=current_actor()):
        flash(_("The offer has been made. Until it is accepted, nothing changes."), "success")
        return redirect(url_for(".body_members"))
    return _members(form.status, offer=form)


@bp.route("/invitations/<token>", methods=["GET", "POST"])
@page_for(anyone)
def invitation_open(token: str) -> ResponseReturnValue:
    actor = current_actor()
    form: Any = EverywhereForm() if actor.is_signed_in else InvitedForm()
    accept = invitations.accept_as_oneself if actor.is_signed_in else invitations.accept_as_new
    if form.perform(accept, token, by=actor):
        if actor.is_signed_in:
            sessions.forget_actor()
            flash(_("The invitation is accepted."), "success")
            return redirect(url_for(".membership_list"))
        session.pop("next", None)  # not back here: it is done
        flash(_("Your account is ready. Please sign in."), "success")
        return redirect(url_for(".sign_in"))
    invitation = invitations.open_invitation(token, by=actor)
    if not actor.is_signed_in:
        session["next"] = url_for(".invitation_open", token=token)
        if not form.is_submitted():
            form.display_name.data = invitation.display_name
    return page(
        "accounts/invitation_open.html",
        form.status,
        form=form,
        invitation=invitation,
        shortest=passwords.shortest(),
    )


def _body() -> Body:
    body = current_actor().body
    assert body is not None
    return body


def _memberships(status: int = 200, ended: EverywhereForm | None = None) -> ResponseReturnValue:
    user = own_account()
    return page(
        "accounts/membership_list.html",
        status,
        memberships=queries.list_memberships(user),
        offers=handover.offers_to(user),
        form=EverywhereForm(formdata=None),
        ended=ended or EverywhereForm(formdata=None),
    )


def _offer_form(**shape: Any) -> OfferForm:
    form = OfferForm(**shape)
    mine = current_actor().user_id
    others = {m.user_id: m.user for m in queries.list_members(_body()) if m.user_id != mine}
    form.offer(others.values())
    return form


def _members(status: int = 200, **tried: Any) -> ResponseReturnValue:
    body, owns = _body(), current_actor().holds(Role.OWNER)
    return page(
        "accounts/body_members.html",
        status,
        body=body,
        owns=owns,
        members=queries.list_members(body),
        invitations=invitations.open_invitations(body) if owns else [],
        offer=handover.open_offer(body),
        form=EverywhereForm(formdata=None),
        ended=tried.get("ended") or EverywhereForm(formdata=None),
        invite_form=tried.get("invite") or MemberForm(formdata=None),
        offer_form=tried.get("offer") or _offer_form(formdata=None),
    )
