"""What is entered when a guide is written."""

from typing import Any

from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from core.db import JsonDict
from core.editions.forms import EditionForm
from core.editions.models import Edition
from core.guides.texts import LANGUAGES, PARTS, PLAIN
from core.i18n import _l
from core.workflow import declared


class GuideForm(EditionForm):
    """All parts in both languages; fields are called zh_Hans-title, en-steps and so on."""

    online = SelectField(
        _l("Online form"),
        description=_l("Readers are led from the guide to this form."),
    )
    offered = BooleanField(_l("Shown to the public"), default=True)

    def __init__(self, present: Edition | None) -> None:
        super().__init__(data=_entered(present.content) if present else None)
        choices = [("", _l("No online form"))]
        self.online.choices = [
            *choices,
            *((w.kind, w.title) for w in declared() if len(w.guides) > 1),
            *((guide.key, guide.matter) for w in declared() for guide in w.guides),
        ]

    def content(self) -> JsonDict:
        """Return what was entered as the content of a version."""
        written: JsonDict = {"online": self.online.data, "offered": self.offered.data}
        for locale in LANGUAGES:
            written[locale] = {part: self[f"{locale}-{part}"].data or "" for part in PARTS}
        return written


for _locale in LANGUAGES:
    for _part, _label in PARTS.items():
        _field = StringField if _part in PLAIN else TextAreaField
        setattr(GuideForm, f"{_locale}-{_part}", _field(_label))


class NewGuideForm(GuideForm):
    key = StringField(
        _l("Short name in addresses"),
        [InputRequired(), Length(max=60)],
        description=_l("Small letters and hyphens, such as association-registration."),
    )


def _entered(content: JsonDict) -> dict[str, Any]:
    flat = {"online": content["online"], "offered": content["offered"]}
    for locale in LANGUAGES:
        for part, text in content.get(locale, {}).items():
            flat[f"{locale}-{part}"] = text
    return flat
