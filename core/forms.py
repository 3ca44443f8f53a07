"""A form checks shape, runs one action in one transaction, and shows what the rules said."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from babel import Locale
from babel.support import NullTranslations, Translations
from flask_wtf import FlaskForm
from sqlalchemy.exc import IntegrityError
from wtforms import HiddenField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.i18n import messages_path
from wtforms.widgets import CheckboxInput, ListWidget

from core import audit, constraints, receipts
from core.accounts.actor import current_actor
from core.db import atomic
from core.errors import RuleBroken, Words
from core.i18n import LOCALES, _l, get_locale

#: Fields of the form itself, which no action is given.
OWN_FIELDS = frozenset({"csrf_token", "once"})


def choices(pairs: Iterable[tuple[Any, Words]], group: str | None = None) -> list[SelectChoice]:
    """Return (value, words) pairs as the choices of a field, under one heading where given."""
    return [SelectChoice(value, words, optgroup=group) for value, words in pairs]


@cache
def _of_wtforms(language: str) -> "OurWords":
    """Return the words of WTForms in a language; read once, where Flask-WTF reads them each time."""
    theirs = Translations.load(messages_path(), [Locale.parse(language)], domain="wtforms")
    return OurWords(theirs)


#: What WTForms says, as this office says it.
OURS: dict[str, Words] = {
    "This field is required.": _l("Please fill this in."),
    "Not a valid choice.": _l("Choose one of the values offered."),
    "Invalid Choice: could not coerce.": _l("Choose one of the values offered."),
    "Not a valid integer value.": _l("Please write a whole number in digits."),
    "Not a valid decimal value.": _l("Please write a number in digits."),
    "Invalid email address.": _l("Please write a full e-mail address."),
    "Number must be at least %(min)s.": _l("Please write a number from %(min)s upwards."),
    "Number must be at most %(max)s.": _l("Please write a number up to %(max)s."),
    "Number must be between %(min)s and %(max)s.": _l(
        "Please write a number from %(min)s to %(max)s."
    ),
    "Field must be between %(min)d and %(max)d characters long.": _l(
        "Please write %(min)d to %(max)d characters."
    ),
    "Field cannot be longer than %(max)d character.": _l(
        "Please write %(max)d characters at most."
    ),
    "Field must be at least %(min)d character long.": _l(
        "Please write at least %(min)d characters."
    ),
}


class OurWords:
    """The words of WTForms, said as the rest of the site says them."""

    def __init__(self, theirs: Translations | NullTranslations) -> None:
        self._theirs = theirs

    def gettext(self, said: str) -> str:
        return str(OURS[said]) if said in OURS else self._theirs.gettext(said)

    def ngettext(self, one: str, many: str, n: int) -> str:
        return str(OURS[one]) if one in OURS else self._theirs.ngettext(one, many, n)


class TickField(SelectMultipleField):
    """Any number of boxes to tick. `headings` says under which heading a value stands."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
    headings: Mapping[Any, Words] = {}


class Form(FlaskForm):
    """Base of every form. `result` is what the action returned, also on a repeated submission."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: FlaskForm) -> OurWords:
            return _of_wtforms(str(get_locale() or LOCALES[0]))

    once = HiddenField(default=lambda: uuid.uuid4().hex)
    result: Any = None

    def values(self) -> dict[str, Any]:
        """Return what was entered, as the keyword arguments of an action."""
        return {name: value for name, value in self.data.items() if name not in OWN_FIELDS}

    def perform(self, action: Callable[..., Any], *args: Any, **context: Any) -> bool:
        """Validate, then call `action` with the form's values in one transaction.

        Return False where the form must be shown again: it then carries the words of refusal
        beside their fields, and everything that was entered. A second submission of the same
        form returns True with the first one's result and does nothing.
        """
        if not self.validate_on_submit():
            return False
        try:
            with atomic():
                self.result = self._once(action, *args, **context)
        except RuleBroken as refused:
            audit.keep_refusal(refused)
            self.blame(refused)
            return False
        except IntegrityError as refused:
            words = constraints.meaning(refused)
            if words is None:
                raise
            self.blame(words)
            return False
        return True

    def _once(self, action: Callable[..., Any], *args: Any, **context: Any) -> Any:
        key = (self.once.data or "")[:60]
        if not key:
            return action(*args, **self.values(), **context)
        use = receipts.claim(key, current_actor().user_id)
        if not use.first:
            return use.result()
        result = action(*args, **self.values(), **context)
        use.keep(result)
        return result

    def blame(self, refused: RuleBroken) -> None:
        """Put the words of a refusal beside the field they concern, or on top of the form."""
        field = self._fields.get(refused.field) if refused.field else None
        if field is None:
            self.form_errors.append(str(refused))
        else:
            field.errors = [*field.errors, str(refused)]

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows this form."""
        return 422 if self.errors else 200
