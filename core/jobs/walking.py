"""Work on many records: one that cannot be done holds up none behind it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from flask import current_app

from core.db import atomic
from core.errors import DomainError

T = TypeVar("T")

#: What could not be done in the run that is under way; None outside one.
_failed: ContextVar[list[str] | None] = ContextVar("failed", default=None)


def each(what: str, ids: Iterable[int], work: Callable[[int], T]) -> list[T]:
    """Do `work` for each id in a transaction of its own; return what it returned where it was done.

    Whatever one of them raises is logged, counted against the run of the job, and passed over.
    `what` says in a word what the ids are of. The caller holds no transaction.
    """
    done = []
    for one in ids:
        try:
            with atomic():
                result = work(one)
        except Exception as failure:
            _note(f"{what} {one}", failure)
        else:
            done.append(result)
    return done


def together(what: str, ids: Sequence[int], work: Callable[[Sequence[int]], T]) -> list[T]:
    """Do `work` for all ids in one transaction; where that fails, for each of them by itself."""
    try:
        with atomic():
            result = work(ids)
    except Exception:
        current_app.logger.warning("%s of %s: one by one", what, len(ids))
        return each(what, ids, lambda one: work([one]))
    return [result]


@contextmanager
def counting() -> Iterator[list[str]]:
    """Collect what could not be done in this block: the record, and why, in one line each."""
    failed: list[str] = []
    outer = _failed.set(failed)
    try:
        yield failed
    finally:
        _failed.reset(outer)


def _note(record: str, failure: Exception) -> None:
    unforeseen = not isinstance(failure, DomainError)
    current_app.logger.error("%s could not be done: %s", record, failure, exc_info=unforeseen)
    failed = _failed.get()
    if failed is not None:
        reason = str(failure).strip().partition("\n")[0]
        failed.append(f"{record}: {type(failure).__name__}: {reason}")
