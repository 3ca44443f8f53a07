"""When a filing may be renewed, and what the group must have told."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.eligibility import Condition
from core.eligibility.rules import Answer, failed, passed, unknown
from core.i18n import _, _l
from core.workflow import Finding
from registry.filings import policy as filing
from registry.filings.rules import SOURCE
from registry.organizations.kinds import OrganizationStatus

if TYPE_CHECKING:
    from registry.renewals.models import FilingRenewal

#: The standings in which a filing can be renewed; a dormant group wakes by it.
RENEWABLE = frozenset({OrganizationStatus.ACTIVE, OrganizationStatus.DORMANT})


def opens_on(until: date, days: int) -> date:
    """Return the first day on which a filing that ends on `until` can be renewed."""
    return until - timedelta(days=days)


def on_register(case: "FilingRenewal") -> Answer:
    status = case.organization.status
    if status in RENEWABLE:
        return passed(status.label)
    return failed(_("Only an active or dormant group can renew its filing."), status.label)


def members(case: "FilingRenewal") -> Answer:
    least = int(case.frozen(filing.FOUNDERS.key))
    if case.individual_members is None:
        return unknown(_("The number of members is missing."))
    fact = _("%(n)d members", n=case.individual_members)
    if case.individual_members >= least:
        return passed(fact)
    return failed(_("At least %(n)d members are needed.", n=least), fact)


def person_in_charge(case: "FilingRenewal") -> Answer:
    if not case.person_in_charge:
        return unknown(_("The person in charge is missing."))
    return passed(case.person_in_charge)


def place(case: "FilingRenewal") -> Answer:
    if not case.domicile:
        return unknown(_("The place of activity is missing."))
    if case.lacks_community:
        return unknown(_("Please choose the community in which the group lies."))
    return passed(case.domicile)


CONDITIONS = (
    Condition("on_register", _l("The group is on the register"), SOURCE, on_register),
    Condition("members", _l("Enough members"), SOURCE, members, "group"),
    Condition("person_in_charge", _l("A person in charge"), SOURCE, person_in_charge, "group"),
    Condition("place", _l("A fixed place in the community"), SOURCE, place, "group"),
)


def missing_group(case: "FilingRenewal") -> Iterator[Finding]:
    for answer in (members(case), person_in_charge(case), place(case)):
        if answer.outcome != "pass":
            yield Finding(answer.reason, "group", SOURCE)
    if not case.person_phone:
        yield Finding(
            _("The phone of the person in charge is missing."), "group", field="person_phone"
        )
    if not case.scope:
        yield Finding(_("Please say what the group does."), "group", field="scope")
