"""One question to the register, as conditions of the database and of the text index."""

from collections.abc import Callable, Sequence
from operator import eq, ge, le
from typing import Any, cast
from unicodedata import normalize

from sqlalchemy import Column, ColumnElement, Select, Table, or_, select

from core.db import db
from core.search import fold
from registry.organizations import codes
from registry.organizations.models import Organization
from registry.organizations.search import INDEX
from registry.portal.filters import Filters, Sort
from registry.portal.keyset import Cursor, Stretch, stretch

Compare = Callable[[ColumnElement[Any], Any], Any]

organization = cast(Table, Organization.__table__)

#: What each order sorts by (None for the id) and whether it falls.
KEYS: dict[Sort, tuple[Column[Any] | None, bool]] = {
    Sort.NEWEST: (None, True),
    Sort.NAME: (organization.c.name_pinyin, False),
    Sort.NAME_DOWN: (organization.c.name_pinyin, True),
    Sort.FOUNDED: (organization.c.founded_on, False),
    Sort.FOUNDED_DOWN: (organization.c.founded_on, True),
}


class Question:
    """What `filters` ask for. Words that are a code or number mean that organization alone:
    `exact` is its id, looked up once.
    """

    def __init__(self, filters: Filters, exact: int | None) -> None:
        self.filters = filters
        self.words = filters.q if fold(filters.q) else ""
        self.exact = exact

    @classmethod
    def of(cls, filters: Filters) -> "Question":
        """Return the question of `filters`, its words looked up as a code or number."""
        return cls(filters, with_number(filters.q) if filters.q else None)

    @property
    def by_index(self) -> bool:
        """Whether the words are looked up in names only, so that the index keeps the order."""
        return bool(self.words) and self.exact is None and not is_latin(self.words)

    @property
    def is_plain(self) -> bool:
        """Whether the counts of the whole register answer this."""
        asked = self.filters
        return not self.words and asked.founded_from is None and asked.founded_to is None

    def page(self, after: Cursor | None, before: Cursor | None) -> Stretch:
        """Return the places of one page, behind or in front of a cursor."""
        column, falling = KEYS[self.filters.sort]

        def read(
            where: Sequence[ColumnElement[bool]],
            order: Sequence[ColumnElement[Any]],
            turned: bool,
            beyond: int | None,
            limit: int,
        ) -> Sequence[Any]:
            if column is None and self.by_index:
                hits = INDEX.hits(
                    self.words, organization.c.id, where=self._narrowed(), limit=limit,
                    beyond=beyond, newest_first=falling is not turned,
                )  # fmt: skip
                return db.session.execute(hits).all()
            columns = [organization.c.id, *([column] if column is not None else [])]
            query = select(*columns).where(*self.conditions(), *where)
            return db.session.execute(query.order_by(*order).limit(limit)).all()

        return stretch(
            read,
            key=organization.c.id,
            column=column,
            falling=falling,
            size=self.filters.size,
            after=after,
            before=before,
        )

    def latest(self, columns: Sequence[ColumnElement[Any]], limit: int) -> Select[Any]:
        """Return the query for `columns` of up to `limit` hits, the latest entries first."""
        if self.by_index:
            return INDEX.hits(self.words, *columns, where=self._narrowed(), limit=limit)
        query = select(*columns).where(*self.conditions())
        return query.order_by(organization.c.id.desc()).limit(limit)

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return what every hit fulfils."""
        return [*self._narrowed(), *self._worded()]

    def _narrowed(self) -> list[ColumnElement[bool]]:
        asked, own = self.filters, organization.c
        compared: tuple[tuple[Any, ColumnElement[Any], Compare], ...] = (
            (asked.track, own.track, eq),
            (asked.type, own.type, eq),
            (asked.status, own.status, eq),
            (asked.street, own.street_id, eq),
            (asked.founded_from, own.founded_on, ge),
            (asked.founded_to, own.founded_on, le),
        )
        return [compare(column, it) for it, column, compare in compared if it is not None]

    def _worded(self) -> list[ColumnElement[bool]]:
        if not self.words:
            return []
        if self.exact is not None:
            return [organization.c.id == self.exact]
        named = INDEX.condition(self.words, organization.c.id)
        if not is_latin(self.words):
            return [named]
        letters = fold(self.words).upper()
        return [
            or_(
                named,
                organization.c.name_initials.contains(letters, autoescape=True),
                organization.c.unified_code.startswith(letters, autoescape=True),
            )
        ]


def with_number(words: str) -> int | None:
    """Return the id of the organization whose code or filing number `words` are, or None."""
    spellings = {words, normalize("NFKC", words)}
    found: int | None = db.session.scalar(
        select(organization.c.id)
        .where(
            (organization.c.unified_code == codes.clean(words))
            | organization.c.filing_number.in_(spellings)
        )
        .order_by(organization.c.id)
        .limit(1)
    )
    return found


def is_latin(words: str) -> bool:
    """Return whether `words` may be pinyin initials or the beginning of a code."""
    folded = fold(words)
    return folded.isascii() and folded.isalnum() and len(folded) > 1
