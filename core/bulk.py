"""Many rows at once: `COPY` on PostgreSQL, one prepared statement on SQLite."""

from collections.abc import Callable, Sequence
from json import JSONEncoder
from typing import Any

from sqlalchemy import JSON, Column, Connection, Dialect, Enum, Table, func, select, text

from core.db import db, dialect

#: What SQLite may keep in memory during a load, in KiB; a page makes do with 16 MB.
LOADING_KIB = 128 * 1024
#: Days and sums in JSON are written as text.
_json = JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


def next_ids(table: Table, count: int) -> Sequence[int]:
    """Return `count` unused ids of `table`, ascending, for rows inserted in this transaction.

    Call inside `core.db.atomic()`: on SQLite the writer's lock keeps them ours.
    """
    if dialect() == "sqlite":
        last = db.session.execute(select(func.max(table.c.id))).scalar() or 0
        return range(last + 1, last + 1 + count)
    drawn = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :n)")
    return list(db.session.scalars(drawn, {"name": table.name, "n": count}))


def make_room() -> None:
    """Let this process keep more of the database at hand, for loading many rows one batch after
    another: without it SQLite writes and reads the pages of each index again and again.
    """
    if dialect() == "sqlite":
        db.session.connection().exec_driver_sql(f"PRAGMA cache_size=-{LOADING_KIB}")


def bulk_insert(table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert `rows`, each with a value for every one of `columns`, in the running transaction.

    Values are what the mapped attributes take; an enum may also be given as its text, and JSON
    may hold days and sums. Column defaults are the caller's to fill in.
    """
    if not rows:
        return
    connection = db.session.connection()
    # A column that is empty in all rows need not be sent.
    columnwise = {
        name: _stored(values, table.c[name], connection.dialect)
        for name, values in zip(columns, zip(*rows, strict=True), strict=True)
        if any(value is not None for value in values)
    }
    names = ", ".join(columnwise)
    stored = zip(*columnwise.values(), strict=True)
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(columnwise))
        statement = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608 - our own
        connection.exec_driver_sql(statement, list(stored))
    else:
        copy(connection, table.name, tuple(columnwise), stored)


def copy(connection: Connection, table: str, columns: Sequence[str], rows: Any) -> None:
    """Send `rows` of values psycopg knows into `table` by COPY. PostgreSQL only."""
    driver: Any = connection.connection.driver_connection
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as stream,
    ):
        write = stream.write_row
        for row in rows:
            write(row)


def _stored(values: Sequence[Any], column: Column[Any], dialect: Dialect) -> Sequence[Any]:
    """Return a column's values as the driver takes them."""
    if isinstance(column.type, JSON):
        return [None if value is None else _json(value) for value in values]
    process: Callable[[Any], Any] | None
    if isinstance(column.type, Enum):
        process = str.__str__
    else:
        process = column.type.dialect_impl(dialect).bind_processor(dialect)
    if process is None:
        return values
    # Days, sums and kinds repeat themselves: each value is turned once.
    known = {value: None if value is None else process(value) for value in set(values)}
    return [*map(known.__getitem__, values)]
