"""What of the register is asked for, and which versions fit it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from unicodedata import normalize

from sqlalchemy import ColumnElement, Integer, or_
from sqlalchemy import cast as sql_cast

from core.search import fold
from registry.chronicle import spans
from registry.chronicle.spans import fact, organization
from registry.organizations import codes, syllables
from registry.organizations.kinds import (
    FilingCategory,
    OrganizationStatus,
    OrganizationType,
    Track,
)


@dataclass(frozen=True)
class Asked:
    """What of the register is asked for; empty is everything. `streets` and `communities` are ids; days are both
    counted; `living` leaves out what has ended.
    """

    words: str = ""
    track: Track | None = None
    type: OrganizationType | None = None
    category: FilingCategory | None = None
    status: OrganizationStatus | None = None
    streets: Collection[int] | None = None
    communities: Collection[int] | None = None
    founded_from: date | None = None
    founded_to: date | None = None
    living: bool = False
    among: Collection[int] | None = None


def own_conditions(asked: Asked, row: Any) -> list[ColumnElement[bool]]:
    """Return what no facet chooses: words, category, days of founding, the organizations."""
    found: list[ColumnElement[bool]] = []
    if asked.words:
        found.append(_worded(asked.words, row))
    if asked.category is not None:
        found.append(fact("category", row) == asked.category.value)
    if asked.communities is not None:
        found.append(sql_cast(fact("division_id", row), Integer).in_(asked.communities))
    if asked.founded_from is not None:
        found.append(organization.c.founded_on >= asked.founded_from)
    if asked.founded_to is not None:
        found.append(organization.c.founded_on <= asked.founded_to)
    if asked.among is not None:
        found.append(organization.c.id.in_(asked.among))
    return found


def _worded(words: str, row: Any) -> ColumnElement[bool]:
    """Return the condition of having borne these words in the name then, or the number; letters
    may be the initials or the syllables of the name today.
    """
    spellings = sorted({words, normalize("NFKC", words)})
    letters = fold(words)
    ways = [fact("name", row).contains(it, autoescape=True) for it in spellings]
    if len(letters) > 1 and letters.isascii() and letters.isalnum():
        ways.append(organization.c.name_initials.contains(letters, autoescape=True))
    sounds = organization.c.name_syllables
    return or_(
        *ways,
        *(sounds.contains(it, autoescape=True) for it in syllables.asked(words)),
        fact("unified_code", row) == codes.clean(words),
        fact("filing_number", row).in_(spellings),
    )


def kinds_of(asked: Asked, row: Any, status: ColumnElement[str]) -> list[ColumnElement[bool]]:
    """Return what the counts beside a list choose: track, type, status and street."""
    found: list[ColumnElement[bool]] = []
    if asked.track is not None:
        found.append(fact("track", row) == asked.track.value)
    if asked.type is not None:
        found.append(fact("type", row) == asked.type.value)
    if asked.status is not None:
        found.append(status == asked.status.value)
    if asked.streets is not None:
        found.append(spans.street(row).in_(asked.streets))
    return found
