"""The outbox: one mail for each message, and what happens when mail fails."""

import socket
import threading
from datetime import timedelta

import pytest

from core import clock, messages
from core.accounts.actor import SYSTEM
from core.db import atomic, db
from core.i18n import _l
from core.messages import actions, outbox, queries, wording
from core.messages.models import DeliveryStatus
from core.messages.post import Answer, Fate
from tests.core.messages.people import PARAMS, deliveries, invite, person, statuses


def test_a_mail_says_everything_in_text_and_html(app, template, wei, mail_server):
    (message,) = invite(wei, link="/cases/7?tab=a&b=1")
    assert outbox.deliver_due() == 1, [d.error for d in deliveries()]
    (mail,) = mail_server.to("wei@example.org")
    assert mail["Subject"] == message.subject
    assert mail["To"] == "wei@example.org"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "zh-Hans-CN"
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    address = "http://127.0.0.1:8000/cases/7?tab=a&b=1"
    assert message.text in text
    assert address in text
    assert address.replace("&", "&amp;") in html
    assert 'lang="zh-Hans-CN"' in html
    (delivery,) = deliveries()
    assert (delivery.status, delivery.attempts) == (DeliveryStatus.SENT, 1)
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


def test_who_is_greeted_in_the_text_is_not_greeted_twice(app, wei, mail_server):
    made = messages.MessageTemplate("test.greeting", _l("Subject"), _l("%(title)s"))
    with atomic():
        messages.send([wei], made.key, {"title": f"{wei.display_name}，您好：开始办理。"})
    del wording.templates["test.greeting"]
    outbox.deliver_due()
    (mail,) = mail_server.messages
    for kind in ("plain", "html"):
        assert mail.get_body((kind,)).get_content().count("您好：") == 1, kind


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
    assert set(statuses()) == {DeliveryStatus.SENT}


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
        if delivery.status is DeliveryStatus.FAILED:
            frozen(delivery.next_at)
    assert tuple(pauses[:-1]) == outbox.PAUSES
    assert (delivery.status, delivery.error) == (DeliveryStatus.DEAD, "451 try later")
    assert len(clerk.ids) == len(outbox.PAUSES) + 1
    assert len(set(clerk.ids)) == 1, "the same mail has the same name at every attempt"


@pytest.mark.parametrize("step", ["recipient", "text"])
def test_a_refusal_for_good_is_a_dead_letter_at_once(app, template, wei, ann, clerk, step):
    invite(wei, ann)
    setattr(clerk, step, "550 no such person")
    assert outbox.deliver_due() == 0
    assert statuses() == [DeliveryStatus.DEAD] * 2
    assert {delivery.error for delivery in deliveries()} == {"550 no such person"}


def test_a_line_that_dies_after_the_text_leaves_doubt_and_no_second_mail(
    app, template, wei, clerk, frozen
):
    frozen("2026-03-02 09:00")
    invite(wei)
    clerk.hangs_up = True
    outbox.deliver_due()
    assert statuses() == [DeliveryStatus.UNCERTAIN]
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
    assert statuses() == [DeliveryStatus.FAILED, DeliveryStatus.WAITING]
    assert "refused" in deliveries()[0].error


def test_a_sender_that_died_leaves_doubt_after_its_lease(app, template, wei, frozen, mail_server):
    frozen("2026-03-02 09:00")
    invite(wei)
    claimed = outbox.claim_next()
    assert claimed is not None
    frozen("2026-03-02 09:09:59")
    assert outbox.deliver_due() == 0
    assert statuses() == [DeliveryStatus.SENDING]
    frozen("2026-03-02 09:10")
    assert outbox.deliver_due() == 0
    assert statuses() == [DeliveryStatus.UNCERTAIN]
    outbox.settle(claimed, Answer(Fate.TAKEN))
    assert statuses() == [DeliveryStatus.UNCERTAIN], "a late answer does not overrule the doubt"
    assert mail_server.messages == []


def test_an_impossible_address_does_not_hold_up_the_others(app, template, wei, mail_server):
    with atomic():
        messages.write_to("a\nb@example.org", template.key, PARAMS)
    invite(wei)
    assert outbox.deliver_due() == 1
    assert statuses() == [DeliveryStatus.DEAD, DeliveryStatus.SENT]


def test_without_a_mail_server_mail_is_kept(app, template, wei, clerk):
    app.extensions["settings"] = app.extensions["settings"].model_copy(update={"MAIL_URL": ""})
    invite(wei)
    assert outbox.deliver_due() == 0
    assert statuses() == [DeliveryStatus.WAITING]


def test_depths_count_what_is_not_over(app, template, wei, frozen):
    frozen("2026-03-02 09:00")
    invite(wei)
    frozen("2026-03-02 09:05")
    assert queries.depths()["waiting"] == 1
    assert queries.oldest_waiting() == timedelta(minutes=5)
