"""What applications that were never handed in say of persons, and when it goes."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from core.db import db
from core.errors import Words
from core.i18n import _l
from core.privacy.policy import DRAFTS, LAW
from core.privacy.retention import Retention
from core.workflow.models import Case


def ended_drafts(before: datetime) -> Select[int]:
    """Return the query of the ids of cases that ended as drafts before a moment."""
    return select(Case.id).where(Case.number.is_(None), Case.closed_at < before)


def of_drafts(key: str, what: Words, *columns: InstrumentedAttribute[Any]) -> Retention:
    """Return the line of the table for personal `columns` of one kind of case.

    In drafts that ended they are emptied after the days of `privacy.drafts`; lists become empty.
    """
    return Retention(key, what, LAW, _l("Deleted"), DRAFTS, _emptied(*columns))


def _emptied(*columns: InstrumentedAttribute[Any]) -> Callable[[datetime], int]:
    table = columns[0].class_
    filled = or_(*map(_is_filled, columns))

    def sweep(before: datetime) -> int:
        ended = table.id.in_(ended_drafts(before))
        found = db.session.scalars(select(table).where(ended, filled)).all()
        for case in found:
            for column in columns:
                setattr(
                    case, column.key, [] if isinstance(getattr(case, column.key), list) else None
                )
        return len(found)

    return sweep


def _is_filled(column: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    return cast(column, String).not_in(["[]", "null", ""])
