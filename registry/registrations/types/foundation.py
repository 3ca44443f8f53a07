"""The foundation 基金会: what its registration asks, by 基金会管理条例 (2004)."""

from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from core import attachments
from core.attachments import PAPERS, TEXTS, Slot
from core.documents.facts import yuan
from core.eligibility import Condition
from core.eligibility.rules import Answer, failed, passed, unknown
from core.i18n import _, _l
from core.policy import Policy, Unit, said
from core.workflow import Ask, DocumentSlot, Guide, Question, Section
from registry.organizations.details import Details
from registry.organizations.kinds import OrganizationType
from registry.registrations import rules
from registry.registrations.kinds import DirectClass
from registry.registrations.types import usual
from registry.registrations.types.declaration import Ground, RegisteredType

if TYPE_CHECKING:
    from registry.organizations.models import OrganizationFacts
    from registry.registrations.models import Registration

LAW = "基金会管理条例"
ART_8 = LAW + "第八条"
SECTION = "council"


class Fundraising(StrEnum):
    """From whom a foundation takes donations (art. 3)."""

    PUBLIC = "public"
    NON_PUBLIC = "non_public"

    @property
    def label(self) -> str:
        return str(FUNDRAISING_LABELS[self])


FUNDRAISING_LABELS = {
    Fundraising.PUBLIC: _l("Public fundraising foundation"),
    Fundraising.NON_PUBLIC: _l("Non-public fundraising foundation"),
}
#: As papers write it.
ON_PAPER = {Fundraising.PUBLIC: "地方性公募基金会", Fundraising.NON_PUBLIC: "非公募基金会"}


class FoundationDetails(Details):
    """What only foundations tell; the kind and the organs stand in the register."""

    fundraising: Fundraising | None = None
    paid_in_cash: bool | None = None
    council_members: int | None = None
    organ_supervisors: int | None = None
    no_officials: bool | None = None

    labels: ClassVar = {
        "fundraising": _l("Kind of foundation"),
        "council_members": _l("Members of the council"),
        "organ_supervisors": _l("Supervisors"),
    }


OPEN = Policy(
    key="registration.foundation.open",
    default=False,
    label=_l("Foundations are registered in this district"),
    help=_l(
        "While it is off, foundations are offered nowhere: not on the home page, in the check of a "
        "name, among the matters to apply for, nor by the track chooser, which sends to the province."
    ),
    source=f"{LAW}第六条：由国务院民政部门和省级民政部门登记；省级下放登记权限的地区可以开启",
)
NON_PUBLIC_FUNDS = Policy(
    key="registration.foundation.non_public_funds",
    default=2_000_000,
    unit=Unit.CNY,
    label=_l("Original funds of a non-public fundraising foundation"),
    source=f"{ART_8}第二项",
    minimum=2_000_000,
    maximum=1_000_000_000,
)
PUBLIC_FUNDS = Policy(
    key="registration.foundation.public_funds",
    default=4_000_000,
    unit=Unit.CNY,
    label=_l("Original funds of a local public fundraising foundation"),
    source=f"{ART_8}第二项",
    minimum=4_000_000,
    maximum=1_000_000_000,
)
COUNCIL_LEAST = Policy(
    key="registration.foundation.council_least",
    default=5,
    unit=Unit.PEOPLE,
    label=_l("Members a foundation's council has at least"),
    source=f"{LAW}第二十条",
    minimum=5,
    maximum=25,
)
COUNCIL_MOST = Policy(
    key="registration.foundation.council_most",
    default=25,
    unit=Unit.PEOPLE,
    label=_l("Members a foundation's council has at most"),
    source=f"{LAW}第二十条",
    minimum=5,
    maximum=25,
)
SUPERVISORS = Policy(
    key="registration.foundation.supervisors",
    default=1,
    unit=Unit.PEOPLE,
    label=_l("Supervisors a foundation has at least"),
    source=f"{LAW}第二十二条",
    minimum=1,
    maximum=9,
)
CERTIFICATE_YEARS = Policy(
    key="registration.foundation.certificate_years",
    default=4,
    unit=Unit.YEARS,
    label=_l("Validity of a foundation's certificate"),
    source="基金会法人登记证书（副本）有效期限四年（待核）",
    minimum=1,
    maximum=10,
    unsure=True,
)


def own(case: "OrganizationFacts") -> FoundationDetails:
    """Return what is told of it beside what all tell."""
    told = case.own
    assert isinstance(told, FoundationDetails)
    return told


def authority(case: "Registration") -> Answer:
    """Foundations are registered here (art. 6): the value of the day of acceptance counts."""
    if case.frozen(OPEN.key):
        return passed(_("Registered here"))
    return failed(GUIDE.closed)


def least_funds(case: "Registration") -> int | None:
    """Return the least original funds of the kind, in yuan; None while the kind is open."""
    kind = own(case).fundraising
    if kind is None:
        return None
    return int(case.frozen((PUBLIC_FUNDS if kind is Fundraising.PUBLIC else NON_PUBLIC_FUNDS).key))


def purpose(case: "Registration") -> Answer:
    """It serves a particular purpose of public benefit (art. 8(1)): the examiner judges."""
    if not case.purpose:
        return unknown(_("The purpose is missing."))
    return passed(case.purpose)


def cash(case: "Registration") -> Answer:
    """Original funds are money that has come in (art. 8(2))."""
    if not own(case).paid_in_cash:
        return unknown(_("Please confirm that the original funds are paid in, in cash."))
    return passed(_("Declared by the promoters"))


def council(case: "Registration") -> Answer:
    """The council has 5 to 25 members (art. 20)."""
    number = own(case).council_members
    least, most = (int(case.frozen(it.key)) for it in (COUNCIL_LEAST, COUNCIL_MOST))
    if number is None:
        return unknown(_("The number of members of the council is missing."))
    fact = _("%(n)d members of the council", n=number)
    if least <= number <= most:
        return passed(fact)
    return failed(_("The council has %(least)d to %(most)d members.", least=least, most=most), fact)


def supervisors(case: "Registration") -> Answer:
    """There are supervisors, who are not of the council (art. 22)."""
    number, least = own(case).organ_supervisors, int(case.frozen(SUPERVISORS.key))
    if number is None:
        return unknown(_("The number of supervisors is missing."))
    fact = _("%(n)d supervisors", n=number)
    if number >= least:
        return passed(fact)
    return failed(_("At least %(n)d supervisors are needed.", n=least), fact)


def officials(case: "Registration") -> Answer:
    """Chair, vice chair and secretary-general are not serving officials (art. 23)."""
    if not own(case).no_officials:
        return unknown(_("Please confirm that none of them is a serving official."))
    return passed(_("Declared by the promoters"))


def registered(case: "Registration") -> list[tuple[str, str | None]]:
    """Return what is registered of a foundation (art. 11)."""
    kind = own(case).fundraising
    return [
        ("名称", case.title),
        ("住所", case.domicile),
        ("类型", ON_PAPER[kind] if kind else None),
        ("宗旨", case.purpose),
        ("公益活动的业务范围", case.scope),
        ("原始基金数额", yuan(case.registered_funds) or None),
        ("法定代表人", case.legal_representative),
        ("业务主管单位", case.sponsor_name),
    ]


def certified(facts: "OrganizationFacts") -> dict[str, Any]:
    """Return what its certificate says beside the usual."""
    kind = own(facts).fundraising
    return {
        "title": "基金会法人登记证书",
        "funds_label": "原始基金",
        "organization_type": ON_PAPER[kind] if kind else None,
    }


RESUMES = attachments.declare_slot(
    Slot(
        "registration.resumes",
        _l("Curricula vitae of chair, vice chair and secretary-general"),
        PAPERS | TEXTS,
        personal=True,
    )
)
COUNCIL_LIST = attachments.declare_slot(
    Slot("registration.council", _l("List of council members and supervisors"), PAPERS | TEXTS)
)
GUIDE = Guide(
    key="foundation",
    matter=_l("Registration of a foundation"),
    given={"type": OrganizationType.FOUNDATION.value},
    open=OPEN.key,
    closed=_l(
        "This district does not register foundations: by law the Ministry of Civil Affairs and the "
        "civil affairs department of the province do. Please apply to the province."
    ),
    closed_source=LAW + "第六条",
    title=_l("Register a foundation"),
    lead=_l("A foundation uses donated property for a purpose of public benefit."),
    who=(
        _l("A particular purpose of public benefit."),
        said(
            _l(
                "Original funds paid in cash: %(non_public)s or more, or %(public)s or more to "
                "raise funds in public."
            ),
            non_public=NON_PUBLIC_FUNDS,
            public=PUBLIC_FUNDS,
        ),
        said(
            _l("A council of %(least)s to %(most)s members, and supervisors beside it."),
            least=COUNCIL_LEAST,
            most=COUNCIL_MOST,
        ),
        _l("A fixed domicile in this district and full-time staff."),
        usual.SPONSORED,
    ),
    needs=(*usual.NEEDS, COUNCIL_LIST.label, RESUMES.label, usual.IDENTITIES.label),
    steps=usual.STEPS,
    cost=usual.COST,
    laws=(f"{LAW}（国务院令第400号）", usual.NAMES, usual.LICENSING),
    days=usual.DAYS,
    questions=(
        Question(
            "enough_funds",
            said(
                _l("Are there original funds of at least %(funds)s, paid in cash?"),
                funds=NON_PUBLIC_FUNDS,
            ),
            usual.YES_NO,
            stops={"no"},
            because=said(
                _l("A foundation needs original funds of %(funds)s, paid in cash."),
                funds=NON_PUBLIC_FUNDS,
            ),
            source=ART_8 + "第二项",
        ),
        Question(
            "public_benefit",
            _l("Does it serve the public, and not a circle of persons named beforehand?"),
            usual.YES_NO,
            stops={"no"},
            because=_l("A foundation serves a purpose of public benefit only."),
            source=ART_8 + "第一项",
        ),
        usual.capacity_question(LAW + "第二十三条"),
        usual.management_question(LAW + "第九条", usual.FIND_A_SPONSOR),
    ),
)

FOUNDATION = RegisteredType(
    type=OrganizationType.FOUNDATION,
    regulation=LAW,
    decided_by="第十一条",
    guide=GUIDE,
    name_label=_l("Name of the foundation"),
    name_hint=_l("District, distinctive word, field and 基金会: 成都市锦江区锦绣教育基金会."),
    section=Section(
        SECTION,
        _l("Original funds, council and supervisors"),
        asks=(
            Ask(
                "fundraising",
                _l("Kind of foundation"),
                kind="choice",
                choices=tuple(FUNDRAISING_LABELS.items()),
            ),
            Ask("registered_funds", _l("Original funds"), kind="money"),
            Ask("paid_in_cash", _l("The original funds are paid in, in cash."), kind="yes"),
            Ask("staff_count", _l("Full-time staff"), kind="number"),
            Ask("council_members", _l("Members of the council"), kind="number", most=1000),
            Ask("organ_supervisors", _l("Supervisors"), kind="number", most=1000),
            Ask(
                "no_officials",
                _l("Neither chair, vice chair nor secretary-general is a serving official."),
                kind="yes",
            ),
        ),
    ),
    conditions=(
        Condition("authority", _l("Registered here"), LAW + "第六条", authority, "management"),
        usual.NAME,
        Condition("purpose", _l("Public benefit"), ART_8 + "第一项", purpose, "purpose"),
        Condition(
            "funds",
            _l("Original funds by kind"),
            ART_8 + "第二项",
            rules.funds_of(least_funds),
            SECTION,
        ),
        Condition("cash", _l("Paid in, in cash"), ART_8 + "第二项", cash, SECTION),
        Condition("staff", _l("Full-time staff"), ART_8 + "第三项", rules.staff, SECTION),
        Condition("domicile", _l("Fixed domicile"), ART_8 + "第四项", rules.domicile, "identity"),
        Condition("council", _l("Council"), LAW + "第二十条", council, SECTION),
        Condition("supervisors", _l("Supervisors"), LAW + "第二十二条", supervisors, SECTION),
        Condition("officials", _l("No serving officials"), LAW + "第二十三条", officials, SECTION),
        Condition(
            "liability",
            _l("Able to bear civil liability"),
            ART_8 + "第五项",
            rules.liability,
            "people",
        ),
        usual.sole_condition(LAW + "第二十三条"),
        usual.management_condition(LAW + "第九条"),
    ),
    papers=usual.papers(
        LAW + "第九条",
        DocumentSlot(
            COUNCIL_LIST,
            source=LAW + "第九条第四项",
            proves={"council", "supervisors", "officials"},
        ),
        DocumentSlot(RESUMES, source=LAW + "第九条第四项", proves={"officials"}),
    ),
    grounds=(
        Ground("conditions", usual.NOT_MET, "第八条", of_conditions=True),
        Ground("council", _l("The organs do not meet the law"), "第二十条至第二十三条"),
        Ground("fraud", _l("False papers"), "第九条"),
        Ground("other", _l("Another ban of law"), "第十一条"),
    ),
    years=CERTIFICATE_YEARS,
    registered=registered,
    certified=certified,
    policies=(
        OPEN,
        NON_PUBLIC_FUNDS,
        PUBLIC_FUNDS,
        COUNCIL_LEAST,
        COUNCIL_MOST,
        SUPERVISORS,
        CERTIFICATE_YEARS,
    ),
    sole_among=frozenset(OrganizationType),
    direct_classes=(DirectClass.SCIENCE, DirectClass.CHARITY),
    details=FoundationDetails,
)
