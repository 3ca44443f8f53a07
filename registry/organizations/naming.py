"""How a name is compared and sorted: folded, and spelled in pinyin."""

from collections.abc import Callable
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from core.search import bare, fold
from registry.organizations import syllables
from registry.organizations.kinds import LIVING, OrganizationStatus
from registry.organizations.readings import LONGEST_WORD, Readings, readings

if TYPE_CHECKING:
    from registry.organizations.models import Organization

#: How much of a name's spelling is kept: what is longer sorts like its beginning.
PINYIN_LENGTH = 600
INITIALS_LENGTH = 100


def living_name(name: str, status: OrganizationStatus) -> str | None:
    """Return what no second living name may fold to, or None: then the name is free again."""
    return bare(name) if status in LIVING else None


def write(organization: "Organization") -> None:
    """Bring what depends on the name and the status up to date, before they are flushed."""
    organization.living_name = living_name(organization.name, organization.status)
    organization.name_pinyin = spelled(organization.name).pinyin


_followers: list[Callable[["Organization"], None]] = []


def when_named(work: Callable[["Organization"], None]) -> None:
    """Have `work` done when an organization came into being or was renamed, one at a time.

    What an import brings in bulk is not told: whoever keeps something by name looks for it.
    """
    if work not in _followers:
        _followers.append(work)


def tell(organization: "Organization") -> None:
    """Tell those who asked that this organization has its name; it has an id."""
    for work in _followers:
        work(organization)


class Spelling(NamedTuple):
    """A name in pinyin, capitals with a space between syllables; its initials, folded; its
    syllables as they are searched (registry.organizations.syllables).
    """

    pinyin: str
    initials: str
    syllables: str


def spelled(name: str) -> Spelling:
    """Return how a name is read. What is no Chinese character stands for itself.

    "成都 3D 协会" is "CHENG DU 3 D XIE HUI" and "cd3dxh". Sorting by the first sorts as a Chinese
    dictionary does.
    """
    table = readings()
    text = fold(name).upper()
    read = [*map(table.single.get, text, text)]
    if not table.pairs.isdisjoint(map(add, text, text[1:])):
        _correct(text, read, table)
    initials = "".join([syllable[0] for syllable in read])
    pinyin = " ".join(read)[:PINYIN_LENGTH]
    return Spelling(pinyin, initials[:INITIALS_LENGTH].lower(), syllables.kept(read))


def _correct(text: str, read: list[str], table: Readings) -> None:
    """Put in the readings of the words in which characters are read otherwise than alone."""
    place = 0
    while place < len(text):
        step = 1
        if text[place : place + 2] in table.pairs:
            for length in range(LONGEST_WORD, 1, -1):
                word = table.words.get(text[place : place + length])
                if word is not None:
                    read[place : place + length] = word
                    step = len(word)
                    break
        place += step
