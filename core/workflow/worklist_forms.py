"""Forms of the worklist: what is done to the chosen cases, and how a view is kept."""

from collections.abc import Iterable
from typing import Any

from flask import request
from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from core.accounts import User
from core.forms import Form, choices
from core.i18n import _, _l


def chosen_rows() -> list[tuple[int, int]]:
    """Return the chosen cases of this request with the versions that were looked at."""
    rows = []
    for word in request.form.getlist("chosen"):
        case_id, _dash, version = word.partition("-")
        if case_id.isdecimal() and version.isdecimal() and len(word) < 20:
            rows.append((int(case_id), int(version)))
    return rows


class ChosenForm(Form):
    """What is done with the chosen cases; `question` is the list they were chosen from."""

    question = HiddenField()

    def values(self) -> dict[str, Any]:
        return {"rows": chosen_rows()}


class HandOverForm(ChosenForm):
    """To whom the chosen cases go."""

    user_id = SelectField(_l("To whom"), [InputRequired(_l("Please choose one."))])

    def offer(self, people: Iterable[tuple[User, str]]) -> None:
        """Let one choose among `people`, each with their posts."""
        named = [
            (str(user.id), _("%(name)s (%(posts)s)", name=user.display_name, posts=posts))
            for user, posts in people
        ]
        self.user_id.choices = choices([("", _("Please choose one.")), *named])

    def values(self) -> dict[str, Any]:
        return {**super().values(), "user_id": int(self.user_id.data)}


class ViewForm(Form):
    """A name for filters, and where they are shown."""

    question = HiddenField()
    name = StringField(
        _l("Name of the view"), [InputRequired(_l("Please fill this in.")), Length(max=40)]
    )
    as_default = BooleanField(_l("My worklist begins with this view"))
    shared = BooleanField(
        _l("Show this view to everyone in my office"),
        description=_l("They may use it, and only you change or delete it."),
    )

    def keep_to_oneself(self) -> None:
        """Leave out what only the head of an office may choose."""
        del self.shared


class ViewChoiceForm(Form):
    """Nothing but the proof that the button was pressed on our page."""


def said_done(what: str, count: int) -> str:
    """Return what was done, in words: 3 cases are in your hand now."""
    from core.i18n import ngettext

    if what == "take":
        return ngettext(
            "%(num)d case is in your hand now.", "%(num)d cases are in your hand now.", count
        )
    if what == "return":
        return ngettext(
            "%(num)d case is back on the office's pile.",
            "%(num)d cases are back on the office's pile.",
            count,
        )
    return ngettext("%(num)d case is handed over.", "%(num)d cases are handed over.", count)


def said_nothing_chosen() -> str:
    return _("Choose at least one case first.")
