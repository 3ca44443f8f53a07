"""The record of actions as its readers see it."""

import csv
import io
import re

import pytest

from core import audit
from core.accounts.actor import Actor
from core.accounts.models import Body, BodyKind, Membership, User
from core.accounts.roles import Role
from core.audit.jobs import close_audit_days
from core.audit.models import AuditEntry
from core.audit.wording import named_actions, said_action, said_subject
from core.db import atomic, db
from core.messages.models import Message


def seat(login, role):
    user = User(login=login, display_name=f"人 {login}", password_hash="x", session_stamp="s")
    body = Body(kind=BodyKind.BUREAU, name=f"局 {login}")
    db.session.add(Membership(user=user, body=body, role=role))
    db.session.flush()
    return Actor(user, body, frozenset({role}), frozenset({body.id}))


@pytest.fixture
def auditor(app, frozen):
    frozen("2026-03-02 09:00")
    with atomic():
        return seat("auditor", Role.AUDITOR)


@pytest.fixture
def history(auditor, frozen):
    """Something on Monday by the auditor, sixty things on Tuesday by a bureau head."""
    with atomic():
        head = seat("head", Role.BUREAU_HEAD)
        audit.record("account:create", head.user, by=auditor, note="甲")
    frozen("2026-03-03 09:00")
    with atomic():
        for n in range(60):
            changes = {"accounts.password_length": [n, n + 1]}
            audit.record("policy:propose", by=head, changes=changes, note=f"乙{n}")
    return head


def test_only_auditors_and_heads_read_the_record(history, auditor, as_, client):
    with atomic():
        examiner = seat("examiner", Role.EXAMINER)
    assert client.get("/audit").status_code == 302
    for who, status in ((auditor, 200), (history, 200), (examiner, 403)):
        for address in ("/audit", "/audit/days", "/audit/export.csv"):
            assert as_(who).get(address).status_code == status, (who.name, address)


def test_the_newest_is_first_and_pages_follow(history, auditor, as_):
    visitor = as_(auditor)
    first = visitor.get("/audit").text
    assert "乙59" in first
    assert "乙9<" not in first
    assert "局 head" in first
    assert "密码最短长度：59" in first
    cursor = re.search(r'rel="next" href="([^"]+)"', first)
    assert cursor is not None
    second = visitor.get("/audit" + cursor[1].replace("&amp;", "&")).text
    assert "乙9<" in second
    assert "甲" in second


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("person=人+auditor", {"甲"}),
        ("action=account:create", {"甲"}),
        ("until=2026-03-02", {"甲"}),
        ("since=2026-03-03&person=人+auditor", set()),
        ("person=%25", set()),
        ("case=7", set()),
    ],
)
def test_the_record_can_be_narrowed(history, auditor, as_, query, seen):
    text = as_(auditor).get(f"/audit?{query}").text
    assert {
        word for word in ("甲", "乙") if f"{word}" in re.sub(r"(?s)<option.*?</option>", "", text)
    } == seen


def test_a_day_that_makes_no_sense_is_named(history, auditor, as_):
    answer = as_(auditor).get("/audit?since=gestern&lang=en")
    assert answer.status_code == 200
    assert "field--wrong" in answer.text


def test_the_export_is_complete_named_and_recorded(history, auditor, as_):
    answer = as_(auditor).get("/audit/export.csv?action=policy:propose")
    lines = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert len(lines) == 61
    assert [line[9] for line in lines[1:]] == [f"乙{n}" for n in range(60)]
    assert "policy-propose" in answer.headers["Content-Disposition"]
    last = db.session.scalar(db.select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1))
    assert last is not None
    assert (last.action, last.note) == ("audit:export", "policy:propose")
    assert as_(auditor).get("/audit/export.pdf").status_code == 404


def test_closed_days_are_shown_and_sent_to_the_auditors(history, auditor, as_, frozen):
    frozen("2026-03-04 00:10")
    assert close_audit_days() == "2 days closed"
    message = db.session.scalar(db.select(Message).order_by(Message.id.desc()).limit(1))
    assert message is not None
    assert auditor.user is not None
    assert message.recipient_id == auditor.user.id
    last = db.session.scalar(db.select(AuditEntry.digest).order_by(AuditEntry.id.desc()).limit(1))
    assert last in message.text
    assert last in as_(auditor).get("/audit/days").text


def test_every_named_action_has_words(app):
    named = named_actions()
    assert len(named) == len({code for code, _words in named})
    assert all(words and words != code for code, words in named)
    assert said_action("nobody:knows") == "nobody:knows"
    assert said_subject("Mystery") == "Mystery"
