"""What may be handed in: kinds of file, their names and sizes, and where each document goes."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from core.errors import NotFound, RuleBroken, Words
from core.i18n import _

MEGABYTE = 1024 * 1024
LONGEST_NAME = 120

#: Characters that turn a name around or hide in it, and those file systems refuse.
UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff<>:"|?*]')


class FileType(StrEnum):
    """A kind of file the office can read. The value is its usual ending."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    DOCX = "docx"
    XLSX = "xlsx"
    OFD = "ofd"

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self]

    @property
    def is_image(self) -> bool:
        return self in IMAGES


MEDIA_TYPES = {
    FileType.PDF: "application/pdf",
    FileType.JPEG: "image/jpeg",
    FileType.PNG: "image/png",
    FileType.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileType.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileType.OFD: "application/ofd",
}
IMAGES = frozenset({FileType.JPEG, FileType.PNG})
#: What a browser may show beside the case instead of saving it.
SHOWN_INLINE = frozenset(MEDIA_TYPES[kind] for kind in IMAGES | {FileType.PDF})

#: A signed paper, scanned or exported; OFD is the national layout format (GB/T 33190-2016).
PAPERS = frozenset({FileType.PDF, FileType.OFD, FileType.JPEG, FileType.PNG})
#: A text somebody may still have to edit, such as a draft charter.
TEXTS = PAPERS | {FileType.DOCX}
TABLES = frozenset({FileType.XLSX, FileType.PDF, FileType.OFD})

_SPELLINGS = {"jpeg": FileType.JPEG, "jpe": FileType.JPEG}


@dataclass(frozen=True)
class Slot:
    """One place for documents in an application: its key, what it is called, what it takes.

    `personal` marks papers about a private person: each reading by staff is noted.
    """

    key: str
    label: Words
    accepts: frozenset[FileType] = PAPERS
    personal: bool = False

    @property
    def endings(self) -> str:
        """The endings it takes, for the browser's file chooser: `.jpg,.pdf`."""
        return ",".join(f".{kind}" for kind in sorted(self.accepts))

    @property
    def accepted(self) -> str:
        """The same in words: PDF、JPG."""
        return named(self.accepts)


@dataclass(frozen=True)
class Upload:
    """A file as it arrived: the name it came under and its bytes."""

    name: str
    content: bytes


_slots: dict[str, Slot] = {}


def declare_slot(slot: Slot) -> Slot:
    """Make `slot` known by its key. Rooms do this where they say which papers a case needs."""
    known = _slots.setdefault(slot.key, slot)
    if known != slot:
        raise ValueError(f"two different slots are called {slot.key}")
    return slot


def slot_named(key: str) -> Slot:
    """Return the declared slot. Raises NotFound, as an address may have been typed by hand."""
    try:
        return _slots[key]
    except KeyError:
        raise NotFound(_("There is no place for such a document.")) from None


def named(kinds: Iterable[FileType]) -> str:
    """Return the kinds of file as people call them: DOCX、PDF."""
    return _(", ").join(kind.upper() for kind in sorted(kinds))


def clean_name(name: str) -> str:
    """Return the last part of a path, without what could mislead; at most 120 characters."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = UNSAFE.sub("", unicodedata.normalize("NFC", last)).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        return plain[:LONGEST_NAME] or "file"
    ending = ending[:10]
    return f"{stem[: LONGEST_NAME - len(ending) - 1] or 'file'}.{ending}"


def type_by_name(name: str) -> FileType | None:
    """Return the kind a name claims to be."""
    ending = name.rpartition(".")[2].lower()
    try:
        return _SPELLINGS.get(ending) or FileType(ending)
    except ValueError:
        return None


def check_size(upload: Upload, limit_mb: int) -> None:
    """Refuse an empty file and one above `limit_mb` megabytes."""
    if not upload.content:
        raise refusal(_("%(name)s is empty. Please choose the file again.", name=upload.name))
    size = len(upload.content) / MEGABYTE
    if size > limit_mb:
        raise refusal(
            _(
                "%(name)s has %(size)s MB; a file may have at most %(limit)s MB. Please scan it at "
                "a lower resolution or split it.",
                name=upload.name,
                size=f"{size:.1f}",
                limit=limit_mb,
            )
        )


def check_type(name: str, found: FileType | None, accepts: frozenset[FileType]) -> FileType:
    """Return the real type `found` in the content, if it is accepted and the name says the same."""
    claimed = type_by_name(name)
    if found is None and claimed in accepts:
        raise refusal(
            _(
                "%(name)s cannot be read as %(claimed)s; it may be damaged. Please save or scan it "
                "again and upload the new file.",
                name=name,
                claimed=str(claimed).upper(),
            )
        )
    if found is None or found not in accepts:
        raise refusal(
            _(
                "Only %(accepted)s can be uploaded here; %(name)s is something else.",
                accepted=named(accepts),
                name=name,
            )
        )
    if claimed is not found:
        raise refusal(
            _(
                "The name %(name)s does not fit what is in it (%(actual)s). Please save the file "
                "in its own format and upload it again.",
                name=name,
                actual=found.upper(),
            )
        )
    return found


def refusal(words: str) -> RuleBroken:
    """Return the refusal of an upload, to be shown beside the upload field."""
    return RuleBroken(words, field="upload")


def is_personal(key: str) -> bool:
    """Return whether the slot `key` holds papers about private persons."""
    slot = _slots.get(key)
    return slot is not None and slot.personal


def personal_slots() -> list[str]:
    """Return the keys of all slots that hold papers about private persons."""
    return [slot.key for slot in _slots.values() if slot.personal]
