"""The public search of the register."""

from typing import cast

from sqlalchemy import Table

from core.search import fold
from core.search.index import TextIndex
from registry.organizations.models import Organization

INDEX = TextIndex("organization_search", cast(Table, Organization.__table__).c.folded_name)


def reindex(organization: Organization) -> None:
    """Bring the search index in step with the organization's name, in the same transaction.

    Called after an organization was created or renamed, once it has an id.
    """
    folded = fold(organization.name)
    INDEX.replace(organization.id, organization.folded_name or "", folded)
    organization.folded_name = folded
