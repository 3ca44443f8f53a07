"""What is entered when the map or an office changes."""

from datetime import date
from typing import Any

from wtforms import DateField, SelectField, SelectMultipleField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, Optional

from core import clock
from core.accounts import Body
from core.db import db
from core.divisions import offices, queries
from core.divisions.models import Division
from core.forms import Form
from core.i18n import _l


class DaySearch(PlainForm):
    """The day whose map is shown; it travels in the address."""

    on = DateField(_l("Map of the day"), [Optional()])

    @property
    def day(self) -> date:
        """The day asked for; today where none or none that can be read was given."""
        return self.on.data if self.validate() and self.on.data else clock.today()


class OfficeForm(Form):
    """Which body decides what, where, and from when."""

    kind = SelectField(_l("What is decided"), [InputRequired()])
    division = SelectField(_l("Division"), [InputRequired()], coerce=int)
    body = SelectField(_l("Deciding body"), [InputRequired()], coerce=int)
    from_on = DateField(_l("From"), [InputRequired()])

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
    last_day = DateField(_l("Last day"), [InputRequired()])


class ReformForm(Form):
    """Streets or communities that go into another one as a whole."""

    old = SelectMultipleField(_l("What ends"), [InputRequired()], coerce=int)
    new = SelectField(_l("What it goes into"), [InputRequired()], coerce=int)
    on = DateField(_l("First day of the new map"), [InputRequired()])

    def __init__(self) -> None:
        super().__init__()
        below = [it for it in queries.standing() if it.level not in queries.HIGHEST]
        self.old.choices = self.new.choices = _divisions(below)

    def values(self) -> dict[str, Any]:
        """Return the divisions themselves, and the day."""
        old = [queries.access_division(it) for it in self.old.data or []]
        return {"old": old, "new": [queries.access_division(self.new.data)], "on": self.on.data}


def _divisions(found: list[Division]) -> list[tuple[int, str]]:
    return [(it.id, queries.path(it)) for it in found]
