"""What a worklist shows: the cases of a pile as far as they were asked for, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, false, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, joinedload, load_only

from core import calendar, clock, divisions, policy
from core.accounts import Actor, User
from core.db import db
from core.i18n import _l
from core.paging import Order, Page
from core.search import fold
from core.workflow import piles
from core.workflow.declaration import declared
from core.workflow.kept_versions import uses_version
from core.workflow.models import NO_LIMIT, SOUGHT, Case, CaseSeat
from core.workflow.parties import Seat
from core.workflow.piles import Pile
from core.workflow.policy import SOON_DAYS

#: In place of a person: nobody has taken it. In place of a body: no body has it.
NOBODY = 0

#: Open cases: the most urgent first. Closed ones: the latest first. Found by words: the newest.
URGENT = Order((Case.due_key, Case.id), newest_first=False)
LATEST = Order((Case.closed_at, Case.id))
NEWEST = Order((Case.id,))


class Due(StrEnum):
    """How near a deadline is."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    NONE = "none"

    @property
    def label(self) -> str:
        return str(DUE_LABELS[self])


DUE_LABELS = {
    Due.OVERDUE: _l("Overdue"),
    Due.SOON: _l("Due soon"),
    Due.LATER: _l("Due later"),
    Due.NONE: _l("No time limit"),
}


@dataclass(frozen=True)
class WorklistFilter:
    """What a person asked to see. `NOBODY` stands for no person and no body.

    `office` is the body that has the case now; of closed cases the one that decided. `place` is a
    division with all below it. `version` is a policy and the first day of the version that is
    frozen in the cases, or "default".
    """

    pile: Pile = Pile.OFFICE
    kind: str | None = None
    state: str | None = None
    due: Due | None = None
    place: int | None = None
    office: int | None = None
    assignee: int | None = None
    text: str = ""
    version: tuple[str, str] | None = None

    @property
    def narrowed(self) -> bool:
        """Return whether anything but the pile was asked for."""
        return self != WorklistFilter(pile=self.pile)

    @property
    def by_words(self) -> bool:
        return bool(fold(self.text))


def order_of(wanted: WorklistFilter) -> Order:
    """Return what the cases are sorted by."""
    if wanted.by_words:
        return NEWEST
    return LATEST if wanted.pile is Pile.CLOSED else URGENT


def page_of_worklist(
    wanted: WorklistFilter, actor: Actor, *, size: int, after: str | None
) -> Page[Case]:
    """Return up to `size` cases behind the cursor `after`. Raises RuleBroken("cursor")."""
    order = order_of(wanted)
    if after or wanted.narrowed or _beside_the_piles(wanted, actor):
        query = list_worklist(wanted, actor, limit=size + 1, after=after or None)
        rows = db.session.scalars(query).all()
    else:
        there = tuple(piles.places(wanted.pile, actor))
        given = {"body": actor.body_id, "barred": piles.barred(actor)}
        rows = db.session.scalars(_ready(there, order.newest_first, size + 1), given).all()
    more = len(rows) > size
    return Page(rows[:size], order.cursor_of(rows[size - 1]) if more else None)


@cache
def _ready(there: tuple[tuple[Seat, str], ...], newest_first: bool, limit: int) -> Select[Case]:
    """Return the query of a pile's first page, made once: it takes longer to write than to run."""
    order = LATEST if newest_first else URGENT
    common: list[ColumnElement[bool]] = [
        CaseSeat.body_id == bindparam("body"),
        CaseSeat.case_id.not_in(bindparam("barred", expanding=True)),
    ]
    return _cases_of(_merged(there, common, order, limit), order)


def list_worklist(
    wanted: WorklistFilter, actor: Actor, *, limit: int | None = None, after: str | None = None
) -> Select[Case]:
    """Return the query of the cases in their order: `limit` of them, all where it is None."""
    order = order_of(wanted)
    if wanted.by_words and limit is not None:
        return _cases_of(_found(wanted, actor, limit, after), order)
    if wanted.by_words or _beside_the_piles(wanted, actor):
        conditions = [piles.on_pile(wanted.pile, actor), *_asked(wanted)]
        if wanted.by_words:
            conditions.append(SOUGHT.condition(wanted.text, Case.__table__.c.id))
        if after:
            conditions.append(order.after(after))
        return _with_names(order.sorted(select(Case)).where(*conditions).limit(limit))
    return _cases_of(_lying(wanted, actor, order, limit, after), order)


def _cases_of(ids: Select[Any], order: Order) -> Select[Case]:
    keys = ids.subquery()
    return _with_names(order.sorted(select(Case).join(keys, keys.c.id == Case.id)))


#: What a line shows; everything else of a case is left where it is.
SHOWN = (
    Case.number, Case.state, Case.matter, Case.title, Case.assignee_id, Case.submitted_at,
    Case.closed_at, Case.due_at, Case.due_key, Case.stopped_on, Case.version,
)  # fmt: skip


def _with_names(query: Select[Case]) -> Select[Case]:
    named = joinedload(Case.assignee).load_only(User.display_name)
    return query.options(load_only(*SHOWN), named)


def _beside_the_piles(wanted: WorklistFilter, actor: Actor) -> bool:
    """Return whether an index of the cases leads there sooner than the piles of a body."""
    if wanted.pile is Pile.MINE or wanted.assignee:
        return True
    if piles.reads_all(actor) and wanted.pile is not Pile.OFFICE:
        return True
    return wanted.pile is not Pile.CLOSED and bool(wanted.office or (wanted.kind and wanted.state))


def _found(wanted: WorklistFilter, actor: Actor, limit: int, after: str | None) -> Select[Any]:
    """Return the query for the ids of cases that contain what was sought, the newest first."""
    (beyond,) = NEWEST.read(after) if after else (None,)
    return SOUGHT.hits(
        wanted.text,
        Case.id.label("id"),
        where=[piles.on_pile(wanted.pile, actor), *_asked(wanted)],
        limit=limit,
        beyond=beyond,
    )


def _lying(
    wanted: WorklistFilter, actor: Actor, order: Order, limit: int | None, after: str | None
) -> Select[Any]:
    """Return the query for the ids on the pile that were asked for."""
    common: list[ColumnElement[bool]] = [
        CaseSeat.body_id == actor.body_id,
        CaseSeat.case_id.not_in(piles.barred(actor)),
        *_in_time(wanted, CaseSeat.sort_at),
    ]
    if after:
        common.append(_seat_order(order).after(after))
    # What a pile may hold none of stands with the seat, so that nobody walks along it in vain.
    if wanted.kind:
        common.append(CaseSeat.kind == wanted.kind)
    if wanted.assignee == NOBODY:
        common.append(CaseSeat.taken == false())
    kind = wanted.kind if wanted.state else None
    if rest := _asked(replace(wanted, due=None, kind=kind, assignee=None)):
        common.append(exists().where(Case.id == CaseSeat.case_id, *rest))
    return _merged(tuple(piles.places(wanted.pile, actor)), common, order, limit)


def _seat_order(order: Order) -> Order:
    return Order((CaseSeat.sort_at, CaseSeat.case_id), newest_first=order.newest_first)


def _merged(
    there: Sequence[tuple[Seat, str]],
    common: Sequence[ColumnElement[bool]],
    order: Order,
    limit: int | None,
) -> Select[Any]:
    """Return the query for ids: each place of a pile read in its order by an index, then merged."""
    seats = sorted({seat for seat, _kind in there})
    if len(seats) > 1:
        common = [*common, piles.first_seat(seats)]
    columns = (CaseSeat.case_id.label("id"), CaseSeat.sort_at.label("sort_at"))
    parts = []
    for seat, kind in there:
        part: Any = select(*columns).where(CaseSeat.seat == seat, CaseSeat.pile == kind, *common)
        if limit is not None:
            part = _seat_order(order).sorted(part).limit(limit)
        parts.append(part.subquery())
    if not parts:
        return select(CaseSeat.case_id.label("id")).where(false())
    if len(parts) == 1:
        return select(parts[0].c.id)
    merged = union_all(*(select(part) for part in parts)).subquery()
    keys = (merged.c.sort_at, merged.c.id)
    direction = [k.desc() if order.newest_first else k.asc() for k in keys]
    return select(merged.c.id).order_by(*direction).limit(limit)


def _in_time(
    wanted: WorklistFilter, key: InstrumentedAttribute[datetime]
) -> list[ColumnElement[bool]]:
    """Return what a deadline `key` must be; what is closed has none any more."""
    if wanted.due is None or wanted.pile is Pile.CLOSED:
        return []
    now = clock.now()
    if wanted.due is Due.OVERDUE:
        return [key <= now]
    if wanted.due is Due.NONE:
        return [key >= NO_LIMIT]
    beyond = clock.end_of_day(calendar.add_working_days(clock.today(), policy.value(SOON_DAYS) + 1))
    if wanted.due is Due.SOON:
        return [key > now, key < beyond]
    return [key >= beyond, key < NO_LIMIT]


def _asked(wanted: WorklistFilter) -> list[ColumnElement[bool]]:
    """Return what was asked of the cases themselves, the words aside."""
    asked = _in_time(wanted, Case.due_key)
    if wanted.kind:
        asked.append(Case.kind == wanted.kind)
    if wanted.state:
        asked.append(_standing(wanted.kind, wanted.state))
    if wanted.office is not None:
        holder = Case.office_id if wanted.pile is Pile.CLOSED else Case.waiting_body_id
        asked.append(holder == wanted.office if wanted.office else holder.is_(None))
    if wanted.assignee is not None:
        taken = Case.assignee_id
        asked.append(taken == wanted.assignee if wanted.assignee else taken.is_(None))
    if wanted.place is not None:
        asked.append(Case.division_id.in_(divisions.below(wanted.place)))
    if wanted.version:
        asked.append(uses_version(*wanted.version))
    return asked


def _standing(kind: str | None, state: str) -> ColumnElement[bool]:
    """Return the condition of standing in `state`, of one kind or of every kind that has it."""
    kinds = [kind] if kind else [w.kind for w in declared() if state in w.state]
    return (
        or_(*(and_(Case.kind == it, Case.state == state) for it in kinds))
        if kinds
        else (Case.state == state)
    )
