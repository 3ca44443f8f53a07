"""Reads: one case for one person, and the worklists."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload, undefer

from core import calendar, clock, policy
from core.accounts import Actor, Role
from core.db import db
from core.errors import NotFound
from core.i18n import _, _l
from core.paging import Order
from core.workflow.declaration import Workflow, declared, of_office_kinds
from core.workflow.models import Case, CaseSeat, Recusal
from core.workflow.parties import Party, Seat, parties_at
from core.workflow.policy import SOON_DAYS
from core.workflow.standing import parties


def access_case(case_id: int, actor: Actor) -> Case:
    """Return the case if it exists and `actor` has a part in it; otherwise NotFound."""
    case = db.session.get(
        Case,
        case_id,
        options=[
            selectinload(Case.seats).joinedload(CaseSeat.body),
            selectinload(Case.events),
            selectinload(Case.recusals),
        ],
    )
    if case is None or not parties(case, actor):
        raise NotFound(_("There is no such case, or it is not open to you."))
    return case


def has_part_in(case_id: int, actor: Actor) -> bool:
    """Return whether the case exists for `actor`: what its papers and messages ask."""
    case = db.session.get(Case, case_id)
    return case is not None and bool(parties(case, actor))


def sole_case(workflow: Workflow, body_id: int) -> Case | None:
    """Return the open case that keeps the body from having another of this kind, or None."""
    key = workflow.sole_key(body_id)
    return db.session.scalar(select(Case).where(Case.sole_key == key)) if key else None


class Pile(StrEnum):
    """The piles of a worklist."""

    MINE = "mine"
    OFFICE = "office"
    WAITING = "waiting"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return str(PILE_LABELS[self])


PILE_LABELS = {
    Pile.MINE: _l("Taken by me"),
    Pile.OFFICE: _l("For my office to do"),
    Pile.WAITING: _l("Waiting for others"),
    Pile.CLOSED: _l("Closed"),
}


class Urgency(StrEnum):
    """How near a deadline is."""

    OVERDUE = "overdue"
    SOON = "soon"

    @property
    def label(self) -> str:
        return str(URGENCY_LABELS[self])


URGENCY_LABELS = {Urgency.OVERDUE: _l("Overdue"), Urgency.SOON: _l("Due soon")}


@dataclass(frozen=True)
class WorklistFilter:
    """What a person asked to see."""

    pile: Pile = Pile.OFFICE
    kind: str | None = None
    state: str | None = None
    urgency: Urgency | None = None
    text: str = ""
    #: A policy and the first day of the version that is frozen in the cases, or "default".
    version: tuple[str, str] | None = None


def _seated(actor: Actor) -> ColumnElement[bool]:
    """Cases to which the actor is a party by the seat of their body; an auditor sees every one.

    The same question as `standing.parties` answers for one case, asked of the database.
    """
    private = [
        and_(Case.kind == w.kind, Case.state == s.key.value)
        for w in declared()
        for s in w.state.values()
        if s.private
    ]
    shown = and_(
        ~or_(*private) if private else true(),
        or_(Case.number.is_not(None), Case.closed_at.is_(None)),
    )
    if Role.AUDITOR in actor.roles:
        return and_(shown, _open_to(actor))
    seats = [seat for seat in Seat if seat is not Seat.APPLICANT and parties_at(seat, actor.roles)]
    seat = select(CaseSeat.id).where(
        CaseSeat.case_id == Case.id, CaseSeat.body_id == actor.body_id, CaseSeat.seat.in_(seats)
    )
    return and_(shown, seat.exists(), _open_to(actor))


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """Return the condition of a case that `actor` has a part in as staff."""
    return _seated(actor)


def _open_to(actor: Actor) -> ColumnElement[bool]:
    """Cases the actor is not recused from, and that are neither theirs nor their bodies'."""
    recused = select(Recusal.id).where(Recusal.case_id == Case.id, Recusal.user_id == actor.user_id)
    own = tuple(actor.member_of)
    return and_(
        ~recused.exists(),
        or_(Case.applicant_id != actor.user_id, Case.kind.in_(of_office_kinds())),
        or_(Case.applicant_body_id.is_(None), Case.applicant_body_id.not_in(own)),
        or_(Case.subject_body_id.is_(None), Case.subject_body_id.not_in(own)),
    )


def _pile(pile: Pile, actor: Actor) -> ColumnElement[bool]:
    waiting = [Party(r.value).value for r in actor.roles if r.value in set(Party)]
    turn = and_(
        Case.waiting_body_id == actor.body_id, Case.waiting_party.in_(waiting), _open_to(actor)
    )
    if pile is Pile.MINE:
        return and_(turn, Case.assignee_id == actor.user_id)
    if pile is Pile.OFFICE:
        return turn
    if pile is Pile.CLOSED:
        return and_(_seated(actor), Case.closed_at.is_not(None))
    return and_(
        _seated(actor),
        Case.closed_at.is_(None),
        or_(
            Case.waiting_body_id.is_(None),
            Case.waiting_body_id != actor.body_id,
            Case.waiting_party.not_in(waiting),
        ),
    )


def _narrowed(wanted: WorklistFilter, actor: Actor) -> list[ColumnElement[bool]]:
    conditions = [_pile(wanted.pile, actor)]
    if wanted.kind:
        conditions.append(Case.kind == wanted.kind)
    if wanted.state:
        conditions.append(Case.state == wanted.state)
    if wanted.version:
        conditions.append(uses_version(*wanted.version))
    now = clock.now()
    if wanted.urgency is Urgency.OVERDUE:
        conditions.append(Case.due_at <= now)
    elif wanted.urgency is Urgency.SOON:
        soon = policy.value(SOON_DAYS)
        beyond = clock.end_of_day(calendar.add_working_days(clock.today(), soon + 1))
        conditions.append(and_(Case.due_at > now, Case.due_at < beyond))
    if wanted.text:
        escaped = wanted.text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        pattern = f"%{escaped}%"
        conditions.append(
            or_(Case.title.like(pattern, escape="\\"), Case.number.like(pattern, escape="\\"))
        )
    return conditions


#: How the default is written where a day stands for a confirmed value.
DEFAULT = "default"


def since_of(key: str) -> ColumnElement[str]:
    """Return the day from which the value frozen in a case held; `DEFAULT` for the default."""
    return func.coalesce(Case.policies[key]["since"].as_string(), DEFAULT)


def uses_version(key: str, since: str) -> ColumnElement[bool]:
    """Return the condition of a case with that version of `key` frozen in it."""
    frozen = Case.policies[key]["value"].as_string().is_not(None)
    return and_(frozen, since_of(key) == since)


def list_worklist(wanted: WorklistFilter, actor: Actor) -> Select[Case]:
    """Return the query of a pile, ready to be paged in the order of `worklist_order`."""
    return (
        select(Case)
        .where(*_narrowed(wanted, actor))
        .options(undefer(Case.due_key), joinedload(Case.assignee), joinedload(Case.office))
    )


def worklist_order(pile: Pile) -> Order:
    """Return the order of a pile: the most urgent first, closed cases newest first."""
    if pile is Pile.CLOSED:
        return Order((Case.closed_at, Case.id))
    return Order((Case.due_key, Case.id), newest_first=False)


def count_piles(actor: Actor, cap: int = 1000) -> dict[Pile, int]:
    """Return how many cases lie on each open pile, counted up to `cap` (then `cap` + 1)."""
    piles = (Pile.MINE, Pile.OFFICE, Pile.WAITING)
    counts = db.session.execute(select(*(_counted(pile, actor, cap + 1) for pile in piles))).one()
    return dict(zip(piles, counts, strict=True))


def count_to_do(actor: Actor) -> int | None:
    """Return how many cases wait for the actor's office: the number beside the worklist's link."""
    return db.session.scalar(select(_counted(Pile.OFFICE, actor, 1000)))


def _counted(pile: Pile, actor: Actor, cap: int) -> ScalarSelect[int]:
    some = select(Case.id).where(_pile(pile, actor)).limit(cap).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def list_own_cases(actor: Actor) -> Sequence[Case]:
    """Return the cases the actor asked for, as themselves or for the body they act for."""
    own: Any = and_(Case.applicant_id == actor.user_id, Case.applicant_body_id.is_(None))
    if actor.body_id is not None:
        own = or_(own, Case.applicant_body_id == actor.body_id)
    return db.session.scalars(
        select(Case).where(own).order_by(Case.opened_at.desc(), Case.id.desc()).limit(200)
    ).all()
