"""What officers and applicants do on a case besides its steps, and what they are refused."""

from itertools import count

import pytest

from core import clock
from core.accounts import SYSTEM, Actor, Role
from core.accounts.actions import grant_membership
from core.attachments import Upload, attach
from core.audit.models import AuditEntry
from core.db import atomic, db
from core.eligibility import Outcome
from core.errors import NotAllowed, NotFound, RuleBroken, WrongState
from core.workflow import actions, engine, jobs, seating
from core.workflow.models import Case
from core.workflow.standing import parties
from core.workflow.usual import guards
from registry.demo import cases, driver
from registry.demo.papers import sample_pdf
from registry.filings.models import Filing
from registry.organizations.kinds import FilingCategory
from tests.pages import go
from tests.town import numeral

pytestmark = pytest.mark.engines("sqlite")

#: Two applications may not ask for one name.
SERIAL = count(1)


def association(state: str, **entered) -> int:
    case_id = cases._association(f"测试{numeral(next(SERIAL))}", 60, 3)
    driver.drive(case_id, state, days_ago=0, **entered)
    return case_id


def the(case_id: int) -> Case:
    db.session.rollback()
    return db.session.get_one(Case, case_id)


def second(town, role: Role) -> Actor:
    """Let the bureau head also hold `role` at the registry, and return them acting there."""
    from core.accounts.actor import acting_for

    office = town.intake.body
    with atomic():
        grant_membership(town.head.user, office, role, by=SYSTEM)
    return acting_for(town.head.user, office.id)


class TestSections:
    def test_a_section_that_is_not_there(self, town):
        case = the(cases._group("总府社区一队", FilingCategory.OTHER, 30))
        with pytest.raises(NotFound):
            actions.save_section(case, "nothing", by=town.as_themselves("choir"))

    def test_what_the_office_has_is_not_changed(self, town):
        case = the(association("submitted"))
        with pytest.raises(WrongState):
            actions.save_section(case, "purpose", by=town.as_themselves("applicant"), purpose="x")

    def test_a_page_that_is_out_of_date_overwrites_nothing(self, town):
        case = the(cases._group("总府社区一队", FilingCategory.OTHER, 30))
        by, seen = town.as_themselves("choir"), str(case.version)
        with atomic():
            actions.save_section(case, "rules", by=by, seen=seen, group_rules="新规则")
        with pytest.raises(RuleBroken, match=r"另一窗口中修改|another window"):
            actions.save_section(case, "rules", by=by, seen=seen, group_rules="旧规则")
        assert db.session.get_one(Filing, case.id).group_rules == "新规则"

    def test_papers_follow_the_case(self, town):
        case_id = association("submitted")
        assert not actions.may_change_papers(case_id, town.as_themselves("applicant"))
        assert not actions.may_change_papers(10**6, town.as_themselves("applicant"))
        with pytest.raises(NotAllowed):
            attach(
                slot="registration.charter",
                upload=Upload("章程.pdf", sample_pdf("章程")),
                by=town.as_themselves("applicant"),
                case_id=case_id,
            )


class TestChecklist:
    def test_the_examiner_notes_and_notes_again(self, town, as_):
        case_id = association("examining")
        with atomic():
            actions.keep_check(
                the(case_id), by=town.examiner, key="name", outcome=Outcome.FAIL, check_note="重名"
            )
        with atomic():
            check = actions.keep_check(
                the(case_id), by=town.examiner, key="name", outcome=Outcome.PASS
            )
            assert (check.outcome, check.note) == (Outcome.PASS, "")
        assert [c.key for c in the(case_id).checks] == ["name"]
        kept = db.session.scalars(
            db.select(AuditEntry)
            .where(AuditEntry.action == "registration:check")
            .order_by(AuditEntry.id)
        ).all()
        assert [it.changes for it in kept] == [
            {"name": [None, "fail"], "remark": ["", "重名"]},
            {"name": ["fail", "pass"], "remark": ["重名", ""]},
        ]
        page = go(as_(town.examiner), f"/cases/{case_id}")
        assert "说明（不符合时必填）" in page.text

    @pytest.mark.parametrize(
        ("who", "state", "asked", "refusal"),
        [
            ("intake", "examining", {"key": "name", "outcome": Outcome.PASS}, NotAllowed),
            ("examiner", "submitted", {"key": "name", "outcome": Outcome.PASS}, WrongState),
            ("examiner", "examining", {"key": "colour", "outcome": Outcome.PASS}, NotFound),
            ("examiner", "examining", {"key": "name", "outcome": Outcome.FAIL}, RuleBroken),
        ],
    )
    def test_what_is_refused(self, town, who, state, asked, refusal):
        case = the(association(state))
        with pytest.raises(refusal):
            actions.keep_check(case, by=getattr(town, who), **asked)
        assert not case.checks

    def test_nothing_is_recommended_before_every_condition_is_found_met(self, town):
        case = the(association("examining"))
        waiting = list(guards.every_condition_checked(case))
        assert len(waiting) == len(case.workflow.conditions_of(case))
        driver.check_all(case.id)
        assert not list(guards.every_condition_checked(the(case.id)))

    def test_a_condition_that_fails_by_the_facts_is_named(self, town):
        case_id = cases._group("总府社区一队", FilingCategory.OTHER, 30)
        case = db.session.get_one(Filing, case_id)
        assert not list(guards.conditions_met(case))
        case.founders = case.founders[:2]
        assert [f.section for f in guards.conditions_met(case)] == ["people"]
        db.session.rollback()

    def test_a_second_correction_notice_is_not_allowed(self, town):
        case_id = association("correction")
        driver.drive_on(case_id, "resubmit")
        with pytest.raises(RuleBroken), atomic():
            engine.move(the(case_id), "request_correction", by=town.intake, items=["又一项"])


class TestDesk:
    def test_a_case_is_taken_handed_over_and_put_back(self, town):
        case_id, other = association("submitted"), second(town, Role.INTAKE)
        with atomic():
            actions.take(the(case_id), by=town.intake)
        assert the(case_id).assignee_id == town.intake.user_id
        with atomic():
            actions.assign(the(case_id), by=town.intake, user_id=other.user_id)
        assert the(case_id).assignee_id == other.user_id
        with atomic():
            actions.assign(the(case_id), by=other, user_id=None)
        assert the(case_id).assignee_id is None
        entries = db.session.scalars(
            db.select(AuditEntry).where(AuditEntry.action == "registration:assign")
        ).all()
        assert [e.changes["assignee_id"][1] for e in entries] == [
            town.intake.user_id, other.user_id, None,
        ]  # fmt: skip

    def test_only_whose_turn_it_is(self, town):
        case = the(association("submitted"))
        with pytest.raises(NotAllowed):
            actions.take(case, by=town.examiner)

    @pytest.mark.parametrize("login", ["examiner", "choir", "nobody"])
    def test_only_to_somebody_who_can_take_it(self, town, login):
        case = the(association("submitted"))
        user_id = 10**6 if login == "nobody" else getattr(town, login).user_id
        with pytest.raises(RuleBroken) as refused:
            actions.assign(case, by=town.intake, user_id=user_id)
        assert refused.value.field == "user_id"

    def test_a_recused_person_has_no_part_in_it_any_more(self, town):
        case_id = association("submitted")
        with atomic():
            actions.take(the(case_id), by=town.intake)
        with atomic():
            actions.recuse(the(case_id), by=town.intake, reason=" 与发起人为亲属 ")
        case = the(case_id)
        assert case.assignee_id is None
        assert case.recusals[0].reason == "与发起人为亲属"
        assert not parties(case, town.intake)
        with pytest.raises(NotAllowed):
            engine.move(case, "accept", by=town.intake)

    def test_a_recusal_has_its_reason_and_its_officer(self, town):
        case = the(association("submitted"))
        with pytest.raises(RuleBroken):
            actions.recuse(case, by=town.intake, reason=" ")
        for person in (town.as_themselves("applicant"), SYSTEM):
            with pytest.raises(NotAllowed):
                actions.recuse(case, by=person, reason="不想")


class TestTime:
    def test_the_jobs_do_what_time_asks(self, town, frozen):
        case_id = association("submitted")
        due = the(case_id).due_at
        assert due
        frozen(due)
        jobs.sweep()
        assert the(case_id).state == "examining"
        assert jobs.resettle() == "0 moved, 0 wait for a person"

    @pytest.mark.parametrize("failure", [RuleBroken("印刷机坏了"), AssertionError("印刷机坏了")])
    def test_a_case_that_cannot_move_does_not_hold_up_the_rest(self, town, frozen, caplog, failure):
        """One moves, though a rule refuses the other's step, or its paper cannot be printed."""
        stuck, free = association("submitted"), association("submitted")
        due = the(free).due_at
        assert due
        workflow = the(stuck).workflow
        kept = workflow.effects["deem_accepted"]

        def refuse(case, by, entered):
            if case.id == stuck:
                raise failure
            kept(case, by, entered)

        frozen(due)
        workflow.effects["deem_accepted"] = refuse
        try:
            jobs.sweep()
        finally:
            workflow.effects["deem_accepted"] = kept
        assert (the(stuck).state, the(free).state) == ("submitted", "examining")
        assert f"case {stuck} could not be done: 印刷机坏了" in caplog.text

    def test_a_state_may_end_at_a_moment_the_case_names(self, town):
        from dataclasses import replace

        from core.workflow import clocks

        case = the(association("submitted"))
        closing = clock.end_of_day(clock.today())
        clocks.set_state_deadline(case, replace(case.standing, due=None, ends=lambda it: closing))
        assert case.due_at == closing
        db.session.rollback()


def test_a_place_nobody_decides_for_is_refused_and_an_open_one_waits(town):
    case = the(cases._group("总府社区一队", FilingCategory.OTHER, 30))
    before = {s.seat: s.body_id for s in case.seats}
    seating.settle(case, None)
    assert case.division_id is None
    assert {s.seat: s.body_id for s in case.seats} == before
    db.session.rollback()
