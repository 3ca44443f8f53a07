"""Opinions of other bodies: who asks, what the asked may read, how a question ends, once each."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from core import clock
from core.accounts import SYSTEM, Body, BodyKind, Role
from core.accounts import actions as accounts
from core.accounts.actor import choices_for
from core.attachments import Upload, access_attachment, list_attachments
from core.audit.models import AuditEntry
from core.db import atomic, db
from core.errors import DomainError, NotAllowed, NotFound, RuleBroken, WrongState
from core.i18n import day
from core.messages.models import Message
from core.opinions import actions, listing, queries
from core.opinions.models import Opinion, OpinionStatus, Stance
from core.workflow import Party, engine
from core.workflow import actions as cases
from core.workflow.models import Case, CaseEvent
from registry.demo import cases as demo
from registry.demo import driver
from registry.demo.papers import sample_pdf
from tests.pages import go
from tests.statements import statements

pytestmark = pytest.mark.engines("sqlite")
SPONSOR = "锦江区文化体育和旅游局"
STREET = "春熙路街道社会组织指导服务中心"
S = OpinionStatus


def body(name=SPONSOR):
    return db.session.scalars(db.select(Body).where(Body.name == name)).one()


def examined(field="竹编"):
    """Return the id of a case that an examiner has in hand."""
    case_id = demo._association(field, 30, 3)
    driver.drive(case_id, "examining", days_ago=0)
    return case_id


@pytest.fixture
def town(world, town):
    """The town with one case that an examiner has in hand, made once a process and engine."""
    if not getattr(world, "examined", None):
        world.examined = examined()
        db.session.remove()
        db.engine.dispose()
        world.databases.copy("live", "examined")
    db.session.remove()
    db.engine.dispose()
    world.databases.copy("examined", "live")
    return town


@pytest.fixture
def case_id(world, town):
    """The id of the case that the examiner has in hand; its papers' contents are not there."""
    return world.examined


def ask(town, case_id, *, by=None, names=(SPONSOR,), days=5, sections=("purpose",), **more):
    with atomic():
        case = db.session.get_one(Case, case_id)
        asked = actions.ask(
            case, by=by or town.examiner, question="是否需要先取得许可？", days=days,
            bodies=[body(it).id for it in names], sections=sections, **more,
        )  # fmt: skip
        return [it.id for it in asked]


def answer(town, opinion_id, *, by=None, stance=Stance.AGREE, words="", **more):
    with atomic():
        actions.answer(
            db.session.get_one(Opinion, opinion_id), by=by or town.sponsor,
            stance=stance.value, answer=words, **more,
        )  # fmt: skip


def opinion(opinion_id):
    db.session.expire_all()
    return db.session.get_one(Opinion, opinion_id)


def main(page):
    """Return what a page itself says, without its frame and the number of the request."""
    said = page.text.partition("<main")[2].partition("</main")[0]
    return re.sub(r"\b[0-9a-f]{16}\b", "", said)


def told(login, key):
    query = db.select(Message).where(Message.template == key)
    return [it for it in db.session.scalars(query) if it.recipient.login == login]


def test_a_question_is_answered_and_the_case_goes_on_unmoved(town, case_id):
    before = db.session.get_one(Case, case_id)
    clocks = before.due_at, before.promised_on, before.statutory_on, before.state, before.version
    (asked,) = ask(town, case_id)
    assert len(told("sponsor", "opinion.asked")) == 1
    with atomic():
        found = db.session.get_one(Opinion, asked)
        upload = Upload("意见.pdf", sample_pdf("意见"))
        actions.answer(found, by=town.sponsor, stance="object", answer="需要许可。", upload=upload)
    found = opinion(asked)
    assert (found.status, found.stance, found.answered_by.login) == (
        S.ANSWERED, Stance.OBJECT, "sponsor",
    )  # fmt: skip
    assert len(told("examiner", "opinion.answered")) == 1
    case = db.session.get_one(Case, case_id)
    assert (case.due_at, case.promised_on, case.statutory_on, case.state, case.version) == clocks
    steps = [(e.step, e.staff_only) for e in case.events][-2:]
    assert steps == [("opinion.ask", True), ("opinion.answer", True)]
    (file,) = list_attachments(owner=found)
    assert access_attachment(file.id, town.examiner) and access_attachment(file.id, town.sponsor)
    for stranger in (town.street, town.as_themselves("applicant")):
        with pytest.raises(NotFound):
            access_attachment(file.id, stranger)


@pytest.mark.parametrize("login", ["intake", "approver", "sponsor", "auditor", "head", "applicant"])
def test_only_who_has_the_case_in_hand_asks(town, case_id, login):
    who = town.as_themselves(login) if login == "applicant" else getattr(town, login)
    with pytest.raises(NotAllowed):
        ask(town, case_id, by=who)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"days": 0}, "days"),
        ({"days": 16}, "days"),
        ({"names": ()}, "near"),
        ({"names": ("成都市锦江区行政审批局",)}, "near"),  # has the case itself
        ({"names": ("锦江区教育局",)}, "near"),  # nobody there could answer
        ({"sections": []}, "sections"),
        ({"sections": ["secret"]}, "sections"),
        ({"papers": [987654321]}, "sections"),
    ],
)
def test_what_makes_no_question_is_refused_at_its_field(town, case_id, given, field):
    with pytest.raises(RuleBroken) as refused:
        ask(town, case_id, **given)
    assert refused.value.field == field


def test_what_is_refused_stands_on_record_with_its_reason(town, case_id, as_):
    page = go(as_(town.examiner), f"/cases/{case_id}/opinions/new")
    told = {"question": "是否需要先取得许可？", "days": "5"}
    assert page.submit(others=[str(body().id)], **told).status == 422, "nothing to read"
    stranger = as_(town.approver)
    assert stranger.get(f"/cases/{case_id}/opinions/new").status_code == 403
    assert stranger.post(f"/cases/{case_id}/opinions/new").status_code == 403
    (asked,) = ask(town, case_id)
    with atomic():
        event = db.session.get_one(Case, case_id).events[-1]
        event.actor_id = town.sponsor.user_id  # as if they had worked on it at another desk
    page = go(as_(town.sponsor), f"/opinions/{asked}")
    assert page.submit(stance="agree", answer="可以").status == 422
    db.session.rollback()
    kept = db.session.scalars(
        db.select(AuditEntry).where(AuditEntry.action.like("opinion:%refused"))
        .order_by(AuditEntry.id)
    ).all()  # fmt: skip
    assert [(it.action, it.actor_id, it.subject_id) for it in kept] == [
        ("opinion:ask_refused", town.examiner.user_id, case_id),
        ("opinion:ask_refused", town.approver.user_id, case_id),
        ("opinion:answer_refused", town.sponsor.user_id, asked),
    ], "a page that was only looked at is no refusal"
    assert "至少选择一部分" in kept[0].note and all(it.note for it in kept)


def test_a_body_is_asked_once_at_a_time_and_again_afterwards(town, case_id):
    (first,) = ask(town, case_id)
    with pytest.raises(RuleBroken, match=SPONSOR):
        ask(town, case_id)
    answer(town, first)
    with pytest.raises(WrongState):
        answer(town, first)
    (second,) = ask(town, case_id)
    assert second != first


@pytest.mark.engines("sqlite", "postgresql")
def test_the_database_keeps_one_open_question_a_body_and_case(town, case_id):
    (first,) = ask(town, case_id)
    found = opinion(first)
    same = {
        "case_id": case_id, "body_id": found.body_id, "asking_body_id": found.asking_body_id,
        "asked_by_id": found.asked_by_id, "question": "？", "sections": [], "answer": "",
        "due_at": clock.now(), "version": 1,
    }  # fmt: skip
    closed = {"closed_at": clock.now()}
    for broken in (
        {"status": S.ASKED},
        {"status": S.LAPSED},  # ended at no moment
        {"status": S.ANSWERED, **closed},  # without a stance
        {"status": S.ANSWERED, **closed, "stance": Stance.OBJECT, "answered_by_id": found.asked_by_id},
        {"status": S.LAPSED, **closed, "asking_body_id": found.body_id},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), atomic():
            db.session.execute(insert(Opinion).values(**{**same, **broken}))
    with atomic():
        db.session.execute(insert(Opinion).values(**{**same, "status": S.LAPSED, **closed}))


def test_objecting_takes_reasons(town, case_id):
    (asked,) = ask(town, case_id)
    with pytest.raises(RuleBroken) as refused:
        answer(town, asked, stance=Stance.OBJECT, words="  ")
    assert refused.value.field == "answer"
    answer(town, asked, stance=Stance.NO_OBJECTION)


def test_an_asked_body_opens_what_was_chosen_and_nothing_else(town, case_id, as_):
    other_case, case_id = case_id, examined("藤编")  # with its papers' contents
    files = list_attachments(case_id=case_id)
    (asked,) = ask(
        town, case_id, names=(STREET,), sections=["purpose"], papers=[files[0].id],
    )  # fmt: skip
    (other,) = ask(town, other_case)
    street = as_(town.street)
    page = street.get(f"/opinions/{asked}")
    assert page.status_code == 200
    assert "宗旨" in page.text and "51010" not in page.text, "only the chosen section"
    assert street.get(f"/opinions/{asked}/papers/{files[0].id}").status_code == 200
    absent = street.get("/opinions/987654321")
    hidden = street.get(f"/opinions/{other}")
    assert (absent.status_code, hidden.status_code) == (404, 404)
    assert main(absent) == main(hidden), "a hidden question looks like an absent one"
    for address in (
        f"/cases/{case_id}",
        f"/opinions/{asked}/papers/{files[1].id}",
        f"/attachments/{files[0].id}",
        f"/opinions/{asked}/withdrawal",
        f"/cases/{case_id}/opinions/new",
    ):
        assert street.get(address).status_code == 404, address
    answer(town, asked, by=town.street)
    closed = street.get(f"/opinions/{asked}")
    assert closed.status_code == 200 and "宗旨" not in closed.text
    assert street.get(f"/opinions/{asked}/papers/{files[0].id}").status_code == 404


@pytest.mark.parametrize("login", ["applicant", "examiner", "auditor", "admin", "community"])
def test_nobody_else_sees_a_question(town, case_id, as_, login):
    (asked,) = ask(town, case_id)
    who = town.as_themselves(login) if login == "applicant" else getattr(town, login)
    with pytest.raises(NotFound):
        queries.access_opinion(asked, who)


def test_recused_people_and_people_of_two_desks_do_not_speak(town, case_id):
    (asked,) = ask(town, case_id)
    examiner = town.examiner.user
    with atomic():
        accounts.grant_membership(examiner, body(), Role.SPONSOR_OFFICER, by=SYSTEM)
    there = next(it for it in choices_for(examiner) if it.body and it.body.name == SPONSOR)
    with pytest.raises(RuleBroken):
        answer(town, asked, by=there)
    with atomic():
        cases.recuse(db.session.get_one(Case, case_id), by=town.sponsor, reason="亲属")
    with pytest.raises(NotFound):
        queries.access_opinion(asked, town.sponsor)
    wanted = listing.OpinionFilter()
    assert not db.session.scalars(listing.list_opinions(wanted, town.sponsor)).all()
    assert db.session.scalar(listing.count_waiting(town.sponsor)) == 0


def test_time_reminds_once_and_then_lets_the_question_lapse(town, case_id, frozen):
    (asked,) = ask(town, case_id, days=3)
    due = opinion(asked).due_at
    assert (actions.remind(), actions.sweep()) == (0, 0)
    frozen(due - timedelta(hours=30))
    assert (actions.remind(), actions.remind(), actions.sweep()) == (1, 0, 0)
    assert len(told("sponsor", "opinion.reminder")) == 1
    frozen(due)
    with pytest.raises(WrongState):
        answer(town, asked)
    assert (actions.sweep(), actions.sweep()) == (1, 0)
    found = opinion(asked)
    assert (found.status, found.closed_at) == (S.LAPSED, due)
    assert len(told("examiner", "opinion.lapsed")) == 1
    lapsed = db.session.scalars(db.select(CaseEvent).where(CaseEvent.step == "opinion.lapse")).one()
    assert lapsed.staff_only and lapsed.turn_body_id is None
    figures = listing.by_body(due - timedelta(days=9), due + timedelta(days=1), due)
    assert [(it.body, it.open, it.lapsed) for it in figures] == [(SPONSOR, 0, 1)]


def test_the_end_of_a_case_ends_its_questions(town, case_id):
    (asked,) = ask(town, case_id)
    with atomic():
        applicant = driver.actor_for(db.session.get_one(Case, case_id), Party.APPLICANT)
        engine.move(db.session.get_one(Case, case_id), "withdraw", by=applicant)
    assert opinion(asked).status is S.WITHDRAWN
    assert len(told("sponsor", "opinion.withdrawn")) == 1


def test_who_asked_takes_the_question_back(town, case_id):
    (asked,) = ask(town, case_id)
    for stranger in (town.sponsor, town.auditor, town.street):
        with pytest.raises(NotFound):
            queries.access_asked(asked, stranger)
    with atomic():
        actions.withdraw(
            queries.access_asked(asked, town.examiner), by=town.examiner, reason="已查明"
        )
    assert opinion(asked).status is S.WITHDRAWN
    with pytest.raises(DomainError):
        answer(town, asked)


def test_the_applicant_reads_nothing_of_it(town, case_id, as_):
    ask(town, case_id)
    applicant = as_(town.as_themselves("applicant")).get(f"/cases/{case_id}").text
    assert SPONSOR in applicant, "its sponsor is named in the application"
    assert "征求" not in applicant
    officer = as_(town.examiner).get(f"/cases/{case_id}").text
    assert "征求意见情况" in officer and "待反馈：1" in officer


def test_a_list_costs_the_same_queries_for_one_and_many(town, case_id, as_):
    def cost(visitor):
        with statements() as asked:
            assert visitor.get("/opinions?show=all").status_code == 200
        return len(asked)

    (first,) = ask(town, case_id)
    sponsor = as_(town.sponsor)
    sponsor.get("/opinions")
    one = cost(sponsor)
    for _again in range(3):
        answer(town, first)
        (first,) = ask(town, case_id)
    assert cost(as_(town.sponsor)) == one


def test_offices_are_offered_but_organizations_are_not(town, case_id):
    case = db.session.get_one(Case, case_id)
    near, others = queries.askable(case)
    assert SPONSOR in {it.name for it in near}
    assert STREET in {it.name for it in (*near, *others)}
    assert BodyKind.ORGANIZATION not in {it.kind for it in (*near, *others)}
    assert case.waiting_body_id not in {it.id for it in (*near, *others)}


def test_who_decides_is_told_what_is_still_out_and_takes_it_back(town, as_):
    case_id = demo._association("木偶", 30, 3)
    driver.drive(case_id, "deciding", days_ago=0)
    [opinion_id] = ask(town, case_id, by=town.approver)
    page = go(as_(town.approver), f"/cases/{case_id}")
    until = day(db.session.get_one(Opinion, opinion_id).last_on)
    for name in ("/approve", "/refuse"):
        said = "".join(page.form(name).itertext())
        assert f"已征求{SPONSOR}意见" in said and until in said, "each decision ends it"
    assert SPONSOR not in "".join(page.form("/send_back").itertext()), "which decides nothing"
    page = page.submit("/approve")
    assert "已办理：准予登记" in page.text
    assert db.session.get_one(Opinion, opinion_id).status is S.WITHDRAWN
    timeline = next(e for e in page.root.iter("ol") if e.get("class") == "timeline")
    assert f"{SPONSOR}：本事项已办理“准予登记”" in "".join(timeline.itertext())
    applicant = go(as_(town.as_themselves("applicant")), f"/cases/{case_id}")
    assert "征求" not in applicant.text
