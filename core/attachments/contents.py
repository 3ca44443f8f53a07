"""What is really inside a file: its type, and nothing that could act on the reader's computer."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import filetype
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from core.attachments.rules import MEGABYTE, FileType, refusal
from core.errors import RuleBroken, Words
from core.i18n import _, _l

#: More picture points than the largest scan of A3 needs; beyond it a small file fills the memory.
MOST_PIXELS = 50_000_000
#: The longer side after re-encoding: A4 at 400 dots per inch.
LONGEST_SIDE = 4_700
MOST_OBJECTS = 100_000
MOST_UNPACKED = 200 * MEGABYTE

#: A member of the archive that tells what the archive is.
_ARCHIVES = {
    "word/document.xml": FileType.DOCX,
    "xl/workbook.xml": FileType.XLSX,
    "OFD.xml": FileType.OFD,
}
_PLAIN = {kind.media_type: kind for kind in (FileType.PDF, FileType.JPEG, FileType.PNG)}

_SCRIPT = _l("a program (JavaScript)")
_STARTER = _l("a command that starts a program")
_SENDER = _l("a command that sends or loads data")
_OPENER = _l("a command that runs on opening")
_EMBEDDED = _l("embedded files")
_MULTIMEDIA = _l("multimedia")
_DYNAMIC_FORM = _l("a dynamic form (XFA)")

_ACTIVE_KEYS = {
    "/JS": _SCRIPT,
    "/JavaScript": _SCRIPT,
    "/EmbeddedFiles": _EMBEDDED,
    "/EF": _EMBEDDED,
    "/XFA": _DYNAMIC_FORM,
    "/RichMedia": _MULTIMEDIA,
}
_ACTIVE_STEPS = {
    "/JavaScript": _SCRIPT,
    "/Launch": _STARTER,
    "/SubmitForm": _SENDER,
    "/ImportData": _SENDER,
    "/GoToE": _EMBEDDED,
    "/Rendition": _MULTIMEDIA,
    "/RichMediaExecute": _MULTIMEDIA,
    "/Movie": _MULTIMEDIA,
}


def type_of(content: bytes) -> FileType | None:
    """Return the type the content has, whatever it is called."""
    if content[:4] == b"PK\x03\x04":
        try:
            members = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
        except zipfile.BadZipFile:
            return None
        return next((kind for member, kind in _ARCHIVES.items() if member in members), None)
    return _PLAIN.get(filetype.guess_mime(content[:512]) or "")


def harmless(name: str, kind: FileType, content: bytes) -> bytes:
    """Return what to keep of `content`: images re-encoded, the rest as it came.

    Raises RuleBroken, in words for whoever uploaded `name`, for a damaged or locked file and for
    one with active content.
    """
    if kind.is_image:
        return _redrawn(name, content, kind)
    if kind is FileType.PDF:
        _check_pdf(name, content)
    else:
        _check_archive(name, content)
    return content


def _redrawn(name: str, content: bytes, kind: FileType) -> bytes:
    """Decode and encode again: what is hidden behind the picture or in its notes stays behind."""
    try:
        with warnings.catch_warnings():
            # Counted below, before anything is decoded; Pillow only warns from its own limit on.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=["JPEG", "PNG"])
        if picture.width * picture.height > MOST_PIXELS:
            raise _too_large(name)
        with _only_whole():
            return _encoded(picture, kind)
    except Image.DecompressionBombError:
        raise _too_large(name) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise _damaged(name) from None


@contextmanager
def _only_whole() -> Iterator[None]:
    """Refuse half a picture inside the block. WeasyPrint allows them for the whole process."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _encoded(picture: Image.Image, kind: FileType) -> bytes:
    """Return the picture upright, at most so large, without place, time and device."""
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright: Image.Image = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clear = "A" in upright.getbands() or "transparency" in upright.info
    plain = upright.convert("RGBA" if clear and kind is FileType.PNG else "RGB")
    plain.info.clear()
    out = io.BytesIO()
    if kind is FileType.JPEG:
        plain.save(out, "JPEG", quality=88)
    else:
        plain.save(out, "PNG")
    return out.getvalue()


def _too_large(name: str) -> RuleBroken:
    return refusal(
        _(
            "%(name)s has more than %(limit)s million picture points. Please scan it at a lower "
            "resolution.",
            name=name,
            limit=MOST_PIXELS // 1_000_000,
        )
    )


def _check_pdf(name: str, content: bytes) -> None:
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise refusal(
                _(
                    "%(name)s is locked with a password. Please take the password off and upload "
                    "it again.",
                    name=name,
                )
            )
        pages = len(reader.pages)
        active = next((found for part in _objects(reader) for found in _active(part)), None)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError):
        raise _damaged(name) from None
    if not pages:
        raise _damaged(name)
    if active:
        raise refusal(
            _(
                "%(name)s contains %(what)s, which can act on the reader's computer. Please print "
                "it into a new PDF and upload that.",
                name=name,
                what=active,
            )
        )


def _objects(reader: PdfReader) -> Iterator[Any]:
    """Yield the trailer and every object, also those no page leads to."""
    yield reader.trailer
    places = {
        (number, generation) for generation, table in reader.xref.items() for number in table
    } | {(number, 0) for number in reader.xref_objStm}
    if len(places) > MOST_OBJECTS:
        raise ValueError("too many objects")
    for number, generation in sorted(places):
        try:
            yield IndirectObject(number, generation, reader).get_object()
        except PyPdfError:
            # An entry of the table that leads nowhere is common and holds nothing.
            continue


def _active(part: Any, depth: int = 0) -> Iterator[Words]:
    """Yield what in `part` acts on its own, in words."""
    if depth > 50:
        raise ValueError("nested too deeply")
    if isinstance(part, DictionaryObject):
        step = part.get("/S")
        if step in _ACTIVE_STEPS:
            yield _ACTIVE_STEPS[step]
        opening = part.get("/OpenAction")
        if isinstance(opening, IndirectObject):
            opening = opening.get_object()
        if isinstance(opening, DictionaryObject) and opening.get("/S") != "/GoTo":
            yield _ACTIVE_STEPS.get(str(opening.get("/S")), _OPENER)
        if part.get("/Subtype") == "/RichMedia":
            yield _MULTIMEDIA
        for key, value in part.items():
            if key in _ACTIVE_KEYS:
                yield _ACTIVE_KEYS[key]
            yield from _active(value, depth + 1)
    elif isinstance(part, ArrayObject):
        for value in part:
            yield from _active(value, depth + 1)


def _check_archive(name: str, content: bytes) -> None:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = archive.infolist()
    except zipfile.BadZipFile:
        raise _damaged(name) from None
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise _damaged(name)
    if any(member.flag_bits & 1 for member in members):
        raise refusal(
            _(
                "%(name)s is locked with a password. Please take the password off and upload it "
                "again.",
                name=name,
            )
        )
    lowered = [member.filename.lower() for member in members]
    if any(each.endswith("vbaproject.bin") or "/activex/" in each for each in lowered):
        raise refusal(
            _("%(name)s contains macros. Please save it without them and upload that.", name=name)
        )


def _damaged(name: str) -> RuleBroken:
    return refusal(
        _(
            "%(name)s cannot be read; it may be damaged. Please open it, save it again and upload "
            "that.",
            name=name,
        )
    )
