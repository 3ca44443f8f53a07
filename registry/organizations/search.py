"""The search of the register: a page of the list by key, how many there are, counts by filter.

Page and API ask it alike. Counts are capped: counting every hit of a common word in a national
register takes longer than anybody waits. What is capped says so.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from core import divisions
from core.db import db
from registry.organizations import tally
from registry.organizations.index import INDEX, INITIALS, SYLLABLES, reindex
from registry.organizations.listing import ORDERS, TABLE, Stretch, stretch
from registry.organizations.question import BODY, COUNTED, Filters, Question

__all__ = [
    "COUNTED",
    "INDEX",
    "INITIALS",
    "SYLLABLES",
    "Count",
    "Filters",
    "Found",
    "find",
    "reindex",
]

FACETS = ("track", "type", "status", "street")


@dataclass(frozen=True)
class Count:
    """How many entries a choice has; `at_least` where not all were counted."""

    value: Any
    number: int
    at_least: bool


@dataclass(frozen=True)
class Found:
    """A page of the list: ids in order, the cursors beside it, the total, the counts by facet.

    `total` is exact unless `total_is_capped`; then there are more than that. Communities are
    counted where a street is chosen.
    """

    page: Stretch
    total: int
    total_is_capped: bool
    facets: dict[str, list[Count]] = field(default_factory=dict)

    @property
    def ids(self) -> list[int]:
        return self.page.ids


def find(filters: Filters, cursor: str | None = None, *, with_facets: bool = True) -> Found:
    """Return the page at `cursor` of what `filters` ask for.

    The number of queries depends on what is asked, never on the rows. Raises RuleBroken for a
    cursor that is none.
    """
    question = Question.of(filters)
    page = stretch(
        filters.sort,
        cursor,
        filters.size,
        lambda: question.conditions,
        question.by_id if question.sources else None,
    )
    rows, whole = _hits_by_kind(question) if with_facets else ((), False)
    counted = sum(row.hits for row in rows) if whole else _counted(question, rows)
    return Found(
        page=page,
        total=min(counted, COUNTED),
        total_is_capped=counted > COUNTED,
        facets=_facets(question, rows, whole) if with_facets else {},
    )


def everything(filters: Filters, names: Sequence[str]) -> Select[Any]:
    """Return the query for the name and the columns `names` of all that `filters` ask for."""
    order, question = ORDERS[filters.sort], Question.of(filters)
    keys: list[ColumnElement[Any]] = [
        key.desc() if order.descending else key.asc() for key in order.key
    ]
    if order.may_be_empty:
        keys.insert(0, order.column.is_(None))
    return (
        select(BODY.c.name, *(TABLE.c[name] for name in names))
        .join_from(TABLE, BODY, BODY.c.id == TABLE.c.id)
        .where(*question.conditions)
        .order_by(*keys)
    )


def _counted(question: Question, rows: Sequence[Any]) -> int:
    """Return how many there are, but never more than one above what is counted."""
    if rows and not question.is_plain:
        return sum(row.hits for row in rows)
    latest = question.latest([TABLE.c.id], COUNTED + 1).subquery()
    return db.session.scalar(select(func.count()).select_from(latest)) or 0


def _facets(question: Question, rows: Sequence[Any], whole: bool) -> dict[str, list[Count]]:
    """Return the counts of every facet, each as if nothing were chosen in it."""
    facets = {}
    for facet in FACETS:
        if getattr(question.filters, facet) is None:
            facets[facet] = _counts(facet, rows, whole)
        else:
            unchosen: dict[str, Any] = {facet: None}
            wider = replace(question.filters, **unchosen)
            other = Question(wider, question.exact, question.sources)
            facets[facet] = _counts(facet, *_hits_by_kind(other))
    if question.filters.street is not None:
        facets["community"] = _communities(question)
    return facets


def _communities(question: Question) -> list[Count]:
    """Return the counts of the communities of the chosen street, by the map of today."""
    wider = replace(question.filters, community=None)
    other = Question(wider, question.exact, question.sources)
    latest = other.latest([TABLE.c.id], COUNTED + 1).subquery()
    query = (
        select(BODY.c.division_id, func.count().label("hits"))
        .join(latest, latest.c.id == BODY.c.id)
        .group_by(BODY.c.division_id)
    )
    rows = db.session.execute(query).all()
    whole = sum(row.hits for row in rows) <= COUNTED
    shown, numbers = divisions.shown_as(level=divisions.Level.COMMUNITY), Counter[int]()
    for row in rows:
        if row.division_id in shown:
            numbers[shown[row.division_id]] += row.hits
    return [Count(key, min(it, COUNTED), not whole) for key, it in numbers.items()]


def _counts(facet: str, rows: Sequence[Any], whole: bool) -> list[Count]:
    numbers: Counter[Any] = Counter()
    shown = divisions.shown_as()
    for row in rows:
        value = shown.get(row.street_id) if facet == "street" else getattr(row, facet)
        if value is not None:
            numbers[value] += row.hits
    return [
        Count(value, min(number, COUNTED), not whole or number > COUNTED)
        for value, number in numbers.items()
    ]


def _hits_by_kind(question: Question) -> tuple[Sequence[Any], bool]:
    """Return counts by track, type, status and street, and whether every hit is in them."""
    if question.is_plain:
        return _told(question.filters)
    latest = question.latest([TABLE.c[name] for name in tally.KINDS], COUNTED + 1).subquery()
    kinds = [latest.c[name] for name in tally.KINDS]
    query = select(*kinds, func.count().label("hits")).group_by(*kinds)
    rows = db.session.execute(query).all()
    return rows, sum(row.hits for row in rows) <= COUNTED


def _told(asked: Filters) -> tuple[Sequence[Any], bool]:
    """Return those counts of the whole register that `asked` does not leave out."""
    rows, whole = tally.counts()
    pairs = (
        (asked.track, "track"),
        (asked.type, "type"),
        (asked.status, "status"),
    )
    wanted: list[tuple[set[Any], str]] = [
        ({value}, name) for value, name in pairs if value is not None
    ]
    if asked.street is not None:
        wanted.append(({*divisions.stands_for(asked.street)}, "street_id"))
    return [row for row in rows if all(getattr(row, n) in v for v, n in wanted)], whole
