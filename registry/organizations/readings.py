"""How Chinese characters are read: a table taken once from pypinyin, a tenth of its size in memory.

The library keeps every reading with its tone and every phrase: two seconds and 50 MB for each
process that spells a name. `readings.txt` holds what a register needs; `distil` writes it anew.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unicodedata import normalize

from registry.organizations import local_readings as local

TABLE = Path(__file__).with_name("readings.txt")
#: The longest word that decides how its characters are read: 成都, not a whole proverb.
LONGEST_WORD = 4


@dataclass(frozen=True)
class Readings:
    """How characters are read alone, and in the words where one of them is read otherwise.

    `pairs` are the first two characters of those words.
    """

    single: dict[str, str]
    words: dict[str, list[str]]
    pairs: frozenset[str]


@cache
def readings() -> Readings:
    """Return the table: a line `SYLLABLE characters`, or `word SYL LA BLES`."""
    single: dict[str, str] = {}
    words: dict[str, list[str]] = {}
    syllables: dict[str, str] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        first, *rest = line.split(" ")
        if first.isascii():
            single.update(dict.fromkeys(rest[0], first))
        else:
            words[first] = [syllables.setdefault(it, it) for it in rest]
    return Readings(single, words, frozenset(word[:2] for word in words))


def distil() -> str:
    """Return the text of the table from pypinyin, and from what is read otherwise here."""
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    single = {
        chr(code): _without_tone(found.partition(",")[0]) for code, found in PINYIN_DICT.items()
    } | local.ALONE
    spoken = {
        word: [_without_tone(reading[0]) for reading in tones]
        for word, tones in PHRASES_DICT.items()
        if 1 < len(word) == len(tones) <= LONGEST_WORD
    } | {word: syllables.split() for word, syllables in local.WORDS.items()}
    words = {word: read for word, read in spoken.items() if read != [*map(single.get, word)]}
    # 朝阳 is ZHAO YANG, but the district of that name is not: longer words decide.
    words |= {
        word: read
        for word, read in spoken.items()
        if any(word[:length] in words for length in range(2, len(word)))
    }
    alike: dict[str, list[str]] = {}
    for character, syllable in sorted(single.items()):
        alike.setdefault(syllable, []).append(character)
    lines = [f"{syllable} {''.join(them)}" for syllable, them in sorted(alike.items()) if syllable]
    lines += [f"{word} {' '.join(read)}" for word, read in sorted(words.items())]
    return "\n".join(lines) + "\n"


@cache
def _without_tone(syllable: str) -> str:
    """Return a syllable as it is typed: lǜ → LV."""
    plain = normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(letter for letter in plain if letter.isascii()).upper()
