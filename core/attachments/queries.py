"""Reads of attachments: each loads and authorises in one."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from core.accounts import Actor
from core.attachments.models import Attachment
from core.attachments.rights import may_see, place_of, record_of, stays_readable
from core.db import Model, db
from core.errors import NotFound
from core.i18n import _


def access_attachment(attachment_id: int, actor: Actor) -> Attachment:
    """Return the attachment if `actor` may see it; a hidden and an absent one are NotFound."""
    found = db.session.get(Attachment, attachment_id, options=[joinedload(Attachment.file)])
    if found is not None and (found.removed_at is None or stays_readable(found)):
        table, record_id = place_of(found)
        mine = table is None and actor.user_id is not None and found.uploaded_by_id == actor.user_id
        if mine or may_see(table, record_id, actor):
            return found
    raise NotFound(_("There is no such file."))


def list_attachments(
    *, case_id: int | None = None, owner: Model | None = None, slot: str | None = None
) -> Sequence[Attachment]:
    """Return what is attached to a case or another record, oldest first. One query."""
    query = (
        select(Attachment)
        .where(Attachment.removed_at.is_(None), _placed(case_id, owner))
        .options(joinedload(Attachment.file))
        .order_by(Attachment.id)
    )
    if slot is not None:
        query = query.where(Attachment.slot == slot)
    return db.session.scalars(query).all()


def list_removed(*, case_id: int, since: datetime) -> Sequence[Attachment]:
    """Return what was taken away from a case after the moment `since`, oldest first. One query."""
    return db.session.scalars(
        select(Attachment)
        .where(Attachment.case_id == case_id, Attachment.removed_at > since)
        .options(joinedload(Attachment.file))
        .order_by(Attachment.id)
    ).all()


def count_by_slot(*, case_id: int | None = None, owner: Model | None = None) -> dict[str, int]:
    """Return how many files each slot of a case or record holds; empty slots are absent."""
    query = (
        select(Attachment.slot, func.count())
        .where(Attachment.removed_at.is_(None), _placed(case_id, owner))
        .group_by(Attachment.slot)
    )
    return dict(db.session.execute(query).all())


def _placed(case_id: int | None, owner: Model | None) -> ColumnElement[bool]:
    if owner is not None and case_id is None:
        table, record_id = record_of(owner)
        return (Attachment.owner_table == table) & (Attachment.owner_id == record_id)
    assert case_id is not None and owner is None, "name a case or an owner"
    return Attachment.case_id == case_id
