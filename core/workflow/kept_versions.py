"""Which version of a policy an open case uses: that of its acceptance, or of the step it is in.

Until a case is accepted, or handed in where nothing is accepted, nothing is frozen in it: a step's
time is that of the day on which the step began (clocks.set_state_deadline). What a case has frozen it uses only as long as something
that goes by it can still come.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_

from core import clock, policy
from core.workflow.declaration import Workflow, declared
from core.workflow.models import Case

#: How the default is written where a day stands for a confirmed value.
DEFAULT = "default"


def since_of(key: str) -> ColumnElement[str]:
    """Return the day from which the value frozen in a case held; `DEFAULT` for the default."""
    return func.coalesce(Case.policies[key]["since"].as_string(), DEFAULT)


def is_frozen(key: str) -> ColumnElement[bool]:
    """Return the condition of a case that has frozen a version of `key`."""
    frozen: ColumnElement[bool] = Case.policies[key]["value"].as_string().is_not(None)
    return frozen


def timed_by(workflow: Workflow, key: str) -> set[str]:
    """Return the states whose time is `key`."""
    return {name for name, state in workflow.state.items() if state.due == key}


def matters_in(workflow: Workflow, key: str) -> set[str]:
    """Return the states of a case, as yet open, to which `key` still makes a difference."""
    open_states = {name for name, state in workflow.state.items() if not state.final}
    clock_keys = (workflow.clock.statutory, workflow.clock.promised) if workflow.clock else ()
    if key in (*workflow.freezes, *clock_keys):
        return open_states
    found = timed_by(workflow, key)
    while (
        more := {
            str(source)
            for step in workflow.step.values()
            if step.target in found
            for source in step.source
        }
        - found
    ):
        found |= more
    return found & open_states


def users(key: str) -> list[tuple[Workflow, set[str]]]:
    """Return the kinds of case that `key` makes a difference to, with the states it does so in."""
    found = ((workflow, matters_in(workflow, key)) for workflow in declared())
    return [(workflow, states) for workflow, states in found if states]


def of_kinds(key: str) -> ColumnElement[bool]:
    """Return the condition of a case to which `key` still makes a difference."""
    return or_(
        false(),
        *(and_(Case.kind == w.kind, Case.state.in_(sorted(states))) for w, states in users(key)),
    )


def in_timed_step(key: str) -> ColumnElement[bool]:
    """Return the condition of a case that has frozen nothing and is in a step timed by `key`."""
    timed = ((w, sorted(timed_by(w, key))) for w in declared())
    there = [and_(Case.kind == w.kind, Case.state.in_(states)) for w, states in timed if states]
    return and_(~is_frozen(key), or_(false(), *there))


def periods(key: str) -> Iterator[tuple[str, date | None, date | None]]:
    """Yield every version of `key`: how it is written, its first and its last day, if any."""
    days = sorted(it.effective_from for it in policy.history(key) if it.is_confirmed)
    firsts: list[date | None] = [None, *days]
    lasts: list[date | None] = [*(day - timedelta(days=1) for day in days), None]
    for first, last in zip(firsts, lasts, strict=True):
        yield (first.isoformat() if first else DEFAULT), first, last


def version_on(key: str, day: date) -> str:
    """Return which version of `key` held on a day."""
    return next(
        since
        for since, first, last in periods(key)
        if (first is None or first <= day) and (last is None or day <= last)
    )


def uses_version(key: str, since: str) -> ColumnElement[bool]:
    """Return the condition of an open case that uses that version of `key`."""
    frozen = and_(of_kinds(key), is_frozen(key), since_of(key) == since)
    begun: list[Any] = []
    for version, first, last in periods(key):
        if version == since:
            begun = [in_timed_step(key)]
            if first is not None:
                begun.append(Case.state_since >= clock.start_of_day(first))
            if last is not None:
                begun.append(Case.state_since < clock.start_of_day(last + timedelta(days=1)))
    return or_(frozen, and_(*begun)) if begun else frozen
