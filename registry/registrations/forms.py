"""The sections of an application for registration, as forms. A draft may leave anything open."""

from typing import Any

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from core.forms import choices
from core.i18n import _l
from core.workflow.forms import SeenForm
from registry.names.forms import NameField
from registry.organizations.kinds import ManagementMode
from registry.organizations.places import PlaceField
from registry.people.forms import PeopleForm
from registry.registrations import queries
from registry.registrations.kinds import DirectClass
from registry.registrations.models import Registration
from registry.registrations.types import type_of
from registry.registrations.workflow import REGISTRATION


def _maybe(kind: Any) -> Any:
    """Return a coercion that leaves an empty choice empty."""
    return lambda value: kind(value) if value not in (None, "", "None") else None


@REGISTRATION.section("management")
class ManagementForm(SeenForm):
    management_mode = RadioField(
        _l("How is the organization managed?"),
        [Optional()],
        coerce=_maybe(ManagementMode),
    )
    sponsor_unit_id = SelectField(
        _l("Sponsor unit"),
        [Optional()],
        coerce=_maybe(int),
        description=_l("For dual management: the department of your field. It is asked here."),
    )
    direct_class = RadioField(
        _l("Class that registers directly"),
        [Optional()],
        coerce=_maybe(DirectClass),
        description=_l("For direct registration only."),
    )
    industry_department = StringField(
        _l("Department in charge of the industry"),
        [Optional(), Length(max=200)],
        description=_l("For direct registration only: the authority asks it about the field."),
    )
    party_lead_unit = StringField(
        _l("Party-building lead unit"),
        [Optional(), Length(max=200)],
        description=_l("For direct registration only."),
    )

    def prepare(self, case: Registration) -> None:
        self.management_mode.choices = choices((m, m.label) for m in ManagementMode)
        self.direct_class.choices = choices((c, c.label) for c in type_of(case).direct_classes)
        units = [(unit.id, unit.name) for unit in queries.list_sponsor_units()]
        self.sponsor_unit_id.choices = choices([("", "—"), *units])


@REGISTRATION.section("identity")
class IdentityForm(SeenForm):
    title = NameField(
        _l("Name"),
        [Optional(), Length(max=100)],
    )
    division_id = PlaceField(_l("Street and community"))
    domicile = StringField(
        _l("Domicile"),
        [Optional(), Length(max=200)],
        description=_l("Street, house number and room."),
    )
    activity_area = StringField(
        _l("Area of activity"),
        [Optional(), Length(max=100)],
        description=_l("For example: 锦江区."),
    )

    def prepare(self, case: Registration) -> None:
        """Speak of the type that is applied for; what it does not ask is not there."""
        kind = type_of(case)
        self.title.prepare(case)
        self.title.label.text, self.title.description = kind.name_label, kind.name_hint
        if not kind.asks_for("identity", "activity_area"):
            del self.activity_area
        self.division_id.prepare()


@REGISTRATION.section("purpose")
class PurposeForm(SeenForm):
    purpose = TextAreaField(
        _l("Purpose"),
        [Optional(), Length(max=1000)],
        description=_l("What the organization is for, as in its charter."),
    )
    scope = TextAreaField(
        _l("Scope of activities"),
        [Optional(), Length(max=500)],
        description=_l("As it will stand on the certificate."),
    )


@REGISTRATION.section("people")
class RegistrationPeopleForm(PeopleForm):
    """Promoters, legal representative and proposed officers."""
