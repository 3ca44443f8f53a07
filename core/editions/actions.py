"""A text changes by two people: one proposes a version, another confirms it."""

from datetime import date

from core import audit, clock
from core.accounts import Actor
from core.db import JsonDict, db
from core.editions.declaration import SETTERS, EditionKind
from core.editions.models import Edition
from core.errors import NotAllowed, RuleBroken, WrongState
from core.i18n import _


def propose(
    kind: EditionKind,
    key: str,
    *,
    content: JsonDict,
    effective_from: date,
    source: str,
    reason: str,
    by: Actor,
) -> Edition:
    """Propose a version from a day on. Nothing changes until somebody else confirms it.

    Raises RuleBroken for content its kind refuses, which stands on record, a day gone by, or
    missing grounds.
    """
    user_id = _setter(by)
    try:
        checked = kind.check(key, content)
    except RuleBroken as broken:
        raise audit.refused(broken, "edition:refuse", by=by) from None
    _check_day(effective_from)
    if not reason.strip() or not source.strip():
        field = "source" if reason.strip() else "reason"
        raise RuleBroken(_("Say why, and on what basis."), field=field)
    edition = Edition(
        kind=kind.name,
        key=key,
        content=checked,
        effective_from=effective_from,
        source=source.strip(),
        reason=reason.strip(),
        proposed_by_id=user_id,
    )
    db.session.add(edition)
    db.session.flush()
    audit.record("edition:propose", edition, by=by, changes=_said(edition), note=reason)
    return edition


def confirm(edition: Edition, *, by: Actor) -> Edition:
    """Confirm what somebody else proposed: it holds from its day on."""
    user_id = _setter(by)
    _still_open(edition)
    if edition.proposed_by_id == user_id:
        broken = RuleBroken(_("A second person has to confirm what you proposed."))
        raise audit.refused(broken, "edition:refuse", by=by)
    _check_day(edition.effective_from)
    # What it refers to may have gone since: a placeholder, a setting.
    edition.declared.check(edition.key, edition.content)
    edition.confirmed_by_id, edition.confirmed_at = user_id, clock.now()
    db.session.flush()
    audit.record("edition:confirm", edition, by=by, changes=_said(edition), note=edition.reason)
    return edition


def withdraw(edition: Edition, *, by: Actor) -> None:
    """Take a proposal back, one's own or another's; the audit record keeps that it was made."""
    _setter(by)
    _still_open(edition)
    audit.record("edition:withdraw", edition, by=by, changes=_said(edition), note=edition.reason)
    db.session.delete(edition)


def _setter(by: Actor) -> int:
    if not by.holds(*SETTERS) or by.user_id is None:
        raise NotAllowed(_("Only the bureau head and system administrators change these texts."))
    return by.user_id


def _still_open(edition: Edition) -> None:
    db.session.refresh(edition, with_for_update=True)
    if edition.is_confirmed:
        raise WrongState(_("Somebody else was faster: this version is confirmed already."))


def _check_day(day: date) -> None:
    if day < clock.today():
        words = _("The day lies in the past: a version can hold from today on at the earliest.")
        raise RuleBroken(words, field="effective_from")


def _said(edition: Edition) -> JsonDict:
    """Return what the record of actions keeps: which text, and from when."""
    return {
        f"{edition.kind}:{edition.key}": [None, edition.title],
        "effective_from": [None, edition.effective_from.isoformat()],
    }
