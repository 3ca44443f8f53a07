"""A field that takes one file, and the form of one upload."""

from typing import Any

from werkzeug.datastructures import FileStorage
from wtforms import FileField
from wtforms.validators import InputRequired

from core import policy
from core.attachments.policy import SIZE_LIMIT_MB
from core.attachments.rules import Slot, Upload
from core.forms import Form
from core.i18n import _l


class UploadField(FileField):
    """One file. `data` is an Upload, or None where nothing was chosen.

    What the file is and whether it is harmless is for `actions.attach` to say.
    """

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the file that was sent; the request's size is already limited."""
        sent = next((each for each in valuelist if isinstance(each, FileStorage) and each), None)
        self.data = Upload(sent.filename or "", sent.stream.read()) if sent else None

    def take(self, slot: Slot) -> None:
        """Offer only what `slot` accepts in the browser's file chooser, and say so."""
        self.render_kw = {**(self.render_kw or {}), "accept": slot.endings}
        self.description = self.description or _l(
            "Accepted: %(accepted)s, at most %(limit)s MB a file",
            accepted=slot.accepted,
            limit=policy.value(SIZE_LIMIT_MB),
        )


class UploadForm(Form):
    """One file for one slot: `form.perform(actions.attach, slot=…, case_id=…, by=…)`."""

    upload = UploadField(_l("File"), [InputRequired(_l("Please choose a file."))])


class RemoveForm(Form):
    """Nothing but the proof that the button was pressed on our page."""
