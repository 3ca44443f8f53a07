"""The three short pages of a filing."""

from typing import Any

from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from core.crypto import masked
from core.forms import choices
from core.i18n import _, _l
from core.workflow.forms import LinesField, SeenForm
from core.workflow.models import Case
from registry.filings import policy
from registry.filings.models import Filing
from registry.filings.workflow import FILING
from registry.names.forms import NameField
from registry.organizations.kinds import FilingCategory
from registry.organizations.places import PlaceField
from registry.people import rules as people


@FILING.section("group")
class GroupForm(SeenForm):
    title = NameField(
        _l("Name of the group"),
        [Optional(), Length(max=60)],
        render_kw={"data-live-with": "division_id"},
        description=_l(
            "Street or community, what you do, and 队, 社 or 会: 春熙路街道总府社区合唱队."
        ),
    )
    category = RadioField(
        _l("Category"),
        [Optional()],
        coerce=lambda v: FilingCategory(v) if v not in (None, "", "None") else None,
    )
    division_id = PlaceField(_l("Street and community"))
    domicile = StringField(
        _l("Place of activity"),
        [Optional(), Length(max=200)],
        description=_l("For example: the activity room of the community, open on Tuesdays."),
    )
    scope = TextAreaField(_l("What does the group do?"), [Optional(), Length(max=500)])

    def prepare(self, case: Case) -> None:
        self.title.prepare(case)
        self.division_id.prepare()
        self.category.choices = choices((c, c.label) for c in FilingCategory)


@FILING.section("people")
class PeopleForm(SeenForm):
    """The person in charge and the founders. Stored numbers come back masked."""

    collects_people = True
    #: Asked for in a correction only: nobody is to read of it as something left open.
    only_if_given = ("person_identity",)
    person_in_charge = StringField(_l("Person in charge"), [Optional(), Length(max=50)])
    person_phone = StringField(_l("Phone"), [Optional(), Length(max=20)])
    person_identity = StringField(
        _l("Identity number"),
        [Optional(), Length(max=20)],
        description=_l("Only if the street asks for it."),
    )
    founders = LinesField(
        _l("Founding members"),
        [Optional()],
    )

    def prepare(self, case: Filing) -> None:
        """Say how many founders are needed; leave out the number unless the street asked for it."""
        self.founders.description = _(
            "%(n)s or more, the person in charge included; one name a line.",
            n=case.frozen(policy.FOUNDERS.key),
        )
        if case.standing.private and not case.person_identity:
            del self.person_identity

    @classmethod
    def load(cls, case: Filing) -> dict[str, Any]:
        return {
            "person_in_charge": case.person_in_charge,
            "person_phone": masked(case.person_phone) if case.person_phone else "",
            "person_identity": masked(case.person_identity) if case.person_identity else "",
            "founders": case.founders,
        }

    def validate_person_phone(self, field: StringField) -> None:
        if words := people.entered_problem(field.data, people.phone_problem):
            raise ValidationError(str(words))

    def validate_person_identity(self, field: StringField) -> None:
        if words := people.entered_problem(field.data, people.identity_problem):
            raise ValidationError(str(words))

    def validate_founders(self, field: LinesField) -> None:
        if any(len(name) > 50 for name in field.data or []):
            raise ValidationError(str(_l("Please write one name a line.")))


@FILING.section("rules")
class RulesForm(SeenForm):
    group_rules = TextAreaField(
        _l("Rules of the group"),
        [Optional(), Length(max=3000)],
        description=_l(
            "For example: The members' meeting decides what matters. We meet on Tuesday and "
            "Thursday mornings. Everybody pays their own share, and the accounts are shown every "
            "quarter."
        ),
    )
