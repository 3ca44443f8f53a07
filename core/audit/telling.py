"""An entry of the record in the words of the person who reads it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from core.accounts.actor import PUBLIC, Actor
from core.audit import records
from core.audit.fields import said_changes
from core.audit.models import AuditEntry
from core.audit.records import Named
from core.audit.wording import is_case, said_action, said_person, said_subject

#: Entries of a download whose records are asked for at once.
STRETCH = 500
_notes: dict[str, Callable[[str], str]] = {}


@dataclass(frozen=True)
class Told:
    """One entry in words. `subject` is what sort of record it is about, `record` which one."""

    at: datetime
    person: str
    action: str
    subject: str
    record: Named | None
    case: Named | None
    changes: list[str]
    note: str
    body: str = ""

    @property
    def spoken(self) -> str:
        """The record in one line: its sort, its name, and the case it belongs to."""
        parts = (self.subject, *(it.name for it in (self.record, self.case) if it))
        return " ".join(part for part in parts if part)


def name_notes(say: Mapping[str, Callable[[str], str]]) -> None:
    """Say how the notes of actions read whose note is not a sentence of a person."""
    _notes.update(say)


def tell(
    entries: Sequence[AuditEntry], bodies: Mapping[int, str], reader: Actor = PUBLIC
) -> list[Told]:
    """Return entries in words, with links for `reader`; their records are looked up together."""
    ids: dict[str, set[int]] = {}
    for entry in entries:
        kind, number = _record(entry)
        if number is not None:
            ids.setdefault(kind, set()).add(number)
        if entry.case_id is not None:
            ids.setdefault(records.CASE, set()).add(entry.case_id)
    for kind, asked in ids.items():
        records.names(kind, asked, reader)
    return [_told(entry, bodies.get(entry.body_id or 0, ""), reader) for entry in entries]


def in_stretches(rows: Iterable[Any]) -> Iterator[tuple[Any, Told]]:
    """Yield rows of (entry, name of the body) with the entry in words, a stretch at a time."""
    source = iter(rows)
    while stretch := list(islice(source, STRETCH)):
        told = tell([row[0] for row in stretch], {})
        yield from zip(stretch, told, strict=True)


def _record(entry: AuditEntry) -> tuple[str, int | None]:
    """Return by which class and id an entry's record is looked up."""
    if is_case(entry.subject_type):
        return records.CASE, entry.subject_id
    return entry.subject_type, entry.subject_id


def _told(entry: AuditEntry, body: str, reader: Actor) -> Told:
    kind, number = _record(entry)
    record, case = _named(kind, number, reader), _named(records.CASE, entry.case_id, reader)
    say_note = _notes.get(entry.action, str)
    return Told(
        at=entry.at,
        person=said_person(entry.actor_name, entry.actor_id),
        action=said_action(entry.action),
        subject=said_subject(entry.subject_type) if entry.subject_type else "",
        record=record,
        case=None if kind == records.CASE else case,
        changes=said_changes(entry.action, entry.changes),
        note=say_note(entry.note) if entry.note else "",
        body=body,
    )


def _named(kind: str, number: int | None, reader: Actor) -> Named | None:
    """Return which record it is; by its number alone where its name is not known any more."""
    if number is None:
        return None
    return records.names(kind, [number], reader).get(number) or Named(str(number))
