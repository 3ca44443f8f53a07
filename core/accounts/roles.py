"""The roles of the district, and at which seat of a case each of them sits."""

from enum import StrEnum

from core.i18n import _l


class Role(StrEnum):
    """What a person does in a body. One person may hold several, in several bodies."""

    OWNER = "owner"
    HANDLER = "handler"
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
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        return str(ROLE_LABELS[self])


ROLE_LABELS = {
    Role.OWNER: _l("Owner"),
    Role.HANDLER: _l("Handler"),
    Role.INTAKE: _l("Intake officer"),
    Role.EXAMINER: _l("Examiner"),
    Role.APPROVER: _l("Approver"),
    Role.CERTIFICATE_OFFICER: _l("Certificate officer"),
    Role.SUPERVISOR: _l("Supervisor"),
    Role.COMPLAINT_DESK: _l("Complaint desk"),
    Role.BUREAU_HEAD: _l("Bureau head"),
    Role.STREET_OFFICER: _l("Street officer"),
    Role.COMMUNITY_OFFICER: _l("Community officer"),
    Role.SPONSOR_OFFICER: _l("Sponsor unit officer"),
    Role.PURCHASER: _l("Purchaser"),
    Role.CUSTODIAN: _l("Custodian"),
    Role.FINANCE: _l("Finance officer"),
    Role.SITE_OPERATOR: _l("Site operator"),
    Role.EXPERT: _l("Expert"),
    Role.COMMITTEE_MEMBER: _l("Committee member"),
    Role.COMMITTEE_CHAIR: _l("Committee chair"),
    Role.COMMITTEE_OFFICE: _l("Committee office"),
    Role.AUDITOR: _l("Auditor"),
    Role.ADMINISTRATOR: _l("System administrator"),
}

APPLICANT_ROLES = frozenset({Role.OWNER, Role.HANDLER})
STAFF_ROLES = frozenset(Role) - APPLICANT_ROLES
