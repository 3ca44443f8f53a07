"""Who may see and change the files of a record: said by the feature that owns the record."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app

from core.accounts import Actor
from core.attachments.models import Attachment
from core.db import Model

#: Asked with the id of a record and the one who acts.
Test = Callable[[int, Actor], bool]

CASES = "case_record"


def _keeps_nothing(attachment: Attachment) -> bool:
    return False


def _nobody_cares(record_id: int) -> None:
    pass


@dataclass(frozen=True)
class Rights:
    """Who may read the files of a record, who may add and remove them now, which are kept then.

    `changed` is told of every file that came or went.
    """

    see: Test
    change: Test
    keeps: Callable[[Attachment], bool] = _keeps_nothing
    changed: Callable[[int], None] = _nobody_cares


def authorise(
    app: Flask,
    table: str,
    *,
    see: Test,
    change: Test,
    keeps: Callable[[Attachment], bool] = _keeps_nothing,
    changed: Callable[[int], None] = _nobody_cares,
) -> None:
    """Say who may do what with the files of the records in `table`. Unsaid means nobody.

    Which of them stay readable after they were taken away, `keeps` says; `changed` is called with
    the record's id, in the transaction, when one came or went.
    """
    app.extensions["attachments"][table] = Rights(see, change, keeps, changed)


def tell_changed(attachment: Attachment) -> None:
    """Tell the feature that owns the record of a file that it came or went."""
    table, record_id = place_of(attachment)
    rights = current_app.extensions["attachments"].get(table)
    if rights is not None and record_id is not None:
        rights.changed(record_id)


def may_see(table: str | None, record_id: int | None, actor: Actor) -> bool:
    """Return whether `actor` may read the files of a record; the system always may."""
    return _may("see", table, record_id, actor)


def may_change(table: str | None, record_id: int | None, actor: Actor) -> bool:
    """Return whether `actor` may add files to a record and take them away again."""
    return _may("change", table, record_id, actor)


def stays_readable(attachment: Attachment) -> bool:
    """Return whether a file that was taken away is read on by those who may see its record."""
    table, _record_id = place_of(attachment)
    rights = current_app.extensions["attachments"].get(table)
    return rights is not None and bool(rights.keeps(attachment))


def place_of(attachment: Attachment) -> tuple[str | None, int | None]:
    """Return the table and id of the record an attachment belongs to."""
    if attachment.case_id is not None:
        return CASES, attachment.case_id
    return attachment.owner_table, attachment.owner_id


def record_of(owner: Model) -> tuple[str, int]:
    """Return the table and id of a saved record."""
    record_id: int = owner.id  # type: ignore[attr-defined]
    return owner.__tablename__, record_id


def _may(what: str, table: str | None, record_id: int | None, actor: Actor) -> bool:
    if actor.machine:
        return True
    rights = current_app.extensions["attachments"].get(table)
    if rights is None or record_id is None:
        return False
    return bool(getattr(rights, what)(record_id, actor))
