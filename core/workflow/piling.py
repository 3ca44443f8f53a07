"""Keeps a case where worklists look for it: on one pile of each body that sits at it, and findable.

Listens to the session, so that whatever moves a case moves it between piles in the same flush.
Rows that go around the session (`core.bulk`) bring `pile`, `sort_at`, `kind`, `taken`, `due_key` and
`sought` along.
"""

from collections.abc import Iterator
from typing import Any, cast

from sqlalchemy import Table, bindparam, event, inspect
from sqlalchemy.orm import Session, UOWTransaction

from core.accounts import Body, User
from core.db import atomic, db
from core.search import fold
from core.workflow.models import NO_LIMIT, SOUGHT, Case, CaseSeat

#: Nobody of a body sees it: a draft, or one that was closed before it was handed in.
UNSEEN = "unseen"
#: It is open, and somebody else's turn.
ELSEWHERE = "elsewhere"
CLOSED = "closed"

#: What moves a case between piles, and what it is searched by.
_MOVING = (
    "state", "number", "closed_at", "due_at", "waiting_body_id", "waiting_party", "seats",
    "assignee_id",
)  # fmt: skip
_SOUGHT = ("number", "title", "applicant_id", "applicant_body_id")
TABLE = cast(Table, Case.__table__)
#: Cases indexed in one transaction by `index_left_out`.
BATCH = 500

_PLACE = "sought"


def pile_for(case: Case, body_id: int) -> str:
    """Return the pile of a body at which the case lies: a role of it whose turn it is, or a word."""
    if case.closed_at is not None:
        return CLOSED if case.number else UNSEEN
    if case.standing.private:
        return UNSEEN
    if case.waiting_body_id == body_id and case.waiting_party is not None:
        return case.waiting_party
    return ELSEWHERE


def words_of(case: Case) -> str:
    """Return what the case is found by: number, title and applicant, folded, one a line."""
    # Asked of the session: a case that is not saved yet knows only their ids.
    person = db.session.get(User, case.applicant_id)
    body = db.session.get(Body, case.applicant_body_id) if case.applicant_body_id else None
    names = [it for it in (body and body.name, person and person.display_name) if it]
    return "\n".join(fold(it) for it in (case.number, case.title, *names) if it)


def index_left_out() -> int:
    """Index the cases that came around the session, such as a loaded file; return how many."""
    done = 0
    while True:
        with atomic():
            left = db.select(Case).where(Case.sought == "").order_by(Case.id).limit(BATCH)
            found = {case.id: words_of(case) for case in db.session.scalars(left)}
            if found:
                # Not by the session: nobody has changed these cases, so their version stays.
                text: dict[str, Any] = {"sought": bindparam("words")}
                update = TABLE.update().where(TABLE.c.id == bindparam("key")).values(text)
                rows = [{"key": key, "words": words} for key, words in found.items()]
                db.session.connection().execute(update, rows)
                SOUGHT.add(list(found.items()))
        done += len(found)
        if len(found) < BATCH:
            return done


def _place(case: Case) -> None:
    sort_at = case.closed_at or case.due_key or NO_LIMIT
    taken = case.assignee_id is not None
    for seat in case.seats:
        pile = pile_for(case, seat.body_id)
        there = (pile, sort_at, case.kind, taken)
        if (seat.pile, seat.sort_at, seat.kind, seat.taken) != there:
            seat.pile, seat.sort_at, seat.kind, seat.taken = there


def _describe(session: Session, case: Case) -> None:
    words = words_of(case)
    if words != (case.sought or ""):
        session.info.setdefault(_PLACE, []).append((case, case.sought or "", words))
        case.sought = words


def _touched(session: Session) -> Iterator[Case]:
    """Yield the cases of which something moved, each once."""
    found: dict[Case, None] = {}
    for row in (*session.new, *session.dirty):
        if isinstance(row, Case) and _has_changed(row, (*_MOVING, *_SOUGHT)):
            found[row] = None
        elif isinstance(row, CaseSeat) and _has_changed(row, ("body_id",)):
            case = row.case or (session.get(Case, row.case_id) if row.case_id else None)
            if case is not None:
                found[case] = None
    return iter(found)


def _has_changed(row: Case | CaseSeat, names: tuple[str, ...]) -> bool:
    attributes: Any = inspect(row).attrs  # type: ignore[attr-defined]
    return any(attributes[name].history.has_changes() for name in names)


@event.listens_for(Session, "before_flush")
def _before(session: Session, _context: UOWTransaction, _instances: object) -> None:
    session.info.pop(_PLACE, None)
    with session.no_autoflush:
        for case in _touched(session):
            _place(case)
            if _has_changed(case, _SOUGHT):
                _describe(session, case)


@event.listens_for(Session, "after_flush")
def _after(session: Session, _context: UOWTransaction) -> None:
    for case, old, new in session.info.pop(_PLACE, []):
        SOUGHT.replace(case.id, old, new)
