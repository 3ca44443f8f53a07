"""Reads: how offices keep their time, by office and step; what ended late or by itself; what is due."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, not_, or_, select
from sqlalchemy.orm import joinedload

from core import calendar, clock, divisions, policy
from core.accounts import Actor, Body, BodyKind
from core.db import db
from core.oversight.models import DeadlineReminder
from core.workflow import State, Workflow, declared, workflow_of
from core.workflow.models import Case, CaseEvent
from core.workflow.parties import Party
from core.workflow.policy import SOON_DAYS
from core.workflow.seeing import seen_by

#: Office, kind of case, and the state in which it has the case.
Key = tuple[int, str, str]


@dataclass(frozen=True)
class Wanted:
    """Of which month, and of which office and kind, the report tells."""

    month: date
    office: int | None = None
    kind: str | None = None

    @property
    def first(self) -> datetime:
        """The first moment of the month."""
        return clock.start_of_day(self.month)

    @property
    def end(self) -> datetime:
        """The first moment after the month."""
        return clock.start_of_day(calendar.add_months(self.month, 1))

    @property
    def beyond(self) -> datetime:
        """The first moment that is not near: what is due before it is due soon, as on worklists."""
        return near_until(policy.value(SOON_DAYS))


def near_until(days: int) -> datetime:
    """Return the end of the days before which a last day is at most `days` working days away."""
    return clock.end_of_day(calendar.add_working_days(clock.today(), days + 1))


@dataclass
class Step:
    """One office's work on one step of one kind of case: now, and in the month.

    `open` are the cases it has now, `readable` how many of them the reader may open, `soon` and
    `overdue` how many of them are near or past their end. `ended` are the turns it ended in the
    month, by the working days they took; `late` those after their end, `let_pass` those that time
    ended for it. `limit` are the working days declared for the step as of the month, None where it
    has none of its own: then what was promised for the whole case is its time, which is no number.
    """

    office_id: int
    office: str
    workflow: Workflow
    state: State
    limit: int | None = None
    open: int = 0
    readable: int = 0
    soon: int = 0
    overdue: int = 0
    late: int = 0
    let_pass: int = 0
    ended: Counter[int] = field(default_factory=Counter)

    @property
    def finished(self) -> int:
        return self.ended.total()

    @property
    def median(self) -> int | None:
        """The working days within which half of the turns of the month ended."""
        return middle(self.ended)

    @property
    def promised(self) -> bool:
        """Whether its time is that of the whole case."""
        return self.state.due is None and self.workflow.clock is not None

    @property
    def tone(self) -> str:
        """The colour of the whole line, that of its most urgent case."""
        return "red" if self.overdue else "amber" if self.soon else "green" if self.open else "grey"


def middle(counted: Counter[int]) -> int | None:
    """Return the lower median of counted values; None of none."""
    half, seen = (counted.total() + 1) // 2, 0
    for value in sorted(counted):
        seen += counted[value]
        if seen >= half:
            return value
    return None


def steps(wanted: Wanted, actor: Actor) -> list[Step]:
    """Return every office and step with a case now or a turn ended in the month: the most overdue
    first. Three questions to the database, however many cases there are.
    """
    found: dict[Key, Step] = {}

    def step(office_id: int, kind: str, state: str) -> Step:
        workflow = workflow_of(kind)
        limit = _declared(workflow.state[state], wanted)
        made = Step(office_id, "", workflow, workflow.state[state], limit)
        return found.setdefault((office_id, kind, state), made)

    for row in db.session.execute(_open_now(wanted, actor)):
        line = step(row.office, row.kind, row.state)
        line.open, line.readable, line.soon, line.overdue = row[3:]
    for row in db.session.execute(_ended_then(wanted)):
        line = step(row.office, row.kind, row.before)
        line.ended[row.took_days] += row.turns
        line.late += row.turns if row.late else 0
        line.let_pass += row.turns if row.automatic else 0
    names = _names({line.office_id for line in found.values()})
    for line in found.values():
        line.office = names[line.office_id]
    return sorted(
        found.values(),
        key=lambda it: (
            -it.overdue,
            -it.soon,
            it.office,
            str(it.workflow.title),
            str(it.state.key),
        ),
    )


def _declared(state: State, wanted: Wanted) -> int | None:
    """Return the working days that the policy of a state gave at the end of the month, or gives."""
    if state.due is None or policy.declaration(state.due).unit is not policy.Unit.WORKING_DAYS:
        return None
    last = clock.last_day_before(wanted.end)
    return int(policy.value(state.due, min(last, clock.today())))


def _number(*conditions: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.sum(case((and_(*conditions), 1), else_=0))


def _open_now(wanted: Wanted, actor: Actor) -> Select[Any]:
    now = clock.now()
    narrowed = [
        Case.closed_at.is_(None),
        Case.waiting_body_id.is_not(None),
        Case.waiting_party != Party.APPLICANT.value,
    ]
    if wanted.office is not None:
        narrowed.append(Case.waiting_body_id == wanted.office)
    if wanted.kind is not None:
        narrowed.append(Case.kind == wanted.kind)
    return (
        select(
            Case.waiting_body_id.label("office"),
            Case.kind,
            Case.state,
            func.count(),
            _number(seen_by(actor)),
            _number(Case.due_at > now, Case.due_at < wanted.beyond),
            _number(Case.due_at <= now),
        )
        .where(*narrowed)
        .group_by(Case.waiting_body_id, Case.kind, Case.state)
    )


def _ended_then(wanted: Wanted) -> Select[Any]:
    automatic = CaseEvent.actor_id.is_(None).label("automatic")
    keys: tuple[Any, ...] = (
        CaseEvent.turn_body_id.label("office"),
        Case.kind,
        CaseEvent.before,
        CaseEvent.took_days,
        CaseEvent.late,
        automatic,
    )
    return (
        select(*keys, func.count().label("turns"))
        .join(Case, Case.id == CaseEvent.case_id)
        .where(*_in_month(wanted))
        .group_by(*keys)
    )


def _in_month(wanted: Wanted) -> list[ColumnElement[bool]]:
    narrowed = [
        CaseEvent.at >= wanted.first,
        CaseEvent.at < wanted.end,
        CaseEvent.turn_body_id.is_not(None),
    ]
    if wanted.office is not None:
        narrowed.append(CaseEvent.turn_body_id == wanted.office)
    if wanted.kind is not None:
        narrowed.append(Case.kind == wanted.kind)
    return narrowed


def _names(office_ids: set[int]) -> dict[int, str]:
    rows = db.session.execute(select(Body.id, Body.name).where(Body.id.in_(office_ids)))
    return {row.id: row.name for row in rows}


def offices() -> list[tuple[BodyKind, int, str]]:
    """Return every office by kind, id and name, the district's first, then place by place.

    What one may choose does not depend on a month's cases.
    """
    rows = db.session.execute(
        select(Body.kind, Body.id, Body.name, Body.division_id).where(
            Body.kind != BodyKind.ORGANIZATION
        )
    )
    kinds = list(BodyKind)
    place = {it.id: n for n, it in enumerate(divisions.standing())}
    found = sorted(
        rows, key=lambda it: (kinds.index(it.kind), place.get(it.division_id, -1), it.name)
    )
    return [(it.kind, it.id, it.name) for it in found]


# --- what ended late, and what time did by itself


def consequences() -> ColumnElement[bool]:
    """Return the condition of an event that time itself brought about, as kinds of case declare."""
    taken = [
        and_(Case.kind == w.kind, CaseEvent.step == s.on_overdue)
        for w in declared()
        for s in w.state.values()
        if s.on_overdue
    ]
    return and_(CaseEvent.actor_id.is_(None), or_(*taken))


def list_events(wanted: Wanted, *, automatic: bool) -> Select[CaseEvent]:
    """Return the query of the turns that offices ended late in the month; where `automatic`, of
    everything that time brought about in it, also what no office answers for.
    """
    query: Select[CaseEvent] = select(CaseEvent).join(CaseEvent.case)
    if automatic:
        query = query.where(CaseEvent.at >= wanted.first, CaseEvent.at < wanted.end, consequences())
        if wanted.office is not None:
            query = query.where(CaseEvent.turn_body_id == wanted.office)
        if wanted.kind is not None:
            query = query.where(Case.kind == wanted.kind)
    else:
        query = query.where(*_in_month(wanted), CaseEvent.late)
    return query.options(joinedload(CaseEvent.case))


def some(query: Select[CaseEvent]) -> Sequence[CaseEvent]:
    """Return what a query of events finds."""
    return db.session.scalars(query).all()


def count_automatic(wanted: Wanted) -> tuple[int, int]:
    """Return how many things time brought about in the month, and how many count against offices."""
    found = list_events(wanted, automatic=True).subquery()
    whole, counted = db.session.execute(
        select(func.count(), func.count(found.c.turn_body_id)).select_from(found)
    ).one()
    return whole, counted


def body_names(events: Sequence[CaseEvent]) -> dict[int, str]:
    """Return the names of the offices whose turns these events ended."""
    return _names({it.turn_body_id for it in events if it.turn_body_id is not None})


def open_to_reader(events: Sequence[CaseEvent], actor: Actor) -> set[int]:
    """Return the ids of the cases of these events that the reader may open."""
    ids = {it.case_id for it in events}
    return set(db.session.scalars(select(Case.id).where(Case.id.in_(ids), seen_by(actor))))


# --- deadlines that are near


def near_deadlines(days: int, *, applicant: bool) -> Sequence[int]:
    """Return the cases whose last day is at most `days` working days away, whose turn it is an
    applicant's or an office's, and whose holder was not reminded of this day yet.
    """
    reminded = select(DeadlineReminder.case_id).where(
        DeadlineReminder.case_id == Case.id, DeadlineReminder.due_at == Case.due_at
    )
    theirs = Case.waiting_party == Party.APPLICANT.value
    return db.session.scalars(
        select(Case.id)
        .where(
            Case.closed_at.is_(None),
            Case.due_at > clock.now(),
            Case.due_at < near_until(days),
            theirs if applicant else and_(Case.waiting_party.is_not(None), not_(theirs)),
            ~reminded.exists(),
        )
        .order_by(Case.due_at, Case.id)
    ).all()
