"""Attachments in their places: who may put, read and remove them."""

import pytest

from core.accounts import Actor, Body, BodyKind, Membership, Role, User
from core.attachments import (
    Slot,
    Upload,
    access_attachment,
    attach,
    carry_over,
    count_by_slot,
    declare_slot,
    list_attachments,
    remove,
)
from core.attachments.models import StoredFile
from core.attachments.rights import Rights
from core.attachments.storage import get
from core.audit.models import AuditEntry
from core.db import atomic, db
from core.errors import NotAllowed, NotFound, RuleBroken
from tests.core import files

CHARTER = declare_slot(Slot("test_charter", "Charter"))
IDENTITY = declare_slot(Slot("test_identity", "Identity card", personal=True))


@pytest.fixture
def office(app):
    body = Body(kind=BodyKind.BUREAU, name="Office")
    db.session.add(body)
    db.session.commit()
    return body


def person(name, body=None, role=Role.EXAMINER):
    user = User(login=name, display_name=name, password_hash="", session_stamp=name)
    db.session.add(user)
    db.session.flush()
    if body is None:
        db.session.commit()
        return Actor(user=user)
    db.session.add(Membership(user=user, body=body, role=role))
    db.session.commit()
    return Actor(user=user, body=body, roles=frozenset({role}), member_of=frozenset({body.id}))


@pytest.fixture
def owner(office):
    return person("owner")


@pytest.fixture
def clerk(office):
    return person("clerk", office)


@pytest.fixture
def stranger(office):
    return person("stranger")


@pytest.fixture
def open_(app, monkeypatch, owner, clerk):
    """The files of an office are its owner's to change, and the clerk's to read."""
    people = {"change": {owner.user_id}, "see": {owner.user_id, clerk.user_id}}
    rights = Rights(
        see=lambda record_id, actor: actor.user_id in people["see"],
        change=lambda record_id, actor: actor.user_id in people["change"],
    )
    monkeypatch.setitem(app.extensions["attachments"], "body", rights)
    return people


def put(owner, office, *, name="章程.pdf", content=None, slot=CHARTER):
    with atomic():
        return attach(
            slot=slot, upload=Upload(name, content or files.pdf()), owner=office, by=owner
        )


def test_attached_file_is_kept_and_recorded(office, owner, open_):
    paper = put(owner, office)
    assert get(paper.sha256) == files.pdf()
    assert (paper.name, paper.slot, paper.uploaded_by_id) == (
        "章程.pdf",
        "test_charter",
        owner.user_id,
    )
    assert paper.file.media_type == "application/pdf"
    assert [p.id for p in list_attachments(owner=office, slot="test_charter")] == [paper.id]
    assert count_by_slot(owner=office) == {"test_charter": 1}
    entry = db.session.scalars(db.select(AuditEntry)).one()
    assert (entry.action, entry.subject_id) == ("attachment:add", paper.id)
    assert "章程" not in str(entry.changes), "names of files may name persons"


def test_same_file_twice_in_a_slot_is_one(office, owner, open_):
    first, second = put(owner, office), put(owner, office, name="again.pdf")
    assert first.id == second.id
    other = put(owner, office, slot=IDENTITY)
    assert other.id != first.id
    assert other.sha256 == first.sha256
    assert db.session.scalar(db.select(db.func.count()).select_from(StoredFile)) == 1


def test_refused_file_leaves_nothing(english, office, owner, open_, storage):
    with pytest.raises(RuleBroken, match="JavaScript"):
        put(owner, office, content=files.script_pdf())
    assert list_attachments(owner=office) == []
    assert not any(path.is_file() for path in storage.rglob("*"))


def test_slot_takes_only_so_many_files(english, office, owner, open_):
    for number in range(20):
        put(owner, office, content=files.pdf(str(number)))
    with pytest.raises(RuleBroken, match="at most 20 files"):
        put(owner, office, content=files.pdf("one more"))


def test_only_who_may_change_attaches_and_removes(office, owner, clerk, open_):
    paper = put(owner, office)
    with pytest.raises(NotAllowed), atomic():
        attach(slot=CHARTER, upload=Upload("a.pdf", files.pdf("2")), owner=office, by=clerk)
    with pytest.raises(NotAllowed), atomic():
        remove(paper, by=clerk)
    with atomic():
        remove(paper, by=owner)
    assert list_attachments(owner=office) == []
    with pytest.raises(NotFound):
        access_attachment(paper.id, owner)


def test_papers_handed_in_can_no_longer_be_removed(office, owner, open_):
    paper = put(owner, office)
    open_["change"].clear()
    with pytest.raises(NotAllowed), atomic():
        remove(paper, by=owner)


def test_hidden_and_absent_look_the_same(english, office, owner, stranger, open_):
    paper = put(owner, office)
    assert access_attachment(paper.id, owner).id == paper.id
    words = set()
    for wanted in (paper.id, 999_999):
        with pytest.raises(NotFound) as refused:
            access_attachment(wanted, stranger)
        words.add(str(refused.value))
    assert len(words) == 1


def test_upload_without_a_place_is_its_uploaders(owner, stranger):
    with atomic():
        paper = attach(slot=CHARTER, upload=Upload("a.pdf", files.pdf()), by=owner)
        again = attach(slot=CHARTER, upload=Upload("a.pdf", files.pdf()), by=owner)
        theirs = attach(slot=CHARTER, upload=Upload("a.pdf", files.pdf()), by=stranger)
    assert paper.id == again.id != theirs.id
    assert access_attachment(paper.id, owner)
    with pytest.raises(NotFound):
        access_attachment(paper.id, stranger)
    with atomic():
        remove(paper, by=owner)


def test_nobody_may_carry_a_file_into_a_case_that_is_not_theirs(office, owner, open_):
    paper = put(owner, office)
    with pytest.raises(NotAllowed), atomic():
        carry_over(paper, case_id=1, by=owner)


def test_download_keeps_the_name_and_runs_nothing(as_, office, owner, open_):
    paper = put(owner, office)
    answer = as_(owner).get(f"/attachments/{paper.id}")
    assert answer.data == files.pdf()
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment; ")
    assert "filename*=UTF-8''%E7%AB%A0%E7%A8%8B.pdf" in disposition
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_preview_of_a_picture_is_boxed_in(as_, office, owner, open_):
    picture = put(owner, office, name="a.jpg", content=files.photo())
    answer = as_(owner).get(f"/attachments/{picture.id}/preview")
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["Content-Security-Policy"].endswith("; sandbox")
    assert answer.mimetype == "image/jpeg"


def test_preview_is_for_what_a_browser_shows(as_, office, owner, open_):
    paper = put(owner, office, name="a.ofd", content=files.ofd())
    assert as_(owner).get(f"/attachments/{paper.id}/preview").status_code == 404
    assert as_(owner).get(f"/attachments/{paper.id}").status_code == 200


def test_stranger_and_public_get_nothing(as_, client, office, owner, stranger, open_):
    paper = put(owner, office)
    assert as_(stranger).get(f"/attachments/{paper.id}").status_code == 404
    assert as_(stranger).get(f"/attachments/{paper.id}/preview").status_code == 404
    assert client.get(f"/attachments/{paper.id}").status_code == 302


def test_reading_of_personal_papers_by_staff_is_recorded(as_, office, owner, clerk, open_):
    paper = put(owner, office, slot=IDENTITY)
    as_(owner).get(f"/attachments/{paper.id}")
    assert as_(clerk).get(f"/attachments/{paper.id}").status_code == 200
    entries = db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(e.action, e.actor_id) for e in entries] == [
        ("attachment:add", owner.user_id),
        ("attachment:read", clerk.user_id),
    ]
