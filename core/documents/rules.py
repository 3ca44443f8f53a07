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

_IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
#: Numbers of organizations, which may look like a person's.
_OWN_NUMBERS = frozenset({"unified_code", "filing_number"})


class InstrumentStatus(StrEnum):
    """What an instrument is worth today. EXPIRED is read off the dates, never stored."""

    VALID = "valid"
    VOID = "void"
    REPLACED = "replaced"
    EXPIRED = "expired"

    @property
    def label(self) -> str:
        return str(STATUS_LABELS[self])


STATUS_LABELS = {
    InstrumentStatus.VALID: _l("Valid"),
    InstrumentStatus.VOID: _l("Void"),
    InstrumentStatus.REPLACED: _l("Replaced"),
    InstrumentStatus.EXPIRED: _l("Expired"),
}


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


def spell_number(pattern: str, *, year: int, place: int, **parts: str) -> str:
    """Return the number at `place`, as in `锦民受〔{year}〕{place:04d}号`."""
    return pattern.format(year=year, place=place, **parts)


def status_on(
    day: date, stored: InstrumentStatus, valid_from: date, valid_until: date | None
) -> InstrumentStatus:
    """Return what an instrument is worth on `day`; both ends of its validity count as valid."""
    if stored is InstrumentStatus.VALID and valid_until is not None and day > valid_until:
        return InstrumentStatus.EXPIRED
    return stored


def check_public(facts: Mapping[str, Any]) -> None:
    """Raise PersonalFacts where a value shows a person's identity number or mobile phone."""
    for key, value in facts.items():
        if key in _OWN_NUMBERS:
            continue
        text = str(value)
        found = [each for each in _IDENTITY.findall(text) if ric.is_valid(each)]
        if found or _MOBILE.search(text):
            raise PersonalFacts(f"the public fact {key} holds a personal number")
