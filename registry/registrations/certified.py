"""What a registration certificate states: what the register knows, in the form of the type."""

from datetime import date
from typing import Any

from core import clock
from registry.organizations.models import Organization
from registry.registrations.types import typed


def stated(organization: Organization, *, authority: str, valid_from: date) -> dict[str, Any]:
    """Return what original and duplicate state of an organization today, as facts of a paper.

    `authority` is who issues; the term ends as the register says. What the type says beside the
    usual goes before it: title, funds and who represents it by their own names.
    """
    assert organization.type
    return {
        "name": organization.name,
        "unified_code": organization.unified_code,
        "domicile": organization.domicile,
        "legal_representative": organization.legal_representative,
        "registered_funds": organization.registered_funds,
        "scope": organization.scope,
        "sponsor_unit": organization.sponsor_name,
        "issuing_authority": authority,
        "issued_on": clock.today(),
        "valid_from": valid_from,
        "valid_until": organization.valid_until,
        **typed(organization.type).certified(organization),
    }
