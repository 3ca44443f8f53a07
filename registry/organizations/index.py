"""What the register is searched by: the names of its organizations, and their initials in pinyin."""

from collections.abc import Iterable

from core.search import fold
from core.search.index import TextIndex
from registry.organizations.listing import TABLE
from registry.organizations.models import Organization
from registry.organizations.naming import spelled, tell

INDEX = TextIndex("organization_search", TABLE.c.folded_name)
INITIALS = TextIndex("organization_initials", TABLE.c.name_initials)


def add(rows: Iterable[tuple[int, str, str]]) -> None:
    """Index organizations that are not in the index yet: id, folded name, initials."""
    rows = list(rows)
    INDEX.add([(key, name) for key, name, _initials in rows])
    INITIALS.add([(key, initials) for key, _name, initials in rows if initials])


def reindex(organization: Organization) -> None:
    """Bring the index in step with the organization's name, in the same transaction.

    Called after an organization was created or renamed, once it has an id.
    """
    folded, (_pinyin, initials) = fold(organization.name), spelled(organization.name)
    INDEX.replace(organization.id, organization.folded_name or "", folded)
    INITIALS.replace(organization.id, organization.name_initials or "", initials)
    organization.folded_name, organization.name_initials = folded, initials
    tell(organization)
