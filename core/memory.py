"""What a transaction has read once and need not read again: small tables that every row asks."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction

from core.db import Model, db

T = TypeVar("T")

_PLACE = "memory"


def remembered(table: type[Model], key: Hashable, load: Callable[[], T]) -> T:
    """Return what `load` made of `table`, the first time in the running transaction.

    Forgotten when the transaction ends and when this session writes to `table`, so that no
    request, test or job ever sees what another one knew.
    """
    session = db.session()
    kept: dict[Hashable, Any] = session.info.setdefault(_PLACE, {}).setdefault(table, {})
    if key in kept:
        return kept[key]  # type: ignore[no-any-return]
    result = load()
    # Loading may flush, and a flush may forget: look the place up again.
    session.info.setdefault(_PLACE, {}).setdefault(table, {})[key] = result
    return result


def knows(table: type[Model], key: Hashable) -> bool:
    """Return whether the running transaction remembers this already."""
    return key in db.session().info.get(_PLACE, {}).get(table, {})


def _forget(session: Session, table: type[Any] | None = None) -> None:
    if table is None:
        session.info.pop(_PLACE, None)
    else:
        session.info.get(_PLACE, {}).pop(table, None)


@event.listens_for(Session, "after_transaction_end")
def _ended(session: Session, transaction: SessionTransaction) -> None:
    _forget(session)


@event.listens_for(Session, "after_flush")
def _flushed(session: Session, context: object) -> None:
    for table in {type(it) for it in (*session.new, *session.dirty, *session.deleted)}:
        _forget(session, table)


@event.listens_for(Session, "do_orm_execute")
def _executed(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        _forget(state.session, state.bind_mapper.class_ if state.bind_mapper else None)
