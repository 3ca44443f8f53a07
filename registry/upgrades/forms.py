"""What a group tells of itself, what begins its application, and what narrows the list."""

from typing import Any

from wtforms import Form as PlainForm
from wtforms import SelectField, StringField
from wtforms.validators import Length, Optional

from core.forms import Form, choices
from core.i18n import _, _l
from core.workflow.forms import asked_form
from registry.organizations.kinds import OrganizationType
from registry.registrations.types import typed
from registry.upgrades import rules
from registry.upgrades.queries import Far, Narrowing, Sort
from registry.upgrades.rules import Recorded


class StartForm(Form):
    """Nothing but the proof that the button was pressed on our page."""


def facts_form(recorded: Recorded, type: OrganizationType, **sent: Any) -> Any:
    """Return the form of the questions of a type, with what is recorded; each may stay open."""
    form = asked_form(typed(type).section.asks, rules.application_of(recorded, type), **sent)
    del form.seen
    return form


class OutlookSearch(PlainForm):
    """What the list is narrowed to; it changes nothing and needs no token."""

    text = StringField(_l("Name or filing number"), [Optional(), Length(max=100)])
    far = SelectField(_l("How far"), [Optional()], choices=[], validate_choice=False)
    type = SelectField(_l("Nearest type"), [Optional()], choices=[], validate_choice=False)
    street = SelectField(_l("Street"), [Optional()], choices=[], validate_choice=False)
    sort = SelectField(_l("Order"), [Optional()], choices=[], validate_choice=False)

    def offer(self, streets: dict[int, str]) -> None:
        """Offer what can be chosen, in the reader's language; streets where there are several."""
        everything = ("", _l("All"))
        self.far.choices = choices([everything, *((it.value, it.label) for it in Far)])
        types = [(it.value, it.label) for it in rules.offered()]
        self.type.choices = choices([everything, *types])
        self.street.choices = choices([everything, *((str(k), n) for k, n in streets.items())])
        self.sort.choices = choices(
            [
                (Sort.MISSING.value, _l("Least missing first")),
                (Sort.MISSING_DOWN.value, _l("Most missing first")),
                (Sort.NAME.value, _l("By name, A to Z")),
                (Sort.NAME_DOWN.value, _l("By name, Z to A")),
            ]
        )
        if len(streets) < 2:
            del self.street

    def narrowing(self) -> Narrowing:
        """Return what was chosen; what makes no sense narrows nothing."""
        chosen = {name: (it.data or "") for name, it in self._fields.items()}
        far, type, sort = (chosen.get(name, "") for name in ("far", "type", "sort"))
        street = chosen.get("street", "")
        return Narrowing(
            text=chosen["text"].strip()[:100],
            far=Far(far) if far in set(Far) else None,
            type=OrganizationType(type) if type in set(OrganizationType) else None,
            street=int(street) if street.isdigit() and len(street) < 10 else None,
            sort=Sort(sort) if sort in set(Sort) else Sort.MISSING,
        )

    def described(self, streets: dict[int, str]) -> str:
        """Return the narrowing in words, for the name of a file."""
        wanted = self.narrowing()
        parts = [
            wanted.text,
            wanted.far.label if wanted.far else "",
            wanted.type.label if wanted.type else "",
            streets.get(wanted.street or 0, ""),
        ]
        return _(", ").join(part for part in parts if part)
