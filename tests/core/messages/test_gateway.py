"""Text messages: for whom, in which words, and what the gateway's answers mean."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from core.accounts.actor import Actor
from core.accounts.models import User
from core.db import atomic, db
from core.messages import actions, outbox
from core.messages.gateway import Gateway
from core.messages.models import Channel, DeliveryStatus
from tests.core.messages.people import deliveries, invite


class Exchange(HTTPServer):
    """`status` is what it answers, None hangs up; `taken` what it was sent."""

    status: int | None = 202
    taken: list[tuple[str, str, dict[str, str]]]


class Answering(BaseHTTPRequestHandler):
    server: Exchange

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, self.headers["Idempotency-Key"], json.loads(body)))
        if self.server.status is not None:
            self.send_response(self.server.status)
            self.end_headers()

    def log_message(self, *arguments):
        """Stay silent."""


@pytest.fixture
def gateway(app):
    """A gateway that does as it is told."""
    server = Exchange(("127.0.0.1", 0), Answering)
    server.taken = []
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    kept = app.extensions["settings"]
    url = f"http://127.0.0.1:{server.server_port}/send?key=1"
    app.extensions["settings"] = kept.model_copy(update={"SMS_URL": url, "MAIL_URL": ""})
    yield server
    app.extensions["settings"] = kept
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def reachable(wei):
    """Wei has a telephone and wants to be called."""
    with atomic():
        user = db.session.get_one(User, wei.id)
        user.phone = "13800000000"
        actions.choose(mail="none", sms=True, by=Actor(user=user))
    return wei


def texts():
    return [(d.channel, d.status) for d in deliveries()]


def test_a_text_message_names_subject_and_address_only(template, reachable, gateway):
    (message,) = invite(reachable, link="/cases/7")
    assert texts() == [(Channel.SMS, DeliveryStatus.WAITING)]
    assert [outbox.deliver_due(), outbox.deliver_due()] == [1, 0]
    ((path, key, body),) = gateway.taken
    assert path == "/send?key=1"
    assert key == body["id"]
    assert body["to"] == "13800000000"
    assert message.subject in body["text"]
    assert body["text"].endswith(" http://127.0.0.1:8000/cases/7")
    assert message.text not in body["text"]
    assert texts() == [(Channel.SMS, DeliveryStatus.SENT)]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (400, DeliveryStatus.DEAD),
        (429, DeliveryStatus.FAILED),
        (503, DeliveryStatus.FAILED),
        (None, DeliveryStatus.UNCERTAIN),
    ],
)
def test_what_an_answer_means(template, reachable, gateway, status, expected):
    gateway.status = status
    invite(reachable)
    assert outbox.deliver_due() == 0
    assert texts() == [(Channel.SMS, expected)]


def test_a_gateway_that_is_away_is_tried_again(app, template, reachable, gateway):
    invite(reachable)
    gateway.shutdown()
    gateway.server_close()
    assert outbox.deliver_due() == 0
    assert texts() == [(Channel.SMS, DeliveryStatus.FAILED)]


def test_nobody_is_called_unasked_or_without_a_gateway(app, template, wei, reachable, gateway):
    app.extensions["settings"] = app.extensions["settings"].model_copy(update={"SMS_URL": ""})
    invite(reachable)
    assert texts() == []


def test_the_choice_is_offered_where_it_can_be_kept(template, reachable, ann, gateway, as_):
    assert 'name="sms"' in as_(reachable).get("/messages/choices").text
    assert 'name="sms"' not in as_(ann).get("/messages/choices").text
    as_(reachable).post("/messages/choices", data={"mail": "each", "once": "a"})
    db.session.rollback()
    assert actions.wish_of(reachable).sms is False


def test_an_address_that_is_none_is_refused_at_once():
    with pytest.raises(ValueError, match="SMS_URL"):
        Gateway("ftp://example.org")
