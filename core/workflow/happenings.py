"""What a timeline tells beside steps: a feature names what it notes, and notes it for the offices."""

from core.accounts import Actor
from core.errors import Words
from core.i18n import _l
from core.workflow.models import Case, CaseEvent

_named: dict[str, Words] = {}


def name_happening(key: str, words: Words) -> None:
    """Say what a timeline calls `key`: the feature and what happened, joined by a dot."""
    _named[key] = words


def title_of(event: CaseEvent) -> Words:
    """Return what a timeline calls an event: its step's name, or what its feature named it."""
    workflow = event.case.workflow
    if step := workflow.step.get(event.step):
        return step.label
    opened = _l("Opened by the office") if workflow.of_office else _l("Draft opened")
    return opened if event.step == "open" else _named.get(event.step, event.step)


def note(case: Case, key: str, words: str, *, by: Actor) -> CaseEvent:
    """Write into the timeline what happened without the case moving. The applicant does not see it."""
    event = CaseEvent(
        step=key,
        actor_id=by.user_id,
        actor_name=by.name,
        body_name=by.body.name if by.body else "",
        before=case.state,
        after=case.state,
        note=words,
        staff_only=True,
    )
    case.events.append(event)
    return event
