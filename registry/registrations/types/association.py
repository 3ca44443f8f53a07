"""The association 社会团体: what its registration asks, by 社会团体登记管理条例."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from core import attachments
from core.attachments import PAPERS, TABLES, Slot
from core.documents.facts import yuan
from core.eligibility import Condition
from core.eligibility.rules import Answer, failed, passed, unknown
from core.i18n import _, _l
from core.policy import Policy, Unit, said
from core.workflow import Ask, DocumentSlot, Guide, Question, Section
from registry.organizations.kinds import OrganizationType
from registry.registrations import rules
from registry.registrations.types import usual
from registry.registrations.types.declaration import RegisteredType

if TYPE_CHECKING:
    from registry.organizations.models import OrganizationFacts
    from registry.registrations.models import Registration

LAW = "社会团体登记管理条例"
ART_10 = LAW + "第十条"

INDIVIDUAL_MEMBERS = Policy(
    key="registration.individual_members",
    default=50,
    unit=Unit.PEOPLE,
    label=_l("Individual members an association needs"),
    source=f"{LAW}（2016年修订）第十条",
    minimum=1,
    maximum=500,
)
UNIT_MEMBERS = Policy(
    key="registration.unit_members",
    default=30,
    unit=Unit.COUNT,
    label=_l("Unit members an association needs"),
    source=f"{LAW}（2016年修订）第十条",
    minimum=1,
    maximum=500,
)
MIXED_MEMBERS = Policy(
    key="registration.mixed_members",
    default=50,
    unit=Unit.COUNT,
    label=_l("Members in all that an association needs when they are mixed"),
    source=f"{LAW}（2016年修订）第十条",
    minimum=1,
    maximum=500,
)
MINIMUM_FUNDS = Policy(
    key="registration.association_funds",
    default=30000,
    unit=Unit.CNY,
    label=_l("Funds an association needs at local level"),
    source=f"{LAW}（2016年修订）第十条",
    minimum=0,
    maximum=1000000,
)
CERTIFICATE_YEARS = Policy(
    key="registration.certificate_years",
    default=5,
    unit=Unit.YEARS,
    label=_l("Validity of an association's certificate"),
    source="本区约定期限（待核）",
    minimum=1,
    maximum=10,
)
POLICIES = (INDIVIDUAL_MEMBERS, UNIT_MEMBERS, MIXED_MEMBERS, MINIMUM_FUNDS, CERTIFICATE_YEARS)


def enough_members(individuals: int, units: int, least: tuple[int, int, int]) -> bool:
    """Return whether an association has the members art. 10 asks for.

    `least` are the numbers for individuals alone, for units alone, and for both together.
    """
    alone, as_units, mixed = least
    return (
        individuals >= alone
        or units >= as_units
        or (individuals > 0 and units > 0 and individuals + units >= mixed)
    )


def members(case: "Registration") -> Answer:
    individuals, units = case.individual_members, case.unit_members
    if individuals is None and units is None:
        return unknown(_("The numbers of members are missing."))
    least = (
        int(case.frozen(INDIVIDUAL_MEMBERS.key)),
        int(case.frozen(UNIT_MEMBERS.key)),
        int(case.frozen(MIXED_MEMBERS.key)),
    )
    fact = _(
        "%(individuals)d individual members, %(units)d unit members",
        individuals=individuals or 0,
        units=units or 0,
    )
    if enough_members(individuals or 0, units or 0, least):
        return passed(fact)
    return failed(
        _(
            "At least %(alone)d individual members, or %(units)d unit members, "
            "or %(mixed)d in all where both join.",
            alone=least[0],
            units=least[1],
            mixed=least[2],
        ),
        fact,
    )


def registered(case: "Registration") -> list[tuple[str, str | None]]:
    """Return what is registered of an association (art. 12)."""
    return [
        ("名称", case.title),
        ("住所", case.domicile),
        ("宗旨", case.purpose),
        ("业务范围", case.scope),
        ("活动地域", case.activity_area),
        ("法定代表人", case.legal_representative),
        ("活动资金", yuan(case.registered_funds) or None),
        ("业务主管单位", case.sponsor_name),
    ]


def certified(facts: "OrganizationFacts") -> dict[str, Any]:
    """Return what its certificate says beside the usual."""
    return {"activity_area": facts.activity_area}


MEMBER_LIST = attachments.declare_slot(
    Slot("registration.members", _l("List of members"), TABLES | PAPERS)
)
GUIDE = Guide(
    key="association",
    matter=_l("Registration of an association"),
    given={"type": OrganizationType.ASSOCIATION.value},
    title=_l("Register an association"),
    lead=_l(
        "An association is a legal person: it holds a certificate and a unified social credit code, "
        "opens a bank account and signs contracts in its own name."
    ),
    who=(
        said(
            _l(
                "At least %(people)s individual members, or %(units)s unit members, "
                "or %(mixed)s in all where both join."
            ),
            people=INDIVIDUAL_MEMBERS,
            units=UNIT_MEMBERS,
            mixed=MIXED_MEMBERS,
        ),
        _l("A fixed domicile in this district and full-time staff."),
        said(_l("Lawful funds of at least %(funds)s."), funds=MINIMUM_FUNDS),
        usual.SPONSORED,
    ),
    needs=(*usual.NEEDS, MEMBER_LIST.label, usual.IDENTITIES.label),
    steps=usual.STEPS,
    cost=usual.COST,
    laws=(f"{LAW}（国务院令第250号，2016年修订）", usual.NAMES, usual.LICENSING),
    days=usual.DAYS,
    questions=(
        Question(
            "enough_members",
            said(
                _l(
                    "Will the association have at least %(people)s individual members "
                    "or %(units)s unit members?"
                ),
                people=INDIVIDUAL_MEMBERS,
                units=UNIT_MEMBERS,
            ),
            (
                (
                    "yes",
                    said(_l("Yes, or %(mixed)s in all where both join"), mixed=MIXED_MEMBERS),
                ),
                ("no", _l("No, fewer")),
            ),
            stops={"no"},
            because=said(
                _l(
                    "An association needs that many members to be registered. A smaller group can "
                    "be filed at its street as a community organization; %(founders)s founding "
                    "members are enough."
                ),
                founders="filing.founders",
            ),
            source=ART_10,
        ),
        Question(
            "enough_funds",
            said(_l("Will it have funds of at least %(funds)s?"), funds=MINIMUM_FUNDS),
            usual.YES_NO,
            stops={"no"},
            because=said(
                _l(
                    "A local association needs lawful funds of %(funds)s. A community organization "
                    "can be filed without any."
                ),
                funds=MINIMUM_FUNDS,
            ),
            source=ART_10 + "第五项",
        ),
        usual.capacity_question(LAW + "第十三条第三项"),
        usual.management_question(LAW + "第三条", usual.FIND_A_SPONSOR),
    ),
)

ASSOCIATION = RegisteredType(
    type=OrganizationType.ASSOCIATION,
    regulation=LAW,
    decided_by="第十二条",
    guide=GUIDE,
    name_label=_l("Name of the association"),
    name_hint=_l("District, field or membership, and form: 成都市锦江区社区书画协会."),
    section=Section(
        "members",
        _l("Members, staff and funds"),
        asks=(
            Ask("individual_members", _l("Individual members"), kind="number"),
            Ask("unit_members", _l("Unit members"), kind="number"),
            Ask("staff_count", _l("Full-time staff"), kind="number"),
            Ask("registered_funds", _l("Funds"), kind="money"),
        ),
    ),
    conditions=(
        usual.NAME,
        Condition("members", _l("Members"), ART_10 + "第一项", members, "members"),
        Condition("domicile", _l("Fixed domicile"), ART_10 + "第三项", rules.domicile, "identity"),
        Condition(
            "staff",
            _l("Full-time staff suited to the work"),
            ART_10 + "第四项",
            rules.staff,
            "members",
        ),
        Condition(
            "funds",
            _l("Lawful assets and funds"),
            ART_10 + "第五项",
            rules.funds_of(lambda case: Decimal(case.frozen(MINIMUM_FUNDS.key))),
            "members",
        ),
        Condition(
            "liability",
            _l("Able to bear civil liability"),
            ART_10 + "第六项",
            rules.liability,
            "people",
        ),
        usual.sole_condition(LAW + "第十四条"),
        usual.management_condition(LAW + "第三条、第九条"),
    ),
    papers=usual.papers(
        LAW + "第十一条",
        DocumentSlot(
            MEMBER_LIST,
            hint=_l("Name and work place or address of each member."),
            source=LAW + "第十一条",
            proves={"members"},
        ),
    ),
    grounds=usual.grounds("第十三条", "第十条", *usual.ITEMS),
    years=CERTIFICATE_YEARS,
    registered=registered,
    certified=certified,
    policies=POLICIES,
    sole_among={OrganizationType.ASSOCIATION},
    required={"identity": (("activity_area", _l("The area of activity is missing.")),)},
)
