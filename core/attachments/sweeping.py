"""Content whose row was never committed: a transaction was undone, or its process was killed."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from core import clock
from core.attachments.models import StoredFile
from core.attachments.storage import storage
from core.db import atomic, db, insert_once

AT_ONCE = 500


def sweep_stray_files(before: datetime) -> int:
    """Remove content that no row names and that was last written before `before`; return how much.

    Safe while files are being stored: whoever stores some content takes its row first
    (`keep_file`), and so does this, so that one waits for the other. Content that is stored again
    while it is swept is written anew.
    """
    removed = 0
    found = storage().written_before(before)
    while digests := list(islice(found, AT_ONCE)):
        removed += sum(_remove(digest) for digest in _unnamed(digests))
    return removed + storage().clear_unfinished(before)


def _unnamed(digests: list[str]) -> Iterator[str]:
    named = db.select(StoredFile.sha256).where(StoredFile.sha256.in_(digests))
    known = set(db.session.scalars(named))
    db.session.rollback()
    yield from (digest for digest in digests if digest not in known)


def _remove(digest: str) -> bool:
    with atomic():
        mine = insert_once(StoredFile, sha256=digest, size=0, media_type="", created_at=clock.now())
        if mine:
            storage().discard(digest)
            db.session.execute(db.delete(StoredFile).where(StoredFile.sha256 == digest))
        return mine
