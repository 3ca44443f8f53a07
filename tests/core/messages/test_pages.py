"""The inbox, the wishes, the dead letters, and the commands."""

import re
from datetime import timedelta

import pytest

from core import clock, messages
from core.accounts.actor import Actor
from core.accounts.models import Membership, User
from core.accounts.roles import Role
from core.config import Settings
from core.db import atomic, db
from core.messages import actions, outbox, queries
from core.messages.letters import letter_of
from core.messages.models import DeliveryStatus, MailWish, Message
from tests.core.messages.people import deliveries, invite, seat, statuses


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


def test_a_message_for_a_body_opens_once_the_person_acts_for_it(app, template, wei, as_):
    with atomic():
        first, other = seat(wei, Role.OWNER), seat(wei, Role.HANDLER, "合唱团")
    (sent,) = invite(wei, link="/messages/choices", body_id=other.body_id)
    address, visitor = f"/messages/{sent.id}", as_(first)
    assert "合唱团" in visitor.get("/messages").text
    asked = visitor.get(address)
    assert asked.status_code == 403, "asked as for a case that is opened by its address"
    assert "合唱团" in asked.text and first.body.name in asked.text
    assert f'name="onward" value="{address}' in asked.text
    assert acting(visitor) == first.body_id, "looking at an address changes nothing"
    followed = visitor.post(f"{address}/read", data={"follow": "1", "once": "a"})
    assert followed.location == "/messages/choices"
    assert acting(visitor) == other.body_id
    assert "合唱团" in visitor.get(followed.location).text
    assert visitor.get(address).location == "/messages/choices", "no question any more"


def test_to_mark_a_message_read_changes_nothing_else(app, template, wei, as_):
    with atomic():
        first, other = seat(wei, Role.OWNER), seat(wei, Role.HANDLER, "合唱团")
    (sent,) = invite(wei, link="/messages/choices", body_id=other.body_id)
    visitor = as_(first)
    visitor.post(f"/messages/{sent.id}/read", data={"once": "a"})
    assert acting(visitor) == first.body_id


def test_who_left_the_body_is_not_let_in_by_an_old_message(app, template, wei, as_):
    with atomic():
        first, other = seat(wei, Role.OWNER), seat(wei, Role.HANDLER, "合唱团")
    (sent,) = invite(wei, link="/cases/7", body_id=other.body_id)
    with atomic():
        held = db.session.scalars(
            db.select(Membership).where(Membership.body_id == other.body_id)
        ).one()
        held.from_on = held.to_on = clock.today() - timedelta(days=1)
    visitor = as_(first)
    assert visitor.get(f"/messages/{sent.id}").location == "/cases/7"
    visitor.post(f"/messages/{sent.id}/read", data={"follow": "1", "once": "a"})
    assert acting(visitor) == first.body_id


def test_a_mail_leads_by_the_message_where_it_is_for_a_body(app, template, secret, wei):
    with atomic():
        body_id = seat(wei, Role.OWNER).body_id
        messages.send([wei], "test.secret", {"link": "x"}, link="/x", body_id=body_id)
    invite(wei, link="/cases/7", body_id=body_id)
    invite(wei, link="/cases/7")
    hidden, for_body, personal = (
        letter_of(it).mail.get_body(("plain",)).get_content() for it in deliveries()
    )
    assert "/x\n" in hidden
    assert f"/messages/{deliveries()[1].message_id}\n" in for_body
    assert "/cases/7\n" in personal


def acting(visitor):
    with visitor.session_transaction() as session:
        return session["acting"]


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


def test_the_inbox_is_in_the_order_of_time_whatever_was_written_first(app, template, wei):
    today = clock.now()
    for days in (3, 1, 2, 2):
        with clock.frozen(today - timedelta(days=days)):
            invite(wei)
    by_id = db.session.scalars(db.select(Message.id).order_by(Message.id)).all()
    expected = [by_id[1], by_id[3], by_id[2], by_id[0]]
    found, after = [], None
    for _page in by_id:
        shown = queries.list_inbox(Actor(user=wei), unread=False, after=after, size=1)
        found += [it.id for it in shown.items]
        after = shown.next
    assert (found, after) == (expected, None)


def test_a_person_chooses_what_comes_by_mail(app, wei, as_):
    visitor = as_(wei)
    assert "wei@example.org" in visitor.get("/messages/choices").text
    assert visitor.post("/messages/choices", data={"mail": "sometimes"}).status_code == 422
    assert visitor.post("/messages/choices", data={"mail": "daily"}).status_code == 302
    assert actions.wish_of(wei).mail is MailWish.DAILY


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
    assert statuses() == [DeliveryStatus.WAITING]
    assert as_(boss).post(f"/messages/undelivered/{delivery.id}").status_code == 409


def test_what_waits_is_not_said_to_have_arrived(app, template, wei, ann, as_):
    with atomic():
        boss = seat(db.session.get_one(User, ann.id), Role.ADMINISTRATOR)
    quiet = as_(boss).get("/messages/undelivered").text
    assert "没有等待发送的邮件" in quiet
    invite(wei)
    page = as_(boss).get("/messages/undelivered").text
    assert "没有等待发送的邮件" not in page
    assert "没有发送失败的邮件" in page
    assert "MAIL_URL" not in page


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
