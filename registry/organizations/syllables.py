"""Names as the syllables they are read in, a character each, so that an index of pairs finds them.

Letters would not do: nearly every name holds the pairs of "yanglao". A syllable stands as one
character of private use, so that 养老 read YANG LAO is as short and as telling as it is written.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import product
from unicodedata import normalize

from registry.organizations.readings import readings

#: Where the characters begin. Those before it are lent elsewhere; see core.search.sqlite.
_FIRST = 0xE100
#: Letters may be parted into syllables in several ways (xian, xi an); of more, the first are asked.
MOST_WAYS = 16
_VOWEL = re.compile("[AEIOUV]")
_BETWEEN = re.compile(r"[\s'’·-]+")
#: What is written with ü, and typed with u.
_TYPED = {"LUE": "LVE", "NUE": "NVE"}
_LONGEST = 6


@cache
def known() -> dict[str, str]:
    """Return the character of every syllable that can be told from letters."""
    heard = sorted(it for it in set(readings().single.values()) if _VOWEL.search(it))
    return {syllable: chr(_FIRST + place) for place, syllable in enumerate(heard)}


def kept(syllables: Sequence[str]) -> str:
    """Return the syllables of a name as they are searched: signs left out, 3D as it is."""
    characters = known()
    return "".join([characters.get(it) or (it.lower() if it.isalnum() else "") for it in syllables])


def asked(written: str) -> list[str]:
    """Return the ways to read letters as whole syllables, each as `kept` has it; none is [].

    Tones may be there or not; spaces and apostrophes part syllables: "xi'an" is not "xian".
    """
    marked = normalize("NFD", normalize("NFKC", written)).replace("u\u0308", "v")
    plain = "".join(it for it in marked if not "\u0300" <= it <= "\u036f").upper()
    pieces = [it for it in _BETWEEN.split(plain) if it]
    if not pieces or "".join(pieces).isdecimal():
        return []
    ways: Iterable[str] = [""]
    for piece in pieces:
        ways = _first(f"{before}{it}" for before, it in product(ways, _parted(piece)))
    return [*ways]


def _first(ways: Iterable[str]) -> list[str]:
    return [way for way, _place in zip(ways, range(MOST_WAYS), strict=False)]


def _parted(letters: str) -> list[str]:
    """Return the ways to part letters into syllables and digits, the longest syllables first."""
    characters = known()
    ways: list[list[str]] = [[] for _letter in letters] + [[""]]
    for start in range(len(letters) - 1, -1, -1):
        found: list[str] = []
        for end in range(min(len(letters), start + _LONGEST), start, -1):
            piece = letters[start:end]
            sign = characters.get(_TYPED.get(piece, piece)) or (
                piece if len(piece) == 1 and piece.isdecimal() else None
            )
            if sign is not None:
                found += [sign + rest for rest in ways[end]]
        ways[start] = found[:MOST_WAYS]
    return ways[0]
