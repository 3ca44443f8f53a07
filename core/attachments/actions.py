"""Writes of attachments: attach, remove, carry over."""

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from core import audit, clock, policy
from core.accounts import Actor
from core.attachments import rules, scanning, storage
from core.attachments.models import Attachment, FileScan, StoredFile, Verdict
from core.attachments.policy import FILES_PER_SLOT, SIZE_LIMIT_MB
from core.attachments.rights import CASES, may_change, place_of, record_of, tell_changed
from core.attachments.rules import Slot, Upload
from core.db import Model, db, insert_once
from core.errors import NotAllowed
from core.i18n import _


def keep_file(content: bytes, media_type: str) -> StoredFile:
    """Store `content` and return its row. The bytes are safe before the row is committed.

    The row is taken first: from then on nobody sweeps this content away (see sweeping.py).
    """
    digest = storage.digest_of(content)
    insert_once(
        StoredFile,
        sha256=digest,
        size=len(content),
        media_type=media_type,
        created_at=clock.now(),
    )
    storage.put(content)
    return db.session.get_one(StoredFile, digest)


def attach(
    *,
    slot: Slot | str,
    upload: Upload,
    by: Actor,
    case_id: int | None = None,
    owner: Model | None = None,
) -> Attachment:
    """Check `upload` and put it into `slot` of a case or of `owner` (neither: `by`'s alone).

    The same file twice in one slot stays one. Raises RuleBroken(field="upload") with one clear
    sentence, NotAllowed where `by` may not add files there now.
    """
    place = slot if isinstance(slot, Slot) else rules.slot_named(slot)
    table, record_id = _record(case_id, owner)
    if table is not None and not may_change(table, record_id, by):
        raise NotAllowed(_("Files cannot be added here now."))
    name = rules.clean_name(upload.name)
    rules.check_size(Upload(name, upload.content), policy.value(SIZE_LIMIT_MB))
    from core.attachments import contents  # with Pillow and pypdf 16 MB, for who takes in files

    kind = rules.check_type(name, contents.type_of(upload.content), place.accepts)
    file = keep_file(contents.harmless(name, kind, upload.content), kind.media_type)
    scanning.enrol(file.sha256)
    _refuse_infected(file, name, by)
    return _put_down(file, name, place.key, case_id, owner, by)


def _refuse_infected(file: StoredFile, name: str, by: Actor) -> None:
    """Refuse content in which a virus was found when it was handed in before."""
    scan = file.scan
    if scan is not None and scan.verdict is Verdict.INFECTED:
        words = _(
            "A virus was found in %(name)s (%(found)s). Please have your computer checked and hand "
            "in a clean file.",
            name=name,
            found=scan.found,
        )
        raise audit.refused(rules.refusal(words), "attachment:refused", by=by)


def carry_over(attachment: Attachment, *, case_id: int, by: Actor) -> Attachment:
    """Put the same file into the same slot of another case: fill once, use again.

    Raises RuleBroken(field="upload") for a file in which a virus was found.
    """
    if not may_change(CASES, case_id, by):
        raise NotAllowed(_("Files cannot be added here now."))
    _refuse_infected(attachment.file, attachment.name, by)
    return _put_down(attachment.file, attachment.name, attachment.slot, case_id, None, by)


def remove(attachment: Attachment, *, by: Actor) -> None:
    """Take an attachment out of sight. Raises NotAllowed once the papers are the office's."""
    table, record_id = place_of(attachment)
    own = table is None and attachment.uploaded_by_id == by.user_id
    if not own and not may_change(table, record_id, by):
        raise NotAllowed(_("This file can no longer be removed."))
    if attachment.removed_at is None:
        attachment.removed_at = clock.now()
        attachment.removed_by_id = by.user_id
        _note("attachment:remove", attachment, by)
        tell_changed(attachment)


def forget(attachment: Attachment) -> None:
    """Delete a paper from the tables, and its content with it where nothing else names it.

    The bytes themselves go with the sweep of content that no row names.
    """
    digest = attachment.sha256
    db.session.delete(attachment)
    db.session.flush()
    try:
        with db.session.begin_nested():
            db.session.execute(delete(FileScan).where(FileScan.sha256 == digest))
            db.session.execute(delete(StoredFile).where(StoredFile.sha256 == digest))
    except IntegrityError:  # it serves elsewhere too, or is a paper that was issued
        return


def note_reading(attachment: Attachment, *, by: Actor) -> None:
    """Record that `by` read a paper about a private person."""
    _note("attachment:read", attachment, by)


def _record(case_id: int | None, owner: Model | None) -> tuple[str | None, int | None]:
    if case_id is not None:
        return CASES, case_id
    if owner is not None:
        return record_of(owner)
    return None, None


def _put_down(
    file: StoredFile, name: str, slot: str, case_id: int | None, owner: Model | None, by: Actor
) -> Attachment:
    table, record_id = _record(case_id, owner)
    at_owner = (None, None) if case_id is not None else (table, record_id)
    there = select(Attachment).where(
        Attachment.case_id == case_id,
        Attachment.owner_table == at_owner[0],
        Attachment.owner_id == at_owner[1],
        Attachment.slot == slot,
        Attachment.removed_at.is_(None),
    )
    if table is None:
        there = there.where(Attachment.uploaded_by_id == by.user_id)
    same = db.session.scalar(there.where(Attachment.sha256 == file.sha256))
    if same is not None:
        return same
    most = policy.value(FILES_PER_SLOT)
    if db.session.scalars(select(func.count()).select_from(there.subquery())).one() >= most:
        raise rules.refusal(_("There can be at most %(most)s files here.", most=most))
    attachment = Attachment(
        case_id=case_id,
        owner_table=at_owner[0],
        owner_id=at_owner[1],
        slot=slot,
        name=name,
        file=file,
        uploaded_by_id=by.user_id,
    )
    db.session.add(attachment)
    db.session.flush()
    _note("attachment:add", attachment, by)
    tell_changed(attachment)
    return attachment


def _note(action: str, attachment: Attachment, by: Actor) -> None:
    # Not the file's name: people put names and numbers of persons into it.
    seen = {"slot": [None, attachment.slot], "sha256": [None, attachment.sha256]}
    audit.record(action, attachment, by=by, changes=seen, case_id=attachment.case_id)
