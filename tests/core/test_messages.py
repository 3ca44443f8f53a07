"""Messages: whose words, which language, one mail each, and what happens when mail fails."""

import re
import socket
import threading
from datetime import date, timedelta
from decimal import Decimal

import pytest
from aiosmtpd.controller import Controller
from flask_babel import force_locale
from sqlalchemy.exc import IntegrityError

from core import clock, messages
from core.accounts.actor import SYSTEM, Actor
from core.accounts.models import Body, BodyKind, Membership, User
from core.accounts.roles import Role
from core.config import Settings
from core.db import atomic, db
from core.errors import NotFound, WrongState
from core.i18n import LOCALES, _l
from core.messages import actions, digest, outbox, queries, wording
from core.messages.models import Channel, Delivery, DeliveryState, MailWish, Message
from core.messages.post import Answer, Fate
from tests.processes import free_port


@pytest.fixture
def template():
    """A message that only this test knows."""
    made = messages.MessageTemplate(
        key="test.invited",
        subject=_l("%(title)s: %(day)s"),
        body=_l("Come on %(day)s and bring %(sum)s for %(title)s."),
    )
    yield made
    del wording.templates["test.invited"]


@pytest.fixture
def secret():
    made = messages.MessageTemplate(
        key="test.secret", subject=_l("Link"), body=_l("Use %(link)s"), secret=True
    )
    yield made
    del wording.templates["test.secret"]


PARAMS = {"title": "评估", "day": date(2026, 3, 1), "sum": Decimal(30000)}


def person(login, **values):
    user = User(
        login=login,
        display_name=values.pop("display_name", login),
        email=values.pop("email", f"{login}@example.org"),
        password_hash="x",
        session_stamp="s",
        **values,
    )
    db.session.add(user)
    db.session.flush()
    return user


@pytest.fixture
def wei(app):
    with atomic():
        return person("wei", display_name="王伟")


@pytest.fixture
def ann(app):
    with atomic():
        return person("ann", locale="en")


def invite(*people, **extra):
    with atomic():
        return messages.send(people, "test.invited", PARAMS, **extra)


def deliveries():
    db.session.rollback()
    return db.session.scalars(db.select(Delivery).order_by(Delivery.id)).all()


def states():
    return [delivery.state for delivery in deliveries()]


# --- words


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


# --- writing


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


# --- sending


def test_a_mail_says_everything_in_text_and_html(app, template, wei, mail_server):
    (message,) = invite(wei, link="/cases/7?tab=a&b=1")
    assert outbox.deliver_due() == 1, [d.error for d in deliveries()]
    (mail,) = mail_server.to("wei@example.org")
    assert mail["Subject"] == message.subject
    assert mail["To"] == "wei@example.org"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "zh-CN"
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    address = "http://127.0.0.1:8000/cases/7?tab=a&b=1"
    assert message.text in text
    assert address in text
    assert address.replace("&", "&amp;") in html
    assert 'lang="zh-CN"' in html
    (delivery,) = deliveries()
    assert (delivery.state, delivery.attempts) == (DeliveryState.SENT, 1)
    assert delivery.sent_at is not None


def test_what_was_sent_is_not_sent_again(app, template, wei, ann, mail_server):
    invite(wei, ann)
    assert [outbox.deliver_due(), outbox.deliver_due()] == [2, 0]
    assert len(mail_server.messages) == 2


def test_words_of_a_user_cannot_break_out_of_the_html(app, wei, mail_server):
    made = messages.MessageTemplate("test.raw", _l("%(title)s"), _l("%(title)s"))
    with atomic():
        messages.send([wei], made.key, {"title": "<b>\r\nBcc: x@example.org</b>"})
    del wording.templates["test.raw"]
    outbox.deliver_due()
    (mail,) = mail_server.messages
    assert mail["Bcc"] is None
    assert "<b>" not in mail.get_body(("html",)).get_content()


def test_eight_senders_send_each_mail_once(app, template, mail_server):
    with atomic():
        people = [person(f"p{n}") for n in range(12)]
        messages.send(people, template.key, PARAMS)
    start = threading.Barrier(8)
    sent = []

    def send():
        with app.app_context():
            start.wait()
            sent.append(outbox.deliver_due())
            db.session.remove()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(sent) == 12
    assert len(mail_server.messages) == 12
    assert len({mail["Message-ID"] for mail in mail_server.messages}) == 12
    assert set(states()) == {DeliveryState.SENT}


class Clerk:
    """A mail server that answers as a test tells it."""

    def __init__(self):
        self.port = free_port()
        self.recipient = self.text = "250 OK"
        self.ids = []
        self.hangs_up = False

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        found = re.search(rb"^Message-ID: (\S+)", envelope.content, re.M)
        self.ids.append(found and found[1])
        if self.hangs_up:
            server.transport.abort()
        return self.text


@pytest.fixture
def clerk(app):
    clerk = Clerk()
    controller = Controller(clerk, hostname="127.0.0.1", port=clerk.port)
    controller.start()
    kept = app.extensions["settings"]
    app.extensions["settings"] = kept.model_copy(
        update={"MAIL_URL": f"smtp://127.0.0.1:{clerk.port}"}
    )
    yield clerk
    app.extensions["settings"] = kept
    controller.stop()


def test_a_refusal_for_now_is_retried_with_growing_pauses(app, template, wei, clerk, frozen):
    frozen("2026-03-02 09:00")
    invite(wei)
    clerk.text = "451 try later"
    pauses = []
    for _attempt in range(len(outbox.PAUSES) + 1):
        outbox.deliver_due()
        (delivery,) = deliveries()
        pauses.append(delivery.next_at - clock.now())
        assert outbox.deliver_due() == 0
        if delivery.state is DeliveryState.FAILED:
            frozen(delivery.next_at)
    assert tuple(pauses[:-1]) == outbox.PAUSES
    assert (delivery.state, delivery.error) == (DeliveryState.DEAD, "451 try later")
    assert len(clerk.ids) == len(outbox.PAUSES) + 1
    assert len(set(clerk.ids)) == 1, "the same mail has the same name at every attempt"


@pytest.mark.parametrize("step", ["recipient", "text"])
def test_a_refusal_for_good_is_a_dead_letter_at_once(app, template, wei, ann, clerk, step):
    invite(wei, ann)
    setattr(clerk, step, "550 no such person")
    assert outbox.deliver_due() == 0
    assert states() == [DeliveryState.DEAD] * 2
    assert {delivery.error for delivery in deliveries()} == {"550 no such person"}


def test_a_line_that_dies_after_the_text_leaves_doubt_and_no_second_mail(
    app, template, wei, clerk, frozen
):
    frozen("2026-03-02 09:00")
    invite(wei)
    clerk.hangs_up = True
    outbox.deliver_due()
    assert states() == [DeliveryState.UNCERTAIN]
    clerk.hangs_up = False
    frozen("2026-03-03 09:00")
    assert outbox.deliver_due() == 0
    assert len(clerk.ids) == 1
    with atomic():
        actions.send_again(queries.access_delivery(deliveries()[0].id), by=SYSTEM)
    assert outbox.deliver_due() == 1
    assert clerk.ids[0] == clerk.ids[1]


def test_a_server_that_is_away_costs_one_attempt_not_all(app, template, wei, ann, clerk):
    invite(wei, ann)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"smtp://127.0.0.1:{closed.getsockname()[1]}"
    app.extensions["settings"] = app.extensions["settings"].model_copy(update={"MAIL_URL": url})
    assert outbox.deliver_due() == 0
    assert states() == [DeliveryState.FAILED, DeliveryState.WAITING]
    assert "refused" in deliveries()[0].error


def test_a_sender_that_died_leaves_doubt_after_its_lease(app, template, wei, frozen, mail_server):
    frozen("2026-03-02 09:00")
    invite(wei)
    claimed = outbox.claim_next()
    assert claimed is not None
    frozen("2026-03-02 09:09:59")
    assert outbox.deliver_due() == 0
    assert states() == [DeliveryState.SENDING]
    frozen("2026-03-02 09:10")
    assert outbox.deliver_due() == 0
    assert states() == [DeliveryState.UNCERTAIN]
    outbox.settle(claimed, Answer(Fate.TAKEN))
    assert states() == [DeliveryState.UNCERTAIN], "a late answer does not overrule the doubt"
    assert mail_server.messages == []


def test_an_impossible_address_does_not_hold_up_the_others(app, template, wei, mail_server):
    with atomic():
        messages.write_to("a\nb@example.org", template.key, PARAMS)
    invite(wei)
    assert outbox.deliver_due() == 1
    assert states() == [DeliveryState.DEAD, DeliveryState.SENT]


def test_without_a_mail_server_mail_is_kept(app, template, wei, clerk):
    app.extensions["settings"] = app.extensions["settings"].model_copy(update={"MAIL_URL": ""})
    invite(wei)
    assert outbox.deliver_due() == 0
    assert states() == [DeliveryState.WAITING]


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


# --- choosing


def test_no_mail_means_inbox_only(app, template, wei):
    with atomic():
        actions.choose_mail(mail="none", by=Actor(user=wei))
    (message,) = invite(wei)
    assert message.in_inbox
    assert deliveries() == []


def test_the_morning_mail_names_what_is_unread_and_comes_once(
    app, template, wei, mail_server, frozen
):
    with atomic():
        actions.choose_mail(mail=MailWish.DAILY, by=Actor(user=wei))
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


# --- pages


def seat(user, role):
    body = Body(kind=BodyKind.BUREAU, name=f"局 {user.login}")
    membership = Membership(user=user, body=body, role=role)
    db.session.add(membership)
    db.session.flush()
    return Actor(user, body, frozenset({role}), frozenset({body.id}))


def test_the_inbox_shows_marks_and_follows(app, template, wei, ann, as_):
    first, second = invite(wei, link="/messages/choices")[0], invite(wei)[0]
    invite(ann)
    visitor = as_(wei)
    shown = visitor.get("/messages").text
    assert shown.index(f"message-{second.id}") < shown.index(f"message-{first.id}")
    assert queries.count_unread(Actor(user=wei)) == 2
    followed = visitor.post(f"/messages/{first.id}/read", data={"follow": "1", "once": "a"})
    assert followed.location == "/messages/choices"
    unread = visitor.get("/messages?show=unread").text
    assert f"message-{second.id}" in unread
    assert f"message-{first.id}" not in unread
    visitor.post("/messages/read", data={"once": "b"})
    assert queries.count_unread(Actor(user=wei)) == 0
    assert queries.count_unread(Actor(user=ann)) == 1


def test_anothers_message_is_a_404(app, template, wei, ann, as_):
    (message,) = invite(wei)
    assert as_(ann).post(f"/messages/{message.id}/read").status_code == 404
    db.session.rollback()
    assert db.session.get_one(Message, message.id).read_at is None


def test_the_inbox_is_paged(app, template, wei, as_):
    for _n in range(21):
        invite(wei)
    first = as_(wei).get("/messages").text
    assert first.count('<article class="message"') == 20
    cursor = re.search(r'rel="next" href="\?after=([^"]+)"', first)
    assert cursor is not None
    assert as_(wei).get(f"/messages?after={cursor[1]}").text.count("<article") == 1
    assert as_(wei).get("/messages?after=nonsense").status_code == 400


def test_a_person_chooses_what_comes_by_mail(app, wei, as_):
    visitor = as_(wei)
    assert "wei@example.org" in visitor.get("/messages/choices").text
    assert visitor.post("/messages/choices", data={"mail": "sometimes"}).status_code == 422
    assert visitor.post("/messages/choices", data={"mail": "daily"}).status_code == 302
    assert actions.wish_of(wei) is MailWish.DAILY


def test_the_administrator_sees_dead_letters_and_sends_them_again(
    app, template, wei, ann, clerk, as_
):
    invite(wei)
    clerk.recipient = "550 no such person"
    outbox.deliver_due()
    (delivery,) = deliveries()
    assert as_(ann).get("/messages/undelivered").status_code == 403
    with atomic():
        boss = seat(db.session.get_one(User, ann.id), Role.ADMINISTRATOR)
    page = as_(boss).get("/messages/undelivered").text
    assert "550 no such person" in page
    again = as_(boss).post(f"/messages/undelivered/{delivery.id}", data={"once": "a"})
    assert again.status_code == 302
    assert states() == [DeliveryState.WAITING]
    assert as_(boss).post(f"/messages/undelivered/{delivery.id}").status_code == 409


def test_commands_list_dead_letters_and_send_again(app, template, wei, clerk):
    shell = app.test_cli_runner()
    invite(wei)
    clerk.recipient = "550 no such person"
    assert shell.invoke(args=["messages", "deliver"]).output == "0 sent\n"
    dead = shell.invoke(args=["messages", "dead"])
    assert dead.exit_code == 1
    assert "test.invited 550 no such person" in dead.output
    assert "wei@" not in dead.output
    number = dead.output.split()[0]
    assert shell.invoke(args=["messages", "resend", number]).exit_code == 0
    assert shell.invoke(args=["messages", "resend", number]).exit_code == 1
    clerk.recipient = "250 OK"
    assert shell.invoke(args=["messages", "deliver"]).output == "1 sent\n"
    assert shell.invoke(args=["messages", "dead"]).exit_code == 0


@pytest.mark.engines("sqlite")
def test_the_trial_page_shows_mail_in_development_only(app, template, wei, world, client):
    import wsgi

    invite(wei, link="/cases/7")
    assert client.get("/development/mail").status_code == 404
    environment = {**world.processes.environment, "APP_ENV": "development", "MAIL_URL": ""}
    trial = wsgi.create_app(Settings(**environment))
    shown = trial.test_client().get("/development/mail").text
    assert "wei@example.org" in shown
    assert "/cases/7" in shown
    with trial.app_context():
        db.engine.dispose()


def test_depths_count_what_is_not_over(app, template, wei, frozen):
    frozen("2026-03-02 09:00")
    invite(wei)
    frozen("2026-03-02 09:05")
    assert queries.depths()["waiting"] == 1
    assert queries.oldest_waiting() == timedelta(minutes=5)
