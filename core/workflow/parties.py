"""What somebody is to a case, and at which seat of it their body sits."""

from enum import StrEnum

from core.accounts.roles import APPLICANT_ROLES, ROLE_LABELS, Role
from core.i18n import _l


class Party(StrEnum):
    """What a person is to one case: the applicant, the system, or a role at one of its seats."""

    APPLICANT = "applicant"
    SYSTEM = "system"
    INTAKE = "intake"
    EXAMINER = "examiner"
    APPROVER = "approver"
    CERTIFICATE_OFFICER = "certificate_officer"
    SUPERVISOR = "supervisor"
    COMPLAINT_DESK = "complaint_desk"
    BUREAU_HEAD = "bureau_head"
    STREET_OFFICER = "street_officer"
    COMMUNITY_OFFICER = "community_officer"
    SPONSOR_OFFICER = "sponsor_officer"
    PURCHASER = "purchaser"
    CUSTODIAN = "custodian"
    FINANCE = "finance"
    SITE_OPERATOR = "site_operator"
    EXPERT = "expert"
    COMMITTEE_MEMBER = "committee_member"
    COMMITTEE_CHAIR = "committee_chair"
    COMMITTEE_OFFICE = "committee_office"
    AUDITOR = "auditor"

    @property
    def label(self) -> str:
        if self is Party.APPLICANT:
            return str(_l("Applicant"))
        if self is Party.SYSTEM:
            return str(_l("System"))
        return str(ROLE_LABELS[Role(self.value)])


class Seat(StrEnum):
    """A place at a case that one body takes."""

    APPLICANT = "applicant"
    OFFICE = "office"
    SPONSOR = "sponsor"
    COMMUNITY = "community"
    OVERSIGHT = "oversight"


_ELSEWHERE = {
    Role.SPONSOR_OFFICER: Seat.SPONSOR,
    Role.COMMUNITY_OFFICER: Seat.COMMUNITY,
    Role.SUPERVISOR: Seat.OVERSIGHT,
}

#: At which seat each role acts. The bureau head also reads what the bureau oversees.
SEAT_OF_ROLE: dict[Role, Seat] = {
    role: Seat.APPLICANT if role in APPLICANT_ROLES else _ELSEWHERE.get(role, Seat.OFFICE)
    for role in Role
    if role is not Role.ADMINISTRATOR
}


def seat_of(party: Party) -> Seat | None:
    """Return the seat whose body a party belongs to; the system has none."""
    if party is Party.SYSTEM:
        return None
    return Seat.APPLICANT if party is Party.APPLICANT else SEAT_OF_ROLE[Role(party.value)]


def parties_at(seat: Seat, roles: frozenset[Role]) -> set[Party]:
    """Return what a holder of `roles` in the body at `seat` is to the case."""
    if seat is Seat.APPLICANT:
        return {Party.APPLICANT} if roles & APPLICANT_ROLES else set()
    found = {Party(r.value) for r in roles if SEAT_OF_ROLE.get(r) is seat}
    if seat is Seat.OVERSIGHT and Role.BUREAU_HEAD in roles:
        found.add(Party.BUREAU_HEAD)
    return found
