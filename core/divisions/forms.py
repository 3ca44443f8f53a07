"""What is entered when the map or an office changes."""

from datetime import date
from typing import Any

from wtforms import Form as PlainForm
from wtforms import (
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from core import clock
from core.accounts import Body
from core.days import DayField
from core.db import db
from core.divisions import offices, queries
from core.divisions.models import Division, Level
from core.divisions.reforms import Part
from core.forms import Form, TickField, choices
from core.i18n import _l


class DaySearch(PlainForm):
    """The day whose map is shown; it travels in the address."""

    on = DayField(_l("Map of the day"), [Optional()])

    @property
    def day(self) -> date:
        """The day asked for; today where none or none that can be read was given."""
        return self.on.data if self.validate() and self.on.data else clock.today()


class OfficeForm(Form):
    """Which body decides what, where, and from when."""

    kind = SelectField(_l("What is decided"), [InputRequired()])
    division = SelectField(_l("Division"), [InputRequired()], coerce=int)
    body = SelectField(_l("Deciding body"), [InputRequired()], coerce=int)
    from_on = DayField(_l("From"), [InputRequired()])

    def __init__(self) -> None:
        super().__init__()
        self.kind.choices = [(kind, str(it)) for kind, it in offices.decided_kinds().items()]
        self.division.choices = _divisions(queries.standing())
        self.body.choices = [(it.id, it.name) for it in offices.deciding_bodies()]

    def values(self) -> dict[str, Any]:
        """Return the kind, the division and the body themselves, and the day."""
        entered = super().values()
        body = db.session.get_one(Body, entered["body"])
        return {**entered, "division": queries.access_division(entered["division"]), "body": body}


class RelieveForm(Form):
    last_day = DayField(_l("Last day"), [InputRequired()])


class ChangeForm(Form):
    """A change of the map: shown with what would follow first, then sent again as confirmed."""

    confirmed = HiddenField(default="")

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed.data == "1"

    def values(self) -> dict[str, Any]:
        """Return what was entered without the mark of the second step."""
        return {name: it for name, it in super().values().items() if name != "confirmed"}


class ReformForm(ChangeForm):
    """Streets or communities that go into another one as a whole."""

    old = TickField(_l("What ends"), [InputRequired(_l("Please choose one."))], coerce=int)
    new = SelectField(_l("What it goes into"), [InputRequired()], coerce=int)
    on = DayField(_l("First day of the new map"), [InputRequired()])

    def __init__(self) -> None:
        super().__init__()
        below = [it for it in queries.standing() if it.level not in queries.HIGHEST]
        self.new.choices = _divisions(below)
        self.old.choices = [(it.id, it.name) for it in below]
        streets = {it.id: it.name for it in below if it.level is Level.STREET}
        self.old.headings = {it.id: streets.get(it.parent_id or 0, it.name) for it in below}

    def values(self) -> dict[str, Any]:
        """Return the divisions themselves, and the day."""
        old = [queries.access_division(it) for it in self.old.data or []]
        return {"old": old, "new": [queries.access_division(self.new.data)], "on": self.on.data}


class AddForm(ChangeForm):
    """A new division."""

    parent = SelectField(_l("Lies in"), [InputRequired()], coerce=int)
    level = SelectField(_l("Level"), [InputRequired()])
    name = StringField(
        _l("Name"), [InputRequired(), Length(max=100)], description=_l("With its rank: 春熙路街道.")
    )
    code = StringField(
        _l("Code"), [Optional(), Length(max=12)], description=_l("GB/T 2260, where there is one.")
    )
    from_on = DayField(_l("First day"), [InputRequired()])

    def __init__(self) -> None:
        super().__init__()
        self.parent.choices = _divisions(queries.standing())
        levels = [it for it in Level if it not in queries.HIGHEST]
        self.level.choices = [(it.value, it.label) for it in levels]

    def values(self) -> dict[str, Any]:
        """Return the parent and the level themselves."""
        entered = super().values()
        parent = queries.access_division(entered["parent"])
        return {**entered, "parent": parent, "level": Level(entered["level"])}


class RenameForm(ChangeForm):
    """Another name for a division."""

    name = StringField(_l("New name"), [InputRequired(), Length(max=100)])
    on = DayField(_l("First day of the new name"), [InputRequired()])


class NamesForm(PlainForm):
    """First step of a split: the new names; they travel in the address."""

    names = TextAreaField(
        _l("Names of the new divisions"),
        [InputRequired(), Length(max=500)],
        description=_l("One a line, two or more."),
    )

    @property
    def listed(self) -> list[str]:
        """The names, each once, at most ten."""
        lines = (" ".join(it.split()) for it in (self.names.data or "").splitlines())
        return list(dict.fromkeys(it for it in lines if it))[:10]


class SplitForm(ChangeForm):
    """Second step of a split: where each division below goes. Fields are called child-<id>."""

    on = DayField(_l("First day of the new map"), [InputRequired()])
    names = HiddenField()

    @property
    def listed(self) -> list[str]:
        return [it for it in (self.names.data or "").splitlines() if it]

    def values(self) -> dict[str, Any]:
        """Return the parts with what lies in each, and the day."""
        names = self.listed
        below: dict[int, list[Division]] = {n: [] for n in range(len(names))}
        for name, field in self._fields.items():
            if name.startswith("child-"):
                child = queries.access_division(int(name.removeprefix("child-")))
                below[field.data].append(child)
        return {
            "parts": [Part(name, below[n]) for n, name in enumerate(names)],
            "on": self.on.data,
        }


def split_form(children: list[Division], names: list[str]) -> SplitForm:
    """Return the second step's form with one choice for each of `children`."""
    fields = {
        f"child-{it.id}": SelectField(
            it.name, [InputRequired()], coerce=int, choices=choices(enumerate(names))
        )
        for it in children
    }
    shape = type("SplitForm", (SplitForm,), fields)
    form: SplitForm = shape(data={"names": "\n".join(names)})
    return form


def _divisions(found: list[Division]) -> list[tuple[int, str]]:
    return [(it.id, queries.path(it)) for it in found]
