"""The overdue report counts what the cases say, one by one; time's doings have their article."""

from collections import Counter
from datetime import timedelta
from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import calendar, clock, policy
from core.accounts import SYSTEM, Body, BodyKind, Role
from core.accounts import actions as accounts
from core.accounts.actor import acting_for
from core.db import atomic, db
from core.messages.models import Message
from core.oversight import actions, queries
from core.oversight.lines import event_lines
from core.oversight.policy import APPLICANT_DAYS, OFFICE_DAYS
from core.oversight.queries import Wanted, middle
from core.workflow import Party, engine, pages
from core.workflow import actions as desk
from core.workflow.models import Case, CaseEvent
from core.workflow.policy import SOON_DAYS
from core.workflow.seeing import kept_by, seen_by
from core.workflow.standing import keeps_off, parties
from core.workflow.sweep import sweep_overdue
from registry.demo import cases as demo
from registry.demo import driver
from registry.demo.cast import CAST
from registry.organizations.kinds import FilingCategory
from tests.pages import go
from tests.statements import statements
from tests.town import numeral

pytestmark = pytest.mark.engines("sqlite")


def submitted(field, days_ago=0):
    case_id = demo._association(field, 30, 3)
    driver.drive(case_id, "submitted", days_ago=days_ago)
    return case_id


def group(state, n=0):
    case_id = demo._group(f"总府社区{numeral(n)}队", FilingCategory.OTHER, 30)
    driver.drive(case_id, state, days_ago=0)
    return case_id


def this_month(**narrowed):
    return Wanted(clock.today().replace(day=1), **narrowed)


def line(actor, state, **narrowed):
    found = [it for it in queries.steps(this_month(**narrowed), actor) if it.state.key == state]
    return found[0] if found else None


def lines_of(app, events, actor):
    with app.test_request_context():
        return event_lines(events, actor)


def get(case_id):
    db.session.expire_all()
    return db.session.get_one(Case, case_id)


@given(st.lists(st.integers(-5, 300), min_size=1))
def test_the_middle_is_the_lower_median(values):
    assert middle(Counter(values)) == median_low(values)


def test_the_middle_of_nothing_is_nothing():
    assert middle(Counter()) is None


@pytest.mark.engines("sqlite", "postgresql")
def test_figures_are_those_of_the_cases_one_by_one(town, frozen):
    ids = [submitted(field) for field in ("甲", "乙", "丙")]
    group("street_review")
    due = get(ids[0]).due_at
    soon = policy.value(SOON_DAYS)
    for back in (9, 4, 3, 1, 0, -1, -3):  # calendar days before the end
        frozen(due - timedelta(days=back, hours=1))
        expected: Counter[tuple[int, str, str]] = Counter()
        for case in db.session.scalars(db.select(Case).where(Case.closed_at.is_(None))):
            if case.waiting_party in (None, Party.APPLICANT.value):
                continue
            last = pages.last_day(case)
            assert last
            left = pages.working_days_left(last)
            light = pages.nearness(left)
            expected[case.waiting_body_id, case.state, light] += 1
            assert (light == "amber") == (0 <= left <= soon)
        for it in queries.steps(this_month(), town.auditor):
            key = it.office_id, it.state.key.value
            assert it.overdue == expected[*key, "red"]
            assert it.soon == expected[*key, "amber"]
            assert (
                it.open == it.readable == sum(expected[*key, c] for c in ("red", "amber", "green"))
            )


@pytest.mark.engines("sqlite", "postgresql")
def test_a_step_taken_late_counts_in_its_month(town, app, frozen):
    early, late = submitted("早"), submitted("晚")
    intake = line(town.auditor, "submitted")
    assert (intake.limit, intake.promised) == (5, False), "what is declared, whatever was left"
    for case_id, days in ((early, 2), (late, 4)):
        since = clock.local(get(case_id).state_since).date()
        day = calendar.add_working_days(since, days)
        frozen(clock.start_of_day(day) + timedelta(hours=10))
        with atomic():
            engine.move(db.session.get_one(Case, case_id), "accept", by=town.intake)
    day = calendar.add_working_days(clock.today(), 30)
    frozen(clock.start_of_day(day) + timedelta(hours=10))
    with atomic():
        case = db.session.get_one(Case, late)
        engine.move(case, "start_expert_review", by=town.examiner, note="评审")
    found = line(town.auditor, "examining")
    assert (found.late, found.let_pass, found.finished) == (1, 0, 1)
    assert (found.median, found.limit, found.promised) == (30, None, True)
    events = db.session.scalars(queries.list_events(this_month(), automatic=False)).all()
    (told,) = lines_of(app, events, town.auditor)
    assert (told.took, told.office) == (30, "成都市锦江区行政审批局")
    assert get(late).events[-1].allowed_days == told.allowed
    accepted = [e for e in db.session.scalars(db.select(CaseEvent)) if e.step == "accept"]
    assert [(e.took_days, e.allowed_days, e.late) for e in accepted] == [
        (2, 5, False),
        (4, 5, False),
    ]
    hidden = lines_of(app, events, acting_for(town.street.user, town.street.body_id))
    assert (hidden[0].url, hidden[0].title) == (None, "")


def test_what_time_does_is_listed_with_its_article_and_against_whom(town, app, frozen):
    silent = submitted("无声")
    frozen(get(silent).due_at)
    assert sweep_overdue() == 1
    left = group("correction")
    recorded = group("filed", 1)
    passed = group("community_review", 2)
    last = max(get(it).due_at for it in (left, recorded, passed))
    frozen(last)
    assert sweep_overdue() >= 3
    events = db.session.scalars(
        db.select(CaseEvent)
        .where(queries.consequences())
        .join(CaseEvent.case)
        .order_by(CaseEvent.id)
    ).all()
    told = {(it.number, it.step): it for it in lines_of(app, events, town.auditor)}
    by_step = {e.step: told[e.case.number, str(e.case.workflow.step[e.step].label)] for e in events}
    deemed = by_step["deem_accepted"]
    assert deemed.basis == "行政许可法第三十二条第一款第四项"
    assert deemed.office == "成都市锦江区行政审批局"
    assert by_step["pass_on"].office == "春熙路街道总府社区居民委员会"
    assert by_step["lapse"].office == "", "the applicant's time"
    assert by_step["record"].office == "", "the bureau may let a filing stand"
    months = {clock.local(e.at).date().replace(day=1) for e in events}
    whole = [queries.count_automatic(Wanted(month)) for month in months]
    assert tuple(map(sum, zip(*whole, strict=True))) == (len(events), 2)


def test_a_withdrawal_is_no_work_of_the_office(town):
    case_id = submitted("撤回")
    with atomic():
        case = db.session.get_one(Case, case_id)
        engine.move(case, "withdraw", by=driver.actor_for(case, Party.APPLICANT))
    assert get(case_id).events[-1].turn_body_id is None
    assert (
        line(town.auditor, "submitted").finished == 0 if line(town.auditor, "submitted") else True
    )


def test_the_report_costs_the_same_for_one_case_and_for_many(town, as_):
    def cost():
        visitor = as_(town.auditor)
        visitor.get("/oversight")
        with statements() as asked:
            assert visitor.get("/oversight").status_code == 200
        return len(asked)

    submitted("一")
    one = cost()
    for n in range(2, 7):
        submitted(f"多{numeral(n)}")
    assert cost() == one
    assert one <= 20


@pytest.mark.parametrize("login", ["head", "supervisor", "auditor"])
def test_figures_lead_to_the_worklist_of_just_those_cases(town, as_, login):
    submitted("去处")
    page = as_(getattr(town, login)).get("/oversight").text
    office = town.intake.body_id
    assert f"pile=open&amp;office={office}&amp;kind=registration&amp;state=submitted" in page


def test_behind_each_figure_the_worklist_holds_so_many_cases(town, as_, frozen):
    ids = [submitted(field) for field in ("壹", "贰")]
    group("street_review", 6)
    frozen(get(ids[0]).due_at - timedelta(hours=10))
    submitted("叁")
    for when in (0, 30):  # hours later: near its end, then past it
        frozen(clock.now() + timedelta(hours=when))
        for login in ("auditor", "head"):
            visitor = as_(getattr(town, login))
            for it in queries.steps(this_month(), getattr(town, login)):
                here = (
                    f"pile=open&office={it.office_id}&kind={it.workflow.kind}&state={it.state.key}"
                )
                for n, due in ((it.open, ""), (it.soon, "&due=soon"), (it.overdue, "&due=overdue")):
                    text = visitor.get(f"/worklist.csv?{here}{due}").get_data(as_text=True)
                    assert len(text.splitlines()) - 1 == n, (login, here, due)


@pytest.mark.parametrize("login", ["intake", "street", "sponsor", "admin"])
def test_others_do_not_read_the_report(town, as_, login):
    visitor = as_(getattr(town, login))
    for address in ("/oversight", "/oversight/late", "/oversight/consequences.csv"):
        assert visitor.get(address).status_code == 403


def test_every_office_can_be_chosen_in_every_month(town, as_):
    case_id = submitted("竹编")
    office, visitor = get(case_id).waiting_body_id, as_(town.auditor)
    past = calendar.add_months(clock.today().replace(day=1), -5)
    both = [
        go(visitor, f"/oversight?month={month:%Y-%m}&office={office}")
        for month in (clock.today(), past)
    ]
    chosen, offered = zip(*(offices_on(page) for page in both), strict=True)
    assert set(chosen) == {str(office)}, "an office that did nothing then stays chosen"
    assert offered[0] == offered[1]
    bodies = db.session.scalars(db.select(Body).where(Body.kind != BodyKind.ORGANIZATION))
    assert set(offered[0]) == {str(it.id) for it in bodies} | {""}
    engine.move(get(case_id), "withdraw", by=town.applicant)
    db.session.commit()
    assert offices_on(go(visitor, f"/oversight?office={office}")) == (str(office), offered[0])


def offices_on(page):
    """Return the office that is chosen on a page of the report, and all that are offered."""
    (select,) = (it for it in page.root.iter("select") if it.get("name") == "office")
    options = list(select.iter("option"))
    (chosen,) = (it.get("value") for it in options if it.get("selected") is not None)
    return chosen, [it.get("value") for it in options]


def test_exports_say_what_the_page_says(town, as_):
    submitted("导出")
    visitor = as_(town.auditor)
    text = visitor.get("/oversight/report.csv").get_data(as_text=True)
    assert "成都市锦江区行政审批局,社会组织成立登记,待受理,1,0,0," in text
    assert visitor.get("/oversight/report.xlsx").data[:2] == b"PK"
    for name in ("late", "consequences"):
        assert visitor.get(f"/oversight/{name}.csv").status_code == 200
    assert visitor.get("/oversight?month=1999-01&office=x&kind=y").status_code == 200


def test_everybody_is_reminded_of_a_deadline_once(town, frozen):
    case_id, waiting = submitted("提醒"), group("correction")

    def told(login):
        query = db.select(Message).where(Message.template == "oversight.deadline_near")
        return [it for it in db.session.scalars(query) if it.recipient.login == login]

    assert actions.remind() == 0
    last = clock.last_day_before(get(case_id).due_at)
    near = calendar.add_working_days(last, -policy.value(OFFICE_DAYS))
    frozen(clock.start_of_day(near) + timedelta(hours=9))
    assert (actions.remind(), actions.remind()) == (1, 0)
    (message,) = told("intake")
    assert "视为受理" in message.text or "第三十二条" in message.text
    last = clock.last_day_before(get(waiting).due_at)
    near = calendar.add_working_days(last, -policy.value(APPLICANT_DAYS))
    frozen(clock.start_of_day(near) + timedelta(hours=9))
    assert actions.remind() == 1
    assert len(told("choir")) == 1
    assert len(told("intake")) == 1


def test_who_has_taken_the_case_is_reminded_alone(town, frozen):
    case_id = submitted("领办")
    with atomic():
        second = accounts.create_user(
            login="second", display_name="次", password="a-long-password-2026", by=SYSTEM
        )
        accounts.grant_membership(second, town.intake.body, Role.INTAKE, by=SYSTEM)
        desk.take(db.session.get_one(Case, case_id), by=town.intake)
    frozen(get(case_id).due_at - timedelta(hours=10))
    assert actions.remind() == 1
    query = db.select(Message).where(Message.template == "oversight.deadline_near")
    assert [it.recipient.login for it in db.session.scalars(query)] == ["intake"]


def test_the_database_says_of_cases_what_standing_says_of_one(town):
    """Drafts, cases of streets and of the bureau, one with a recusal: for everybody of the cast."""
    for n, state in enumerate(("draft", "submitted", "deciding", "withdrawn")):
        driver.drive(demo._association(f"同一{numeral(n)}", 60, n), state, days_ago=0)
    group("street_review", 5)
    with atomic():
        case = db.session.scalars(db.select(Case).where(Case.state == "deciding")).one()
        desk.recuse(case, by=town.approver, reason="与发起人为亲属")
    every = db.session.scalars(db.select(Case)).all()
    for person in CAST:
        actor = getattr(town, person.login)
        seen = set(db.session.scalars(db.select(Case.id).where(seen_by(actor))))
        assert seen == {it.id for it in every if parties(it, actor) - {Party.APPLICANT}}, person
        kept = set(db.session.scalars(db.select(Case.id).where(kept_by(actor))))
        assert kept == {it.id for it in every if not keeps_off(it, actor)}, person
