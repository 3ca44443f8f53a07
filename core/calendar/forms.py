"""What is handed in when a year's plan is imported."""

from typing import Any

from wtforms import StringField
from wtforms.validators import InputRequired, Length

from core.attachments.forms import UploadField
from core.errors import RuleBroken
from core.forms import Form
from core.i18n import _l


class PlanForm(Form):
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
        """Return the file's bytes and the basis."""
        return {"raw": self.file.data.content, "source": self.source.data}

    def blame(self, refused: RuleBroken) -> None:
        """Put every line of a refusal beside the field on a line of its own."""
        for words in str(refused).splitlines():
            super().blame(RuleBroken(words, field=refused.field))
