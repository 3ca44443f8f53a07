"""The question on which ground a registration is refused; the grounds are those of the type."""

from typing import Any

from core.i18n import _, _l
from core.workflow import Ask
from core.workflow.steps import Choices
from registry.registrations.types import type_of


def grounds_of(case: Any) -> Choices:
    """Return the grounds of the law of the type, each with its article."""
    return tuple(
        (it.key, _("%(ground)s (%(article)s)", ground=it.words, article=it.article))
        for it in type_of(case).grounds
    )


GROUND = Ask("ground", _l("Legal ground"), kind="choice", choices=grounds_of)
