"""Followers are told once of what they follow, as they chose; feeds are Atom."""

import re
import threading
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from lxml import etree

from core import policy
from core.db import atomic, db
from core.errors import RuleBroken
from core.messages import outbox
from core.messages.models import Message
from registry.following import actions, jobs
from registry.following.models import Follow, FollowNews, Pace
from registry.organizations.kinds import OrganizationStatus
from registry.organizations.models import Organization
from tests.pages import go
from tests.registry import lives

ATOM = "{http://www.w3.org/2005/Atom}"
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent.parent / "data" / "atom.rng"))


@pytest.fixture
def register(town, frozen):
    frozen("2026-03-02 09:00")
    with atomic():
        for n in range(3):
            lives.enter(n, f"锦江养老{n}协会", founded_on=date(2026, 3, 1), domicile="甲路1号")
    frozen("2026-03-03 09:00")
    return town


def first():
    return db.session.scalars(db.select(Organization).order_by(Organization.id)).first()


def changed(frozen, moment, **facts):
    frozen(moment)
    with atomic():
        lives.change(first(), date.fromisoformat(moment[:10]), **facts)


def told(user):
    db.session.rollback()
    return db.session.scalars(
        db.select(Message).where(Message.recipient_id == user.user_id).order_by(Message.id)
    ).all()


def follow(by, pace, **kept):
    with atomic():
        it = (
            actions.follow_search(kept, by=by)
            if kept
            else actions.follow_organization(first(), by=by)
        )
        actions.choose_pace(it, pace=pace.value, by=by)
        return it.id


# --- followers


def test_a_change_is_told_once_in_words(register, frozen):
    follow(register.applicant, Pace.AT_ONCE)
    changed(frozen, "2026-03-04 10:00", domicile="乙路2号")
    assert jobs.tell_followers() == "1 noted, 1 messages written"
    assert jobs.tell_followers() == "0 noted, 0 messages written"
    (message,) = told(register.applicant)
    assert message.subject == "锦江养老0协会：变更：住所"
    assert "住所由“甲路1号”变更为“乙路2号”" in message.text
    assert re.search(r"/following/leave/\S{20,}", message.text)
    assert [it.address for it in message.deliveries] == ["applicant@demo.example"]


def test_what_was_before_is_not_told_and_nothing_private_is(register, frozen):
    follow(register.applicant, Pace.AT_ONCE)
    changed(frozen, "2026-03-04 10:00", person_in_charge="李四")
    jobs.tell_followers()
    assert not told(register.applicant)


@pytest.mark.engines("sqlite")
def test_each_is_told_as_they_chose(register, frozen, mail_server):
    follow(register.applicant, Pace.DAILY)
    follow(register.choir, Pace.INBOX)
    for hour, road in ((10, "乙路"), (11, "丙路")):
        changed(frozen, f"2026-03-04 {hour}:00", domicile=road)
    jobs.tell_followers()
    assert not told(register.applicant)
    assert [it.deliveries for it in told(register.choir)] == [[], []]
    frozen("2026-03-05 07:00")
    jobs.tell_followers_daily()
    (digest,) = told(register.applicant)
    assert digest.subject == "您关注的内容有2处变动"
    assert digest.text.count("锦江养老0协会") == 2
    outbox.deliver_due()
    (mail,) = mail_server.to("applicant@demo.example")
    assert "/following" in mail.get_body(("plain",)).get_content()


def test_a_search_tells_what_comes_in_and_what_leaves(register, frozen):
    follow(register.applicant, Pace.AT_ONCE, q="养老", status="active")
    follow(register.choir, Pace.AT_ONCE, track="filed")
    frozen("2026-03-04 08:00")
    with atomic():
        lives.enter(9, "锦江养老九协会", founded_on=date(2026, 3, 4))
        lives.enter(10, "锦江读书会", founded_on=date(2026, 3, 4))
    changed(
        frozen, "2026-03-04 10:00", status=OrganizationStatus.REVOKED, ended_on=date(2026, 3, 4)
    )
    jobs.tell_followers()
    subjects = [it.subject for it in told(register.applicant)]
    assert len(subjects) == 2
    assert subjects[0].startswith("锦江养老九协会：")
    assert subjects[1].startswith("锦江养老0协会：")
    assert not told(register.choir)


@pytest.mark.engines("sqlite")
def test_a_flood_of_changes_is_one_message(register, frozen):
    follow(register.applicant, Pace.AT_ONCE, q="协会")
    frozen("2026-03-04 10:00")
    with atomic():
        for n in range(20, 80):
            lives.enter(n, f"锦江{n}协会", founded_on=date(2026, 3, 4))
    jobs.tell_followers()
    (message,) = told(register.applicant)
    assert "60" in message.subject
    assert "另有10处" in message.text


def test_two_jobs_at_once_tell_once(app, register, frozen):
    follow(register.applicant, Pace.AT_ONCE)
    changed(frozen, "2026-03-04 10:00", domicile="乙路2号")
    held = []

    def run():
        with app.app_context():
            try:
                jobs.tell_followers()
            except Exception as lost:
                held.append(lost)

    both = [threading.Thread(target=run) for _n in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    jobs.tell_followers()
    assert len(told(register.applicant)) == 1, held


@pytest.mark.engines("sqlite")
def test_what_was_told_is_forgotten_when_it_cannot_come_again(register, frozen):
    follow(register.applicant, Pace.AT_ONCE)
    changed(frozen, "2026-03-04 10:00", domicile="乙路2号")
    jobs.tell_followers()
    frozen("2026-03-20 07:00")
    assert jobs.tell_followers_daily().endswith("1 forgotten")
    assert jobs.tell_followers() == "0 noted, 0 messages written"
    assert not db.session.scalars(db.select(FollowNews)).all()


@pytest.mark.engines("sqlite")
def test_no_more_is_followed_than_the_district_allows(register, monkeypatch):
    monkeypatch.setattr(policy, "value", lambda it, on=None: 1)
    follow(register.applicant, Pace.DAILY)
    with pytest.raises(RuleBroken), atomic():
        actions.follow_search({"q": "养老"}, by=register.applicant)


# --- pages


@pytest.mark.engines("sqlite")
def test_a_person_follows_chooses_and_leaves(register, as_, client):
    number = first().number
    assert "Sign in to be told" in go(client, f"/register/{number}?lang=en").text
    me = as_(register.applicant)
    page = go(me, f"/register/{number}?lang=en").submit(f"/following/organizations/{number}")
    assert page.title == "What I follow"
    assert "锦江养老0协会" in page.text
    again = me.post(f"/following/organizations/{number}")
    assert again.status_code == 302
    page = go(me, "/register?q=养老&track=registered&lang=en").submit("/following/searches")
    assert "养老, Registered" in page.text
    assert db.session.query(Follow).count() == 2
    newest = db.session.scalars(db.select(Follow).order_by(Follow.id.desc())).first()
    assert newest.asked == {"q": "养老", "track": "registered"}
    page = page.submit(f"/following/{newest.id}", pace="inbox")
    assert "Messages here only" in page.text
    other = as_(register.choir)
    assert other.post(f"/following/{newest.id}", data={"pace": "daily"}).status_code == 404
    assert other.post(f"/following/{newest.id}/leave").status_code == 404
    page = page.submit(f"/following/{newest.id}/leave")
    assert db.session.query(Follow).count() == 1
    assert "You are told of changes here" in go(me, f"/register/{number}").text


@pytest.mark.engines("sqlite")
def test_the_link_in_a_mail_leads_out_without_signing_in(register, client):
    follow(register.applicant, Pace.AT_ONCE)
    token = db.session.scalars(db.select(Follow.token)).one()
    page = go(client, f"/following/leave/{token}?lang=en")
    assert "锦江养老0协会" in page.text
    assert db.session.query(Follow).count() == 1, "a mail program that looks must end nothing"
    page = page.submit("")
    assert "not be told" in page.text
    assert db.session.query(Follow).count() == 0
    assert client.get(f"/following/leave/{token}").status_code == 404


# --- feeds


def feed_at(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "application/atom+xml"
    tree = etree.fromstring(answer.data)
    assert SCHEMA.validate(tree), SCHEMA.error_log
    return answer, tree


def titles(tree):
    return [it.findtext(f"{ATOM}title") for it in tree.findall(f"{ATOM}entry")]


@pytest.mark.engines("sqlite")
def test_feeds_are_valid_atom_for_all_one_and_a_search(register, client, frozen):
    changed(frozen, "2026-03-04 10:00", domicile="乙路<2>号 & 弄\x0b")
    _answer, whole = feed_at(client, "/register/changes.atom?lang=en")
    assert len(titles(whole)) == 4
    assert titles(whole)[0] == "锦江养老0协会: Changed: Domicile"
    ids = [it.findtext(f"{ATOM}id") for it in whole.findall(f"{ATOM}entry")]
    assert len(set(ids)) == 4
    _answer, one = feed_at(client, f"/register/changes/{first().number}.atom")
    assert len(titles(one)) == 2
    _answer, search = feed_at(client, "/register/changes.atom?q=养老1&track=registered")
    assert len(titles(search)) == 1
    _answer, none = feed_at(client, "/register/changes.atom?q=没有")
    assert not titles(none)
    feed_at(client, "/notices.atom")
    assert client.get("/register/changes/nothing.atom").status_code == 404


@pytest.mark.engines("sqlite")
def test_a_feed_that_is_known_is_not_sent_again(register, client, frozen):
    answer, _tree = feed_at(client, "/register/changes.atom")
    etag, moment = answer.headers["ETag"], answer.headers["Last-Modified"]
    assert parsedate_to_datetime(moment) == datetime(2026, 3, 2, 1, tzinfo=UTC)
    for headers in ({"If-None-Match": etag}, {"If-Modified-Since": moment}):
        assert client.get("/register/changes.atom", headers=headers).status_code == 304
    changed(frozen, "2026-03-04 10:00", domicile="乙路2号")
    for headers in ({"If-None-Match": etag}, {"If-Modified-Since": moment}):
        assert client.get("/register/changes.atom", headers=headers).status_code == 200


@pytest.mark.engines("sqlite")
def test_a_long_feed_is_paged_to_its_end(register, client, monkeypatch):
    monkeypatch.setattr("registry.following.routes.SIZE", 2)
    address: str | None = "/register/changes.atom?q=养老"
    seen: list[str | None] = []
    while address:
        _answer, tree = feed_at(client, address)
        seen += titles(tree)
        links = {it.get("rel"): it.get("href") for it in tree.findall(f"{ATOM}link")}
        address = links.get("next")
        assert "before" not in links["first"]
    assert len(seen) == 3
