"""Notices: their period to the second, objections and answers, and what blocks a case."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import clock, notices
from core.accounts.actor import PUBLIC, acting_for
from core.accounts.models import User
from core.accounts.roles import Role
from core.audit.models import AuditEntry
from core.db import atomic, db
from core.errors import NotAllowed, NotFound, RuleBroken, WrongState
from core.messages.models import Delivery, Message
from core.notices import queries, words
from core.notices.models import Objection, PublicNotice
from core.notices.rules import NoticeStatus, is_open_for_objections, status_at
from tests.core.notices.office import announce, answer, object_to, seat

# --- periods


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        ("2026-03-06 23:59:59", NoticeStatus.OPEN),
        ("2026-03-06 23:59:59.999999", NoticeStatus.OPEN),
        ("2026-03-07 00:00:00", NoticeStatus.CLOSED),
        ("2026-03-07 00:00:01", NoticeStatus.CLOSED),
    ],
)
def test_the_last_day_counts_to_its_last_second(notice, frozen, moment, status):
    frozen(moment)
    assert notice.status is status
    assert is_open_for_objections(notice, clock.now()) is (status is NoticeStatus.OPEN)


@pytest.mark.parametrize(("seconds", "expected"), [(-1, False), (0, True), (1, True)])
def test_a_period_begins_when_the_notice_is_published(notice, seconds, expected):
    at = notice.published_at + timedelta(seconds=seconds)
    assert is_open_for_objections(notice, at) is expected


@pytest.mark.parametrize(("seconds", "expected"), [(-1, True), (0, False), (1, False)])
def test_a_period_ends_when_the_notice_is_withdrawn(notice, frozen, seconds, expected):
    frozen("2026-03-04 12:00")
    with atomic():
        notices.withdraw(db.session.get_one(PublicNotice, notice.id), reason="有误", by=PUBLIC)
    at = notice.withdrawn_at + timedelta(seconds=seconds)
    assert is_open_for_objections(notice, at) is expected


def test_an_announcement_takes_no_objections(officer):
    notice = announce(officer)
    assert notice.status is NoticeStatus.ANNOUNCED
    with pytest.raises(RuleBroken):
        object_to(notice)


@given(st.integers(0, 10**7), st.integers(0, 60))
def test_a_notice_is_one_thing_at_a_time(seconds, days):
    published = datetime(2026, 1, 1, tzinfo=UTC)
    notice = PublicNotice(
        published_at=published, objections_until=clock.local(published).date() + timedelta(days)
    )
    at = published + timedelta(seconds=seconds)
    open_now = is_open_for_objections(notice, at)
    assert open_now is (status_at(notice, at) is NoticeStatus.OPEN)
    assert open_now is (clock.local(at).date() <= clock.local(published).date() + timedelta(days))


# --- publishing


def test_publishing_numbers_and_records(officer):
    series = "锦民社公告〔{year}〕{place}号"
    first, second = announce(officer, series=series), announce(officer, series=series)
    assert [first.number, second.number] == ["锦民社公告〔2026〕1号", "锦民社公告〔2026〕2号"]
    assert first.facts["登记日期"] == "2026年3月1日"
    assert first.office_id == officer.body_id
    done = db.session.scalars(db.select(AuditEntry.action)).all()
    assert done.count("notice:publish") == 2


def test_a_period_that_has_passed_and_an_unknown_kind_are_refused(officer):
    with pytest.raises(RuleBroken):
        announce(officer, objections_until=date(2026, 3, 1))
    with pytest.raises(ValueError, match="gossip"):
        announce(officer, kind="gossip")
    notices.name_kind("grading", "评估")
    assert announce(officer).kind_label == "评估"


def test_a_notice_is_withdrawn_once_with_a_reason(notice, officer):
    with pytest.raises(RuleBroken):
        notices.withdraw(notice, reason=" ", by=officer)
    with atomic():
        notices.withdraw(db.session.get_one(PublicNotice, notice.id), reason="有误", by=officer)
    with pytest.raises(WrongState):
        notices.withdraw(notice, reason="有误", by=officer)


# --- objections


def test_an_objection_is_told_to_the_office_and_to_the_person(notice, officer, frozen):
    objection = object_to(notice)
    told, written = db.session.scalars(db.select(Message).order_by(Message.id)).all()
    assert told.recipient_id == officer.user_id
    assert told.link == f"/objections/{objection.id}"
    assert objection.token in written.link
    assert not written.in_inbox
    addresses = [d.address for d in db.session.scalars(db.select(Delivery).order_by(Delivery.id))]
    assert addresses == ["officer@example.org", "wei@example.org"]


def test_a_telephone_number_gets_no_mail(notice):
    object_to(notice, contact="028 8665 0000")
    assert len(db.session.scalars(db.select(Message)).all()) == 1


def test_name_and_contact_are_not_readable_in_the_database(notice):
    object_to(notice)
    stored = db.session.execute(db.text("SELECT name, contact FROM objection")).one()
    assert "王伟" not in stored[0]
    assert "example" not in stored[1]


def test_only_the_office_that_published_answers_and_only_once(notice, officer):
    objection = object_to(notice)
    with atomic():
        other, auditor = seat("other", Role.EXAMINER), seat("auditor", Role.AUDITOR)
    for stranger in (other, auditor, PUBLIC):
        with pytest.raises(NotAllowed):
            answer(objection, stranger)
    with pytest.raises(NotFound):
        queries.access_objection(objection.id, other)
    assert queries.access_objection(objection.id, auditor).id == objection.id
    assert answer(objection, officer).upheld is False
    with pytest.raises(WrongState):
        answer(objection, officer)
    written = db.session.scalar(db.select(Message).order_by(Message.id.desc()).limit(1))
    assert written is not None
    assert "经核实，等级无误。" in written.text


def test_nobody_answers_about_a_body_they_belong_to(officer):
    notice = announce(officer, body_id=officer.body_id, objections_until=date(2026, 3, 6))
    with pytest.raises(NotAllowed):
        answer(object_to(notice), officer)


def test_the_day_for_an_answer_counts_working_days(notice):
    assert queries.answer_due_on(object_to(notice)) == date(2026, 3, 16)


@pytest.fixture
def case_notice(officer):
    from core.workflow.models import Case

    with atomic():
        case_id = db.session.scalar(
            db.insert(Case.__table__).values(**_case_values(officer)).returning(Case.id)
        )
    return announce(officer, case_id=case_id, objections_until=date(2026, 3, 6))


def _case_values(officer):
    """Return the least a case needs: no workflow moves it here."""
    plain = {"title": "test", "kind": "test", "state": "test", "policies": {}, "version": 1}
    plain |= {"applicant_id": officer.user_id, "opened_at": clock.now(), "state_since": clock.now()}
    return plain


def test_a_case_waits_for_the_period_and_for_every_answer(case_notice, officer, frozen):
    case_id = case_notice.case_id
    first, second = object_to(case_notice), object_to(case_notice)
    assert len(notices.obstacles(case_id)) == 2
    assert len(notices.open_objections(case_id)) == 2
    frozen("2026-03-07 00:00")
    assert len(notices.obstacles(case_id)) == 1
    answer(first, officer)
    assert [o.id for o in notices.open_objections(case_id)] == [second.id]
    answer(second, officer, upheld="yes", words="异议成立。")
    assert notices.obstacles(case_id) == []
    assert [o.id for o in notices.upheld_objections(case_id)] == [second.id]
    assert [n.id for n in notices.notices_of_case(case_id)] == [case_notice.id]


def test_a_withdrawn_notice_holds_nothing_up(case_notice, officer):
    object_to(case_notice)
    with atomic():
        again = db.session.get_one(PublicNotice, case_notice.id)
        notices.withdraw(again, reason="有误", by=officer)
    assert notices.obstacles(case_notice.case_id) == []
    assert notices.open_objections(case_notice.case_id) == []


def test_of_two_officers_who_answer_at_once_one_is_told_that_it_is_done(app, officer, notice):
    """The first answer stands, and the person gets one letter."""
    objections = [object_to(notice).id for _n in range(4)]
    by, gate, said = (officer.user_id, officer.body_id), threading.Barrier(2), []

    def answer_all(finding):
        with app.app_context():
            for objection_id in objections:
                gate.wait()
                try:
                    actor = acting_for(db.session.get_one(User, by[0]), by[1])
                    answer(db.session.get_one(Objection, objection_id), actor, upheld=finding)
                    said.append("first")
                except WrongState:
                    said.append("second")
                finally:
                    db.session.remove()

    crowd = [threading.Thread(target=answer_all, args=(it,)) for it in ("yes", "no")]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    assert sorted(said) == ["first"] * 4 + ["second"] * 4
    db.session.rollback()
    letters = db.session.scalars(
        db.select(Message).where(Message.template == words.OBJECTION_ANSWERED.key)
    ).all()
    assert len(letters) == 4
