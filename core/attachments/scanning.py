"""Are uploaded files clean? Asked of the scanner after they were committed, until it answers.

Where SCAN_URL is not set, nothing is asked and nothing held back. Where it is, a file is given out
once it was found clean, files from before included. What was found infected is given out never.
"""

from datetime import timedelta
from enum import StrEnum

from sqlalchemy import func, select

from core import audit, clock
from core.accounts import SYSTEM
from core.attachments.models import Attachment, FileScan, Verdict
from core.attachments.scanner import Scanner, ScannerAway
from core.attachments.storage import Damaged, get
from core.config import settings
from core.db import atomic, db, insert_once
from core.errors import WrongState
from core.i18n import _

#: After the n-th vain attempt a file waits for the n-th of these, then for the last each time.
PAUSES = tuple(timedelta(seconds=n) for n in (10, 30, 120, 600, 1800))
#: Files looked into in one run.
AT_ONCE = 200


class Bar(StrEnum):
    """Why a file is not given out."""

    WAITING = "waiting"
    AWAY = "away"
    INFECTED = "infected"


def bar_of(attachment: Attachment) -> Bar | None:
    """Return why a file may not be opened, None where it may."""
    scan = attachment.file.scan
    if scan is not None and scan.verdict is Verdict.INFECTED:
        return Bar.INFECTED
    if not settings().SCAN_URL or (scan is not None and scan.verdict is Verdict.CLEAN):
        return None
    return Bar.AWAY if scan is not None and scan.attempts else Bar.WAITING


def words_of(attachment: Attachment) -> str:
    """Return what is said beside a file that may not be opened, and what to do; else nothing."""
    bar = bar_of(attachment)
    if bar is Bar.INFECTED:
        return _(
            "A virus was found in this file (%(found)s), so nobody can open it. It has to be "
            "replaced: whoever handed it in has their computer checked, removes the file and hands "
            "in a clean one; for an application that is submitted, the office asks for it.",
            found=attachment.file.scan.found if attachment.file.scan else "",
        )
    if bar is Bar.AWAY:
        return _(
            "The virus scanner does not answer just now. The file is kept and is checked as soon "
            "as it does; until then it cannot be opened. There is nothing for you to do."
        )
    if bar is Bar.WAITING:
        return _(
            "This file is being checked for viruses and can be opened after that, usually within "
            "a minute. There is nothing for you to do."
        )
    return ""


def require_clean(attachment: Attachment) -> None:
    """Raise WrongState, with what to do, for an infected file and one not looked into yet."""
    if bar_of(attachment) is not None:
        raise WrongState(words_of(attachment))


def is_infected(attachment: Attachment) -> bool:
    return bar_of(attachment) is Bar.INFECTED


def enrol(digest: str) -> None:
    """Have a file looked into, once the running transaction is committed."""
    if settings().SCAN_URL:
        insert_once(FileScan, sha256=digest, verdict=Verdict.WAITING, found="", words="",
                    attempts=0, next_at=clock.now())  # fmt: skip


def look_into_due(at_most: int = AT_ONCE) -> dict[Verdict, int]:
    """Look into the files that are due; return how many came to which verdict.

    A scanner that is away ends the run: the others need not fail one by one.
    """
    found = dict.fromkeys(Verdict, 0)
    if not settings().SCAN_URL:
        return found
    scanner = Scanner(settings().SCAN_URL)
    for digest in _due(at_most):
        try:
            name = scanner.look(get(digest))
        except ScannerAway as away:
            _postpone(digest, str(away))
            found[Verdict.WAITING] += 1
            break
        except Damaged as lost:
            _postpone(digest, str(lost))
            found[Verdict.WAITING] += 1
            continue
        found[_settle(digest, name)] += 1
    return found


def enrol_older(at_most: int = 5000) -> int:
    """Take in files from before a scanner was set, the newest first; return how many."""
    if not settings().SCAN_URL:
        return 0
    unknown = (
        select(Attachment.sha256)
        .outerjoin(FileScan, FileScan.sha256 == Attachment.sha256)
        .where(FileScan.sha256.is_(None))
        .group_by(Attachment.sha256)
        .order_by(func.max(Attachment.id).desc())
        .limit(at_most)
    )
    digests = db.session.scalars(unknown).all()
    db.session.rollback()
    if digests:
        with atomic():
            for digest in digests:
                enrol(digest)
    return len(digests)


def _due(at_most: int) -> list[str]:
    due = (
        select(FileScan.sha256)
        .where(FileScan.verdict == Verdict.WAITING, FileScan.next_at <= clock.now())
        .order_by(FileScan.next_at)
        .limit(at_most)
    )
    digests: list[str] = list(db.session.scalars(due))
    db.session.rollback()  # nothing is held while the scanner is asked
    return digests


def _postpone(digest: str, reason: str) -> None:
    with atomic():
        scan = db.session.get_one(FileScan, digest)
        pause = PAUSES[min(scan.attempts, len(PAUSES) - 1)]
        scan.attempts, scan.words = scan.attempts + 1, reason[:300]
        scan.next_at = clock.now() + pause


def _settle(digest: str, name: str) -> Verdict:
    with atomic():
        scan = db.session.get_one(FileScan, digest)
        scan.verdict = Verdict.INFECTED if name else Verdict.CLEAN
        scan.found, scan.words, scan.looked_at = name[:200], "", clock.now()
        if name:
            held = db.session.scalars(select(Attachment).where(Attachment.sha256 == digest))
            for attachment in held:
                changes = {"found": [None, scan.found], "sha256": [None, digest]}
                case_id = attachment.case_id
                audit.record(
                    "attachment:infected", attachment, by=SYSTEM, changes=changes, case_id=case_id
                )
        return scan.verdict
