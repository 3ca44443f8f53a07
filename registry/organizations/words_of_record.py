"""What the record of actions calls what was done to organizations."""

from flask import url_for

from core import audit
from core.accounts import Actor
from core.i18n import _l
from registry.organizations.kinds import OrganizationStatus, Track
from registry.organizations.models import Organization

NUMBER = audit.Field(_l("Number"))


def declare() -> None:
    """Say it; called once, when the application is put together."""
    audit.name_actions(
        {
            "organization:found": _l("Entered an organization in the register"),
            "organization:import": _l("Imported organizations"),
            "organization:status": _l("Changed the status of an organization"),
            "organization:change": _l("Changed the entry of an organization"),
        }
    )
    audit.name_fields(
        "organization",
        {
            "status": audit.Field(_l("Status"), audit.one_of(OrganizationStatus)),
            "track": audit.Field(_l("Track"), audit.one_of(Track)),
            "number": NUMBER,
            "name": audit.Field(_l("Name")),
            "domicile": audit.Field(_l("Domicile")),
            "legal_representative": audit.Field(_l("Legal representative")),
            "scope": audit.Field(_l("Scope of activities")),
            "registered_funds": audit.Field(_l("Registered funds"), audit.money),
            "sponsor_name": audit.Field(_l("Sponsor unit")),
            "sponsor_unit_id": audit.Field(_l("Sponsor unit"), audit.body),
            "new": audit.Field(_l("Added")),
            "updated": audit.Field(_l("Changed")),
            "unchanged": audit.Field(_l("Unchanged")),
            "rows": audit.Field(_l("Lines of the file")),
            "sha256": audit.Field(_l("SHA-256")),
        },
    )
    audit.name_records("Organization", audit.rows(Organization, lambda it: it.name, _page))


def _page(it: Organization, actor: Actor) -> str:
    return url_for("portal.organization", number=it.number) if it.number else ""
