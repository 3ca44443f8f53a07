"""The service institution 民办非企业单位（社会服务机构）: what its registration asks."""

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from core import attachments
from core.attachments import PAPERS, Slot
from core.documents.facts import yuan
from core.eligibility import Condition
from core.eligibility.rules import Answer, failed, passed, unknown
from core.errors import Words
from core.i18n import _, _l, money
from core.policy import Policy, Unit, said
from core.workflow import Ask, DocumentSlot, Guide, Question, Section
from registry.organizations.kinds import OrganizationType
from registry.people.models import Position
from registry.registrations import rules
from registry.registrations.kinds import DirectClass
from registry.registrations.types import usual
from registry.registrations.types.declaration import RegisteredType
from registry.registrations.types.institution_details import (
    KIND_LABELS,
    ON_PAPER,
    PREMISES_LABELS,
    SECTOR_LABELS,
    InstitutionDetails,
    InstitutionKind,
    Premises,
    Sector,
)

if TYPE_CHECKING:
    from registry.organizations.models import OrganizationFacts
    from registry.registrations.models import Registration

LAW = "民办非企业单位登记管理暂行条例"
MEASURES = "民办非企业单位登记暂行办法"
ART_8 = LAW + "第八条"
SECTION = "premises"


def _least(sector: Sector, default: int, label: Words) -> Policy[int]:
    return Policy(
        key=f"registration.service_institution.funds.{sector.value}",
        default=default,
        unit=Unit.CNY,
        label=label,
        source=f"{ART_8}第四项；行业最低标准以行业管理部门规定为准（待核）",
        minimum=0,
        maximum=100_000_000,
        unsure=True,
    )


#: The least opening funds by field: what the sector sets, or what this district asks.
OPENING_FUNDS = {
    it.key.rpartition(".")[2]: it
    for it in (
        _least(Sector.EDUCATION, 100_000, _l("Least opening funds: education")),
        _least(Sector.HEALTH, 100_000, _l("Least opening funds: health")),
        _least(Sector.ELDERLY_CARE, 100_000, _l("Least opening funds: care of the elderly")),
        _least(Sector.CULTURE, 30_000, _l("Least opening funds: culture")),
        _least(Sector.SPORT, 30_000, _l("Least opening funds: sport")),
        _least(Sector.SCIENCE, 30_000, _l("Least opening funds: science and technology")),
        _least(Sector.TRAINING, 100_000, _l("Least opening funds: vocational training")),
        _least(Sector.SOCIAL_WORK, 30_000, _l("Least opening funds: social work")),
        _least(Sector.OTHER, 30_000, _l("Least opening funds: other fields")),
    )
}
NONSTATE_SHARE = Policy(
    key="registration.service_institution.nonstate_share",
    default=Decimal("66.67"),
    unit=Unit.PERCENT,
    label=_l("Least share of assets that do not come from the state"),
    source=f"{MEASURES}第五条（三分之二）",
    minimum=Decimal(0),
    maximum=Decimal(100),
)
PREMISES_MONTHS = Policy(
    key="registration.service_institution.premises_months",
    default=12,
    unit=Unit.MONTHS,
    label=_l("How long the right to use the premises must still run"),
    source=f"{ART_8}第五项；{MEASURES}（使用权证明期限一年以上）",
    minimum=1,
    maximum=60,
)
CERTIFICATE_YEARS = Policy(
    key="registration.service_institution.certificate_years",
    default=4,
    unit=Unit.YEARS,
    label=_l("Validity of a service institution's certificate"),
    source=f"{MEASURES}第二十四条（副本有效期限）",
    minimum=1,
    maximum=10,
)


def own(case: "OrganizationFacts") -> InstitutionDetails:
    """Return what is told of it beside what all tell."""
    told = case.own
    assert isinstance(told, InstitutionDetails)
    return told


def least_funds(case: "Registration") -> int | None:
    """Return the least opening funds of the field, in yuan; None while the field is open."""
    sector = own(case).sector
    return int(case.frozen(OPENING_FUNDS[sector.value].key)) if sector else None


def kind(case: "Registration") -> Answer:
    """How it is liable is chosen (登记暂行办法 art. 2)."""
    chosen = own(case).institution_kind
    if chosen is None:
        return unknown(_("The form of liability is not chosen yet."))
    return passed(chosen.label)


def promoters(case: "Registration") -> Answer:
    """One person founds an individual institution, two or more a partnership."""
    chosen = own(case).institution_kind
    number = sum(p.position is Position.PROMOTER for p in case.people)
    if chosen is None or number == 0:
        return unknown(_("The promoters or the form of liability are still open."))
    fact = _("%(kind)s, promoters: %(n)d", kind=chosen.label, n=number)
    if chosen is InstitutionKind.INDIVIDUAL and number > 1:
        return failed(_("An individual institution has one promoter."), fact)
    if chosen is InstitutionKind.PARTNERSHIP and number < 2:
        return failed(_("A partnership has two promoters or more."), fact)
    return passed(fact)


def share_of(part: Decimal, whole: Decimal) -> Decimal:
    """Return `part` of `whole` in per cent, two decimals; nothing of nothing is nothing."""
    if not whole:
        return Decimal(0)
    return (100 * part / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)


def nonstate(case: "Registration") -> Answer:
    """Two thirds of the assets or more do not come from the state (登记暂行办法 art. 5)."""
    part, whole = own(case).nonstate_funds, case.registered_funds
    if part is None or whole is None:
        return unknown(_("The opening funds or the part not from the state are missing."))
    share, least = share_of(part, whole), Decimal(case.frozen(NONSTATE_SHARE.key))
    fact = _("%(part)s of %(all)s: %(share)s %%", part=money(part), all=money(whole), share=share)
    if part > whole:
        return failed(_("The part cannot be more than the whole."), fact)
    if share < least:
        return failed(_("At least %(least)s %% must not come from the state.", least=least), fact)
    return passed(fact)


def premises(case: "Registration") -> Answer:
    """Premises of its own, or a right to them that runs for another year."""
    told, least = own(case), int(case.frozen(PREMISES_MONTHS.key))
    if told.premises is None:
        return unknown(_("It is not said yet by what right the premises are used."))
    if told.premises is Premises.OWNED:
        return passed(told.premises.label)
    if told.premises_months is None:
        return unknown(_("How long the right still runs is missing."))
    fact = _("%(right)s, %(n)d months", right=told.premises.label, n=told.premises_months)
    if told.premises_months < least:
        return failed(_("The right must still run for %(n)d months at least.", n=least), fact)
    return passed(fact)


def branches(case: "Registration") -> Answer:
    """A service institution has no branches (art. 13)."""
    if not own(case).no_branches:
        return unknown(_("Please confirm that there are no branches."))
    return passed(_("Declared by the promoters"))


def registered(case: "Registration") -> list[tuple[str, str | None]]:
    """Return what is registered of a service institution (登记暂行办法 art. 8)."""
    chosen = own(case).institution_kind
    return [
        ("名称", case.title),
        ("民事责任承担方式", ON_PAPER[chosen] if chosen else None),
        ("住所", case.domicile),
        ("宗旨", case.purpose),
        ("业务范围", case.scope),
        ("法定代表人（负责人）", case.legal_representative),
        ("开办资金", yuan(case.registered_funds) or None),
        ("业务主管单位", case.sponsor_name),
    ]


def certified(facts: "OrganizationFacts") -> dict[str, Any]:
    """Return what its certificate says beside the usual: title and funds by their own names."""
    chosen = own(facts).institution_kind or InstitutionKind.LEGAL_PERSON
    sole = chosen is not InstitutionKind.LEGAL_PERSON
    return {
        "title": f"民办非企业单位（{ON_PAPER[chosen]}）登记证书",
        "funds_label": "开办资金",
        "representative_label": "负责人" if sole else None,
    }


POSTS = attachments.declare_slot(
    Slot("registration.staff", _l("List of staff with qualifications"), PAPERS)
)
GUIDE = Guide(
    key="service_institution",
    matter=_l("Registration of a service institution"),
    given={"type": OrganizationType.SERVICE_INSTITUTION.value},
    title=_l("Register a service institution"),
    lead=_l(
        "A service institution (social service organization) gives services without profit, with "
        "premises, staff and assets of its own: a nursing home, a kindergarten, a social work centre."
    ),
    who=(
        _l("Staff and premises suited to the services."),
        said(
            _l("A right to the premises that still runs for %(months)s, or a title to them."),
            months=PREMISES_MONTHS,
        ),
        said(
            _l("Opening funds suited to the field: %(least)s or more, in some fields %(more)s."),
            least=OPENING_FUNDS[Sector.OTHER],
            more=OPENING_FUNDS[Sector.EDUCATION],
        ),
        _l("Two thirds of the assets or more that do not come from the state."),
        usual.SPONSORED,
    ),
    needs=(*usual.NEEDS, POSTS.label, usual.IDENTITIES.label),
    steps=usual.STEPS,
    cost=usual.COST,
    laws=(
        f"{LAW}（国务院令第251号）",
        f"{MEASURES}（民政部令第18号）",
        usual.NAMES,
        usual.LICENSING,
    ),
    days=usual.DAYS,
    questions=(
        Question(
            "own_services",
            _l("Will it give services of its own to people, and not only join members together?"),
            (("yes", _l("Yes, services")), ("no", _l("No, it joins members together"))),
            stops={"no"},
            because=_l(
                "What joins people or units of one field together is an association; please "
                "begin there."
            ),
            source=LAW + "第二条",
        ),
        Question(
            "without_profit",
            _l("Do promoters and members of staff go without any share of what it earns?"),
            (("yes", _l("Yes")), ("no", _l("No, profit is to be shared"))),
            stops={"no"},
            because=_l(
                "A service institution does not distribute profit. What works for profit is "
                "registered as a company by the market authority."
            ),
            source=LAW + "第二条、第四条",
        ),
        Question(
            "premises",
            said(
                _l("Is there a place whose use is secured for another %(months)s or more?"),
                months=PREMISES_MONTHS,
            ),
            usual.YES_NO,
            stops={"no"},
            because=_l("Please secure the premises first: services cannot be given without."),
            source=ART_8 + "第五项",
        ),
        usual.capacity_question(LAW + "第十一条第三项"),
        usual.management_question(LAW + "第三条", usual.FIND_A_SPONSOR),
    ),
)

SERVICE_INSTITUTION = RegisteredType(
    type=OrganizationType.SERVICE_INSTITUTION,
    regulation=LAW,
    decided_by="第十一条",
    guide=GUIDE,
    name_label=_l("Name of the service institution"),
    name_hint=_l("District, distinctive word, field and form: 成都市锦江区安心社会工作服务中心."),
    section=Section(
        SECTION,
        _l("Form, staff, premises and funds"),
        asks=(
            Ask(
                "institution_kind",
                _l("Form of liability"),
                kind="choice",
                choices=tuple(KIND_LABELS.items()),
                hint=_l("One person founds an individual institution; two or more a partnership."),
            ),
            Ask("sector", _l("Field of work"), kind="choice", choices=tuple(SECTOR_LABELS.items())),
            Ask("staff_count", _l("Full-time staff"), kind="number"),
            Ask(
                "premises",
                _l("Right to the premises"),
                kind="choice",
                choices=tuple(PREMISES_LABELS.items()),
            ),
            Ask(
                "premises_months",
                _l("Months for which this right still runs"),
                kind="number",
                most=1200,
                hint=_l("Leave it open where the premises are owned."),
            ),
            Ask("registered_funds", _l("Opening funds"), kind="money"),
            Ask(
                "nonstate_funds",
                _l("Of these, not from the state"),
                kind="money",
                hint=_l("What individuals, companies and social organizations give."),
            ),
            Ask("no_branches", _l("It will have no branches."), kind="yes"),
        ),
    ),
    conditions=(
        usual.NAME,
        Condition("kind", _l("Form of liability"), MEASURES + "第二条", kind, SECTION),
        Condition("staff", _l("Staff suited to the work"), ART_8 + "第三项", rules.staff, SECTION),
        Condition(
            "funds",
            _l("Lawful property suited to the work"),
            ART_8 + "第四项",
            rules.funds_of(least_funds),
            SECTION,
        ),
        Condition(
            "nonstate", _l("Assets not from the state"), MEASURES + "第五条", nonstate, SECTION
        ),
        Condition("premises", _l("Premises it may use"), ART_8 + "第五项", premises, SECTION),
        Condition("domicile", _l("Fixed domicile"), ART_8 + "第五项", rules.domicile, "identity"),
        Condition("branches", _l("No branches"), LAW + "第十三条", branches, SECTION),
        Condition(
            "promoters", _l("Promoters fit the form"), MEASURES + "第二条", promoters, "people"
        ),
        Condition(
            "liability", _l("One legal representative"), LAW + "第九条", rules.liability, "people"
        ),
        usual.sole_condition(LAW + "第十一条第二款第三项；在其他组织任职的，由本区约定核查"),
        usual.management_condition(LAW + "第三条、第八条第一项"),
    ),
    papers=usual.papers(
        LAW + "第九条",
        DocumentSlot(
            POSTS,
            hint=_l("Name, post and qualification of each."),
            source=ART_8 + "第三项",
            proves={"staff"},
        ),
    ),
    grounds=usual.grounds("第十一条第二款", "第八条", *usual.ITEMS),
    years=CERTIFICATE_YEARS,
    registered=registered,
    certified=certified,
    policies=(*OPENING_FUNDS.values(), NONSTATE_SHARE, PREMISES_MONTHS, CERTIFICATE_YEARS),
    direct_classes=(DirectClass.SCIENCE, DirectClass.CHARITY, DirectClass.COMMUNITY_SERVICE),
    details=InstitutionDetails,
)
