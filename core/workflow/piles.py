"""The piles of a worklist: which cases lie on each for a person, and how many."""

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from core.accounts import Actor, Role
from core.db import db
from core.i18n import _l
from core.memory import remembered
from core.workflow import piling
from core.workflow.declaration import declared, of_office_kinds
from core.workflow.models import Case, CaseSeat, Recusal
from core.workflow.parties import Party, Seat, parties_at

#: Counts go no further; what is capped says so.
CAP = 1000


class Pile(StrEnum):
    """The piles of a worklist. `OPEN` is the office's and what waits for others together."""

    MINE = "mine"
    OFFICE = "office"
    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return str(PILE_LABELS[self])


PILE_LABELS = {
    Pile.MINE: _l("Taken by me"),
    Pile.OFFICE: _l("For my office to do"),
    Pile.WAITING: _l("Waiting for others"),
    Pile.OPEN: _l("All open"),
    Pile.CLOSED: _l("Closed"),
}


def seats_of(actor: Actor) -> tuple[Seat, ...]:
    """Return the seats at which the actor's roles act, the applicant's aside."""
    return tuple(s for s in Seat if s is not Seat.APPLICANT and parties_at(s, actor.roles))


def turns_of(actor: Actor) -> tuple[str, ...]:
    """Return the parties that the actor is where the case lies with their body."""
    return tuple(sorted(r.value for r in actor.roles if r.value in set(Party)))


def reads_all(actor: Actor) -> bool:
    """Return whether the actor sees every case, at whichever body."""
    return Role.AUDITOR in actor.roles


def places(pile: Pile, actor: Actor) -> list[tuple[Seat, str]]:
    """Return where cases of a pile lie for the actor's body: seat and pile of `CaseSeat`.

    A body at two seats of a case has it on the same pile at both; only the first counts.
    """
    turns = turns_of(actor)
    if pile is Pile.CLOSED:
        kinds: Sequence[str] = (piling.CLOSED,)
    elif pile in (Pile.MINE, Pile.OFFICE):
        kinds = turns
    else:
        every = (piling.ELSEWHERE, *waited_for())
        kinds = every if pile is Pile.OPEN else [it for it in every if it not in turns]
    return [(seat, kind) for seat in seats_of(actor) for kind in kinds]


def waited_for() -> tuple[str, ...]:
    """Return the parties, applicants aside, for whom a case of any kind may wait."""
    found = {s.waits_on for w in declared() for s in w.state.values() if s.waits_on}
    return tuple(sorted(p.value for p in found - {Party.APPLICANT, Party.SYSTEM}))


def barred(actor: Actor) -> tuple[int, ...]:
    """Return the ids of cases that are not there for the actor: recused from, or their own."""
    return remembered(Recusal, ("barred", actor.user_id, actor.member_of), lambda: _barred(actor))


def _barred(actor: Actor) -> tuple[int, ...]:
    query = _barring()
    given: dict[str, Any] = {"person": actor.user_id, "bodies": tuple(actor.member_of)}
    given["own_kinds"] = of_office_kinds()  # an officer opened it, and did not ask for it
    return tuple(db.session.scalars(query, given))


@cache
def _barring() -> Any:
    """Return the query of `barred`; made once, for it takes longer to write than to run."""
    person: Any = bindparam("person")
    bodies: Any = bindparam("bodies", expanding=True)
    return (
        select(Case.id)
        .where(
            Case.applicant_id == person, Case.kind.not_in(bindparam("own_kinds", expanding=True))
        )
        .union(
            select(Case.id).where(Case.applicant_body_id.in_(bodies)),
            select(Case.id).where(Case.subject_body_id.in_(bodies)),
            select(Recusal.case_id).where(Recusal.user_id == person),
        )
    )


def on_pile(pile: Pile, actor: Actor) -> ColumnElement[bool]:
    """Return the condition of a case that lies on a pile of the actor."""
    there: list[ColumnElement[bool]] = [Case.id.not_in(barred(actor))]
    if reads_all(actor) and pile not in (Pile.MINE, Pile.OFFICE):
        there.append(_shown())
        there.append(
            Case.closed_at.is_not(None) if pile is Pile.CLOSED else Case.closed_at.is_(None)
        )
        return and_(*there)
    places_there = places(pile, actor)
    there.append(
        exists().where(
            CaseSeat.case_id == Case.id,
            CaseSeat.body_id == actor.body_id,
            CaseSeat.seat.in_([seat for seat, _kind in places_there]),
            CaseSeat.pile.in_({kind for _seat, kind in places_there}),
        )
    )
    if pile is Pile.MINE:
        there.append(Case.assignee_id == actor.user_id)
    return and_(*there)


def has_part(actor: Actor) -> ColumnElement[bool]:
    """Return the condition of a case that `actor` has a part in as staff."""
    return or_(on_pile(Pile.OPEN, actor), on_pile(Pile.CLOSED, actor))


def _shown() -> ColumnElement[bool]:
    """Return the condition of a case that has left its applicant's hands."""
    private = [
        and_(Case.kind == w.kind, Case.state == s.key.value)
        for w in declared()
        for s in w.state.values()
        if s.private
    ]
    return and_(
        ~or_(*private) if private else true(),
        or_(Case.number.is_not(None), Case.closed_at.is_(None)),
    )


def first_seat(seats: Any) -> ColumnElement[bool]:
    """Return the condition that a seat is the first of `seats` which its body has at the case."""
    other = aliased(CaseSeat)
    return ~exists().where(
        other.case_id == CaseSeat.case_id,
        other.body_id == CaseSeat.body_id,
        other.seat < CaseSeat.seat,
        other.seat.in_(seats),
    )


def count_piles(actor: Actor) -> dict[Pile, int]:
    """Return how many cases lie on each open pile, counted up to `CAP` (then one more)."""
    key = ("piles", actor.user_id, actor.body_id, actor.roles)
    return remembered(CaseSeat, key, lambda: _count_piles(actor))


def count_to_do(actor: Actor) -> int | None:
    """Return how many cases wait for the actor's office: the number beside the worklist's link."""
    return count_piles(actor)[Pile.OFFICE]


def _count_piles(actor: Actor) -> dict[Pile, int]:
    seats, turns = seats_of(actor), turns_of(actor)
    others = [it for it in (piling.ELSEWHERE, *waited_for()) if it not in turns]
    given = {
        "person": actor.user_id,
        "body": actor.body_id,
        "barred": barred(actor),
        "seats": seats,
        "turns": turns,
        "others": others,
    }
    row = db.session.execute(
        _counting(len(seats) > 1, reads_all(actor), len(declared())), given
    ).one()
    mine, office, waiting = row
    return {
        Pile.MINE: mine,
        Pile.OFFICE: office,
        Pile.WAITING: waiting,
        Pile.OPEN: min(office + waiting, CAP + 1),
    }


@cache
def _counting(several: bool, everywhere: bool, _kinds: int) -> Any:
    """Return the query of `_count_piles`, made once for actors at one or `several` seats."""
    barred: Any = bindparam("barred", expanding=True)
    seats: Any = bindparam("seats", expanding=True)
    turns: Any = bindparam("turns", expanding=True)

    def lying(kinds: str) -> ScalarSelect[int]:
        first = [first_seat(seats)] if several else []
        return _up_to_cap(
            select(CaseSeat.id).where(
                CaseSeat.body_id == bindparam("body"),
                CaseSeat.seat.in_(seats),
                CaseSeat.pile.in_(bindparam(kinds, expanding=True)),
                CaseSeat.case_id.not_in(barred),
                *first,
            )
        )

    mine = select(Case.id).where(
        Case.assignee_id == bindparam("person"),
        Case.waiting_body_id == bindparam("body"),
        Case.waiting_party.in_(turns),
        Case.id.not_in(barred),
    )
    every = select(Case.id).where(Case.closed_at.is_(None), _shown(), Case.id.not_in(barred))
    return select(
        _up_to_cap(mine), lying("turns"), _up_to_cap(every) if everywhere else lying("others")
    )


def _up_to_cap(query: Select[Any]) -> ScalarSelect[int]:
    return select(func.count()).select_from(query.limit(CAP + 1).subquery()).scalar_subquery()
