"""Reads of bodies and people, as their pages show them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from flask import url_for
from sqlalchemy import ColumnElement, Select, and_, or_
from sqlalchemy.orm import joinedload, selectinload

from core import clock
from core.accounts import Body, BodyKind, Membership, Role, User
from core.accounts.stops import AccountStop, open_stop
from core.bodies.models import BodyName
from core.db import db
from core.divisions.models import Jurisdiction
from core.errors import NotFound
from core.i18n import _, _l, ngettext
from core.offered_settings import SettingRow
from core.paging import Order

BODY_ORDER = Order((Body.name, Body.id), newest_first=False)
#: People whose accounts are looked up together in a download.
AT_ONCE = 500
PERSON_ORDER = Order((User.display_name, User.id), newest_first=False)


def _like(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def list_bodies(words: str = "", kind: BodyKind | None = None) -> Select[Body]:
    """Return the query of bodies that have the words in their present or a former name."""
    query: Select[Body] = db.select(Body)
    if kind is not None:
        query = query.where(Body.kind == kind)
    if words:
        former = db.select(BodyName.body_id).where(BodyName.former.like(_like(words), escape="\\"))
        named = Body.name.like(_like(words), escape="\\")
        query = query.where(or_(named, Body.id.in_(former)))
    return query


def _in_force() -> ColumnElement[bool]:
    today = clock.today()
    return and_(
        Membership.from_on <= today, or_(Membership.to_on.is_(None), Membership.to_on >= today)
    )


def count_members(bodies: Sequence[Body]) -> dict[int, int]:
    """Return how many people belong to each of `bodies` today: body id → people."""
    rows = db.session.execute(
        db.select(Membership.body_id, db.func.count(Membership.user_id.distinct()))
        .where(Membership.body_id.in_([it.id for it in bodies]), _in_force())
        .group_by(Membership.body_id)
    )
    return {row.body_id: row[1] for row in rows}


def access_body(body_id: int) -> Body:
    """Return the body; NotFound where there is none of this number."""
    body = db.session.get(Body, body_id)
    if body is None:
        raise NotFound(_("There is no such body."))
    return body


def access_membership(membership_id: int) -> Membership:
    """Return the membership; NotFound where there is none of this number."""
    membership = db.session.get(Membership, membership_id)
    if membership is None:
        raise NotFound(_("There is no such membership."))
    return membership


def members(body: Body) -> list[Membership]:
    """Return who belongs and belonged to `body`, those of today first."""
    found = db.session.scalars(
        db.select(Membership)
        .where(Membership.body_id == body.id)
        .options(joinedload(Membership.user))
        .order_by(Membership.from_on.desc(), Membership.id.desc())
    )
    today = clock.today()
    return sorted(found, key=lambda it: not it.holds_on(today))


def offices_held(body: Body) -> list[Jurisdiction]:
    """Return what `body` decides where, present and past, with the divisions."""
    query = (
        db.select(Jurisdiction)
        .where(Jurisdiction.body_id == body.id)
        .options(joinedload(Jurisdiction.division))
        .order_by(Jurisdiction.case_kind, Jurisdiction.from_on.desc())
    )
    return list(db.session.scalars(query))


def names_of(body: Body) -> list[BodyName]:
    """Return the changes of a body's name, the latest first."""
    query = (
        db.select(BodyName)
        .where(BodyName.body_id == body.id)
        .options(joinedload(BodyName.by))
        .order_by(BodyName.from_on.desc())
    )
    return list(db.session.scalars(query))


def latest_name(body: Body) -> BodyName | None:
    """Return the latest change of name, also one still to come; None for the first name."""
    return next(iter(names_of(body)), None)


def is_name_taken(name: str, besides: Body) -> bool:
    """Return whether another office has `name`, or will have it."""
    has = db.select(Body.id).where(
        Body.name == name, Body.id != besides.id, Body.kind != BodyKind.ORGANIZATION
    )
    will = db.select(BodyName.id).where(
        BodyName.name == name, BodyName.body_id != besides.id, BodyName.applied_at.is_(None)
    )
    return any(db.session.scalar(it.limit(1)) is not None for it in (has, will))


def other_administrators(membership: Membership) -> int:
    """Return how many other people are administrators today."""
    query = (
        db.select(db.func.count(Membership.user_id.distinct()))
        .join(Membership.user)
        .where(
            Membership.role == Role.ADMINISTRATOR,
            Membership.user_id != membership.user_id,
            User.closed.is_(False),
            _in_force(),
        )
    )
    return db.session.scalar(query) or 0


class AccountState(StrEnum):
    """How it stands with an account; people are looked for by it."""

    OPEN = "open"
    UNCONFIRMED = "unconfirmed"
    STOPPED = "stopped"
    ASKED = "asked"
    CLOSING = "closing"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return str(STATE_LABELS[self])


STATE_LABELS = {
    AccountState.OPEN: _l("Can sign in"),
    AccountState.UNCONFIRMED: _l("Address not confirmed"),
    AccountState.STOPPED: _l("Stopped"),
    AccountState.ASKED: _l("Waiting to be let in again"),
    AccountState.CLOSING: _l("Wants it closed"),
    AccountState.CLOSED: _l("Account closed"),
}


@dataclass(frozen=True)
class PersonFilter:
    """What people are looked for by: words in a name or sign-in name, a body, a role, a state."""

    words: str = ""
    body: str = ""
    role: Role | None = None
    state: AccountState | None = None

    @property
    def narrowed(self) -> int:
        """How many things were asked for."""
        return sum(map(bool, (self.words, self.body, self.role, self.state)))


def list_people(wanted: PersonFilter) -> Select[User]:
    """Return the query of people with accounts: of all of them, or as `wanted` says."""
    held_with_bodies = selectinload(User.memberships).joinedload(Membership.body)
    query: Select[User] = db.select(User).options(held_with_bodies)
    if wanted.words:
        words = _like(wanted.words)
        called = User.login.like(words, escape="\\") & ~User.login.startswith("mobile:")
        query = query.where(or_(User.display_name.like(words, escape="\\"), called))
    if wanted.role is not None or wanted.body:
        held = db.select(Membership.user_id).where(_in_force())
        if wanted.role is not None:
            held = held.where(Membership.role == wanted.role)
        if wanted.body:
            named = Body.name.like(_like(wanted.body), escape="\\")
            held = held.join(Membership.body).where(named)
        query = query.where(User.id.in_(held))
    return query if wanted.state is None else query.where(_stands(wanted.state))


def _stands(state: AccountState) -> ColumnElement[bool]:
    stopped = db.select(AccountStop.user_id).where(AccountStop.let_in_at.is_(None))
    match state:
        case AccountState.OPEN:
            return User.closed.is_(False)
        case AccountState.UNCONFIRMED:
            return User.closed.is_(False) & User.confirmed_at.is_(None)
        case AccountState.STOPPED:
            return User.id.in_(stopped)
        case AccountState.ASKED:
            return User.id.in_(stopped.where(AccountStop.asked_by_id.is_not(None)))
        case AccountState.CLOSING:
            return User.closed.is_(False) & User.closing_asked_at.is_not(None)
        case _:
            return User.closed.is_(True) & User.id.not_in(stopped)


def states_of(people: Sequence[User]) -> dict[int, AccountState]:
    """Return how it stands with the account of each of `people`: id of a person → state."""
    ids = [it.id for it in people if it.closed]
    stopped = {
        row.user_id: row.asked_by_id is not None
        for row in db.session.execute(
            db.select(AccountStop.user_id, AccountStop.asked_by_id).where(
                AccountStop.let_in_at.is_(None), AccountStop.user_id.in_(ids)
            )
        )
    }
    found = {}
    for user in people:
        if user.id in stopped:
            found[user.id] = AccountState.ASKED if stopped[user.id] else AccountState.STOPPED
        elif user.closed:
            found[user.id] = AccountState.CLOSED
        elif user.closing_asked_at is not None:
            found[user.id] = AccountState.CLOSING
        else:
            found[user.id] = AccountState.OPEN if user.confirmed_at else AccountState.UNCONFIRMED
    return found


def with_states(people: Iterable[User]) -> Iterator[tuple[User, AccountState]]:
    """Yield each of `people` with the state of the account, asked for a stretch at a time."""
    left = iter(people)
    while stretch := list(islice(left, AT_ONCE)):
        states = states_of(stretch)
        yield from ((user, states[user.id]) for user in stretch)


def access_person(person_id: int) -> User:
    """Return the person; NotFound where there is none of this number."""
    user = db.session.get(User, person_id)
    if user is None:
        raise NotFound(_("There is no such person."))
    return user


def access_stop(person_id: int) -> AccountStop:
    """Return why the account of a person is stopped now. Raises NotFound where it is not."""
    stopped = open_stop(access_person(person_id))
    if stopped is None:
        raise NotFound(_("This account is not stopped."))
    return stopped


def is_over(membership: Membership) -> bool:
    """Return whether a post lies in the past."""
    return membership.to_on is not None and membership.to_on < clock.today()


def sign_in_name(user: User) -> str:
    """Return by what name a person signs in; nothing for a mobile number, which is theirs alone."""
    return "" if user.login.startswith("mobile:") else user.login


def held_now(user: User) -> list[Membership]:
    """Return what a person is today, in which body."""
    today = clock.today()
    return [it for it in user.memberships if it.holds_on(today)]


def setting_rows() -> list[SettingRow]:
    """Return the kinds of body for the page of all settings: how many there are of each."""
    counted = db.session.execute(
        db.select(Body.kind, db.func.count())
        .where(Body.kind != BodyKind.ORGANIZATION)
        .group_by(Body.kind)
    )
    return [
        SettingRow(
            label=kind.label,
            value=ngettext("%(num)d body", "%(num)d bodies", n),
            source=_l("Decision on the office's organization"),
            url=url_for("bodies.body_list", kind=kind.value),
        )
        for kind, n in sorted(counted, key=lambda it: list(BodyKind).index(it[0]))
    ]
