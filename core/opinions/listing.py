"""The questions put to a body, as its list shows them, and the figures of all bodies."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from core.accounts import Actor, Body
from core.db import db
from core.i18n import _l
from core.opinions.models import Opinion, OpinionStatus
from core.paging import Order
from core.workflow.models import Case
from core.workflow.seeing import kept_by

S = OpinionStatus


class Shown(StrEnum):
    """Which of the questions put to a body are listed."""

    ASKED = "asked"
    ANSWERED = "answered"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    ALL = "all"


@dataclass(frozen=True)
class OpinionFilter:
    """What a person wants to see of the questions put to their body."""

    show: Shown = Shown.ASKED
    text: str = ""
    newest: bool = False

    @property
    def count(self) -> int:
        """How many of the filters narrow the list."""
        return (self.show is not Shown.ASKED) + bool(self.text)


SORTS = {"due": _l("Nearest deadline first"), "newest": _l("Newest first")}


def _put_to(actor: Actor) -> ColumnElement[bool]:
    return and_(Opinion.body_id == actor.body_id, kept_by(actor))


def list_opinions(wanted: OpinionFilter, actor: Actor) -> Select[Opinion]:
    """Return the query of the questions put to the actor's body, ready to be paged."""
    query: Select[Opinion] = select(Opinion).join(Opinion.case).where(_put_to(actor))
    if wanted.show is not Shown.ALL:
        query = query.where(Opinion.status == S(wanted.show.value))
    if wanted.text:
        query = query.where(
            or_(
                Case.title.contains(wanted.text, autoescape=True),
                Case.number.contains(wanted.text, autoescape=True),
            )
        )
    along = (joinedload(Opinion.case), joinedload(Opinion.asking_body))
    return query.options(*along)


def order_of(wanted: OpinionFilter) -> Order:
    """Return the order of the list."""
    if wanted.newest:
        return Order((Opinion.id,))
    return Order((Opinion.due_at, Opinion.id), newest_first=False)


def count_waiting(actor: Actor) -> Select[int]:
    """Return the SELECT of how many questions wait for the actor's body."""
    return (
        select(func.count())
        .select_from(Opinion)
        .join(Opinion.case)
        .where(_put_to(actor), Opinion.status == S.ASKED)
    )


@dataclass(frozen=True)
class BodyFigures:
    """The questions put to one body: open now and near or past their end, and closed in a month."""

    body: str
    open: int
    soon: int
    answered: int
    lapsed: int


def by_body(first: datetime, last: datetime, beyond: datetime) -> list[BodyFigures]:
    """Return the figures of every body that was asked: between two moments, open now, and near."""
    closed_then = and_(Opinion.closed_at >= first, Opinion.closed_at < last)

    def number(*conditions: ColumnElement[bool]) -> ColumnElement[Any]:
        return func.sum(case((and_(*conditions), 1), else_=0))

    rows = db.session.execute(
        select(
            Body.name,
            number(Opinion.status == S.ASKED),
            number(Opinion.status == S.ASKED, Opinion.due_at < beyond),
            number(Opinion.status == S.ANSWERED, closed_then),
            number(Opinion.status == S.LAPSED, closed_then),
        )
        .join(Body, Body.id == Opinion.body_id)
        .where(or_(Opinion.status == S.ASKED, closed_then))
        .group_by(Body.id, Body.name)
        .order_by(Body.name)
    )
    return [BodyFigures(*row) for row in rows]
