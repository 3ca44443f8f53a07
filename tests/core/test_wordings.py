"""The office's own words of messages: checked, previewed, sent, taken back."""

import pytest

from core import messages
from core.audit.models import AuditEntry
from core.db import atomic, db
from core.editions import Edition
from core.messages import wording
from core.messages.models import Message
from core.messages.wording import templates
from core.wordings.names import NAMES
from core.wordings.texts import placeholders, shipped
from tests.core.test_policy import office

__all__ = ["office"]
KEY = "notices.objection_raised"
PAGE = f"/wordings/{KEY}"
ENTERED = {
    "zh_Hans-subject": "“{{title}}”有异议",
    "zh_Hans-body": "{{at}}收到异议，请在{{due}}前答复。费用100%免除。",
    "en-subject": "Objection: {{title}}",
    "en-body": "It came on {{at}}; answer by {{due}}.",
    "effective_from": "2026-11-22",
    "source": "办公会纪要3号",
    "reason": "Plainer",
}
PARAMS = {"title": "公示", "at": "a day", "due": "a later day"}


def put_in_force(office, as_, entered=ENTERED):
    assert as_(office["head"]).post(PAGE, data=entered).status_code == 302
    edition = db.session.scalars(db.select(Edition).order_by(Edition.id.desc())).first()
    assert as_(office["admin"]).post(f"/editions/{edition.id}/confirm").status_code == 302
    return edition.id


def test_the_words_in_force_are_the_ones_sent(office, as_):
    assert "objection was raised" in wording.worded(KEY, PARAMS, "en").text
    put_in_force(office, as_)
    db.session.rollback()
    assert wording.worded(KEY, PARAMS, "en").text == "It came on a day; answer by a later day."
    with atomic():
        messages.send([office["head"].user], KEY, PARAMS)
    message = db.session.scalars(db.select(Message)).one()
    assert message.subject == "“公示”有异议"
    assert "100%" in message.text


def test_before_its_day_the_shipped_words_hold(office, as_, frozen):
    put_in_force(office, as_, {**ENTERED, "effective_from": "2027-01-01"})
    db.session.rollback()
    assert "objection was raised" in wording.worded(KEY, PARAMS, "en").text
    db.session.rollback()
    frozen("2027-01-01 08:00")
    assert "It came on" in wording.worded(KEY, PARAMS, "en").text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"en-body": "It came on {{at}}; {{nonsense}} {{due}}"}, "{{nonsense}} is no placeholder"),
        ({"en-body": "It came on {{at}}."}, "Left out: {{due}}"),
        ({"zh_Hans-body": "{{at}} {{due"}, "{{due is no placeholder"),
        ({"zh_Hans-subject": ""}, "Please fill this in"),
        ({"en-subject": "x" * 201 + "{{title}}"}, "At most 200"),
        ({"effective_from": "2026-11-21"}, "past"),
    ],
)
def test_words_that_would_not_do_are_refused_and_kept(office, as_, change, words):
    answer = as_(office["head"]).post(f"{PAGE}?lang=en", data={**ENTERED, **change})
    assert answer.status_code == 422
    assert words in answer.text
    assert "办公会纪要3号" in answer.text
    assert db.session.scalars(db.select(Edition)).all() == []
    if "past" not in words:
        assert db.session.scalars(
            db.select(AuditEntry).where(AuditEntry.action == "edition:refuse")
        ).all()


def test_a_preview_keeps_nothing_and_asks_for_no_grounds_yet(office, as_):
    entered = {**ENTERED, "preview": "1", "effective_from": "", "source": "", "reason": ""}
    answer = as_(office["head"]).post(f"{PAGE}?lang=en", data=entered)
    assert answer.status_code == 200
    assert "Preview" in answer.text
    assert "Objection: " in answer.text
    assert db.session.scalars(db.select(Edition)).all() == []
    bad = as_(office["head"]).post(f"{PAGE}?lang=en", data={**entered, "en-body": "{{x}}"})
    assert bad.status_code == 422
    assert "is no placeholder" in bad.text


def test_back_to_the_shipped_words(office, as_, frozen):
    put_in_force(office, as_)
    frozen("2026-11-23 09:00")
    grounds = {"effective_from": "2026-11-23", "source": "x", "reason": "y"}
    head = as_(office["head"])
    assert head.post(f"{PAGE}/reset", data={**grounds, "reason": ""}).status_code == 422
    assert head.post(f"{PAGE}/reset", data=grounds).status_code == 302
    edition = db.session.scalars(db.select(Edition).order_by(Edition.id.desc())).first()
    assert edition.content == {}
    as_(office["admin"]).post(f"/editions/{edition.id}/confirm")
    db.session.rollback()
    assert "objection was raised" in wording.worded(KEY, PARAMS, "en").text


def test_the_shipped_words_written_again_are_the_shipped_words(office, as_):
    template = wording.templates[KEY]
    same = {
        f"{locale}-{part}": text
        for locale in ("zh_Hans", "en")
        for part, text in shipped(template, locale).items()
    }
    as_(office["head"]).post(PAGE, data={**ENTERED, **same})
    assert db.session.scalars(db.select(Edition)).one().content == {}


@pytest.mark.engines("sqlite")
def test_every_message_can_be_looked_at_and_says_when_it_is_sent(office, as_, english):
    visitor = as_(office["head"])
    text = visitor.get("/wordings/?lang=en").text
    own = [key for key in wording.templates if not key.startswith(("test.", "sample."))]
    for key in own:
        assert visitor.get(f"/wordings/{key}").status_code == 200
        assert wording.templates[key].label, f"{key}: say when it is sent (label=…)"
        assert str(wording.templates[key].label).replace("'", "&#39;") in text
    assert visitor.get("/wordings/no.such").status_code == 404
    assert placeholders(wording.templates[KEY]) == ["title", "at", "due"]


def test_who_may(office, as_, client):
    assert as_(office["examiner"]).get("/wordings/").status_code == 200
    assert as_(office["examiner"]).get(PAGE).status_code == 403
    assert client.get("/wordings/").status_code == 302


@pytest.mark.engines("sqlite")
def test_every_placeholder_is_explained(app):
    ours = [it for it in templates.values() if not it.key.startswith("sample.")]
    with app.test_request_context():
        unknown = {(it.key, name) for it in ours for name in placeholders(it) if name not in NAMES}
    assert not unknown


def test_a_message_made_of_sentences_says_which_and_where_they_come_from(office, as_):
    page = as_(office["head"]).get("/wordings/case.moved?lang=en").text
    assert "The sentences in it" in page
    assert "Filing of a community group: " in page
    assert "the sentences about what happened, and what comes next" in page
