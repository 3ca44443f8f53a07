"""When an association may be registered (社会团体登记管理条例), condition by condition."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from core.eligibility import Condition
from core.eligibility.rules import Answer, failed, passed, unknown
from core.i18n import _, _l, money, ngettext
from core.workflow import Finding
from registry.names import checking
from registry.organizations.kinds import ManagementMode
from registry.people.models import Position
from registry.registrations import policy

if TYPE_CHECKING:
    from registry.registrations.models import Registration

ART_10 = "社会团体登记管理条例第十条"
NAMING = "社会组织名称管理办法（民政部令第69号）第八条"


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
        int(case.frozen(policy.INDIVIDUAL_MEMBERS.key)),
        int(case.frozen(policy.UNIT_MEMBERS.key)),
        int(case.frozen(policy.MIXED_MEMBERS.key)),
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


def funds(case: "Registration") -> Answer:
    least = Decimal(case.frozen(policy.MINIMUM_FUNDS.key))
    if case.registered_funds is None:
        return unknown(_("The amount of funds is missing."))
    fact = money(case.registered_funds)
    if case.registered_funds >= least:
        return passed(fact)
    return failed(_("At least %(sum)s are needed.", sum=money(least)), fact)


def name(case: "Registration") -> Answer:
    if not case.title:
        return unknown(_("The name is missing."))
    findings = checking.findings_in(case)
    if problems := [it for it in findings if it.blocking]:
        return failed("\n".join(str(it.text) for it in problems), case.title)
    if not findings:
        return passed(case.title)
    remarks = ngettext(
        "%(name)s (%(num)s remark for the examiner)",
        "%(name)s (%(num)s remarks for the examiner)",
        len(findings),
        name=case.title,
    )
    return passed(remarks)


def domicile(case: "Registration") -> Answer:
    if not case.domicile or case.division_id is None:
        return unknown(_("The domicile or its community is missing."))
    return passed(case.domicile)


def staff(case: "Registration") -> Answer:
    if case.staff_count is None:
        return unknown(_("The number of full-time staff is missing."))
    fact = _("%(n)d full-time staff", n=case.staff_count)
    if case.staff_count >= 1:
        return passed(fact)
    return failed(_("At least one full-time member of staff is needed."), fact)


def liability(case: "Registration") -> Answer:
    leading = [p for p in case.people if p.position is Position.LEGAL_REPRESENTATIVE]
    if not leading:
        return unknown(_("The proposed legal representative is missing."))
    if len(leading) > 1:
        return failed(
            _("There can be only one legal representative."), "、".join(p.name for p in leading)
        )
    return passed(leading[0].name)


def management(case: "Registration") -> Answer:
    if case.management_mode is None:
        return unknown(_("It is not said yet how the association is managed."))
    if case.management_mode is ManagementMode.DIRECT:
        return passed(_("Direct registration: %(kind)s", kind=case.direct_class_label))
    if case.sponsor_agreed_on is None:
        return unknown(_("The sponsor unit has not agreed yet."))
    return passed(_("Agreed by the sponsor unit: %(name)s", name=case.sponsor_name or ""))


CONDITIONS = (
    Condition("name", _l("Standard name"), NAMING, name, "identity"),
    Condition("members", _l("Members"), ART_10 + "第一项", members, "members"),
    Condition("domicile", _l("Fixed domicile"), ART_10 + "第三项", domicile, "identity"),
    Condition(
        "staff", _l("Full-time staff suited to the work"), ART_10 + "第四项", staff, "members"
    ),
    Condition("funds", _l("Lawful assets and funds"), ART_10 + "第五项", funds, "members"),
    Condition(
        "liability", _l("Able to bear civil liability"), ART_10 + "第六项", liability, "people"
    ),
    Condition(
        "management",
        _l("Sponsor unit's consent, or grounds for direct registration"),
        "社会团体登记管理条例第三条、第九条",
        management,
        "management",
    ),
)


def missing_management(case: "Registration") -> Iterator[Finding]:
    if case.management_mode is None:
        yield Finding(_("Please say how the association is to be managed."), "management")
    elif case.management_mode is ManagementMode.DUAL_MANAGED and case.sponsor_unit_id is None:
        yield Finding(_("Please choose the sponsor unit."), "management", ART_10)
    elif case.management_mode is ManagementMode.DIRECT and not case.direct_class:
        yield Finding(_("Please choose the class that may register directly."), "management")


def missing_identity(case: "Registration") -> Iterator[Finding]:
    if not case.title:
        yield Finding(_("The name is missing."), "identity")
    else:
        for found in checking.findings_in(case):
            if found.blocking:
                yield Finding(found.text, "identity", found.source)
    if case.division_id is None:
        yield Finding(_("Please choose the street or community."), "identity")
    if not case.domicile:
        yield Finding(_("The domicile is missing."), "identity", ART_10)
    if not case.activity_area:
        yield Finding(_("The area of activity is missing."), "identity")


def missing_purpose(case: "Registration") -> Iterator[Finding]:
    if not case.purpose:
        yield Finding(_("The purpose is missing."), "purpose")
    if not case.scope:
        yield Finding(_("The scope of activities is missing."), "purpose")


def missing_members(case: "Registration") -> Iterator[Finding]:
    for answer in (members(case), staff(case), funds(case)):
        if answer.outcome != "pass":
            yield Finding(answer.reason, "members", ART_10)


def missing_people(case: "Registration") -> Iterator[Finding]:
    leading = [p for p in case.people if p.position is Position.LEGAL_REPRESENTATIVE]
    if len(leading) != 1:
        yield Finding(_("Name exactly one legal representative."), "people")
    elif not leading[0].identity_number or not leading[0].phone:
        yield Finding(
            _("The legal representative's identity number and phone are missing."), "people"
        )
    if not any(p.position is Position.PROMOTER for p in case.people):
        yield Finding(_("Name at least one promoter."), "people", "社会团体登记管理条例第十一条")


def is_dual(case: "Registration") -> bool:
    return case.management_mode is not ManagementMode.DIRECT


def is_direct(case: "Registration") -> bool:
    return case.management_mode is ManagementMode.DIRECT
