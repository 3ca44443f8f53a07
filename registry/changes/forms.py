"""The sections of a change that are more than a question: what changes, name, place, person, sponsor."""

from typing import Any

from wtforms import SelectField, StringField
from wtforms.validators import Length, Optional, ValidationError

from core.crypto import masked
from core.days import DayField
from core.forms import TickField, choices
from core.i18n import _l
from core.workflow.forms import SeenForm
from registry.changes.entries import Entry
from registry.changes.models import RegistrationChange
from registry.changes.standing import stands
from registry.changes.workflow import CHANGE
from registry.names.forms import NameField
from registry.organizations.places import PlaceField
from registry.people import rules as people
from registry.people.forms import fingerprint
from registry.people.models import ApplicationPerson
from registry.registrations import queries
from registry.registrations.types import type_of


def _of_unit(value: Any) -> int | None:
    return int(value) if value not in (None, "", "None") else None


@CHANGE.section("choice")
class ChoiceForm(SeenForm):
    chosen = TickField(_l("What changes?"), [Optional()], default=())
    resolved_on = DayField(
        _l("Day on which it was decided"),
        [Optional()],
        description=_l("By the body that decides it by the charter, as in the minutes."),
    )

    def prepare(self, case: RegistrationChange) -> None:
        """Offer every entry; a sponsor unit changes only where there is one."""
        offered = [it for it in Entry if it is not Entry.SPONSOR or case.organization.sponsor_name]
        self.chosen.choices = choices((it.value, it.label) for it in offered)


@CHANGE.section(Entry.NAME)
class NewNameForm(SeenForm):
    name = NameField(_l("New name"), [Optional(), Length(max=100)])

    def prepare(self, case: RegistrationChange) -> None:
        self.name.prepare(case)
        self.name.description = type_of(case).name_hint  # type: ignore[arg-type]


@CHANGE.section(Entry.DOMICILE)
class NewDomicileForm(SeenForm):
    division_id = PlaceField(_l("Street and community"))
    domicile = StringField(
        _l("Domicile"),
        [Optional(), Length(max=200)],
        description=_l("Street, house number and room."),
    )

    def prepare(self, case: RegistrationChange) -> None:
        self.division_id.prepare()


@CHANGE.section(Entry.LEGAL_REPRESENTATIVE)
class NewRepresentativeForm(SeenForm):
    """Who is to represent the organization. Stored numbers come back masked."""

    collects_people = True
    legal_representative = StringField(_l("Full name"), [Optional(), Length(max=50)])
    identity_number = StringField(_l("Identity number"), [Optional(), Length(max=20)])
    phone = StringField(_l("Phone"), [Optional(), Length(max=20)])

    @classmethod
    def load(cls, case: RegistrationChange) -> dict[str, Any]:
        person = _person(case)
        return {
            "legal_representative": case.legal_representative,
            "identity_number": masked(person.identity_number or "") if person else "",
            "phone": masked(person.phone or "") if person else "",
        }

    def validate_identity_number(self, field: StringField) -> None:
        if words := people.entered_problem(field.data, people.identity_problem):
            raise ValidationError(str(words))

    def validate_phone(self, field: StringField) -> None:
        if words := people.entered_problem(field.data, people.phone_problem):
            raise ValidationError(str(words))

    def answer_rows(self, case: RegistrationChange) -> list[dict[str, Any]]:
        """Return the person for the check-your-answers page, the number masked."""
        person, told = _person(case), self.load(case)
        return [
            {
                "label": str(self[name].label.text),
                "value": told[name] or "",
                "stands": stands(case, name),
                **(
                    {"masked": fingerprint(person)}
                    if person and name != "legal_representative"
                    else {}
                ),
            }
            for name in ("legal_representative", "identity_number", "phone")
        ]


def _person(case: RegistrationChange) -> ApplicationPerson | None:
    return next(iter(case.people), None)


@CHANGE.section(Entry.SPONSOR)
class NewSponsorForm(SeenForm):
    sponsor_unit_id = SelectField(
        _l("New sponsor unit"),
        [Optional()],
        coerce=_of_unit,
        description=_l("The department of your field. It is asked here."),
    )

    def prepare(self, case: RegistrationChange) -> None:
        units = [(unit.id, unit.name) for unit in queries.list_sponsor_units()]
        self.sponsor_unit_id.choices = choices([("", "—"), *units])
