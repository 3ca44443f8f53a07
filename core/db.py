"""Database session, base model, column types and the one transaction boundary."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    Numeric,
    String,
    Text,
    event,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import JSON, TypeDecorator, TypeEngine

from core import crypto
from core.errors import WrongState
from core.i18n import _

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
}

JsonDict = dict[str, Any]


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database on both engines."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class MoneyType(TypeDecorator[Decimal]):
    """CNY with two decimals: Numeric(14, 2), on SQLite whole cents so that no float is near."""

    impl = Numeric(14, 2)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(BigInteger() if dialect.name == "sqlite" else Numeric(14, 2))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        exact = Decimal(value)
        if exact != exact.quantize(Decimal("0.01")):
            raise ValueError(f"{value} has more than two decimals")
        return int(exact * 100) if dialect.name == "sqlite" else exact

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        return Decimal(value) / 100 if dialect.name == "sqlite" else Decimal(value)


class Encrypted(TypeDecorator[str]):
    """Text that is readable only with the installation's data key."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else crypto.encrypt(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else crypto.decrypt(value)


def enum_column(kind: type[StrEnum], name: str) -> Enum:
    """Return a column type for `kind`: its values as text, checked by the database as `name`."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        values_callable=lambda members: [member.value for member in members],
        length=40,
    )


class Model(DeclarativeBase):
    """Base of every table."""

    # Flask-SQLAlchemy copies the class; a registry survives that, a type_annotation_map does not.
    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={
            datetime: UtcDateTime,
            Decimal: MoneyType,
            JsonDict: JSON,
            str: String,
        },
    )


#: Parameters stay out of error texts, and so out of the logs: they may be personal.
db = SQLAlchemy(model_class=Model, engine_options={"pool_pre_ping": True, "hide_parameters": True})

_writing: ContextVar[bool] = ContextVar("writing", default=False)
_nesting: ContextVar[bool] = ContextVar("nesting", default=False)


class written_day(GenericFunction[str]):  # noqa: N801 - used as a function of SQL
    """A day in the database as text, 2026-03-01: sorts, groups and cuts alike on both engines."""

    type = String()
    inherit_cache = True


class office_day(GenericFunction[str]):  # noqa: N801 - used as a function of SQL
    """The day at the office of a moment in the database, as text: 2026-03-01."""

    type = String()
    inherit_cache = True


@compiles(written_day)
def _written_day(element: Any, compiler: Any, **kw: Any) -> str:
    day = compiler.process(element.clauses, **kw)
    return day if compiler.dialect.name == "sqlite" else f"to_char({day}, 'YYYY-MM-DD')"


@compiles(office_day)
def _office_day(element: Any, compiler: Any, **kw: Any) -> str:
    moment = compiler.process(element.clauses, **kw)
    if compiler.dialect.name == "sqlite":
        return f"date({moment}, '+8 hours')"  # China has had one time and no summer time since 1991
    return f"to_char({moment} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD')"


def dialect() -> str:
    """Return the name of the running engine: "sqlite" or "postgresql"."""
    return db.engine.dialect.name


def insert_once(table: type[Model], **values: Any) -> bool:
    """Insert a row unless its key is taken; return whether this call inserted it.

    A second caller waits until the first one's transaction has ended.
    """
    insert = (sqlite if dialect() == "sqlite" else postgresql).insert
    # Without the option PostgreSQL's driver is not asked, and -1 looks like a row.
    done = db.session.execute(
        insert(table).values(**values).on_conflict_do_nothing(),
        execution_options={"preserve_rowcount": True},
    )
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]


def read_one_moment() -> None:
    """Begin to read anew: until the transaction ends, what others commit is not seen.

    SQLite reads so in any case; PostgreSQL has to be asked.
    """
    db.session.rollback()
    if dialect() == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


@event.listens_for(Engine, "connect")
def _prepare(connection: Any, record: Any) -> None:
    """SQLite: leave BEGIN to us, wait for a lock instead of failing, keep foreign keys."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=20000",
        "cache_size=-16000",
        "mmap_size=2147483648",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Any) -> None:
    """Pages read in a deferred transaction; `atomic` takes the writer's place before it reads.

    Without this, two read-then-update transactions lose one of the updates and nobody is told.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


@contextmanager
def atomic() -> Iterator[None]:
    """Commit if the block succeeds, roll back if it raises. Only edges call this.

    What was read before is read again inside, under the writer's lock. A block inside a block
    joins the outer one. Raises WrongState where another writer changed the same record first.
    """
    if _nesting.get():
        yield
        return
    db.session.rollback()
    db.session.info.clear()
    writing, nesting = _writing.set(True), _nesting.set(True)
    try:
        yield
        db.session.flush()
        for last in before_commit:
            last()
        db.session.commit()
    except StaleDataError as lost_race:
        db.session.rollback()
        raise WrongState(_("Somebody else was faster. Reload and look again.")) from lost_race
    except OperationalError as refused:
        db.session.rollback()
        if "database is locked" in str(refused.orig) or "deadlock" in str(refused.orig):
            raise WrongState(_("The office is busy just now. Please try again.")) from refused
        raise
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _writing.reset(writing)
        _nesting.reset(nesting)


#: Called inside the transaction, after the last flush: the audit chain closes its links here.
before_commit: list[Any] = []
