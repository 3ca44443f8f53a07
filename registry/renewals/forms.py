"""The one page of a renewal."""

from typing import Any

from wtforms import StringField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from core.crypto import masked
from core.figures import NumberField
from core.i18n import _l
from core.workflow.forms import SeenForm
from registry.filings.groups import communities_of
from registry.organizations.places import PlaceField
from registry.people import rules as people
from registry.renewals.models import TOLD, FilingRenewal
from registry.renewals.workflow import RENEWAL


@RENEWAL.section("group")
class GroupForm(SeenForm):
    """What the group is today. The stored phone comes back masked."""

    collects_people = True
    division_id = PlaceField(
        _l("Community"),
        description=_l("The register does not know it yet; the filing receipt names it."),
    )
    domicile = StringField(_l("Place of activity"), [Optional(), Length(max=200)])
    scope = TextAreaField(_l("What does the group do?"), [Optional(), Length(max=500)])
    individual_members = NumberField(_l("Number of members"), [Optional()])
    person_in_charge = StringField(_l("Person in charge"), [Optional(), Length(max=50)])
    person_phone = StringField(_l("Phone"), [Optional(), Length(max=20)])

    def prepare(self, case: FilingRenewal) -> None:
        """Ask for the community where the register does not know it."""
        street, offered = communities_of(case.organization)
        if offered:
            self.division_id.prepare(street)
        else:
            del self.division_id

    @classmethod
    def load(cls, case: FilingRenewal) -> dict[str, Any]:
        phone = masked(case.person_phone) if case.person_phone else ""
        told = {name: getattr(case, name) for name in TOLD}
        return {**told, "division_id": case.division_id, "person_phone": phone}

    def validate_person_phone(self, field: StringField) -> None:
        if words := people.entered_problem(field.data, people.phone_problem):
            raise ValidationError(str(words))
