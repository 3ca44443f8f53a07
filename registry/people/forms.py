"""Rows of people in an application: identity numbers come back masked."""

import hashlib
from typing import Any

from wtforms import FieldList, Form, FormField, HiddenField, SelectField, StringField
from wtforms.validators import Length, Optional, ValidationError

from core.crypto import masked
from core.forms import choices
from core.i18n import _, _l
from core.workflow.forms import SeenForm
from core.workflow.models import Case
from registry.people import rules
from registry.people.actions import written
from registry.people.models import ApplicationPerson, Position
from registry.people.queries import list_people


class PersonForm(Form):
    """One person. A masked number left as it is keeps what was stored."""

    id = HiddenField()
    name = StringField(_l("Full name"), [Optional(), Length(max=50)])
    position = SelectField(_l("Position"))
    identity_number = StringField(_l("Identity number"), [Optional(), Length(max=20)])
    phone = StringField(_l("Phone"), [Optional(), Length(max=20)])

    def validate_identity_number(self, field: StringField) -> None:
        if words := rules.entered_problem(field.data, rules.identity_problem):
            raise ValidationError(str(words))

    def validate_phone(self, field: StringField) -> None:
        if words := rules.entered_problem(field.data, rules.phone_problem):
            raise ValidationError(str(words))


def fingerprint(person: ApplicationPerson) -> str:
    """Return what changes with the numbers of a person, which are not shown in full."""
    told = f"{person.identity_number}|{person.phone}"
    return hashlib.sha256(told.encode()).hexdigest()


class PeopleForm(SeenForm):
    """The people of an application, with empty rows for more."""

    collects_people = True
    people = FieldList(FormField(PersonForm, label=_l("Person")))
    positions = (Position.LEGAL_REPRESENTATIVE, Position.PROMOTER, Position.OFFICER)

    @classmethod
    def load(cls, case: Case) -> dict[str, Any]:
        """Return what is stored, numbers masked, and at least three rows to write in."""
        rows: list[dict[str, Any]] = [
            {
                "id": str(p.id),
                "name": p.name,
                "position": p.position.value,
                "identity_number": masked(p.identity_number) if p.identity_number else "",
                "phone": masked(p.phone) if p.phone else "",
            }
            for p in list_people(case.id)
        ]
        blank = {"id": "", "name": "", "identity_number": "", "phone": ""}
        positions = [Position.PROMOTER.value] if rows else [cls.positions[0].value]
        positions += [Position.PROMOTER.value] * 2
        return {"people": [*rows, *({**blank, "position": p} for p in positions)]}

    @classmethod
    def touched(cls, case: Case) -> bool:
        """Return whether anybody has been entered yet."""
        return bool(list_people(case.id))

    def validate_people(self, field: "FieldList[Any]") -> None:
        """Refuse one number of two people beside the second; a masked one is what is stored."""
        rows = [row.form for row in field.entries]
        named = [
            (
                (row.name.data or "").strip(),
                self._numbers.get(row.id.data) if "*" in number else number,
            )
            for row, number in ((row, written(row.identity_number.data)) for row in rows)
        ]
        for place, words in rules.shared_number(named).items():
            rows[place].identity_number.errors = [str(words)]
        field.errors = [row.errors for row in rows] if any(row.errors for row in rows) else []

    def prepare(self, case: Case) -> None:
        """Offer the positions of this kind of application in every row."""
        self._numbers = {str(p.id): p.identity_number for p in list_people(case.id)}
        for row in self.people:
            row.form.position.choices = choices((p.value, p.label) for p in self.positions)
            row.label.text = _("Person %(n)d", n=int(row.name.rsplit("-", 1)[1]) + 1)

    def answer_rows(self, case: Case) -> list[dict[str, Any]]:
        """Return the people for the check-your-answers page."""
        return [
            {
                "label": p.position.label,
                "value": " ".join(
                    part
                    for part in (
                        p.name,
                        masked(p.identity_number or "") if p.identity_number else "",
                    )
                    if part
                ),
                "masked": fingerprint(p),
            }
            for p in list_people(case.id)
        ]
