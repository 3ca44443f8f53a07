"""Files as people hand them in: harmless ones, damaged ones, and those that bite."""

import io
import struct
import zipfile
import zlib

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)


def pdf(text: str = "") -> bytes:
    """A one-page PDF; `text` only makes it different from others."""
    return _written(_one_page(text))


def locked_pdf() -> bytes:
    writer = _one_page()
    writer.encrypt("secret", algorithm="AES-256")
    return _written(writer)


def script_pdf() -> bytes:
    """A PDF with a script that readers run on opening."""
    writer = _one_page()
    script = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")}
    )
    tree = DictionaryObject({NameObject("/Names"): ArrayObject([TextStringObject("a"), script])})
    writer.root_object[NameObject("/Names")] = DictionaryObject(
        {NameObject("/JavaScript"): writer._add_object(tree)}
    )
    return _written(writer)


def carrier_pdf() -> bytes:
    writer = _one_page()
    writer.add_attachment("invoice.exe", b"MZ")
    return _written(writer)


def action_pdf(step: str, *, key: str = "/OpenAction", compressed: bool = False) -> bytes:
    """A PDF that runs `step` ("/Launch", "/URI") from its catalogue's `key`."""
    writer = _one_page()
    action = DictionaryObject(
        {NameObject("/S"): NameObject(step), NameObject("/F"): TextStringObject("calc.exe")}
    )
    writer.root_object[NameObject(key)] = writer._add_object(action)
    if compressed:
        writer.compress_identical_objects()
    return _written(writer)


def opening_pdf() -> bytes:
    """A PDF that opens on its first page in a certain size, as office programs write it."""
    writer = _one_page()
    page = writer.pages[0].indirect_reference
    assert page is not None
    writer.root_object[NameObject("/OpenAction")] = ArrayObject([page, NameObject("/Fit")])
    return _written(writer)


def hidden_script_pdf() -> bytes:
    """A PDF whose script hangs on a form field deep inside, and that no page leads to."""
    writer = _one_page()
    script = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")}
    )
    writer._add_object(
        DictionaryObject(
            {NameObject("/AA"): DictionaryObject({NameObject("/K"): script}),
             NameObject("/Ff"): NumberObject(0)}
        )
    )  # fmt: skip
    return _written(writer)


def _one_page(text: str = "") -> PdfWriter:
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.add_metadata({"/Title": text or "paper"})
    return writer


def _written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def photo(kind: str = "JPEG", size: tuple[int, int] = (60, 40), *, place: bool = False) -> bytes:
    """A picture; with `place` it knows where it was taken and which way up it was held."""
    picture = Image.new("RGB", size, "#0a5a66")
    notes = Image.Exif()
    if place:
        notes[0x0112] = 6  # held upright
        notes.get_ifd(0x8825)[1] = "N"
        notes[0x010F] = "Camera of a citizen"
    out = io.BytesIO()
    picture.save(out, kind, exif=notes)
    return out.getvalue()


def bomb(side: int = 30_000) -> bytes:
    """A PNG of some hundred bytes that claims to be `side` × `side`."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


def archive(*members: str, filler: bytes = b"<xml/>") -> bytes:
    """A zip with these members, as office formats are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for member in members:
            zipped.writestr(member, filler)
    return out.getvalue()


def docx(*more: str) -> bytes:
    return archive("[Content_Types].xml", "word/document.xml", *more)


def xlsx(*more: str) -> bytes:
    return archive("[Content_Types].xml", "xl/workbook.xml", *more)


def ofd() -> bytes:
    return archive("OFD.xml", "Doc_0/Document.xml")
