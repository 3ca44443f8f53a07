"""Which version of a text holds on a day, what held before, and what waits."""

from datetime import date
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from core import clock
from core.db import db
from core.editions.declaration import EditionKind
from core.editions.models import Edition
from core.errors import NotFound
from core.i18n import _


def _with_people() -> tuple[Any, ...]:
    return joinedload(Edition.proposed_by), joinedload(Edition.confirmed_by)


def _confirmed(kind: EditionKind, on: date | None) -> Select[Edition]:
    query: Select[Edition] = db.select(Edition).where(
        Edition.kind == kind.name,
        Edition.confirmed_by_id.is_not(None),
        Edition.effective_from <= (on or clock.today()),
    )
    return query


def in_force(kind: EditionKind, key: str, on: date | None = None) -> Edition | None:
    """Return the version that holds on a day (today by default), or None before the first."""
    latest: Edition | None = db.session.scalar(
        _confirmed(kind, on)
        .where(Edition.key == key)
        .order_by(Edition.effective_from.desc())
        .limit(1)
    )
    return latest


def all_in_force(kind: EditionKind, on: date | None = None) -> dict[str, Edition]:
    """Return the version of each text that holds on a day: key → version, sorted by key."""
    rows = db.session.scalars(
        _confirmed(kind, on).options(*_with_people()).order_by(Edition.key, Edition.effective_from)
    )
    return {it.key: it for it in rows}


def history(kind: EditionKind, key: str) -> list[Edition]:
    """Return what was ever confirmed or is proposed for a text, the latest day first."""
    query = (
        db.select(Edition)
        .where(Edition.kind == kind.name, Edition.key == key)
        .options(*_with_people())
        .order_by(Edition.effective_from.desc())
    )
    return list(db.session.scalars(query))


def before(edition: Edition) -> Edition | None:
    """Return the confirmed version that held until `edition`, or None for the first one."""
    earlier: Edition | None = db.session.scalar(
        db.select(Edition)
        .where(
            Edition.kind == edition.kind,
            Edition.key == edition.key,
            Edition.confirmed_by_id.is_not(None),
            Edition.effective_from < edition.effective_from,
        )
        .order_by(Edition.effective_from.desc())
        .limit(1)
    )
    return earlier


def proposals(kind: EditionKind | None = None) -> list[Edition]:
    """Return what waits for its second person, the oldest first."""
    query = (
        db.select(Edition)
        .where(Edition.confirmed_by_id.is_(None))
        .options(*_with_people())
        .order_by(Edition.created_at, Edition.id)
    )
    if kind is not None:
        query = query.where(Edition.kind == kind.name)
    return list(db.session.scalars(query))


def count_proposals(kind: EditionKind) -> int:
    """Return how many proposals of a kind wait for their second person."""
    waiting = db.select(db.func.count()).where(
        Edition.kind == kind.name, Edition.confirmed_by_id.is_(None)
    )
    return db.session.scalar(waiting) or 0


def access_edition(edition_id: int) -> Edition:
    """Return a version or proposal; NotFound where there is none of this number."""
    edition = db.session.get(Edition, edition_id)
    if edition is None:
        raise NotFound(_("There is no such version."))
    return edition


def access_version(kind: EditionKind, key: str, edition_id: int) -> Edition:
    """Return a confirmed version of one text, for the public; otherwise NotFound."""
    edition = access_edition(edition_id)
    if (edition.kind, edition.key) != (kind.name, key) or not edition.is_confirmed:
        raise NotFound(_("There is no such version."))
    return edition


def comparison(older: Edition | None, newer: Edition) -> list[tuple[Any, str, str]]:
    """Return (label, before, after) for everything that either of two versions says.

    The first version is compared with what came with the platform, where anything did.
    """
    kind = newer.declared
    earlier = older.content if older else kind.shipped(newer.key) if kind.shipped else None
    was = [] if earlier is None else kind.rows(newer.key, earlier)
    old = {str(label): words for label, words in was}
    new = {str(label): words for label, words in kind.rows(newer.key, newer.content)}
    return [(it, old.get(it, ""), new.get(it, "")) for it in dict.fromkeys([*new, *old])]
