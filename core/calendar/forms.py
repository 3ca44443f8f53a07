"""What is handed in when a year's plan is imported."""

from typing import Any

from wtforms import HiddenField, IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from core.attachments.forms import UploadField
from core.errors import RuleBroken
from core.forms import Form
from core.i18n import _l


class PlanForm(Form):
    year = IntegerField(_l("Year"), [InputRequired(), NumberRange(1949, 2200)])
    file = UploadField(
        _l("Plan as a CSV file"),
        [InputRequired()],
        description=_l(
            "First line day,kind,name; then one line a day, e.g. 2027-02-06,holiday,春节. "
            "Kinds: holiday, working."
        ),
    )
    source = StringField(
        _l("Basis"),
        [InputRequired(), Length(max=200)],
        description=_l("The announcement of the State Council's office, with its number."),
    )

    def values(self) -> dict[str, Any]:
        """Return the year and the file's bytes, for a preview."""
        return {"year": self.year.data, "raw": self.file.data.content}

    def blame(self, refused: RuleBroken) -> None:
        """Put every line of a refusal beside the field on a line of its own."""
        for words in str(refused).splitlines():
            super().blame(RuleBroken(words, field=refused.field))


class ConfirmForm(Form):
    """What was previewed, carried to the second step; it is read and checked again there."""

    year = HiddenField()
    plan = HiddenField()
    source = HiddenField()
    seen = HiddenField()

    def values(self) -> dict[str, Any]:
        """Return the year as a number, the plan as text, the basis and the fingerprint."""
        year = self.year.data or ""
        return {
            "year": int(year) if year.isdigit() else 0,
            "plan": self.plan.data or "",
            "source": (self.source.data or "")[:200],
            "seen": self.seen.data or "",
        }
