"""The section of an application for another certificate. A draft may leave anything open."""

from typing import Any

from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from core.days import DayField
from core.forms import choices
from core.i18n import _l
from core.workflow.forms import SeenForm
from core.workflow.models import Case
from registry.certificates.rules import Copies, ReplacementGround
from registry.certificates.workflow import REPLACEMENT


def _maybe(kind: Any) -> Any:
    """Return a coercion that leaves an empty choice empty."""
    return lambda value: kind(value) if value not in (None, "", "None") else None


@REPLACEMENT.section("request")
class RequestForm(SeenForm):
    ground = RadioField(
        _l("Why is another certificate needed?"), [Optional()], coerce=_maybe(ReplacementGround)
    )
    copies = RadioField(_l("Which certificate?"), [Optional()], coerce=_maybe(Copies))
    circumstances = TextAreaField(
        _l("How was it lost or damaged?"),
        [Optional(), Length(max=1000)],
        description=_l("When, where, and what was done to find it. No names are needed."),
    )
    lost_on = DayField(
        _l("Day on which the loss was noticed"),
        [Optional()],
        description=_l("For a lost certificate only."),
    )
    published_in = StringField(
        _l("Where the loss was made public"),
        [Optional(), Length(max=100)],
        description=_l("The newspaper's name. For a lost certificate only."),
    )
    published_on = DayField(
        _l("Day of publication"),
        [Optional()],
        description=_l("For a lost certificate only."),
    )

    def prepare(self, case: Case) -> None:
        self.ground.choices = choices((g, g.label) for g in ReplacementGround)
        self.copies.choices = choices((c, c.label) for c in Copies)
