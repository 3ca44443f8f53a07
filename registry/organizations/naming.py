"""How a name is compared and sorted: folded, and spelled in pinyin."""

from dataclasses import dataclass
from functools import cache
from operator import add
from typing import TYPE_CHECKING
from unicodedata import normalize

from core.search import fold
from registry.organizations.kinds import LIVING, OrganizationStatus

if TYPE_CHECKING:
    from registry.organizations.models import Organization

#: How much of a name's spelling is kept: what is longer sorts like its beginning.
PINYIN_LENGTH = 600
INITIALS_LENGTH = 100
#: The longest word that decides how its characters are read: 成都, not a whole proverb.
LONGEST_WORD = 4


def living_name(name: str, status: OrganizationStatus) -> str | None:
    """Return the folded name while the organization lives, else None: its name is free again."""
    return fold(name) if status in LIVING else None


def write(organization: "Organization") -> None:
    """Bring what depends on the name and the status up to date, before they are flushed."""
    organization.living_name = living_name(organization.name, organization.status)
    organization.name_pinyin, _initials = spelled(organization.name)


def spelled(name: str) -> tuple[str, str]:
    """Return a name in pinyin, capitals with a space between syllables, and its initials, folded.

    What is no Chinese character stands for itself: "成都 3D 协会" → ("CHENG DU 3 D XIE HUI",
    "cd3dxh"). Sorting by the first sorts as a Chinese dictionary does.
    """
    readings = _readings()
    text = fold(name).upper()
    syllables = [*map(readings.single.get, text, text)]
    if not readings.pairs.isdisjoint(map(add, text, text[1:])):
        _correct(text, syllables, readings)
    initials = "".join([syllable[0] for syllable in syllables])
    return " ".join(syllables)[:PINYIN_LENGTH], initials[:INITIALS_LENGTH].lower()


def _correct(text: str, syllables: list[str], readings: "_Readings") -> None:
    """Put in the readings of the words in which characters are read otherwise than alone."""
    place = 0
    while place < len(text):
        step = 1
        if text[place : place + 2] in readings.pairs:
            for length in range(LONGEST_WORD, 1, -1):
                word = readings.words.get(text[place : place + length])
                if word is not None:
                    syllables[place : place + length] = word
                    step = len(word)
                    break
        place += step


@dataclass(frozen=True)
class _Readings:
    """How characters are read alone, and in the words where one of them is read otherwise.

    `pairs` are the first two characters of those words.
    """

    single: dict[str, str]
    words: dict[str, list[str]]
    pairs: frozenset[str]


@cache
def _readings() -> _Readings:
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    single = {
        chr(code): _without_tone(readings.partition(",")[0])
        for code, readings in PINYIN_DICT.items()
    }
    spoken = {
        word: [_without_tone(reading[0]) for reading in tones]
        for word, tones in PHRASES_DICT.items()
        if 1 < len(word) == len(tones) <= LONGEST_WORD
    }
    words = {word: read for word, read in spoken.items() if read != [*map(single.get, word)]}
    # 朝阳 is ZHAO YANG, but the district of that name is not: longer words decide.
    words |= {
        word: read
        for word, read in spoken.items()
        if any(word[:length] in words for length in range(2, len(word)))
    }
    return _Readings(single, words, frozenset(word[:2] for word in words))


@cache
def _without_tone(syllable: str) -> str:
    """Return a syllable as it is typed: lǜ → LV."""
    plain = normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(letter for letter in plain if letter.isascii()).upper()
