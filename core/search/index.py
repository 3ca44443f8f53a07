"""The port: an index over one text column, kept by whichever engine is running."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, event

from core.db import db, dialect
from core.search.folding import fold

#: A row of the index: the id of the row it is about, and its folded text.
Entry = tuple[int, str]

_names: set[str] = set()


class Adapter(ABC):
    """How one engine keeps and asks an index. `query` is folded and not empty everywhere."""

    def __init__(self, name: str, table: Table, text: ColumnElement[str]) -> None:
        self.name, self.table, self.text = name, table, text
        self.key: Column[int] = table.c.id

    @abstractmethod
    def create(self) -> Iterable[str]:
        """Return the statements that make the empty index."""

    @abstractmethod
    def drop(self) -> Iterable[str]: ...

    @abstractmethod
    def add(self, connection: Connection, entries: Sequence[Entry]) -> None: ...

    @abstractmethod
    def remove(self, connection: Connection, entries: Sequence[Entry]) -> None: ...

    @abstractmethod
    def contains(self, query: str) -> ColumnElement[bool]:
        """Return the comparison of the stored text itself with `query`."""

    @abstractmethod
    def candidates(self, query: str, key: ColumnElement[int]) -> ColumnElement[bool]:
        """Return the condition that the index knows `key` for every part of `query`."""

    @abstractmethod
    def hits(
        self,
        query: str,
        columns: Sequence[ColumnElement[Any]],
        where: Sequence[ColumnElement[bool]],
        limit: int,
        *,
        beyond: int | None,
        newest_first: bool,
    ) -> Select[Any]: ...


class TextIndex:
    """Finds the rows of a table whose folded text contains a query of any length.

    `text` is a column of folded text (`core.search.fold`) in a table with an integer `id`. What
    the index answers equals a scan of the column, always: whoever writes the column calls `add`
    or `replace` in the same transaction.
    """

    def __init__(self, name: str, text: ColumnElement[str]) -> None:
        from core.search.postgresql import PostingAdapter
        from core.search.sqlite import FtsAdapter

        table = text.table
        assert isinstance(table, Table)
        self.name, self.table = name, table
        self._adapters: dict[str, Adapter] = {
            "sqlite": FtsAdapter(name, table, text),
            "postgresql": PostingAdapter(name, table, text),
        }
        _names.add(name)
        event.listen(table, "after_create", self._created)
        event.listen(table, "before_drop", self._dropped)

    @property
    def adapter(self) -> Adapter:
        return self._adapters[dialect()]

    def create(self, connection: Connection) -> None:
        """Make the empty index: for a migration."""
        for statement in self._adapters[connection.dialect.name].create():
            connection.exec_driver_sql(statement)

    def drop(self, connection: Connection) -> None:
        """Take the index away: for a migration."""
        for statement in self._adapters[connection.dialect.name].drop():
            connection.exec_driver_sql(statement)

    def _created(self, table: Table, connection: Connection, **_rest: object) -> None:
        self.create(connection)

    def _dropped(self, table: Table, connection: Connection, **_rest: object) -> None:
        self.drop(connection)

    def add(self, entries: Sequence[Entry]) -> None:
        """Index rows that are not in the index yet, in the running transaction; "" is no text."""
        entries = [it for it in entries if it[1]]
        if entries:
            self.adapter.add(db.session.connection(), entries)

    def remove(self, entries: Sequence[Entry]) -> None:
        """Forget rows; each must be given with the text it was indexed with."""
        entries = [it for it in entries if it[1]]
        if entries:
            self.adapter.remove(db.session.connection(), entries)

    def replace(self, key: int, old: str, new: str) -> None:
        """Index a row under its new text instead of its old one ("" where it had none)."""
        if old != new:
            self.remove([(key, old)])
            self.add([(key, new)])

    def contains(self, written: str) -> ColumnElement[bool]:
        """Return the plain comparison with the text, for a list that is scanned in its own order.

        Raises ValueError for nothing but spaces.
        """
        return self.adapter.contains(_asked(written))

    def condition(self, written: str, key: ColumnElement[int]) -> ColumnElement[bool]:
        """Return the condition that the row with id `key` contains what was `written`.

        For any query that joins the indexed table; a list sorted by id is faster with `hits`.
        Raises ValueError for nothing but spaces.
        """
        query = _asked(written)
        return self.adapter.candidates(query, key) & self.adapter.contains(query)

    def hits(
        self,
        written: str,
        *columns: ColumnElement[Any],
        where: Sequence[ColumnElement[bool]] = (),
        limit: int,
        beyond: int | None = None,
        newest_first: bool = True,
    ) -> Select[Any]:
        """Return the query for up to `limit` rows that contain what was `written`, by id.

        `columns` and the conditions `where` are of the indexed table; `beyond` is the id to go
        on from, not counted. Costs what it returns, not what the table holds. Raises ValueError
        for nothing but spaces.
        """
        return self.adapter.hits(
            _asked(written), columns, where, limit, beyond=beyond, newest_first=newest_first
        )


def _asked(written: str) -> str:
    query = fold(written)
    if not query:
        raise ValueError("there is nothing to look for")
    return query


def is_index_table(name: str) -> bool:
    """Return whether a table belongs to an index: migrations leave those to the index."""
    return any(name == index or name.startswith(f"{index}_") for index in _names)
