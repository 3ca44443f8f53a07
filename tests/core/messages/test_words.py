"""Messages: whose words, in which language, and who gets them."""

import pytest
from flask_babel import force_locale
from sqlalchemy.exc import IntegrityError

from core import messages
from core.accounts.actor import Actor
from core.accounts.models import User
from core.db import atomic, db
from core.errors import NotFound, WrongState
from core.i18n import LOCALES, _l
from core.messages import actions, digest, outbox, queries, wording
from core.messages.models import Channel, Delivery, MailWish, Message
from tests.core.messages.people import PARAMS, deliveries, invite, person


@pytest.mark.parametrize("locale", LOCALES)
def test_every_message_is_complete_in_both_languages(app, locale):
    for key, each in wording.templates.items():
        asked = set(each.placeholders())
        with force_locale(locale):
            assert set(each.placeholders()) == asked, key
        words = wording.worded(key, dict.fromkeys(asked, "X"), locale)
        assert words.subject, key
        assert words.text, key
        assert "%(" not in words.subject + words.text, key


def test_everybody_reads_their_own_language(app, template, wei, ann):
    for_wei, for_ann = invite(wei, ann)
    assert "2026年3月1日" in for_wei.text
    assert "30,000.00 元" in for_wei.text
    assert for_ann.subject == "评估: 1 March 2026"
    assert for_ann.text == "Come on 1 March 2026 and bring CNY 30,000.00 for 评估."


def test_a_key_belongs_to_one_message(template):
    messages.MessageTemplate(template.key, template.subject, template.body)
    with pytest.raises(ValueError, match=r"test\.invited"):
        messages.MessageTemplate(template.key, template.subject, _l("Other words"))


def test_a_missing_parameter_is_an_error_before_anything_is_written(app, template, wei):
    with pytest.raises(KeyError), atomic():
        messages.send([wei], template.key, {"title": "评估"})
    assert db.session.scalars(db.select(Message)).all() == []


def test_nobody_gets_a_message_twice_and_closed_accounts_get_none(app, template, wei, ann):
    with atomic():
        db.session.get_one(User, ann.id).closed = True
    invite(wei, wei, ann)
    assert [m.recipient_id for m in db.session.scalars(db.select(Message))] == [wei.id]


def test_messages_of_a_refused_action_are_never_sent(app, template, wei, mail_server):
    def refused():
        with atomic():
            messages.send([wei], template.key, PARAMS)
            raise WrongState("no")

    with pytest.raises(WrongState):
        refused()
    assert outbox.deliver_due() == 0
    assert mail_server.messages == []


def test_a_person_without_an_address_has_the_inbox(app, template):
    with atomic():
        nobody = person("nobody", email=None)
        messages.send([nobody], template.key, PARAMS)
    assert deliveries() == []
    actor = Actor(user=nobody)
    assert queries.count_unread(actor) == 1
    assert len(queries.list_inbox(actor, unread=True, after=None).items) == 1


def test_the_database_refuses_a_second_mail_for_a_message(app, template, wei):
    (message,) = invite(wei)
    again = Delivery(message_id=message.id, channel=Channel.MAIL, address="x@example.org")
    db.session.add(again)
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_secret_stays_out_of_the_inbox_and_is_erased_when_it_has_gone(
    app, secret, wei, mail_server
):
    with atomic():
        (message,) = messages.send([wei], secret.key, {"link": "https://example.org/x"})
    assert queries.count_unread(Actor(user=wei)) == 0
    with pytest.raises(NotFound):
        queries.access_message(message.id, Actor(user=wei))
    outbox.deliver_due()
    (mail,) = mail_server.messages
    assert "https://example.org/x" in mail.get_body(("plain",)).get_content()
    db.session.rollback()
    assert db.session.get_one(Message, message.id).text == ""


def test_an_address_is_not_readable_in_the_database(app, template, wei):
    invite(wei)
    stored = db.session.execute(db.text("SELECT address FROM message_delivery")).scalar()
    assert "example" not in str(stored)


def test_no_mail_means_inbox_only(app, template, wei):
    with atomic():
        actions.choose(mail="none", by=Actor(user=wei))
    (message,) = invite(wei)
    assert message.in_inbox
    assert deliveries() == []


def test_the_morning_mail_names_what_is_unread_and_comes_once(
    app, template, wei, mail_server, frozen
):
    with atomic():
        actions.choose(mail=MailWish.DAILY, by=Actor(user=wei))
    frozen("2026-03-01 15:00")
    invite(wei)
    frozen("2026-03-02 08:00")
    assert [digest.send_digests(), digest.send_digests()] == [1, 0]
    assert outbox.deliver_due() == 1
    (mail,) = mail_server.messages
    text = mail.get_body(("plain",)).get_content()
    assert "评估" in text
    assert "/messages" in text
    frozen("2026-03-03 08:00")
    assert digest.send_digests() == 0, "nothing new, no mail"
