"""Many cases to one desk: each on the road of one case, what cannot be done named with its reason."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from threading import Barrier

import pytest

from core.accounts import SYSTEM, Actor, Role, User
from core.accounts.actions import grant_membership
from core.accounts.actor import acting_for
from core.audit.models import AuditEntry
from core.db import atomic, db
from core.workflow import actions, bulk
from core.workflow.models import Case
from registry.demo import cases, driver
from tests.pages import fields, go
from tests.town import numeral

SQLITE = pytest.mark.engines("sqlite")


def submitted(number: int) -> list[int]:
    ids = [cases._association(f"批量{numeral(n)}", 60, n) for n in range(number)]
    for case_id in ids:
        driver.drive(case_id, "submitted", days_ago=0)
    return ids


def seen(ids: list[int]) -> list[tuple[int, int]]:
    db.session.rollback()
    return [(it, db.session.get_one(Case, it).version) for it in ids]


def second_intake(town) -> Actor:
    """Let the examiner receive papers too."""
    office = town.intake.body
    with atomic():
        grant_membership(town.examiner.user, office, Role.INTAKE, by=SYSTEM)
    return acting_for(town.examiner.user, office.id)


def holders(ids: list[int]) -> list[int | None]:
    db.session.rollback()
    return [db.session.get_one(Case, it).assignee_id for it in ids]


def records() -> int:
    query = db.select(db.func.count()).select_from(AuditEntry)
    return db.session.scalar(query.where(AuditEntry.action == "registration:assign")) or 0


@SQLITE
def test_what_cannot_be_taken_is_named_and_the_rest_is_taken(town):
    free, mine, taken, moved, gone, hidden = ids = submitted(6)
    other = second_intake(town)
    with atomic():
        actions.take(db.session.get_one(Case, mine), by=town.intake)
    rows = seen(ids)
    with atomic():
        actions.take(db.session.get_one(Case, taken), by=other)
        db.session.get_one(Case, moved).title = "成都市锦江区改名协会"
        actions.recuse(db.session.get_one(Case, hidden), by=town.intake, reason="亲属")
    driver.drive_on(gone, "accept")
    before = records()
    with atomic():
        outcome = bulk.assign_each(
            [*rows, (10**6, 1)], by=town.intake, user_id=town.intake.user_id, free_only=True
        )
    assert outcome.done == 2
    assert holders([free, mine, taken, moved]) == [
        town.intake.user_id,
        town.intake.user_id,
        other.user_id,
        None,
    ]
    assert {it.case_id for it in outcome.not_done} == {taken, moved, gone, None}
    assert (
        Counter(str(it.called) for it in outcome.not_done)[""] == 2
    )  # a hidden one and an absent one
    reasons = {it.case_id: str(it.reason) for it in outcome.not_done}
    assert other.name in reasons[taken]
    assert records() == before + 1  # what was so already is no new entry


@SQLITE
def test_nobody_takes_in_bulk_what_is_not_theirs_to_take(town):
    ids = submitted(2)
    rows = seen(ids)
    for actor in (town.approver, town.supervisor, town.auditor, town.street, town.admin):
        with atomic():
            outcome = bulk.assign_each(rows, by=actor, user_id=actor.user_id, free_only=True)
        assert (outcome.done, len(outcome.not_done)) == (0, 2)
    assert holders(ids) == [None, None]
    with atomic():  # nor is a case given to whoever could not take it
        outcome = bulk.assign_each(rows, by=town.intake, user_id=town.approver.user_id)
    assert outcome.done == 0
    assert holders(ids) == [None, None]


@SQLITE
def test_the_head_hands_over_to_those_of_the_office_that_has_the_cases(town, as_):
    (case_id,) = submitted(1)
    other = second_intake(town)
    head = as_(town.head)
    chosen = {"chosen": [f"{it}-{v}" for it, v in seen([case_id])]}
    asked = head.post("/worklist/hand-over", data=chosen).text
    assert f"{other.name}（受理员" in asked and f"{town.intake.name}（受理员" in asked
    assert f"{town.approver.name}（" not in asked and f"{town.admin.name}（" not in asked
    sent = {**chosen, "user_id": str(other.user_id)}
    assert head.post("/worklist/hand-over", data=sent).status_code == 302
    assert holders([case_id]) == [other.user_id]
    page = go(head, f"/cases/{case_id}").submit("/assignment", user_id=str(town.intake.user_id))
    assert page.status == 200 and holders([case_id]) == [town.intake.user_id]


@SQLITE
def test_what_waits_for_its_applicant_is_handed_to_nobody(town, as_):
    (case_id,) = submitted(1)
    intake = as_(town.intake)
    go(intake, f"/cases/{case_id}").submit("/request_correction", items="会员名册缺签名")
    assert "申请人" in go(intake, f"/cases/{case_id}").text
    assert "尚未分派" not in go(intake, f"/cases/{case_id}").text
    page = go(as_(town.head), "/worklist?pile=waiting")
    assert not [f for f in page.forms() if f.get("id") == "bulk"]


def test_of_two_officers_who_take_the_same_cases_exactly_one_has_each(town, app):
    ids = submitted(5)
    second_intake(town)
    office = town.intake.body_id
    people = [town.intake.user_id, town.examiner.user_id]
    rows = seen(ids)
    before = records()
    db.session.rollback()
    gate = Barrier(len(people))

    def run(user_id: int, chosen: list[tuple[int, int]]) -> bulk.Outcome:
        with app.app_context():
            try:
                gate.wait()
                actor = acting_for(db.session.get_one(User, user_id), office)
                with atomic():
                    return bulk.assign_each(chosen, by=actor, user_id=actor.user_id, free_only=True)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(2) as pool:
        waiting = [
            pool.submit(Context().run, run, user_id, order)
            for user_id, order in zip(people, (rows, rows[::-1]), strict=True)
        ]
        outcomes = [it.result() for it in waiting]
    assert sum(it.done for it in outcomes) == len(ids)
    assert sum(len(it.not_done) for it in outcomes) == len(ids)
    had = Counter(holders(ids))
    assert had[people[0]] == outcomes[0].done
    assert had[people[1]] == outcomes[1].done
    assert records() == before + len(ids)


@SQLITE
def test_through_the_pages(town, as_):
    ids = submitted(3)
    other = second_intake(town)
    intake = as_(town.intake)
    page = go(intake, "/worklist")
    chosen = [f"{case_id}-{version}" for case_id, version in seen(ids)]
    nothing = page.submit("/worklist/take")
    assert "请先选择" in nothing.text
    sent = {**fields(page.form("/worklist/take")).to_dict(), "chosen": chosen[:2]}
    twice = [intake.post("/worklist/take", data=sent) for _click in range(2)]
    assert [answer.status_code for answer in twice] == [302, 302]
    assert holders(ids) == [town.intake.user_id, town.intake.user_id, None]

    page = go(intake, "/worklist?pile=mine")
    form = fields(page.form("/worklist/hand-over")).to_dict()
    asked = intake.post(
        "/worklist/hand-over", data={**form, "chosen": [f"{it}-{v}" for it, v in seen(ids)]}
    )
    assert "转交" in asked.text
    page = go(intake, "/worklist?pile=mine")
    assert f"{other.name}（受理员" in asked.text and town.approver.name not in asked.text
    to = {"chosen": [f"{it}-{v}" for it, v in seen(ids)], "user_id": str(other.user_id)}
    done = intake.post("/worklist/hand-over", data={**form, **to})
    assert done.status_code == 302
    assert holders(ids) == [other.user_id] * 3
    refused = intake.post(
        "/worklist/hand-over",
        data={
            "chosen": [f"{it}-{v}" for it, v in seen(ids)],
            "user_id": str(town.approver.user_id),
        },
    )
    assert refused.status_code == 422, "an approver takes no case in, and is not offered"
    assert f"{town.intake.name}（受理员" not in refused.text
    assert f"{other.name}（受理员" in refused.text
    missing = intake.post("/worklist/hand-over", data={"chosen": to["chosen"], "user_id": "999999"})
    assert missing.status_code == 422
    chosen = [f"{it}-{v}" for it, v in seen(ids)]
    answer = as_(other).post("/worklist/return", data={"chosen": chosen})
    assert answer.status_code == 302, answer.text
    assert holders(ids) == [None] * 3


@SQLITE
def test_who_only_reads_is_offered_nothing_to_do(town, as_):
    submitted(1)
    page = go(as_(town.auditor), "/worklist?pile=open")
    assert not [f for f in page.forms() if f.get("id") == "bulk"]
    page = go(as_(town.head), "/worklist?pile=waiting")
    assert [f for f in page.forms() if f.get("id") == "bulk"]
