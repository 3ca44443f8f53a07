"""Time on a case: the days a state allows, and the case clock that may stand still."""

from datetime import date
from typing import Any

from core import calendar, clock, policy
from core.accounts import Actor
from core.workflow.models import Case
from core.workflow.parties import Party
from core.workflow.steps import State, Transition


def last_day(start: date, key: str, length: int) -> date:
    """Return the last day for acting within `length` units of the policy `key`, the start day not
    counted: the next working day where it falls on none (民法典第二百零三条).

    For what somebody has to do in time only. A term for which something holds ends on its own day
    (calendar.last_day_of_term).
    """
    return calendar.roll_forward(_counted(start, key, length))


def _counted(start: date, key: str, length: int) -> date:
    match policy.declaration(key).unit:
        case policy.Unit.WORKING_DAYS:
            return calendar.add_working_days(start, length)
        case policy.Unit.MONTHS:
            return calendar.add_months(start, length)
        case policy.Unit.YEARS:
            return calendar.add_months(start, 12 * length)
        case _:
            return calendar.add_calendar_days(start, length)


def turn_ended(case: Case, step: Transition, by: Actor) -> dict[str, Any]:
    """Return what `step` is to remember of the turn it ends: whose, how long, of how many days.

    Nothing where it ends no office's turn: the case stays where it is, or was not the office's to
    act on, or somebody else took it away. Of what time itself does, an office answers only for a
    step that nobody but time takes: one that it may take itself, it may also let happen.
    """
    turn = case.waiting_party
    if turn in (None, Party.APPLICANT.value) or step.target in (None, case.state):
        return {}
    answers = set(step.by) == {Party.SYSTEM} if by.machine else turn in step.by
    if not answers:
        return {}
    since = clock.local(case.state_since).date()
    last = clock.last_day_before(case.due_at) if case.due_at else None
    return {
        "turn_body_id": case.waiting_body_id,
        "took_days": max(calendar.working_days_between(since, clock.today()), 0),
        "allowed_days": max(calendar.working_days_between(since, last), 0) if last else None,
    }


def set_state_deadline(case: Case, state: State, after: Transition | None = None) -> None:
    """Give the case the time that `state` allows, counted from today, or that the case names.

    `after` is the step that leads there, which the timeline does not hold yet. While the case
    clock runs, no step has longer than what was promised for the whole; once that day is over, a
    step still has its own time.
    """
    case.state_since = clock.now()
    case.due_at = None
    promised = case.promised_on if _runs(case, state, after) else None
    if state.due is not None:
        allowed = int(case.frozen(state.due))
        last = last_day(clock.today(), state.due, allowed)
        if promised is not None and promised > clock.today():
            last = min(last, promised)
        case.due_at = clock.end_of_day(last)
    elif state.ends is not None:
        case.due_at = state.ends(case)
    elif promised is not None:
        case.due_at = clock.end_of_day(promised)


def _runs(case: Case, state: State, after: Transition | None) -> bool:
    """Return whether the office works against the case clock in `state`, where `after` led."""
    declared = case.workflow.clock
    taken = {event.step for event in case.events} | ({after.name} if after else set())
    ended = declared is not None and not taken.isdisjoint(declared.ends)
    staff = state.waits_on not in (None, Party.APPLICANT)
    return staff and not (ended or state.final or state.pauses)


def run_clock(case: Case, step: Transition, target: State) -> None:
    """Start, stop, resume or end the case clock, as the declaration says for this step."""
    declared = case.workflow.clock
    if declared is None:
        return
    today = clock.today()
    if step.name in declared.starts:
        start = clock.local(case.state_since).date() if step.from_receipt else today
        case.policies = freeze(case, start)
        case.clock_from = start
        case.statutory_on = last_day(start, declared.statutory, case.frozen(declared.statutory))
        case.promised_on = last_day(start, declared.promised, case.frozen(declared.promised))
    if step.name in declared.ends:
        _resume(case, today)
        return
    if case.clock_from is not None:
        if target.pauses and case.stopped_on is None:
            case.stopped_on, case.stopped_because = today, target.key.value
        elif not target.pauses and case.stopped_on is not None:
            _resume(case, today)


def _resume(case: Case, today: date) -> None:
    """Let the clock run again: the days it stood still are added to both last days."""
    if case.stopped_on is None:
        return
    declared = case.workflow.clock
    assert declared and case.statutory_on and case.promised_on
    case.statutory_on = _moved(case, case.statutory_on, declared.statutory, today)
    case.promised_on = _moved(case, case.promised_on, declared.promised, today)
    case.stopped_on = case.stopped_because = None


def _moved(case: Case, last: date, key: str, today: date) -> date:
    """Return the last day once the clock runs again. Calendar days are counted from the start anew:
    a last day that was moved to a working day does not lengthen the period by what it was moved.
    """
    assert case.stopped_on and case.clock_from
    if policy.declaration(key).unit == policy.Unit.WORKING_DAYS:
        stood = calendar.working_days_between(case.stopped_on, today)
        return calendar.add_working_days(last, stood) if stood else last
    stood = _stood_before(case) + (today - case.stopped_on).days
    counted = _counted(case.clock_from, key, int(case.frozen(key)))
    return calendar.roll_forward(calendar.add_calendar_days(counted, stood))


def _stood_before(case: Case) -> int:
    """Return for how many days the clock stood still before it stopped this time."""
    assert case.clock_from
    stood, since = 0, None
    for event in case.events:
        state, day = case.workflow.state.get(event.after), clock.local(event.at).date()
        if since is not None and not (state and state.pauses):
            stood, since = stood + (day - since).days, None
        elif since is None and state and state.pauses and day >= case.clock_from:
            since = day
    return stood


def freeze(case: Case, on: date) -> dict[str, Any]:
    """Return the policy values in force `on` a day for everything this kind of case reads."""
    workflow = case.workflow
    keys = {s.due for s in workflow.state.values() if s.due and not s.private} | set(
        workflow.freezes
    )
    if workflow.clock:
        keys |= {workflow.clock.statutory, workflow.clock.promised}
    return policy.snapshot(sorted(keys), on)
