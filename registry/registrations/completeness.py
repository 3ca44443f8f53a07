"""What is still missing before an application can be submitted, section by section."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from core.eligibility import Outcome
from core.i18n import _
from core.workflow import Finding
from registry.names import checking
from registry.organizations.kinds import ManagementMode
from registry.people.models import Position
from registry.registrations.types import type_of

if TYPE_CHECKING:
    from registry.registrations.models import Registration


def unmet(case: "Registration", section: str, *, but: Collection[str] = ()) -> Iterator[Finding]:
    """Yield the conditions of a section that what was entered does not meet.

    `but` leaves out those that others decide; confidential ones stop nobody from submitting.
    """
    for condition in type_of(case).conditions:
        if condition.section != section or condition.confidential or condition.key in but:
            continue
        if not condition.applies(case):
            continue
        answer = condition.test(case)
        if answer.outcome is not Outcome.PASS:
            yield Finding(answer.reason, section, condition.source)


def unfilled(case: "Registration", section: str) -> Iterator[Finding]:
    """Yield what only some types must fill in."""
    for name, words in type_of(case).required.get(section, ()):
        if not case.told(name):
            yield Finding(words, section, field=name)


def missing_management(case: "Registration") -> Iterator[Finding]:
    yield from unmet(case, "management", but={"management"})
    kind = type_of(case)
    if case.management_mode is None:
        yield Finding(
            _("Please say how the organization is to be managed."),
            "management",
            field="management_mode",
        )
    elif case.management_mode is ManagementMode.DUAL_MANAGED:
        if case.sponsor_unit_id is None:
            source = next(c.source for c in kind.conditions if c.key == "management")
            yield Finding(
                _("Please choose the sponsor unit."), "management", source, field="sponsor_unit_id"
            )
    else:
        if case.direct_class not in kind.direct_classes:
            yield Finding(
                _("Please choose the class that may register directly."),
                "management",
                field="direct_class",
            )
        if not case.industry_department:
            yield Finding(
                _("Please name the department in charge of the industry."),
                "management",
                DIRECT_SOURCE,
                field="industry_department",
            )
        if not case.party_lead_unit:
            yield Finding(
                _("Please name the party-building lead unit."),
                "management",
                DIRECT_SOURCE,
                field="party_lead_unit",
            )


#: Since 2016 a direct registration names who manages the industry and who leads party building.
DIRECT_SOURCE = "关于改革社会组织管理制度促进社会组织健康有序发展的意见（中办发〔2016〕46号）"


def missing_identity(case: "Registration") -> Iterator[Finding]:
    if not case.title:
        yield Finding(_("The name is missing."), "identity", field="title")
    else:
        for found in checking.findings_in(case):
            if found.blocking:
                yield Finding(found.text, "identity", found.source, "title")
    yield from unmet(case, "identity", but={"name", "domicile"})
    if case.division_id is None:
        yield Finding(_("Please choose the street or community."), "identity", field="division_id")
    if not case.domicile:
        yield Finding(_("The domicile is missing."), "identity", field="domicile")
    yield from unfilled(case, "identity")


def missing_purpose(case: "Registration") -> Iterator[Finding]:
    if not case.purpose:
        yield Finding(_("The purpose is missing."), "purpose", field="purpose")
    if not case.scope:
        yield Finding(_("The scope of activities is missing."), "purpose", field="scope")


def missing_own(case: "Registration") -> Iterator[Finding]:
    """Yield what is missing in the section that only this type has."""
    section = type_of(case).section
    yield from unmet(case, section.key)
    yield from unfilled(case, section.key)


def missing_people(case: "Registration") -> Iterator[Finding]:
    leading = [p for p in case.people if p.position is Position.LEGAL_REPRESENTATIVE]
    if len(leading) != 1:
        yield Finding(_("Name exactly one legal representative."), "people")
    elif not leading[0].identity_number or not leading[0].phone:
        yield Finding(
            _("The legal representative's identity number and phone are missing."), "people"
        )
    if not any(p.position is Position.PROMOTER for p in case.people):
        source = type_of(case).papers[-1].source
        yield Finding(_("Name at least one promoter."), "people", source)
    else:
        yield from unmet(case, "people", but={"liability"})
