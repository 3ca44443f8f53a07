"""Which roles there are in which kind of body: nobody approves at a residents' committee."""

from collections.abc import Collection

from core.accounts.models import BodyKind
from core.accounts.roles import APPLICANT_ROLES, Role

_DESKS = {Role.INTAKE, Role.EXAMINER, Role.APPROVER, Role.CERTIFICATE_OFFICER, Role.COMPLAINT_DESK}
_OFFICES = {Role.AUDITOR, Role.ADMINISTRATOR, Role.EXPERT, Role.PURCHASER, Role.CUSTODIAN}
_COMMITTEE = {Role.COMMITTEE_MEMBER, Role.COMMITTEE_CHAIR, Role.COMMITTEE_OFFICE}

ROLES_IN: dict[BodyKind, frozenset[Role]] = {
    BodyKind.BUREAU: frozenset(
        _DESKS | _OFFICES | _COMMITTEE
        | {Role.SUPERVISOR, Role.BUREAU_HEAD, Role.SPONSOR_OFFICER, Role.FINANCE}
    ),
    BodyKind.REGISTRATION_OFFICE: frozenset(
        _DESKS | _OFFICES | {Role.SUPERVISOR, Role.BUREAU_HEAD, Role.FINANCE}
    ),
    BodyKind.GUIDANCE_CENTER: frozenset(
        {Role.STREET_OFFICER, Role.COMPLAINT_DESK, Role.PURCHASER, Role.CUSTODIAN, Role.EXPERT}
    ),
    BodyKind.COMMUNITY_COMMITTEE: frozenset({Role.COMMUNITY_OFFICER}),
    BodyKind.SPONSOR_UNIT: frozenset(
        {Role.SPONSOR_OFFICER, Role.PURCHASER, Role.CUSTODIAN, Role.EXPERT} | _COMMITTEE
    ),
    BodyKind.DEPARTMENT: frozenset(
        {Role.SPONSOR_OFFICER, Role.PURCHASER, Role.CUSTODIAN, Role.EXPERT, Role.AUDITOR}
        | {Role.FINANCE, Role.SUPERVISOR} | _COMMITTEE
    ),
    BodyKind.FINANCE_OFFICE: frozenset(
        {Role.FINANCE, Role.PURCHASER, Role.CUSTODIAN, Role.EXPERT, Role.AUDITOR} | _COMMITTEE
    ),
    BodyKind.OPERATOR: frozenset({Role.SITE_OPERATOR, Role.EXPERT}),
    BodyKind.ORGANIZATION: APPLICANT_ROLES,
}  # fmt: skip


def kinds_with(role: Role) -> Collection[BodyKind]:
    """Return the kinds of body in which somebody can be `role`, in their order."""
    return [kind for kind in BodyKind if role in ROLES_IN[kind]]
