"""A new data key: everything encrypted is read with its old key and written with the new one."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Table, Text, func, select, type_coerce, update

from core import audit, crypto
from core.accounts import SYSTEM
from core.config import settings
from core.db import Encrypted, Model, atomic, db

BATCH = 500


def encrypted_columns() -> Iterator[tuple[Table, Column[Any]]]:
    """Yield every encrypted column of every table."""
    for table in Model.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Encrypted):
                yield table, column


def counts() -> dict[str, dict[str, int]]:
    """Return for each encrypted column how many values each key (by its id) has encrypted."""
    return {
        f"{table.name}.{column.name}": counts_in(column) for table, column in encrypted_columns()
    }


def counts_in(column: Column[Any]) -> dict[str, int]:
    """Return how many values of one column each key has encrypted."""
    key = func.substr(type_coerce(column, Text), 1, 8)
    rows = db.session.execute(select(key, func.count()).where(column.is_not(None)).group_by(key))
    return {str(name): int(n) for name, n in rows}


def rotate(*, batch: int = BATCH, at_most: int | None = None) -> int:
    """Write everything anew that another key than today's has encrypted; return how many values.

    In transactions of `batch` values: what was done stays done, and a second run goes on where
    the first one ended. Fingerprints that are searched for are made anew with their value.
    Raises crypto.Unreadable where a value's key is neither DATA_KEY nor in OLD_DATA_KEYS.
    """
    done = 0
    for table, column in encrypted_columns():
        while at_most is None or done < at_most:
            size = batch if at_most is None else min(batch, at_most - done)
            with atomic():
                moved = _rotate_some(table, column, size)
                if moved:
                    name = f"{table.name}.{column.name}"
                    audit.record("keys:rotate", by=SYSTEM, changes={name: [moved, "new key"]})
            done += moved
            if moved < size:
                break
    return done


def _rotate_some(table: Table, column: Column[Any], size: int) -> int:
    raw, own = type_coerce(column, Text), list(table.primary_key.columns)
    now = crypto.key_id(settings().data_key)
    index = column.info.get("index")
    extra = [table.c[index]] if index else []
    rows = db.session.execute(
        select(raw.label("stored"), *own, *extra)
        .where(column.is_not(None), func.substr(raw, 1, 8) != now)
        .order_by(*own)
        .limit(size)
    ).all()
    for row in rows:
        plain = crypto.decrypt(row.stored)
        values: dict[Any, Any] = {column: type_coerce(crypto.encrypt(plain), Text)}
        prefix = column.info.get("prefix", "")
        if index and plain and str(getattr(row, index) or "").startswith(prefix or ""):
            values[table.c[index]] = prefix + crypto.blind_index(plain)
        # Compared with what was read: somebody may have changed it in between.
        same = [each == getattr(row, each.name) for each in own]
        db.session.execute(update(table).where(*same, raw == row.stored).values(values))
    return len(rows)
