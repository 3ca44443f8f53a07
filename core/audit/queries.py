"""Read the record: by whom, what, when, about which case."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select

from core import i18n
from core.accounts.models import Body
from core.audit.models import AuditEntry, AuditRoot
from core.db import Model, db
from core.i18n import _
from core.paging import Order, Page, page_of

NEWEST = Order((AuditEntry.id,))


@dataclass(frozen=True)
class Narrowing:
    """What a reader looks for; empty fields narrow nothing."""

    person: str = ""
    action: str = ""
    since: date | None = None
    until: date | None = None
    case: str = ""

    @property
    def count(self) -> int:
        """How many of the fields are set."""
        return sum(bool(value) for value in vars(self).values())

    def described(self) -> str:
        """Return the narrowing in words, for the name of a file."""
        parts = [
            self.person,
            self.action,
            _("from %(day)s", day=i18n.day(self.since)) if self.since else "",
            _("until %(day)s", day=i18n.day(self.until)) if self.until else "",
            self.case,
        ]
        return "，".join(part for part in parts if part)


def entries(narrowing: Narrowing) -> Select[AuditEntry]:
    """Return the query of the entries looked for, unordered."""
    query: Select[AuditEntry] = db.select(AuditEntry)
    if narrowing.person:
        query = query.where(AuditEntry.actor_name.contains(narrowing.person, autoescape=True))
    if narrowing.action:
        thing, _colon, verb = narrowing.action.partition(":")
        whole = AuditEntry.action == narrowing.action
        every = AuditEntry.action.startswith(f"{thing}:", autoescape=True)
        query = query.where(whole if verb else every)
    if narrowing.since:
        query = query.where(AuditEntry.day >= narrowing.since)
    if narrowing.until:
        query = query.where(AuditEntry.day <= narrowing.until)
    if narrowing.case:
        query = query.where(AuditEntry.case_id.in_(_case_ids(narrowing.case)))
    return query


def _case_ids(number: str) -> Any:
    # By the name of its table: the record is below the cases it tells about.
    cases = Model.metadata.tables["case_record"]
    return db.select(cases.c.id).where(cases.c.number == number)


def list_entries(narrowing: Narrowing, *, after: str | None, size: int = 50) -> Page[AuditEntry]:
    """Return a page of the entries looked for, newest first."""
    return page_of(entries(narrowing), NEWEST, size=size, after=after)


def oldest_first(narrowing: Narrowing) -> Select[AuditEntry, str]:
    """Return the query of entries with the name of the body acted for, in the chain's order."""
    return (
        entries(narrowing)
        .outerjoin(Body, Body.id == AuditEntry.body_id)
        .add_columns(Body.name.label("body_name"))
        .order_by(AuditEntry.id)
    )


def body_names(page: Page[AuditEntry]) -> dict[int, str]:
    """Return the names of the bodies acted for on a page, by id."""
    ids = {entry.body_id for entry in page.items if entry.body_id is not None}
    return dict(db.session.execute(db.select(Body.id, Body.name).where(Body.id.in_(ids))).all())


def list_roots(limit: int = 40) -> list[AuditRoot]:
    """Return what the last closed days came to, newest first."""
    newest = db.select(AuditRoot).order_by(AuditRoot.day.desc()).limit(limit)
    return list(db.session.scalars(newest))
