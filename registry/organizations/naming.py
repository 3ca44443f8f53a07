"""How a name is compared and sorted: folded, and spelled in pinyin."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from core.search import fold
from registry.organizations.kinds import LIVING, OrganizationStatus

if TYPE_CHECKING:
    from registry.organizations.models import Organization

#: How much of a name's spelling is kept: what is longer sorts like its beginning.
PINYIN_LENGTH = 600
INITIALS_LENGTH = 100
#: A name is spelled by what stands around each character (都 in 成都 is DU): so many contexts
#: are remembered before the memory is emptied.
REMEMBERED = 200_000

_single: dict[str, str | None] = {}
_in_context: dict[str, str] = {}


def living_name(name: str, status: OrganizationStatus) -> str | None:
    """Return the folded name while the organization lives, else None: its name is free again."""
    return fold(name) if status in LIVING else None


def write(organization: "Organization") -> None:
    """Bring what depends on the name and the status up to date, before they are flushed."""
    organization.living_name = living_name(organization.name, organization.status)
    organization.name_pinyin, organization.name_initials = spelled(organization.name)


def spelled(name: str) -> tuple[str, str]:
    """Return a name in pinyin, capitals with a space between syllables, and its initials.

    What is no Chinese character stands for itself: "成都 3D 协会" → ("CHENG DU 3 D XIE HUI",
    "CD3DXH"). Sorting by the first sorts as a Chinese dictionary does.
    """
    text = fold(name).upper()
    syllables = []
    for place, character in enumerate(text):
        syllable = _single.get(character)
        if syllable is None:
            syllable = _single_reading(character) or _reading(text, place)
        syllables.append(syllable)
    initials = "".join([syllable[0] for syllable in syllables])
    return " ".join(syllables)[:PINYIN_LENGTH], initials[:INITIALS_LENGTH]


def _single_reading(character: str) -> str | None:
    """Return the only reading of a character; None where it has several."""
    if character not in _single:
        from pypinyin import Style, pinyin

        readings = pinyin(character, style=Style.NORMAL, heteronym=True)[0]
        _single[character] = readings[0].upper() if len(readings) == 1 else None
    return _single[character]


def _reading(text: str, place: int) -> str:
    start = max(place - 1, 0)
    window = text[start : place + 2]
    key = f"{place - start}{window}"
    found = _in_context.get(key)
    if found is None:
        if len(_in_context) >= REMEMBERED:
            _in_context.clear()
        found = _in_context[key] = _spell(window)[place - start]
    return found


@lru_cache(maxsize=4096)
def _spell(window: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin

    as_written: Any = list  # what is no Chinese character stays, one by one
    syllables: list[str] = lazy_pinyin(window, style=Style.NORMAL, errors=as_written)
    return [syllable.upper() for syllable in syllables]
