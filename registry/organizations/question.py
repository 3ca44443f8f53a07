"""One question to the register, as conditions of the database and of the indexes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import eq, ge, le
from typing import Any, cast
from unicodedata import normalize

from sqlalchemy import Column, ColumnElement, Select, Table, func, or_, select

from core import divisions
from core.accounts import Body
from core.db import db
from core.search import fold
from core.search.index import TextIndex
from registry.organizations import codes, syllables
from registry.organizations.index import INDEX, INITIALS, SYLLABLES
from registry.organizations.kinds import OrganizationStatus, OrganizationType, Track
from registry.organizations.listing import TABLE, Conditions, Sort

Compare = Callable[[ColumnElement[Any], Any], Any]

#: A list longer than this says "more than"; counts beside filters are of so many of the latest hits.
COUNTED = 1000
BODY = cast(Table, Body.__table__)
_LAST = "\U0010ffff"


@dataclass(frozen=True)
class Filters:
    """What is asked for; None and "" leave it open. `street` is an id, and means what went into it
    too, as does `community`; both days are counted.

    `q` is a part of the name, of its initials or of its whole syllables in pinyin, the beginning
    of a unified code or of a filing number; a whole one means that organization alone.
    """

    q: str = ""
    track: Track | None = None
    type: OrganizationType | None = None
    status: OrganizationStatus | None = None
    street: int | None = None
    community: int | None = None
    founded_from: date | None = None
    founded_to: date | None = None
    sort: Sort = Sort.NEWEST
    size: int = 20


class Question:
    """What `filters` ask for. `exact` is the id of the organization whose number the words are."""

    def __init__(self, filters: Filters, exact: int | None, sources: list["Source"]) -> None:
        self.filters, self.exact, self.sources = filters, exact, sources

    @classmethod
    def of(cls, filters: Filters) -> "Question":
        """Return the question of `filters`, its words looked up as a code or number."""
        words = fold(filters.q)
        exact = with_number(filters.q) if any(map(str.isdecimal, words)) else None
        return cls(filters, exact, _sources(filters.q, words) if words and exact is None else [])

    @property
    def is_plain(self) -> bool:
        """Whether the counts of the whole register answer this."""
        asked = self.filters
        others = (asked.community, asked.founded_from, asked.founded_to)
        return not fold(asked.q) and others == (None, None, None)

    def narrowed(self) -> list[ColumnElement[bool]]:
        """Return the conditions of the filters, without the words."""
        asked, own = self.filters, TABLE.c
        compared: tuple[tuple[Any, ColumnElement[Any], Compare], ...] = (
            (asked.track, own.track, eq),
            (asked.type, own.type, eq),
            (asked.status, own.status, eq),
            (asked.street, own.street_id, _lies_in),
            (asked.community, own.id, _sits_in),
            (asked.founded_from, own.founded_on, ge),
            (asked.founded_to, own.founded_on, le),
            (self.exact, own.id, eq),
        )
        return [compare(column, it) for it, column, compare in compared if it is not None]

    def latest(self, columns: Sequence[ColumnElement[Any]], limit: int) -> Select[Any]:
        """Return the query for `columns` of up to `limit` hits, the latest entries first."""
        if not self.sources:
            query = select(*columns).where(*self.narrowed())
            return query.order_by(TABLE.c.id.desc()).limit(limit)
        if len(self.sources) == 1 and isinstance(self.sources[0], Part):
            return self.sources[0].hits(columns, self.narrowed(), limit, None, True)
        return select(*columns).where(TABLE.c.id.in_(self.counted[:limit]))

    def by_id(self, beyond: int | None, newest_first: bool, limit: int) -> list[int]:
        """Return up to `limit` ids in the order of entry, beyond an id."""
        found: set[int] = set()
        for source in self.sources:
            query = source.hits([TABLE.c.id], self.narrowed(), limit, beyond, newest_first)
            found.update(db.session.scalars(query))
        return sorted(found, reverse=newest_first)[:limit]

    @cached_property
    def counted(self) -> list[int]:
        """The ids of the latest hits: as many as are counted, and one more."""
        return self.by_id(None, True, COUNTED + 1)

    @cached_property
    def conditions(self) -> list[ColumnElement[bool]]:
        """Return what every hit fulfils, so that a list in any order ends early."""
        if not self.sources:
            return self.narrowed()
        if len(self.counted) <= COUNTED:
            return [TABLE.c.id.in_(self.counted)]
        # So many hits lie close together in any order: comparing row by row finds a page soon.
        return [*self.narrowed(), or_(*(source.compared() for source in self.sources))]


def _lies_in(column: ColumnElement[Any], street: int) -> ColumnElement[bool]:
    ids = divisions.stands_for(street)
    return column.in_(ids) if len(ids) > 1 else column == street


def _sits_in(column: ColumnElement[Any], community: int) -> ColumnElement[bool]:
    ids = divisions.stands_for(community, level=divisions.Level.COMMUNITY)
    return column.in_(select(BODY.c.id).where(BODY.c.division_id.in_(ids)))


class Part:
    """Hits of a part of an indexed text."""

    def __init__(self, index: TextIndex, words: str) -> None:
        self.index, self.words = index, words

    def hits(
        self,
        columns: Sequence[ColumnElement[Any]],
        where: Conditions,
        limit: int,
        beyond: int | None,
        newest_first: bool,
    ) -> Select[Any]:
        return self.index.hits(
            self.words, *columns, where=where, limit=limit, beyond=beyond, newest_first=newest_first
        )

    def compared(self) -> ColumnElement[bool]:
        return self.index.contains(self.words)


class Beginning:
    """Hits of the beginning of a code or number."""

    def __init__(self, column: Column[str | None], text: str) -> None:
        self.column, self.text = column, text

    @cached_property
    def few(self) -> Sequence[int] | None:
        """The ids of all that begin so, read from the column's index; None where they are many."""
        begins = (self.column >= self.text) & (self.column < self.text + _LAST)
        ids = db.session.scalars(select(TABLE.c.id).where(begins).limit(COUNTED + 1)).all()
        return ids if len(ids) <= COUNTED else None

    def hits(
        self,
        columns: Sequence[ColumnElement[Any]],
        where: Conditions,
        limit: int,
        beyond: int | None,
        newest_first: bool,
    ) -> Select[Any]:
        key = TABLE.c.id
        query = select(*columns).where(self.compared(), *where)
        if beyond is not None:
            query = query.where(key < beyond if newest_first else key > beyond)
        return query.order_by(key.desc() if newest_first else key.asc()).limit(limit)

    def compared(self) -> ColumnElement[bool]:
        if self.few is not None:
            return TABLE.c.id.in_(self.few)
        # No range: an engine would read and sort all of it for the first page.
        return func.substr(self.column, 1, len(self.text)) == self.text


Source = Part | Beginning


def _sources(written: str, words: str) -> list[Source]:
    """Return where the folded `words` may stand."""
    sources: list[Source] = [Part(INDEX, words)]
    if words.isascii() and words.isalnum():
        if not words.isdecimal():
            sources.append(Part(INITIALS, words))
        if words[0].isdecimal():
            sources.append(Beginning(TABLE.c.unified_code, codes.clean(written)))
    sources += [Part(SYLLABLES, way) for way in syllables.asked(written)]
    if any(map(str.isdecimal, words)):
        number = "".join(normalize("NFKC", written).split())
        sources.append(Beginning(TABLE.c.filing_number, number))
    return sources


def with_number(words: str) -> int | None:
    """Return the id of the organization whose code or filing number `words` are, or None."""
    spellings = {words, normalize("NFKC", words)}
    found: int | None = db.session.scalar(
        select(TABLE.c.id)
        .where((TABLE.c.unified_code == codes.clean(words)) | TABLE.c.filing_number.in_(spellings))
        .order_by(TABLE.c.id)
        .limit(1)
    )
    return found
