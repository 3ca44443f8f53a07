"""The question on which ground a registration is refused; the grounds are those of the type."""

from typing import TYPE_CHECKING, Any

from core.eligibility import Condition, Outcome
from core.errors import Words
from core.i18n import _, _l
from core.workflow import Ask
from core.workflow.steps import Choices
from registry.registrations.types import type_of

if TYPE_CHECKING:
    from core.workflow.models import CaseCheck


def grounds_of(case: Any) -> Choices:
    """Return the grounds of the law of the type, each with its article."""
    return tuple(
        (it.key, _("%(ground)s (%(article)s)", ground=it.words, article=it.article))
        for it in type_of(case).grounds
    )


def not_met(case: Any) -> list[tuple[Condition, "CaseCheck"]]:
    """Return the conditions that the examiner found not to be met, each with the finding."""
    found = {check.key: check for check in case.checks if check.outcome is Outcome.FAIL}
    return [(it, found[it.key]) for it in case.workflow.conditions_of(case) if it.key in found]


def unfounded(case: Any, key: str) -> Words | None:
    """Return why the registration cannot be refused on the ground `key`, or None."""
    ground = next((it for it in type_of(case).grounds if it.key == key), None)
    if ground is None:
        return _("Please choose one.")
    if ground.of_conditions and not not_met(case):
        return _(
            "No condition has been found not to be met. Note in the checklist which one is not met, "
            "and why; or choose another ground."
        )
    return None


GROUND = Ask("ground", _l("Legal ground"), kind="choice", choices=grounds_of, refuses=unfounded)
