"""Bytes by their content: a file's SHA-256 is its name, in a folder, a bucket or memory."""

import hashlib
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flask import current_app
from obstore.exceptions import NotFoundError
from obstore.store import LocalStore, ObjectStore, from_url

DIGEST = re.compile(r"[0-9a-f]{64}")
#: How the local store calls a file until it is whole.
UNFINISHED = re.compile(r"[0-9a-f]{64}#\d+")


class Damaged(Exception):
    """What is stored under a digest is absent or no longer what was put there."""


class Storage:
    """Files under their digest. `url` is `file:///folder`, `s3://bucket/prefix` or `memory:///`.

    An S3-compatible service is set up by the usual AWS_* environment variables.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.folder: Path | None = None
        self.store: ObjectStore
        if url.startswith("file:"):
            self.folder = Path(unquote(urlsplit(url).path))
            self.store = LocalStore(self.folder, mkdir=True)
        else:
            self.store = from_url(url)

    def put(self, content: bytes) -> str:
        """Keep `content` and return its SHA-256 (64 hex digits). Putting it twice keeps it once.

        A process killed inside leaves either nothing or the whole file under its digest.
        """
        digest = digest_of(content)
        if not self._holds(digest, len(content)):
            self.store.put(_place(digest), content)
            self._settle(digest)
        return digest

    def get(self, digest: str) -> bytes:
        """Return what was put under `digest`. Raises Damaged if that is gone or was changed."""
        try:
            content = bytes(self.store.get(_place(digest)).bytes())
        except (NotFoundError, FileNotFoundError):
            raise Damaged(f"{digest} is missing") from None
        if hashlib.sha256(content).hexdigest() != digest:
            raise Damaged(f"{digest} was changed")
        return content

    def digests(self) -> Iterator[str]:
        """Yield the digest of every file kept: what a backup copies and a check reads."""
        for batch in self.store.list():
            for entry in batch:
                name = entry["path"].rpartition("/")[2]
                if DIGEST.fullmatch(name):
                    yield name

    def written_before(self, moment: datetime) -> Iterator[str]:
        """Yield the digest of every file last written before `moment`."""
        for batch in self.store.list():
            for entry in batch:
                name = entry["path"].rpartition("/")[2]
                if entry["last_modified"] < moment and DIGEST.fullmatch(name):
                    yield name

    def holds(self, digest: str) -> bool:
        """Return whether something is kept under `digest`, read or unread."""
        try:
            self.store.head(_place(digest))
        except (NotFoundError, FileNotFoundError):
            return False
        return True

    def discard(self, digest: str) -> None:
        """Forget what is kept under `digest`. Only for content that no row names."""
        self.store.delete(_place(digest))

    def clear_unfinished(self, before: datetime) -> int:
        """Remove files that a killed process began before a moment; return how many."""
        if self.folder is None:
            return 0
        begun = [path for path in self.folder.glob("??/*#*") if UNFINISHED.fullmatch(path.name)]
        old = [p for p in begun if datetime.fromtimestamp(p.stat().st_mtime, UTC) < before]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _holds(self, digest: str, size: int) -> bool:
        """Return whether the file is there whole; a damaged one is written again."""
        try:
            if self.store.head(_place(digest))["size"] != size:
                return False
            self.get(digest)
        except (NotFoundError, FileNotFoundError, Damaged):
            return False
        return True

    def _settle(self, digest: str) -> None:
        """Make a new file outlive a power failure: its row may be committed a moment later."""
        if self.folder is None:
            return
        path = self.folder / _place(digest)
        for name in (path, path.parent, self.folder):
            handle = os.open(name, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def digest_of(content: bytes) -> str:
    """Return the name that `content` is kept under: its SHA-256, 64 hex digits."""
    return hashlib.sha256(content).hexdigest()


def storage() -> Storage:
    """Return the storage of the running application."""
    kept: Storage = current_app.extensions["storage"]
    return kept


def put(content: bytes) -> str:
    """Keep `content` in the application's storage and return its SHA-256."""
    return storage().put(content)


def get(digest: str) -> bytes:
    """Return the bytes kept under `digest`. Raises Damaged if they are gone or were changed."""
    return storage().get(digest)


def _place(digest: str) -> str:
    """Return where a file lies: two letters of its digest keep folders small."""
    if not DIGEST.fullmatch(digest):
        raise ValueError("not a SHA-256 digest")
    return f"{digest[:2]}/{digest}"
