"""A district's streets from one list to the next: which stand, since when, until when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass
class StreetNode:
    """A street with the days on which it stands, both counted."""

    name: str
    position: int
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class StreetList:
    """The streets since `year`; `until` is the year of the next list, None for the present one."""

    key: str
    year: int
    until: int | None
    first_day: date | None
    names: list[str]


def first_days(lists: list[StreetList]) -> list[date]:
    """Return the day on which each list begins, as it says or as its year implies."""
    return [
        it.first_day or (date(it.year, 12, 31) if n else date(it.year, 1, 1))
        for n, it in enumerate(lists)
    ]


def nodes(lists: list[StreetList], starts: list[date]) -> Iterator[StreetNode]:
    """Yield one node for each stretch of lists in which a street stands without a break."""
    open_nodes: dict[str, StreetNode] = {}
    for street_list, start in zip(lists, starts, strict=True):
        for name in set(open_nodes) - set(street_list.names):
            ended = open_nodes.pop(name)
            ended.valid_to = start - timedelta(days=1)
            yield ended
        for position, name in enumerate(street_list.names):
            node = open_nodes.setdefault(name, StreetNode(name, position, start, None))
            node.position = position
    yield from open_nodes.values()
