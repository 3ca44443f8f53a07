"""The inbox, the wishes, the dead letters, and the commands."""

import re

import pytest

from core.accounts.actor import Actor
from core.accounts.models import User
from core.accounts.roles import Role
from core.config import Settings
from core.db import atomic, db
from core.messages import actions, outbox, queries
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
