"""What is entered when a duty list changes."""

from typing import Any

from wtforms import StringField, TextAreaField
from wtforms.validators import Length, Optional

from core.attachments.forms import UploadField
from core.calendar.plan import decode
from core.db import JsonDict
from core.editions.forms import EditionForm
from core.errors import RuleBroken
from core.i18n import _l
from registry.duties.texts import COLUMNS, written_table


class DutyForm(EditionForm):
    """The table as text, or a file that takes its place."""

    note = StringField(
        _l("Note above the list"),
        [Optional(), Length(max=500)],
        description=_l("For example the decision that published it."),
    )
    table = TextAreaField(_l("List"), description=",".join(COLUMNS))
    file = UploadField(
        _l("Or a CSV file in its place"),
        description=_l("The exported file, changed in a spreadsheet; UTF-8 or GB 18030."),
    )

    def __init__(self, present: JsonDict) -> None:
        super().__init__(data={"note": present["note"], "table": written_table(present["duties"])})

    def validate(self, extra_validators: Any = None) -> bool:
        """Put a file's text into the field, so that a preview keeps it; then check the shape."""
        if self.file.data is not None:
            try:
                self.table.data = decode(self.file.data.content)
            except RuleBroken as refused:
                super().validate(extra_validators)
                self.blame(refused)
                return False
        return bool(super().validate(extra_validators))

    def content(self) -> JsonDict:
        """Return the note and the table as text; its kind reads it."""
        return {"note": self.note.data or "", "table": self.table.data or ""}

    def blame(self, refused: RuleBroken) -> None:
        """Put every line of a refusal beside the field on a line of its own."""
        for words in str(refused).splitlines():
            super().blame(RuleBroken(words, field=refused.field))
