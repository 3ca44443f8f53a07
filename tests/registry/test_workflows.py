"""Every kind of case: each state × each step × each party, from the declarations alone."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from core import clock
from core.accounts import SYSTEM, Actor, Role
from core.accounts.actions import grant_membership
from core.accounts.actor import PUBLIC, acting_for
from core.db import atomic, db
from core.errors import NotAllowed, NotFound, RuleBroken, WrongState
from core.workflow import Party, declared, engine
from core.workflow.declaration import Workflow
from core.workflow.models import Case
from core.workflow.paths import path_to
from core.workflow.standing import parties
from core.workflow.steps import Transition
from registry.certificates.rules import Copies, ReplacementGround
from registry.changes.entries import Entry
from registry.demo import cases, certificates, changes, driver, groups
from registry.demo.applications import apply_for
from registry.organizations import codes
from registry.organizations.kinds import CODE_PREFIXES, FilingCategory, OrganizationType
from tests.pages import go
from tests.registry.foundations import open_foundations
from tests.town import Town

SERIAL = count(1)
LOST = ReplacementGround.LOST
PEOPLE = (
    "applicant", "choir", "sponsor", "intake", "examiner", "approver", "certificate", "street",
    "community", "supervisor", "head", "auditor", "admin",
)  # fmt: skip


#: Kinds of case about a group that has been filed for two years.
GROUPS = ("filing_renewal", "activity_report", "filing_cancellation", "dormant_cancellation")


class Undo(Exception):
    """Leave nothing behind."""


def opened(town: Town, kind: str) -> int:
    """Open an application; registrations are of the type that stands behind the colon."""
    if kind == "filing":
        return cases._group("总府社区测试队", FilingCategory.OTHER, 60)
    if kind == "certificate_replacement":
        with driver.office_hours(90):
            association = certificates.found_association("成都市锦江区测试协会", next(SERIAL))
        return certificates.open_replacement(association, LOST, Copies.ORIGINAL, 60)
    if kind == "registration_change":
        with driver.office_hours(90):
            association = changes.found_sponsored("成都市锦江区测试协会", next(SERIAL))
        told = {Entry.NAME: {"name": "成都市锦江区锦绣文化协会"}, Entry.SCOPE: changes.SCOPE}
        return changes.open_change(association, told, 60)
    if kind in GROUPS:
        with clock.frozen(clock.now() - timedelta(days=790)):
            group = groups.found_group("春熙路街道总府社区测试队", next(SERIAL))
        if kind == "dormant_cancellation":
            return groups.begin_dormant(group, 60)
        return groups.start(group, kind, 60)
    type = OrganizationType(kind.partition(":")[2] or "association")
    if type is OrganizationType.FOUNDATION:
        open_foundations(town)
    return apply_for(type, "锦绣社区文化", 60, 3)


def declared_as(kind: str) -> Workflow:
    return next(w for w in declared() if w.kind == kind.partition(":")[0])


def everybody(town: Town) -> Iterator[tuple[str, Actor]]:
    for login in PEOPLE:
        yield login, getattr(town, login)
    yield "the public", PUBLIC
    yield "the system", SYSTEM


def workflows(*types: str) -> list[tuple[str, str]]:
    """Return each kind of case in each state, registrations once for each type."""
    from registry.activity_reports import workflow as report
    from registry.cancellations import workflow as cancellation
    from registry.certificates import workflow as certificate
    from registry.changes import workflow as change
    from registry.dormancy import workflow as dormancy
    from registry.filings import workflow as filing
    from registry.registrations import workflow as registration
    from registry.renewals import workflow as renewal

    kinds = [(f"registration:{type}", registration.REGISTRATION) for type in types]
    return [
        (kind, state)
        for kind, w in (
            *kinds,
            ("filing", filing.FILING),
            ("certificate_replacement", certificate.REPLACEMENT),
            ("registration_change", change.CHANGE),
            ("filing_renewal", renewal.RENEWAL),
            ("activity_report", report.REPORT),
            ("filing_cancellation", cancellation.CANCELLATION),
            ("dormant_cancellation", dormancy.DORMANT_CANCELLATION),
        )
        for state in w.state
    ]


def code_for(kind: str) -> str:
    """Return a fresh unified code that begins as the type wants it."""
    type = OrganizationType(kind.partition(":")[2] or "association")
    return codes.make_code(CODE_PREFIXES[type], "510104", next(SERIAL))


def entered(step: Transition, case: Case) -> dict[str, Any]:
    asked = any(a.name == "unified_code" for a in step.asks)
    code = code_for(f":{case.matter or ''}") if asked else ""
    return {
        a.name: code if a.name == "unified_code" else driver.written(a, case) for a in step.asks
    }


#: The types share one workflow: where their conditions, papers and fields are asked, each is tried.
OF_TYPES = [
    (f"registration:{type}", state)
    for type in ("service_institution", "foundation")
    for state in ("draft", "examining", "deciding", "approved")
]


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(("kind", "state"), [*workflows("association"), *OF_TYPES])
def test_only_the_declared_party_takes_a_step_and_only_from_its_states(town, kind, state):
    workflow = declared_as(kind)
    case_id = opened(town, kind)
    case = db.session.get_one(Case, case_id)
    assert path_to(workflow, state, case) is not None, f"no way leads to {state}"
    code = code_for(kind)
    driver.drive(case_id, state, days_ago=0, unified_code=code)
    people = list(everybody(town))
    for step in workflow.step.values():
        for who, actor in people:
            case = db.session.get_one(Case, case_id)
            rights = parties(case, actor)
            may = bool(rights & set(step.by)) and step.applies(case)
            expected = "taken" if may and case.state in step.source else "refused"
            assert outcome(case_id, step, actor) in (expected, "ruled out" if may else expected), (
                f"{who} / {step.name} / {state}"
            )


def outcome(case_id: int, step: Transition, actor: Actor) -> str:
    """Try a step and undo it: "taken", "refused" by rights or state, "ruled out" by a rule."""
    try:
        with atomic():
            case = db.session.get_one(Case, case_id)
            engine.move(case, step.name, by=actor, note="因为", **entered(step, case))
            assert case.state == (step.target or case.state)
            raise Undo
    except Undo:
        return "taken"
    except (NotAllowed, WrongState, NotFound):
        return "refused"
    except RuleBroken:
        return "ruled out"


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(("kind", "state"), workflows("association"))
def test_a_step_with_a_reason_or_question_is_refused_without(town, kind, state):
    workflow = declared_as(kind)
    case_id = opened(town, kind)
    code = code_for(kind)
    driver.drive(case_id, state, days_ago=0, unified_code=code)
    for step in workflow.step.values():
        asking = step.reason or any(a.required for a in step.asks)
        case = db.session.get_one(Case, case_id)
        if case.state not in step.source or not asking or not step.applies(case):
            continue
        actor = driver.actor_for(case, sorted(step.by)[0])
        with pytest.raises(RuleBroken), atomic():
            engine.move(db.session.get_one(Case, case_id), step.name, by=actor)


@pytest.mark.parametrize(
    "kind", ["registration", "filing", "certificate_replacement", "registration_change"]
)
def test_a_stranger_sees_no_case_and_a_draft_is_the_applicants_alone(town, kind):
    case = db.session.get_one(Case, opened(town, kind))
    owner = "choir" if kind == "filing" else "applicant"
    for who, actor in everybody(town):
        if who in (owner, "the system"):
            assert parties(case, actor)
        else:
            assert not parties(case, actor), f"{who} sees a draft"


def test_time_accepts_what_the_office_left_lying(town, frozen):
    """行政许可法 art. 32(4): no answer in five working days counts as accepted on receipt."""
    from core.workflow.sweep import sweep_overdue

    case_id = cases._association("视为受理", 60, 3)
    driver.drive(case_id, "submitted", days_ago=0)
    case = db.session.get_one(Case, case_id)
    received = clock.local(case.state_since).date()
    due = case.due_at
    assert sweep_overdue() == 0
    frozen(due)
    assert sweep_overdue() == 1
    assert sweep_overdue() == 0
    case = db.session.get_one(Case, case_id)
    assert (case.state, case.clock_from) == ("examining", received)
    assert case.events[-1].step == "deem_accepted"
    assert case.events[-1].late
    assert Party.EXAMINER.value == case.waiting_party


def test_the_second_officer_is_told_what_the_first_did(town):
    case_id = cases._association("先到先得", 30, 3)
    driver.drive(case_id, "submitted", days_ago=0)
    seen = db.session.get_one(Case, case_id).version
    intake = town.intake
    with atomic():
        engine.move(db.session.get_one(Case, case_id), "accept", by=intake, seen=seen)
    head = town.holder(Role.BUREAU_HEAD)
    assert head.user_id != intake.user_id
    with atomic():
        other = grant_membership(head.user, intake.body, Role.INTAKE, by=SYSTEM)
    slow = acting_for(head.user, other.body_id)
    case = db.session.get_one(Case, case_id)
    with pytest.raises(WrongState) as told, atomic():
        engine.move(case, "decline", by=slow, seen=seen, note="迟了")
    assert "王磊" in str(told.value)


@pytest.mark.engines("sqlite")
def test_what_an_office_decides_opens_before_it_is_confirmed(app):
    """No decision is one click: it asks, or says that it is final, and names its consequence."""
    for workflow in declared():
        for step in workflow.step.values():
            if step.name == "submit" or not set(step.by) - {Party.APPLICANT, Party.SYSTEM}:
                continue
            opens = step.final or step.tone == "red" or step.reason or step.asks
            assert opens or not workflow.decides(step), f"{workflow.kind}.{step.name}"


@pytest.mark.engines("sqlite")
def test_what_is_final_is_confirmed_inside_its_panel(town, as_):
    for kind, state, step, who, said in (
        ("registration:association", "deciding", "approve", town.approver, "准予登记决定书"),
        ("filing", "street_review", "approve", town.street, "备案证"),
    ):
        case_id = opened(town, kind)
        driver.drive(case_id, state, days_ago=0)
        page = go(as_(who), f"/cases/{case_id}")
        [panel] = [
            it for it in page.root.iter("details")
            if any((f.get("action") or "").partition("#")[0].endswith(f"/{step}") for f in it.iter("form"))
        ]  # fmt: skip
        words = "".join(panel.itertext())
        assert panel.get("open") is None and said in words and "确认" in words
        assert "已办理：" in page.submit(f"/{step}").text
