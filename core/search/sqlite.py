"""The index on SQLite: FTS5 without the text, given pairs of characters as its words.

`detail=none` keeps it small and knows no order of words, so a hit is compared with the stored
text. SQLite 3.40 forgets a row of a contentless table only if told what it held.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Join,
    Select,
    Table,
    column,
    func,
    literal,
    literal_column,
    select,
    table,
)
from sqlalchemy.ext.compiler import compiles
from typing_extensions import override

from core.search.grams import grams_asked, grams_of
from core.search.index import Adapter, Entry

#: The `ascii` tokenizer splits at ASCII signs only; they are lent characters of private use.
_SIGNS = re.compile(r"[\x00-\x2f\x3a-\x60\x7b-\x7f]")
_LENT = {sign: 0xE000 + sign for sign in range(128) if not chr(sign).isalnum()}


def _word(text: str) -> str:
    return text.translate(_LENT) if _SIGNS.search(text) else text


class FirstLeft(Join):
    """A join that SQLite must begin at the left table: the order of the index stays."""

    inherit_cache = True


@compiles(FirstLeft, "sqlite")
def _compile(join: FirstLeft, compiler: Any, **options: Any) -> str:
    text: str = compiler.visit_join(join, **options)
    return text.replace(" JOIN ", " CROSS JOIN ", 1)


class FtsAdapter(Adapter):
    def __init__(self, name: str, indexed: Table, text: ColumnElement[str]) -> None:
        super().__init__(name, indexed, text)
        self._rows = table(name, column("rowid", Integer))

    @override
    def create(self) -> Iterable[str]:
        return [
            f"""
            CREATE VIRTUAL TABLE {self.name}
            USING fts5(grams, content='', detail=none, columnsize=0, tokenize='ascii')
            """
        ]

    @override
    def drop(self) -> Iterable[str]:
        return [f"DROP TABLE IF EXISTS {self.name}"]

    @override
    def add(self, connection: Connection, entries: Sequence[Entry]) -> None:
        statement = f"INSERT INTO {self.name} (rowid, grams) VALUES (?, ?)"
        connection.exec_driver_sql(statement, _indexed(entries))

    @override
    def remove(self, connection: Connection, entries: Sequence[Entry]) -> None:
        into = f"{self.name} ({self.name}, rowid, grams)"
        statement = f"INSERT INTO {into} VALUES ('delete', ?, ?)"
        connection.exec_driver_sql(statement, _indexed(entries))

    @override
    def contains(self, query: str) -> ColumnElement[bool]:
        return func.instr(self.text, query) > 0

    @override
    def candidates(self, query: str, key: ColumnElement[int]) -> ColumnElement[bool]:
        return key.in_(select(self._rows.c.rowid).where(self._matches(query)))

    @override
    def hits(
        self,
        query: str,
        columns: Sequence[ColumnElement[Any]],
        where: Sequence[ColumnElement[bool]],
        limit: int,
        *,
        beyond: int | None,
        newest_first: bool,
    ) -> Select[Any]:
        rowid = self._rows.c.rowid
        found = (
            select(*columns)
            .select_from(FirstLeft(self._rows, self.table, self.key == rowid))
            .where(self._matches(query), self.contains(query), *where)
            .order_by(rowid.desc() if newest_first else rowid.asc())
            .limit(limit)
        )
        if beyond is not None:
            found = found.where(rowid < beyond if newest_first else rowid > beyond)
        return found

    def _matches(self, query: str) -> ColumnElement[bool]:
        words = " ".join(f'"{_word(gram)}"' for gram in grams_asked(query))
        return literal_column(self.name).op("MATCH", is_comparison=True)(literal(words))


def _indexed(entries: Sequence[Entry]) -> list[tuple[int, str]]:
    return [(key, " ".join(grams_of(_word(text)))) for key, text in entries]
