"""What may be uploaded, and the words with which the rest is refused."""

import io

import pytest
from PIL import Image

from core.attachments import contents, rules
from core.attachments.rules import FileType, Upload
from core.errors import NotFound, RuleBroken
from tests.core import files

pytestmark = pytest.mark.engines("sqlite")  # asks no database


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (files.pdf(), FileType.PDF),
        (files.photo("JPEG"), FileType.JPEG),
        (files.photo("PNG"), FileType.PNG),
        (files.docx(), FileType.DOCX),
        (files.xlsx(), FileType.XLSX),
        (files.ofd(), FileType.OFD),
        (files.archive("readme.txt"), None),
        (b"MZ\x90\x00", None),
        (b"PK\x03\x04 not a zip", None),
        (b"<script>alert(1)</script>", None),
        (b"", None),
    ],
)
def test_type_is_read_from_the_content(content, kind):
    assert contents.type_of(content) is kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [("章程.pdf", "pdf"), ("A.PDF", "pdf"), ("x.jpeg", "jpg"), ("x.exe", None), ("pdf", "pdf")],
)
def test_type_is_claimed_by_the_name(name, kind):
    assert rules.type_by_name(name) == kind


def test_type_must_be_accepted_and_agree_with_the_name(english):
    assert rules.check_type("a.pdf", FileType.PDF, rules.PAPERS) is FileType.PDF
    with pytest.raises(RuleBroken, match=r"Only JPG, OFD, PDF, PNG can .* t\.docx is something"):
        rules.check_type("t.docx", FileType.DOCX, rules.PAPERS)
    with pytest.raises(RuleBroken, match="cannot be read as PDF; it may be damaged"):
        rules.check_type("t.pdf", None, rules.PAPERS)
    with pytest.raises(RuleBroken, match=r"name photo\.pdf does not fit .* \(JPG\)") as refused:
        rules.check_type("photo.pdf", FileType.JPEG, rules.PAPERS)
    assert refused.value.field == "upload"


def test_size_is_limited_in_words(english):
    rules.check_size(Upload("a.pdf", bytes(2_000_000)), 2)
    with pytest.raises(RuleBroken, match=r"a\.pdf has 2\.1 MB; a file may have at most 2 MB"):
        rules.check_size(Upload("a.pdf", bytes(2_200_000)), 2)
    with pytest.raises(RuleBroken, match=r"a\.pdf is empty"):
        rules.check_size(Upload("a.pdf", b""), 2)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("章程.pdf", "章程.pdf"),
        (r"C:\Users\me\章程.pdf", "章程.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\u202efdp.exe", "afdp.exe"),
        ('a"b\r\n.pdf', "ab.pdf"),
        ("", "file"),
        ("...", "file"),
        ("名" * 200 + ".pdf", "名" * 116 + ".pdf"),
    ],
)
def test_name_is_cleaned(given, kept):
    assert rules.clean_name(given) == kept


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (files.locked_pdf(), "is locked with a password"),
        (files.script_pdf(), r"contains a program \(JavaScript\)"),
        (files.hidden_script_pdf(), r"contains a program \(JavaScript\)"),
        (files.carrier_pdf(), "contains embedded files"),
        (files.action_pdf("/Launch"), "contains a command that starts a program"),
        (files.action_pdf("/Launch", key="/X", compressed=True), "starts a program"),
        (files.action_pdf("/SubmitForm", key="/X"), "sends or loads data"),
        (files.action_pdf("/URI"), "a command that runs on opening"),
        (files.pdf()[:200], "cannot be read"),
        (b"%PDF-1.7 nothing", "cannot be read"),
    ],
)
def test_pdf_that_could_act_is_refused(english, content, words):
    with pytest.raises(RuleBroken, match=words) as refused:
        contents.harmless("a.pdf", FileType.PDF, content)
    assert refused.value.field == "upload"


@pytest.mark.parametrize("content", [files.pdf(), files.opening_pdf()])
def test_harmless_pdf_is_kept_as_it_is(content):
    assert contents.harmless("a.pdf", FileType.PDF, content) == content


@pytest.mark.parametrize(
    ("kind", "content", "words"),
    [
        (FileType.DOCX, files.docx("word/vbaProject.bin"), "contains macros"),
        (FileType.XLSX, files.xlsx("xl/activeX/activeX1.bin"), "contains macros"),
        (FileType.DOCX, files.docx()[:-30], "cannot be read"),
    ],
)
def test_office_file_that_could_act_is_refused(english, kind, content, words):
    with pytest.raises(RuleBroken, match=words):
        contents.harmless("a.docx", kind, content)


def test_archive_that_unpacks_without_end_is_refused(english, monkeypatch):
    monkeypatch.setattr(contents, "MOST_UNPACKED", 10_000)
    grown = files.archive("OFD.xml", filler=bytes(20_000))
    with pytest.raises(RuleBroken, match="cannot be read"):
        contents.harmless("a.ofd", FileType.OFD, grown)


def test_picture_is_drawn_again_without_its_notes():
    taken = files.photo(place=True)
    assert Image.open(io.BytesIO(taken)).getexif()
    kept = Image.open(io.BytesIO(contents.harmless("a.jpg", FileType.JPEG, taken)))
    assert not kept.getexif()
    assert kept.size == (40, 60), "turned as it was held"


def test_picture_loses_what_hides_behind_it():
    kept = contents.harmless("a.png", FileType.PNG, files.photo("PNG") + b"<?php evil ?>")
    assert b"evil" not in kept
    assert Image.open(io.BytesIO(kept)).getpixel((1, 1)) == (10, 90, 102)


def test_large_picture_is_made_smaller():
    kept = contents.harmless("a.jpg", FileType.JPEG, files.photo(size=(9_000, 3_000)))
    assert max(Image.open(io.BytesIO(kept)).size) == contents.LONGEST_SIDE


def test_picture_that_would_fill_the_memory_is_refused(english):
    with pytest.raises(RuleBroken, match="more than 50 million picture points"):
        contents.harmless("a.png", FileType.PNG, files.bomb())


@pytest.mark.parametrize("kind", [FileType.PNG, FileType.JPEG])
def test_broken_picture_is_refused(english, kind):
    whole = files.photo("PNG" if kind is FileType.PNG else "JPEG", (900, 900))
    with pytest.raises(RuleBroken, match="cannot be read"):
        contents.harmless("a", kind, whole[: len(whole) // 2])


def test_slots_are_declared_once():
    slot = rules.Slot("test_slot", "A paper", rules.TEXTS)
    assert rules.declare_slot(slot) is slot
    assert rules.slot_named("test_slot") is slot
    assert slot.endings == ".docx,.jpg,.ofd,.pdf,.png"
    with pytest.raises(ValueError, match="two different slots"):
        rules.declare_slot(rules.Slot("test_slot", "Another"))


def test_unknown_slot_is_not_found(english):
    with pytest.raises(NotFound):
        rules.slot_named("made_up")
