"""What is entered when the words of a message change."""

from typing import Any

from wtforms import Form as PlainForm
from wtforms import SearchField, StringField, TextAreaField

from core.db import JsonDict
from core.editions.forms import EditionForm
from core.i18n import _l
from core.messages.wording import MessageTemplate
from core.wordings.texts import LANGUAGES, PARTS, text_of


class WordingSearch(PlainForm):
    q = SearchField(_l("Words"))


class WordingForm(EditionForm):
    """Subject and text in both languages; fields are called zh_Hans-subject, en-body and so on."""

    def __init__(self, template: MessageTemplate, present: JsonDict) -> None:
        shown: dict[str, Any] = {}
        for locale in LANGUAGES:
            for part, text in text_of(template, present, locale).items():
                shown[f"{locale}-{part}"] = text
        super().__init__(data=shown)

    def content(self) -> JsonDict:
        """Return the words that were entered, by language and part."""
        return {
            locale: {part: self[f"{locale}-{part}"].data or "" for part in PARTS}
            for locale in LANGUAGES
        }


for _locale in LANGUAGES:
    setattr(WordingForm, f"{_locale}-subject", StringField(_l("Subject")))
    setattr(WordingForm, f"{_locale}-body", TextAreaField(_l("Text")))


class ResetForm(EditionForm):
    """Back to the shipped words; only the grounds are asked."""

    def content(self) -> JsonDict:
        return {}
