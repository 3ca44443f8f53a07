"""The engine: the only code that moves a case."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from core import audit, clock
from core.accounts import Actor, User
from core.accounts.links import reached_at
from core.db import db
from core.divisions import Division
from core.errors import NotAllowed, NotFound, RuleBroken, WrongState
from core.i18n import _, moment
from core.workflow import clocks, eyes, happenings, numbers, seating, telling
from core.workflow.models import Case, CaseEvent
from core.workflow.parties import Party, seat_of
from core.workflow.standing import may_take, parties
from core.workflow.steps import Ask, Finding, State, Transition


@dataclass(frozen=True)
class StepOffer:
    """A step a person may take now, or could but for `findings`."""

    step: Transition
    findings: tuple[Finding, ...]

    @property
    def open(self) -> bool:
        return not self.findings


Follower = Callable[[Case, Transition, Actor], None]

_followers: list[Follower] = []


def when_moved(work: Follower) -> None:
    """Have `work` done after every step of every case, in the same transaction."""
    if work not in _followers:
        _followers.append(work)


def open_case(case: Case, *, by: Actor) -> Case:
    """Save a new case in the first state of its workflow, with its applicant's draft inside."""
    workflow = case.workflow
    first = workflow.first()
    assert by.user_id is not None, "a case is opened by a person"
    case.state = first.key.value
    case.applicant_id = case.applicant_id or by.user_id
    case.sole_key = workflow.sole_key(case.subject_body_id)
    case.waiting_party = first.waits_on.value if first.waits_on else None
    db.session.add(case)
    db.session.flush()
    case.waiting_body_id = case.applicant_body_id
    clocks.set_state_deadline(case, first)
    db.session.add(
        CaseEvent(
            case=case,
            step="open",
            actor_id=by.user_id,
            actor_name=by.name,
            body_name=_acting_for(case, by),
            before=None,
            after=case.state,
        )
    )
    audit.record(f"{case.kind}:open", case, by=by, case_id=case.id)
    return case


def open_of_office(case: Case, division: Division, *, by: Actor) -> Case:
    """Open a case of the office's own motion: numbered at once, at the desk of its place.

    Raises NotAllowed where `by` is nobody at that office.
    """
    assert case.workflow.of_office, f"{case.kind} is asked for, not opened by an office"
    open_case(case, by=by)
    _submit(case)
    seating.settle(case, division)
    wait_for(case, case.standing)
    clocks.set_state_deadline(case, case.standing)
    db.session.flush()
    if case.standing.waits_on not in parties(case, by):
        raise NotAllowed(_("The case is not waiting for your office."))
    return case


def offers(case: Case, actor: Actor) -> list[StepOffer]:
    """Return the steps that are `actor`'s to take in the present state, with what blocks each."""
    mine = parties(case, actor)
    found = []
    for step in case.workflow.step.values():
        if case.state in step.source and mine & set(step.by) and step.applies(case):
            blocked = (*_hindered(case, step, actor), *step.guard(case))
            found.append(StepOffer(step, tuple(blocked)))
    return found


def _hindered(case: Case, step: Transition, actor: Actor) -> Iterable[Finding]:
    """Yield what about the person, not about the case, is in the way of `step`."""
    yield from eyes.hindered(case, step.phase, actor)
    if not step.submits or actor.user is None:
        return
    if case.entered_by_id == actor.user_id:
        yield Finding(
            _("What was entered at the counter is submitted by the applicant's code."),
            source=_("The applicant answers for the application, not the office."),
        )
    elif actor.user.confirmed_at is None and reached_at(actor.user):
        yield Finding(
            _(
                "Please confirm your address first: open the link that we sent you, or ask for another one under “My account”."
            ),
            source=_("Decisions have to reach the applicant."),
        )


def move(
    case: Case,
    name: str,
    *,
    by: Actor,
    note: str | None = None,
    seen: int | None = None,
    **entered: Any,
) -> Case:
    """Take one step: the only code that assigns `case.state`.

    `seen` is the version of the case the person looked at; `entered` what the step asks for.
    Order: step → party → source → reason → guard → clock → effect → state → due → audit →
    messages. The clock comes first: a paper that names its last days prints those of the case.
    Raises NotFound, NotAllowed, WrongState, or RuleBroken with the field to blame.
    """
    note = (note or "").strip()
    workflow = case.workflow
    step = workflow.step.get(name)
    if step is None or not step.applies(case):
        raise NotFound(_("There is no such step."))
    if not parties(case, by) & set(step.by):
        raise NotAllowed(_("The step “%(step)s” is not yours to take.", step=step.label))
    _refuse_stale(case, step, by, seen)
    if step.reason and not note:
        raise RuleBroken(_("Please give the reason."), field="note")
    answers = {ask.name: _answered(ask, entered.get(ask.name), case) for ask in step.asks}
    for problem in (*_hindered(case, step, by), *step.guard(case)):
        raise RuleBroken(problem.text)
    late = case.due_at is not None and case.due_at <= clock.now()
    turn = clocks.turn_ended(case, step, by)
    before = case.standing
    target = workflow.state[step.target] if step.target is not None else before
    if step.submits:
        _submit(case)
    if step.target is not None:
        clocks.run_clock(case, step, target)
    if step.effect:
        workflow.effects[name](case, by, {**answers, "note": note})
    if step.target is not None:
        case.state = target.key.value
        clocks.set_state_deadline(case, target, after=step)
        wait_for(case, target)
        if target.final:
            case.closed_at, case.sole_key = clock.now(), None
    _remember(case, step, by, note, answers, before, late=late, **turn)
    for work in _followers:
        work(case, step, by)
    telling.tell(case, step, note if not step.private_note else "")
    return case


def _submit(case: Case) -> None:
    """Give the case its number and moment, once: a case that comes back keeps both.

    Where no clock begins later, it goes by the policy values of this day.
    """
    if case.number is None:
        case.number = numbers.next_number(case.workflow.series)
    if case.submitted_at is None:
        case.submitted_at = clock.now()
        if case.workflow.clock is None:
            case.policies = clocks.freeze(case, clock.today())


def _refuse_stale(case: Case, step: Transition, by: Actor, seen: int | None) -> None:
    """Tell the second of two people what the first one did."""
    if case.state in step.source and seen in (None, case.version):
        return
    last = case.events[-1] if case.events else None
    if last is None or last.actor_id == by.user_id:
        raise WrongState(_("This case has already moved on. Reload and look again."))
    label = happenings.title_of(last)
    raise WrongState(
        _(
            "%(name)s took the step “%(step)s” on %(moment)s. Nothing of yours was overwritten; "
            "please look at the case again.",
            name=last.actor_name,
            step=label,
            moment=moment(last.at),
        )
    )


def _answered(ask: Ask, value: Any, case: Case) -> Any:
    """Return the answer to a question of a step. Raises RuleBroken where it is none, or refused."""
    empty = value is None or value is False or (isinstance(value, str) and not value.strip())
    if ask.required and empty:
        raise RuleBroken(_("Please fill in “%(label)s”.", label=ask.label), field=ask.name)
    fault = ask.fault(value) if ask.kind == "lines" and value else None
    fault = fault or (None if empty else ask.refuses(case, value))
    if fault is not None:
        raise RuleBroken(fault, field=ask.name)
    return value.strip() if isinstance(value, str) else value


def _acting_for(case: Case, by: Actor) -> str:
    """Return the body that takes a step; none where people apply for themselves.

    They may act for some organization of theirs meanwhile, which has no part in it.
    """
    for_themselves = by.user_id == case.applicant_id and case.applicant_body_id is None
    return by.body.name if by.body and not for_themselves else ""


def wait_for(case: Case, state: State) -> None:
    """Note whose turn it is in `state`; the person who had the case keeps it within an office.

    What comes back to an office comes back to the person there who sent it on, if they still may.
    """
    party = state.waits_on
    seat = seat_of(party) if party else None
    body_id = case.body_at(seat) if seat else None
    if party is None or party.value != case.waiting_party:
        case.assignee_id = None
    case.waiting_party = party.value if party else None
    case.waiting_body_id = body_id
    if case.assignee_id is None and party not in (None, Party.APPLICANT):
        case.assignee_id = _who_sent_it_on(case)


def _who_sent_it_on(case: Case) -> int | None:
    """Return who took the last step of the party whose turn it is again, or None."""
    turn, workflow = case.waiting_party, case.workflow
    for event in reversed(case.events):
        step, left = workflow.step.get(event.step), event.before
        if step is None or event.actor_id is None or left is None or left == event.after:
            continue
        party = workflow.state[left].waits_on
        if party is not None and party.value == turn and party in step.by:
            user = db.session.get(User, event.actor_id)
            return user.id if user is not None and may_take(case, user) else None
    return None


def _remember(
    case: Case,
    step: Transition,
    by: Actor,
    note: str,
    answers: dict[str, Any],
    before: State,
    **time: Any,
) -> None:
    shown = {a.name: answers[a.name] for a in step.asks if a.shown_to_applicant}
    case.events.append(
        CaseEvent(
            step=step.name,
            actor_id=by.user_id,
            actor_name=by.name,
            body_name=_acting_for(case, by),
            before=before.key.value,
            after=case.state,
            note=note,
            entered={
                k: v if isinstance(v, bool | int | list) else str(v) for k, v in shown.items()
            },
            staff_only=step.private_note,
            **time,
        )
    )
    changed = {"state": [before.key.value, case.state]}
    audit.record(f"{case.kind}:{step.name}", case, by=by, changes=changed, case_id=case.id)
