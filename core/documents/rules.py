"""Numbers of instruments, how long they hold, and what of them may be public."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from stdnum.cn import ric

from core.i18n import _l

#: Everything people type for the brackets around the year, and for the dash.
_OPENING = dict.fromkeys(map(ord, "〔[（(【［{｛<《〈"), "〔")
_CLOSING = dict.fromkeys(map(ord, "〕])）】］}｝>》〉"), "〕")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－ー─"), "-")
_SPELLINGS = {**_OPENING, **_CLOSING, **_DASHES}

#: A number in two parts: what stands before the place in its series, and the place.
_COUNTED = re.compile(r"(.*\D)0*(\d{1,9})号?")
#: The same with the year before the place, however they are set apart: 锦民受2026年第3号.
_DATED = re.compile(r"(\D+?)〔?((?:19|20)\d{2})[〕年]?[第-]?0*(\d{1,6})号?")
#: So many digits a place is written with at most.
LONGEST_PLACE = 6

_IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
#: Numbers of organizations, which may look like a person's.
_OWN_NUMBERS = frozenset({"unified_code", "filing_number"})


class InstrumentStatus(StrEnum):
    """What is stored of an instrument's end. EXPIRED is read off the dates, never stored."""

    VALID = "valid"
    VOID = "void"
    REPLACED = "replaced"
    EXPIRED = "expired"


class Standing(StrEnum):
    """What an instrument is worth on a day."""

    VALID = "valid"
    VOID = "void"
    REPLACED = "replaced"
    EXPIRED = "expired"
    NOT_YET = "not_yet"

    @property
    def label(self) -> str:
        return str(STANDINGS[self][0])

    @property
    def tone(self) -> str:
        """The colour of its tag, the same everywhere."""
        return STANDINGS[self][1]


STANDINGS = {
    Standing.VALID: (_l("Valid"), "green"),
    Standing.VOID: (_l("Void"), "red"),
    Standing.REPLACED: (_l("Replaced"), "grey"),
    Standing.EXPIRED: (_l("Expired"), "amber"),
    Standing.NOT_YET: (_l("Not valid yet"), "grey"),
}


class EndGround(StrEnum):
    """Why an instrument ended, in words that everyone may read and that name nobody."""

    LOST = "lost"
    DAMAGED = "damaged"
    RENEWED = "renewed"
    CHANGED = "changed"
    ERROR = "error"
    WITHDRAWN = "withdrawn"
    DEREGISTERED = "deregistered"
    SANCTION = "sanction"

    @property
    def label(self) -> str:
        return str(END_GROUNDS[self])


END_GROUNDS = {
    EndGround.LOST: _l("Lost, and declared void"),
    EndGround.DAMAGED: _l("Damaged, and handed back"),
    EndGround.RENEWED: _l("Renewed before its end"),
    EndGround.CHANGED: _l("What it certifies has changed"),
    EndGround.ERROR: _l("Issued with an error"),
    EndGround.WITHDRAWN: _l("The decision behind it was taken back"),
    EndGround.DEREGISTERED: _l("The organization was deregistered"),
    EndGround.SANCTION: _l("Taken away by a sanction"),
}


class Means(StrEnum):
    """How somebody asked about a paper."""

    NUMBER = "number"
    CODE = "code"
    FILE = "file"


class PersonalFacts(ValueError):
    """Facts meant for the public hold an identity or telephone number."""


def canonical(number: str) -> str:
    """Return a number as it is compared: one kind of bracket and dash, half width, no spaces."""
    before, text = "", number
    while text != before:  # composing may leave new signs to compare; it ends after a few rounds
        before = text
        folded = unicodedata.normalize("NFKC", text.translate(_SPELLINGS)).translate(_SPELLINGS)
        text = "".join(folded.split()).upper()
    return text


def spellings(number: str) -> list[str]:
    """Return `number` as it is compared, first as it is written, then as it may be meant.

    People leave out the zeros before the place, the 号 behind it, and the brackets of the year.
    """
    written = canonical(number)
    stems = [(match[1], match[2]) for match in [_COUNTED.fullmatch(written)] if match]
    stems += [(f"{it[1]}〔{it[2]}〕", it[3]) for it in [_DATED.fullmatch(written)] if it]
    meant = [
        f"{stem}{int(place):0{width}d}{end}"
        for stem, place in stems
        for width in range(1, LONGEST_PLACE + 1)
        for end in ("号", "")
    ]
    return list(dict.fromkeys([written, *meant]))


def spell_number(pattern: str, *, year: int, place: int, **parts: str) -> str:
    """Return the number at `place`, as in `锦民受〔{year}〕{place:04d}号`."""
    return pattern.format(year=year, place=place, **parts)


def standing_on(
    day: date,
    stored: InstrumentStatus,
    *,
    first: date,
    last: date | None,
    ended: date | None,
) -> Standing:
    """Return what an instrument is worth on `day`; both ends of its validity count as valid.

    It holds until the day before it `ended`. What ended after it had expired stays expired until
    then.
    """
    if day < first:
        return Standing.NOT_YET
    if ended is not None and day >= ended:
        return Standing(stored.value)
    if last is not None and day > last:
        return Standing.EXPIRED
    return Standing.VALID


def check_public(facts: Mapping[str, Any]) -> None:
    """Raise PersonalFacts where a value shows a person's identity number or mobile phone."""
    for key, value in facts.items():
        if key in _OWN_NUMBERS:
            continue
        text = str(value)
        found = [each for each in _IDENTITY.findall(text) if ric.is_valid(each)]
        if found or _MOBILE.search(text):
            raise PersonalFacts(f"the public fact {key} holds a personal number")
