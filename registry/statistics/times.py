"""How long decisions took, against what was promised and what the law allows.

The days that count are those the case's own clock counted: what is frozen as promised, less what
was left of it on the day of the decision. So a clock that stood still is not held against an
office, and a promise that was changed later does not change the past.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import String, cast, func, select

from core import calendar, clock, policy
from core.accounts import Body
from core.db import db, office_day, written_day
from core.workflow import Party, Workflow, declared
from core.workflow.models import Case, CaseEvent


@dataclass
class Times:
    """The decisions of one kind by one office: how many took how many working days."""

    kind: Workflow
    office_id: int | None
    office: str
    days: Counter[int] = field(default_factory=Counter)
    promised: int | None = None
    in_promise: int = 0
    in_law: int = 0
    open_late: int = 0

    @property
    def decided(self) -> int:
        return self.days.total()

    def share_of(self, part: int) -> int | None:
        """Return the percentage of the decisions, rounded down so that 100 means all."""
        return part * 100 // self.decided if self.decided else None

    def within(self, percent: int) -> int | None:
        """Return in how many working days at most so many percent were decided; None of none."""
        needed, seen = -(-self.decided * percent // 100), 0
        for days in sorted(self.days):
            seen += self.days[days]
            if seen >= needed:
                return days
        return None

    def add(self, other: "Times") -> None:
        """Count the decisions of another office in."""
        self.days += other.days
        self.in_promise += other.in_promise
        self.in_law += other.in_law
        self.open_late += other.open_late


def deciding_steps(kind: Workflow) -> list[str]:
    """Return the steps by which an office ends the clock of a case."""
    ends = kind.clock.ends if kind.clock else ()
    ours = [s for s in kind.transitions if set(s.by) - {Party.APPLICANT, Party.SYSTEM}]
    return [step.name for step in ours if step.name in ends]


def by_office(first: date, last: date) -> list[Times]:
    """Return the decisions between two days, both counted, by kind and office.

    One question a kind: how many cases have the same office, last promised day and day of
    decision. The calendar then counts each pair of days once.
    """
    found = [it for kind in declared() if kind.clock for it in _of_kind(kind, first, last)]
    return sorted(found, key=lambda it: (str(it.kind.title), it.office))


def by_kind(times: list[Times]) -> list[Times]:
    """Return the same decisions by kind alone."""
    merged: dict[str, Times] = {}
    for each in times:
        whole = Times(each.kind, None, "", promised=each.promised)
        merged.setdefault(each.kind.kind, whole).add(each)
    return list(merged.values())


def _of_kind(kind: Workflow, first: date, last: date) -> list[Times]:
    assert kind.clock is not None
    promise = kind.clock.promised
    counts_working = policy.declaration(promise).unit is policy.Unit.WORKING_DAYS
    decision = (
        select(CaseEvent.case_id, func.min(CaseEvent.at).label("at"))
        .join(Case, Case.id == CaseEvent.case_id)
        .where(Case.kind == kind.kind, CaseEvent.step.in_(deciding_steps(kind)))
        .group_by(CaseEvent.case_id)
        .subquery()
    )
    keys: list[Any] = [
        Case.office_id,
        office_day(decision.c.at).label("decided"),
        written_day(Case.promised_on).label("promised_on"),
        written_day(Case.statutory_on).label("statutory_on"),
        cast(Case.policies[promise]["value"].as_string(), String).label("allowed"),
    ]
    if not counts_working:
        keys.append(written_day(Case.clock_from).label("since"))
    query = (
        select(*keys, func.count().label("cases"))
        .join(decision, decision.c.case_id == Case.id)
        .where(
            Case.promised_on.is_not(None),
            decision.c.at >= clock.start_of_day(first),
            decision.c.at < clock.start_of_day(last + timedelta(days=1)),
        )
        .group_by(*keys)
    )
    offices: dict[int | None, Times] = {}
    for row in db.session.execute(query):
        times = offices.setdefault(row.office_id, Times(kind, row.office_id, ""))
        _count(times, row)
    for office_id, late in _open_late(kind):
        offices.setdefault(office_id, Times(kind, office_id, "")).open_late = late
    names = _names([it for it in offices if it is not None])
    for office_id, times in offices.items():
        times.office = names.get(office_id, "")
        times.promised = int(policy.value(promise))
    return list(offices.values())


def _count(times: Times, row: Any) -> None:
    decided = date.fromisoformat(row.decided)
    promised_on = date.fromisoformat(row.promised_on)
    since = row._mapping.get("since")
    if since is not None:
        took = calendar.working_days_between(date.fromisoformat(since), decided)
    else:
        took = int(row.allowed) - calendar.working_days_between(decided, promised_on)
    times.days[max(took, 0)] += row.cases
    times.in_promise += row.cases if decided <= promised_on else 0
    times.in_law += row.cases if row.decided <= row.statutory_on else 0


def _open_late(kind: Workflow) -> list[tuple[int | None, int]]:
    """Return how many cases of each office are beyond the promise today and not decided."""
    ended = select(CaseEvent.case_id).where(
        CaseEvent.case_id == Case.id, CaseEvent.step.in_(deciding_steps(kind))
    )
    query = (
        select(Case.office_id, func.count())
        .where(
            Case.kind == kind.kind,
            Case.closed_at.is_(None),
            Case.stopped_on.is_(None),
            Case.promised_on < clock.today(),
            ~ended.exists(),
        )
        .group_by(Case.office_id)
    )
    return [(office_id, late) for office_id, late in db.session.execute(query)]


def _names(office_ids: list[int]) -> dict[int | None, str]:
    rows = db.session.execute(select(Body.id, Body.name).where(Body.id.in_(office_ids)))
    return {row.id: row.name for row in rows}
