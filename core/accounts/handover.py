"""Hand-over of an organization's account: the owner offers it to a member, who accepts."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import audit, clock, constraints, messages, policy
from core.accounts import actions, queries
from core.accounts.actor import Actor
from core.accounts.models import Body, Membership, User
from core.accounts.notices import OWNERSHIP_ANSWERED, OWNERSHIP_OFFERED
from core.accounts.policy import INVITATION_DAYS
from core.accounts.roles import Role
from core.db import Model, db
from core.errors import NotAllowed, NotFound, RuleBroken, WrongState
from core.i18n import _, _l


class OwnershipOffer(Model):
    """An organization's account offered by its owner to another person."""

    __tablename__ = "ownership_offer"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    from_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    stay: Mapped[bool] = mapped_column(default=True)
    offered_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    accepted: Mapped[bool | None]
    body: Mapped[Body] = relationship()
    giver: Mapped[User] = relationship(foreign_keys=[from_id])
    taker: Mapped[User] = relationship(foreign_keys=[to_id])

    __table_args__ = (
        CheckConstraint("from_id <> to_id", name="to_somebody_else"),
        CheckConstraint("(answered_at IS NULL) = (accepted IS NULL)", name="answered_once"),
        Index(
            "uq_ownership_offer_open", "body_id", unique=True,
            sqlite_where=text("answered_at IS NULL"),
            postgresql_where=text("answered_at IS NULL"),
        ),
    )  # fmt: skip


for index in ("uq_ownership_offer_open", "uq_ownership_offer_body_id"):  # as each engine says it
    constraints.explain(index, _l("An offer for this organization is open already."))


def offer(body: Body, *, to_id: int, stay: bool, by: Actor) -> OwnershipOffer:
    """Offer the organization's account to one of its members. Raises RuleBroken at "to_id"."""
    giver = _owner(body, by)
    to = db.session.get(User, to_id)
    if to is None or to.id == giver.id or to.id not in {m.user_id for m in members(body)}:
        words = _(
            "Please choose a member of the organization. Invite the person first, if need be."
        )
        raise RuleBroken(words, "to_id")
    standing = open_offer(body)
    if standing is not None and standing.expires_at <= clock.now():
        standing.answered_at, standing.accepted = clock.now(), False
        db.session.flush()
    days = policy.value(INVITATION_DAYS)
    made = OwnershipOffer(
        body_id=body.id,
        from_id=giver.id,
        to_id=to.id,
        stay=stay,
        offered_at=clock.now(),
        expires_at=clock.now() + timedelta(days=days),
    )
    db.session.add(made)
    db.session.flush()
    audit.record("ownership:offer", made, by=by, changes={"owner": [giver.id, to.id]})
    facts = {"by": giver.display_name, "body": body.name, "days": days}
    messages.send([to], OWNERSHIP_OFFERED.key, facts, link="/account/memberships")
    return made


def accept(made: OwnershipOffer, *, by: Actor) -> OwnershipOffer:
    """Become the owner in the giver's place. Raises what forbids it, on record."""
    taker = _taker(made, by)
    giving = [
        m
        for m in members(made.body)
        if m.user_id == made.from_id and m.role in (Role.OWNER, Role.HANDLER)
    ]
    if not any(m.role is Role.OWNER for m in giving):
        words = _("Who offered it is not the owner any more.")
        raise audit.refused(WrongState(words), "ownership:refused", made, by=by)
    made.answered_at, made.accepted = clock.now(), True
    held = {m.role: m for m in members(made.body) if m.user_id == taker.id}
    for membership in giving:
        if membership.role is Role.OWNER or not made.stay:
            actions.end_membership(membership, by=by)
    if Role.OWNER not in held:
        actions.enter_membership(taker, made.body, Role.OWNER, by=by)
    if Role.HANDLER in held:
        actions.end_membership(held[Role.HANDLER], by=by)
    if made.stay and not any(m.role is Role.HANDLER for m in giving):
        actions.enter_membership(made.giver, made.body, Role.HANDLER, by=by)
    audit.record("ownership:accept", made, by=by, changes={"owner": [made.from_id, made.to_id]})
    _tell(made)
    return made


def decline(made: OwnershipOffer, *, by: Actor) -> OwnershipOffer:
    """Leave the account with its owner; the owner takes an offer back in the same way."""
    if by.user_id not in (made.to_id, made.from_id):
        raise NotFound(_("There is no such offer."))
    db.session.refresh(made, with_for_update=True)
    if made.answered_at is not None:
        raise WrongState(_("This offer has been answered already."))
    made.answered_at, made.accepted = clock.now(), False
    audit.record("ownership:decline", made, by=by)
    _tell(made)
    return made


def members(body: Body) -> list[Membership]:
    """Return who acts for a body today."""
    return queries.list_members(body)


def open_offer(body: Body) -> OwnershipOffer | None:
    """Return the offer of a body that nobody has answered yet, or None."""
    query = db.select(OwnershipOffer).where(
        OwnershipOffer.body_id == body.id, OwnershipOffer.answered_at.is_(None)
    )
    found: OwnershipOffer | None = db.session.scalar(query)
    return found


def offers_to(user: User) -> list[OwnershipOffer]:
    """Return the offers that wait for `user`'s answer."""
    query = db.select(OwnershipOffer).where(
        OwnershipOffer.to_id == user.id,
        OwnershipOffer.answered_at.is_(None),
        OwnershipOffer.expires_at > clock.now(),
    )
    return list(db.session.scalars(query.order_by(OwnershipOffer.id)))


def access_offer(offer_id: int, actor: Actor) -> OwnershipOffer:
    """Return an offer that the actor made or was made. Raises NotFound."""
    found = db.session.get(OwnershipOffer, offer_id)
    if found is None or actor.user_id not in (found.from_id, found.to_id):
        raise NotFound(_("There is no such offer."))
    return found


def _owner(body: Body, by: Actor) -> User:
    if by.user is None or by.body_id != body.id or not by.holds(Role.OWNER):
        raise NotAllowed(_("Only the owner hands the organization's account over."))
    return by.user


def _taker(made: OwnershipOffer, by: Actor) -> User:
    if by.user is None or by.user_id != made.to_id:
        words = _("Only the person it was offered to can accept it.")
        raise audit.refused(NotAllowed(words), "ownership:refused", made, by=by)
    db.session.refresh(made, with_for_update=True)
    if made.answered_at is not None:
        words = _("This offer has been answered already.")
        raise audit.refused(WrongState(words), "ownership:refused", made, by=by)
    if made.expires_at <= clock.now():
        words = _("This offer has expired. Please ask for a new one.")
        raise audit.refused(WrongState(words), "ownership:refused", made, by=by)
    return by.user


def _tell(made: OwnershipOffer) -> None:
    outcome = _l("It was accepted.") if made.accepted else _l("It was not accepted.")
    facts = {"name": made.taker.display_name, "body": made.body.name, "outcome": outcome}
    messages.send(
        [made.giver, made.taker], OWNERSHIP_ANSWERED.key, facts, link="/account/memberships"
    )
