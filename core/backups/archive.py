"""The one file of a backup: a plain tar, written and read from front to end.

manifest.json, CONTENTS (`sha256sum -c CONTENTS` understands it), the database, files/ab/ab12…, and
END.json. At no time is more of it in memory than one file that somebody once uploaded.
"""

import hashlib
import io
import os
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from core.backups.manifest import Ending, Faulty, Manifest, Refused

MANIFEST, CONTENTS, END = "manifest.json", "CONTENTS", "END.json"
PIECE = 1024 * 1024
HALF = "it was not written or copied to its end"
#: Names fetched from the database at once.
AT_ONCE = 1000


def place_of(digest: str) -> str:
    """Return what a stored file is called in a backup."""
    return f"files/{digest[:2]}/{digest}"


def hashed(content: bytes) -> str:
    """Return the SHA-256 of something short."""
    return hashlib.sha256(content).hexdigest()


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, read piece by piece."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


class Writer:
    """Adds parts to a backup one after the other."""

    def __init__(self, tar: tarfile.TarFile, at: datetime) -> None:
        self.tar, self.at = tar, at

    def add(self, name: str, content: bytes) -> None:
        self._add(name, len(content), io.BytesIO(content))

    def add_file(self, name: str, path: Path) -> None:
        with path.open("rb") as opened:
            self._add(name, path.stat().st_size, opened)

    def _add(self, name: str, size: int, content: IO[bytes]) -> None:
        part = tarfile.TarInfo(name)
        part.size, part.mode, part.mtime = size, 0o600, int(self.at.timestamp())
        self.tar.addfile(part, content)
        self.tar.members.clear()  # type: ignore[attr-defined]  # it would remember every part


@contextmanager
def written(path: Path, at: datetime) -> Iterator[Writer]:
    """Write a backup to `path`, for its owner only; it appears there once it is whole.

    Raises Refused where `path` exists already.
    """
    if path.exists():
        raise Refused(f"{path} exists already; a backup is never written over another.")
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as out:
            with tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT) as tar:
                yield Writer(tar, at)
            out.flush()
            os.fsync(out.fileno())
        os.replace(unfinished, path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


class Part:
    """A part being read; `digest` is known once it was read to its end."""

    def __init__(self, name: str, size: int, source: IO[bytes]) -> None:
        self.name, self.size, self._source = name, size, source
        self._hash = hashlib.sha256()

    def pieces(self) -> Iterator[bytes]:
        try:
            while piece := self._source.read(PIECE):
                self._hash.update(piece)
                yield piece
        except tarfile.ReadError:
            raise Faulty(f"the file breaks off in {self.name}: {HALF}") from None

    def bytes(self) -> bytes:
        return b"".join(self.pieces())

    def copy_to(self, path: Path) -> None:
        with path.open("wb") as out:
            for piece in self.pieces():
                out.write(piece)

    @property
    def digest(self) -> str:
        for _rest in self.pieces():
            pass
        return self._hash.hexdigest()


def parts(path: Path) -> Iterator[Part]:
    """Yield the parts of a backup in order, each to be read before the next is asked for.

    Raises Refused where there is no such file or it is no archive, Faulty where it breaks off.
    """
    try:
        with tarfile.open(path, mode="r|") as tar:
            while (member := tar.next()) is not None:
                tar.members.clear()  # type: ignore[attr-defined]
                source = tar.extractfile(member)
                if source is None:
                    raise Faulty(f"{member.name} is no file")
                yield Part(member.name, member.size, source)
    except tarfile.ReadError as broken:
        if "unexpected end" in str(broken):
            raise Faulty(f"the file breaks off: {HALF}") from None
        raise Refused(f"{path} is not a backup made by this application.") from None
    except OSError as absent:
        raise Refused(f"{path} cannot be read: {absent.strerror}.") from None


def read_manifest(part: Part) -> Manifest:
    """Return the manifest. Raises Faulty where it cannot be understood."""
    if part.name != MANIFEST:
        raise Faulty(f"{MANIFEST} does not stand first")
    try:
        return Manifest.model_validate_json(part.bytes())
    except ValidationError:
        raise Faulty(f"{MANIFEST} was changed, or is of a later form than this version") from None


def manifest_of(path: Path) -> Manifest:
    """Return what the backup at `path` says of itself, unchecked."""
    for part in parts(path):
        return read_manifest(part)
    raise Refused(f"{path} is empty.")


def read_ending(part: Part) -> Ending:
    try:
        return Ending.model_validate_json(part.bytes())
    except ValidationError:
        raise Faulty(f"{END} was changed") from None


def listed(contents: Path) -> Iterator[tuple[str, str]]:
    """Yield name and SHA-256 of each part that a list of contents names, in their order."""
    with contents.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            digest, _gap, name = line.rstrip("\n").partition("  ")
            yield name, digest


def write_list(contents: Path, lines: Iterable[tuple[str, str]]) -> None:
    """Write the list of contents from names and SHA-256s."""
    with contents.open("w", encoding="ascii") as out:
        out.writelines(f"{digest}  {name}\n" for name, digest in lines)
