"""Looking at a masked number in full: with a reason, on record, and not without end."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from core import audit, clock, policy
from core.accounts import Actor, User
from core.audit.models import AuditEntry
from core.crypto import masked
from core.db import Model, db
from core.errors import NotFound, RuleBroken, Words
from core.i18n import _
from core.privacy.policy import REVEALS

ACTION = "privacy:reveal"


@dataclass(frozen=True)
class Revealable:
    """A table with personal numbers. `fields` may be looked at by whom `may(row, actor)` admits.

    `case_id(row)` says on which case the look stands on record; `name(row)` whose number it is.
    """

    kind: str
    table: type[Model]
    fields: Mapping[str, Words]
    may: Callable[[Any, Actor], bool]
    name: Callable[[Any], str]
    case_id: Callable[[Any], int | None] = lambda row: None


_offered: dict[str, Revealable] = {}


def offer_reveal(it: Revealable) -> None:
    """Let numbers of a table be looked at."""
    _offered[it.kind] = it


def access(kind: str, row_id: int, field: str, actor: Actor) -> tuple[Revealable, Any]:
    """Return the record whose `field` is masked, if `actor` may look. Raises NotFound."""
    it = _offered.get(kind)
    row = db.session.get(it.table, row_id) if it else None
    if it is None or row is None or field not in it.fields or not it.may(row, actor):
        raise NotFound(_("There is no such number, or it is not open to you."))
    return it, row


def shown_masked(row: Any, field: str) -> str:
    """Return a number as pages show it."""
    value = getattr(row, field)
    return masked(value) if value else ""


def reveal(it: Revealable, row: Any, field: str, *, reason: str, by: Actor) -> str:
    """Return the number in full. Raises RuleBroken at "reason", also when it has been often."""
    if len(reason.strip()) < 2:
        raise RuleBroken(_("Please give the reason."), "reason")
    _count(by, row)
    audit.record(ACTION, row, by=by, note=f"{field}: {reason.strip()}", case_id=it.case_id(row))
    return str(getattr(row, field) or "")


def said_note(note: str) -> str:
    """Return the note of a look in words: which number it was, and the reason."""
    field, _colon, reason = note.partition(": ")
    words = next((it.fields[field] for it in _offered.values() if field in it.fields), field)
    return f"{words}{_(': ')}{reason}"


def _count(by: Actor, row: Any) -> None:
    """Refuse, on record, where this person has looked at too many numbers within an hour."""
    db.session.get(User, by.user_id, with_for_update=True)  # two tabs count one after the other
    since = clock.now() - timedelta(hours=1)
    looks = db.session.scalar(
        db.select(db.func.count())
        .select_from(AuditEntry)
        .where(
            AuditEntry.actor_id == by.user_id, AuditEntry.action == ACTION, AuditEntry.at > since
        )
    )
    allowed = policy.value(REVEALS)
    if int(looks or 0) >= allowed:
        words = _("You have looked at %(n)s numbers within an hour. Please go on later, or ask the head of your office.", n=allowed)  # fmt: skip
        raise audit.refused(RuleBroken(words, "reason"), "privacy:reveal_refused", row, by=by)
