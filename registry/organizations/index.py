"""What the register is searched by: names, their initials in pinyin, their syllables in full."""

from collections.abc import Iterable

from core.search import fold
from core.search.index import TextIndex
from registry.organizations.listing import TABLE
from registry.organizations.models import Organization
from registry.organizations.naming import Spelling, spelled, tell

INDEX = TextIndex("organization_search", TABLE.c.folded_name)
INITIALS = TextIndex("organization_initials", TABLE.c.name_initials)


SYLLABLES = TextIndex("organization_syllables", TABLE.c.name_syllables)


def add(rows: Iterable[tuple[int, str, Spelling]]) -> None:
    """Index organizations that are not in the index yet: id, folded name, how it is read."""
    rows = list(rows)
    INDEX.add([(key, name) for key, name, _read in rows])
    INITIALS.add([(key, read.initials) for key, _name, read in rows])
    SYLLABLES.add([(key, read.syllables) for key, _name, read in rows])


def read_anew(key: int, old: tuple[str, str], new: Spelling) -> None:
    """Index an organization under how its name is read now; `old` are initials and syllables."""
    INITIALS.replace(key, old[0] or "", new.initials)
    SYLLABLES.replace(key, old[1] or "", new.syllables)


def reindex(organization: Organization) -> None:
    """Bring the index in step with the organization's name, in the same transaction.

    Called after an organization was created or renamed, once it has an id.
    """
    it, folded, read = organization, fold(organization.name), spelled(organization.name)
    INDEX.replace(it.id, it.folded_name or "", folded)
    read_anew(it.id, (it.name_initials, it.name_syllables), read)
    it.folded_name, it.name_initials, it.name_syllables = folded, read.initials, read.syllables
    tell(it)
