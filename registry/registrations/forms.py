"""The sections of an application for registration, as forms. A draft may leave anything open."""

from decimal import Decimal
from typing import Any

from wtforms import DecimalField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from core.forms import choices
from core.i18n import _l
from core.workflow.forms import SeenForm
from core.workflow.models import Case
from registry.names.forms import NameField
from registry.organizations.kinds import ManagementMode
from registry.organizations.places import PlaceField
from registry.people.forms import PeopleForm
from registry.registrations import queries
from registry.registrations.models import DirectClass
from registry.registrations.workflow import REGISTRATION


def _maybe(kind: Any) -> Any:
    """Return a coercion that leaves an empty choice empty."""
    return lambda value: kind(value) if value not in (None, "", "None") else None


@REGISTRATION.section("management")
class ManagementForm(SeenForm):
    management_mode = RadioField(
        _l("How is the association managed?"),
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
    party_lead_unit = StringField(
        _l("Party-building lead unit"),
        [Optional(), Length(max=100)],
        description=_l("For direct registration only."),
    )

    def prepare(self, case: Case) -> None:
        self.management_mode.choices = choices((m, m.label) for m in ManagementMode)
        self.direct_class.choices = choices((c, c.label) for c in DirectClass)
        units = [(unit.id, unit.name) for unit in queries.list_sponsor_units()]
        self.sponsor_unit_id.choices = choices([("", "—"), *units])


@REGISTRATION.section("identity")
class IdentityForm(SeenForm):
    title = NameField(
        _l("Name of the association"),
        [Optional(), Length(max=100)],
        description=_l("District, field or membership, and form: 成都市锦江区社区书画协会."),
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

    def prepare(self, case: Case) -> None:
        self.title.prepare(case)
        self.division_id.prepare()


@REGISTRATION.section("purpose")
class PurposeForm(SeenForm):
    purpose = TextAreaField(
        _l("Purpose"),
        [Optional(), Length(max=1000)],
        description=_l("What the association is for, as in its charter."),
    )
    scope = TextAreaField(
        _l("Scope of activities"),
        [Optional(), Length(max=500)],
        description=_l("As it will stand on the certificate."),
    )


class MoneyField(DecimalField):
    """A sum in yuan with two decimals; thousands separators are welcome."""

    is_money = True
    unit = _l("yuan")

    def process_formdata(self, valuelist: list[str]) -> None:
        cleaned = [v.replace(",", "").replace("，", "").strip() for v in valuelist]
        super().process_formdata(cleaned)
        if isinstance(self.data, Decimal):
            self.data = self.data.quantize(Decimal("0.01"))


@REGISTRATION.section("members")
class MembersForm(SeenForm):
    individual_members = IntegerField(
        _l("Individual members"), [Optional(), NumberRange(min=0, max=1000000)]
    )
    unit_members = IntegerField(_l("Unit members"), [Optional(), NumberRange(min=0, max=1000000)])
    staff_count = IntegerField(_l("Full-time staff"), [Optional(), NumberRange(min=0, max=1000000)])
    registered_funds = MoneyField(_l("Funds"), [Optional(), NumberRange(min=0, max=10**11)])


@REGISTRATION.section("people")
class RegistrationPeopleForm(PeopleForm):
    """Promoters, legal representative and proposed officers."""
