"""Walk the chain from end to end and say where it was tampered with.

Proven: every entry says what it said when it was written; between two neighbours none is missing
and none was added; each closed day has as many entries as its root says; the last entry is the
one the head knows. Who can change the database *and* head and roots can rewrite what follows the
last root that left the house: that is why roots are printed and mailed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from core.audit.actions import GENESIS, digest_of
from core.audit.models import AuditEntry, AuditHead, AuditRoot
from core.db import db, read_one_moment
from core.i18n import _l

#: Entries held in memory at once.
STRETCH = 2000


class Tampering(StrEnum):
    """What was done to the record."""

    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"

    @property
    def label(self) -> str:
        return str(
            {
                Tampering.CHANGED: _l("changed"),
                Tampering.REMOVED: _l("removed"),
                Tampering.INSERTED: _l("inserted"),
            }[self]
        )


@dataclass(frozen=True)
class Finding:
    """What was done, on which day, at which place of the day, and how it is known."""

    tampering: Tampering
    day: date
    place: int
    evidence: str

    def __str__(self) -> str:
        return f"{self.day} #{self.place}: {self.tampering} ({self.evidence})"


@dataclass
class Walk:
    """Where a walk along the chain stands: the entry behind, and its day's root."""

    digest: str
    day: date | None = None
    place: int = 0
    behind: str = ""  # what the last entry says its predecessor's digest was
    counted: int = 0
    faults: int = 0  # findings of the present day


def verify(since: date | None = None, *, kept: Session | None = None) -> Iterator[Finding]:
    """Yield every sign of tampering, from the beginning or from the first entry of `since` on.

    Holds a stretch of entries in memory, however long the record is. `kept` reads a record that
    lies elsewhere than in the running database.
    """
    if kept is None:
        read_one_moment()
    session = kept or db.session()
    roots = _roots(session, since)
    walk = Walk(_digest_before(session, since))
    for entry in _entries(session, since):
        yield from _step(walk, entry, roots)
    if walk.day is not None:
        yield from _close(walk, roots.pop(walk.day, None))
    yield from _lost_days(roots)
    yield from _lost_roots(session, since)
    yield from _end(session, walk, since)


def _entries(session: Session, since: date | None) -> Iterator[AuditEntry]:
    query = db.select(AuditEntry).order_by(AuditEntry.day, AuditEntry.place)
    if since is not None:
        query = query.where(AuditEntry.day >= since)
    yield from session.scalars(query.execution_options(yield_per=STRETCH))


def _roots(session: Session, since: date | None) -> dict[date, AuditRoot]:
    query = db.select(AuditRoot).order_by(AuditRoot.day)
    if since is not None:
        query = query.where(AuditRoot.day >= since)
    return {root.day: root for root in session.scalars(query)}


def _digest_before(session: Session, since: date | None) -> str:
    """Return where the chain stood when `since` began: by the root, else by the last entry."""
    if since is None:
        return GENESIS
    root = session.get(AuditRoot, since - timedelta(days=1))
    if root is not None:
        return root.digest
    last: str | None = session.scalar(
        db.select(AuditEntry.digest)
        .where(AuditEntry.day < since)
        .order_by(AuditEntry.day.desc(), AuditEntry.place.desc())
        .limit(1)
    )
    return last or GENESIS


def _step(walk: Walk, entry: AuditEntry, roots: dict[date, AuditRoot]) -> Iterator[Finding]:
    """Compare an entry with the one behind it, then stand on it."""
    new_day = entry.day != walk.day
    closed: list[Finding] = []
    if new_day and walk.day is not None:
        closed = list(_close(walk, roots.pop(walk.day, None)))
    if new_day:
        between = [day for day in roots if day < entry.day]
        closed += _lost_days({day: roots.pop(day) for day in between})
        yield from closed
    expected = 1 if new_day else walk.place + 1
    found = []
    if entry.place != expected:
        found.append(Finding(Tampering.REMOVED, entry.day, expected, "the numbering has a gap"))
    elif entry.previous != walk.digest and not closed:
        found.append(_broken_link(walk, entry))
    if digest_of(entry.spoken()) != entry.digest:
        words = "its words do not give its digest"
        found.append(Finding(Tampering.CHANGED, entry.day, entry.place, words))
    yield from found
    walk.faults = (0 if new_day else walk.faults) + len(found)
    walk.counted = 1 if new_day else walk.counted + 1
    walk.behind, walk.digest = entry.previous, entry.digest
    walk.day, walk.place = entry.day, entry.place


def _broken_link(walk: Walk, entry: AuditEntry) -> Finding:
    """Say what must have happened so that `entry` does not continue the one behind it."""
    if walk.day is None:
        words = "what the first entry continues is gone"
        return Finding(Tampering.REMOVED, entry.day, 0, words)
    if entry.previous == walk.behind:
        words = "the next entry continues the one before it"
        return Finding(Tampering.INSERTED, walk.day, walk.place, words)
    if entry.day != walk.day:
        words = "the next day continues an entry that is gone or was rewritten"
        return Finding(Tampering.REMOVED, walk.day, walk.place + 1, words)
    words = "the next entry continues other words"
    return Finding(Tampering.CHANGED, walk.day, walk.place, words)


def _close(walk: Walk, root: AuditRoot | None) -> Iterator[Finding]:
    """Compare a day with its root; a fault found inside the day explains a different root."""
    if root is None or walk.day is None or walk.faults:
        return
    if walk.place < root.entries:
        words = f"the day was closed with {root.entries} entries"
        yield Finding(Tampering.REMOVED, walk.day, walk.place + 1, words)
    elif walk.place > root.entries:
        words = f"the day was closed with {root.entries} entries"
        yield Finding(Tampering.INSERTED, walk.day, root.entries + 1, words)
    elif walk.digest != root.digest:
        words = "the day was closed with another digest"
        yield Finding(Tampering.CHANGED, walk.day, walk.place, words)


def _lost_days(unmet: dict[date, AuditRoot]) -> Iterator[Finding]:
    """Look for days that are gone as a whole among those whose entries were not met."""
    for day, root in unmet.items():
        if root.entries:
            words = f"the day was closed with {root.entries} entries"
            yield Finding(Tampering.REMOVED, day, 1, words)


def _lost_roots(session: Session, since: date | None) -> Iterator[Finding]:
    """Look for closed days whose root is gone: roots follow each other day by day."""
    query = db.select(AuditRoot.day).order_by(AuditRoot.day)
    if since is not None:
        query = query.where(AuditRoot.day >= since)
    before: date | None = None
    for day in session.scalars(query):
        if before is not None and day != before + timedelta(days=1):
            words = "the root of this day is missing"
            yield Finding(Tampering.REMOVED, before + timedelta(days=1), 0, words)
        before = day


def _end(session: Session, walk: Walk, since: date | None) -> Iterator[Finding]:
    """Compare the last entry with the head, which every writer moved on."""
    head = session.scalar(db.select(AuditHead))
    if head is None:
        if walk.day is not None:
            yield Finding(Tampering.REMOVED, walk.day, walk.place, "the head of the chain is gone")
        return
    if since is not None and walk.day is None and head.day < since:
        return
    if head.digest == walk.digest:
        return
    day = walk.day or head.day
    if walk.day is None or (head.day, head.place) > (walk.day, walk.place):
        words = f"the head stands at {head.day} #{head.place}"
        yield Finding(Tampering.REMOVED, day, walk.place + 1, words)
    elif (head.day, head.place) < (walk.day, walk.place):
        words = f"the head stands at {head.day} #{head.place}"
        yield Finding(Tampering.INSERTED, day, walk.place, words)
    elif not walk.faults:
        yield Finding(Tampering.CHANGED, day, walk.place, "the head knows another last entry")


def count_entries(since: date | None = None, *, kept: Session | None = None) -> int:
    """Return how many entries a walk goes over."""
    query = db.select(db.func.count()).select_from(AuditEntry)
    if since is not None:
        query = query.where(AuditEntry.day >= since)
    return int((kept or db.session()).scalar(query) or 0)
