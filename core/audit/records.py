"""Which record an entry is about: its name, and where the reader may open it.

Whoever owns a table says once how its records are called:

    audit.name_records("Opinion", audit.rows(Opinion, lambda it: it.body.name, page_of_opinion))
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from flask import g
from sqlalchemy.orm import InstrumentedAttribute, selectinload

from core.accounts.actor import PUBLIC, Actor
from core.db import Model, db

#: What cases are called by, whatever their kind.
CASE = "case"


@dataclass(frozen=True)
class Named:
    """A record as the reader knows it. `url` is empty where it has no page that they may open."""

    name: str
    url: str = ""


Reader = Callable[[Collection[int], Actor], Mapping[int, Named]]
_readers: dict[str, Reader] = {}


def name_records(kind: str, read: Reader) -> None:
    """Have records of the class `kind` called as `read` says, which gets their ids and the reader."""
    _readers[kind] = read


def rows(
    table: type[Model],
    name: Callable[[Any], str],
    address: Callable[[Any, Actor], str] = lambda row, actor: "",
    *,
    load: Collection[InstrumentedAttribute[Any]] = (),
) -> Reader:
    """Return a reader of the rows of one table; `load` are the relations that the name needs."""

    def read(ids: Collection[int], actor: Actor) -> Mapping[int, Named]:
        key: Any = table.__mapper__.primary_key[0]
        query = db.select(table).where(key.in_(ids)).options(*map(selectinload, load))
        found: Any = db.session.scalars(query)
        return {row.id: Named(name(row), address(row, actor)) for row in found}

    return read


def names(kind: str, ids: Collection[int], reader: Actor = PUBLIC) -> Mapping[int, Named]:
    """Return what records are called, asked for at once and kept for the request.

    Whoever needs only the names, asks for nobody.
    """
    known: dict[Any, Named | None] = g.setdefault("names_on_record", {})
    asked = {it for it in ids if (kind, it, reader) not in known}
    if asked:
        read = _readers.get(kind)
        found = read(asked, reader) if read else {}
        known.update({(kind, it, reader): found.get(it) for it in asked})
    return {it: named for it in ids if (named := known[kind, it, reader]) is not None}


def name_of(kind: str, number: int) -> str:
    """Return what one record is called; its number where it is gone."""
    named = names(kind, [number]).get(number)
    return named.name if named else str(number)
