"""When a community group may be filed at its street."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.eligibility import Condition
from core.eligibility.rules import Answer, failed, passed, unknown
from core.i18n import _, _l
from core.workflow import Finding, Seat
from registry.filings import policy
from registry.names import checking

if TYPE_CHECKING:
    from registry.filings.models import Filing

SOURCE = "四川省社区社会组织管理规定（2023）"


def founders(case: "Filing") -> Answer:
    least = int(case.frozen(policy.FOUNDERS.key))
    if not case.founders:
        return unknown(_("The founding members are missing."))
    fact = _("%(n)d founding members", n=len(case.founders))
    if len(case.founders) >= least:
        return passed(fact)
    return failed(_("At least %(n)d founding members are needed.", n=least), fact)


def person_in_charge(case: "Filing") -> Answer:
    if not case.person_in_charge:
        return unknown(_("The person in charge is missing."))
    return passed(case.person_in_charge)


def place(case: "Filing") -> Answer:
    if case.division_id is None or not case.domicile:
        return unknown(_("The place of activity or its community is missing."))
    return passed(case.domicile)


def activities(case: "Filing") -> Answer:
    if case.category is None or not case.scope:
        return unknown(_("The category or the activities are missing."))
    return passed(case.category.label)


def own_rules(case: "Filing") -> Answer:
    if not case.group_rules:
        return unknown(_("The group's simple rules are missing."))
    return passed(_("Given with the application"))


CONDITIONS = (
    Condition("founders", _l("Founding members"), SOURCE, founders, "people"),
    Condition("person_in_charge", _l("A person in charge"), SOURCE, person_in_charge, "people"),
    Condition("place", _l("A fixed place in the community"), SOURCE, place, "group"),
    Condition("activities", _l("Public benefit or mutual help"), SOURCE, activities, "group"),
    Condition("rules", _l("Simple rules"), SOURCE, own_rules, "rules"),
)


def missing_group(case: "Filing") -> Iterator[Finding]:
    if not case.title:
        yield Finding(_("The name is missing."), "group", field="title")
    else:
        for found in checking.findings_in(case):
            if found.blocking:
                yield Finding(found.text, "group", found.source, "title")
    if case.category is None:
        yield Finding(_("Please choose a category."), "group", field="category")
    if case.division_id is None:
        yield Finding(_("Please choose the street or community."), "group", field="division_id")
    if not case.domicile:
        yield Finding(_("The place of activity is missing."), "group", SOURCE, field="domicile")
    if not case.scope:
        yield Finding(_("Please say what the group does."), "group", field="scope")


def missing_people(case: "Filing") -> Iterator[Finding]:
    if not case.person_in_charge:
        yield Finding(
            _("The person in charge is missing."), "people", SOURCE, field="person_in_charge"
        )
    if not case.person_phone:
        yield Finding(
            _("The phone of the person in charge is missing."), "people", field="person_phone"
        )
    answer = founders(case)
    if answer.outcome != "pass":
        yield Finding(answer.reason, "people", SOURCE)


def missing_rules(case: "Filing") -> Iterator[Finding]:
    if not case.group_rules:
        yield Finding(
            _("The group's simple rules are missing."), "rules", SOURCE, field="group_rules"
        )


def has_committee(case: "Filing") -> bool:
    """Return whether the tree knows a residents' committee for the place."""
    return case.body_at(Seat.COMMUNITY) is not None


def has_no_committee(case: "Filing") -> bool:
    return not has_committee(case)
