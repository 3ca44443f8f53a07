"""Sponsor's opinion, intake, examination, decision, issue: each by others, through every act."""

from collections.abc import Callable

import pytest

from core.accounts import SYSTEM, Actor, Role, User
from core.accounts.actions import grant_membership
from core.accounts.actor import acting_for
from core.db import atomic, db
from core.eligibility import Outcome
from core.errors import NotAllowed, RuleBroken
from core.workflow import Party, Phase, actions, declared, engine, seat_of
from core.workflow.declaration import Workflow
from core.workflow.models import Case
from core.workflow.paths import path_to
from registry.demo import driver
from tests.pages import go
from tests.registry.test_workflows import declared_as, entered, opened
from tests.town import Town

pytestmark = pytest.mark.engines("sqlite")

#: A finding of the checklist is an act of examination like a step.
CHECK = "check"
OFFICERS = (Role.INTAKE, Role.EXAMINER, Role.APPROVER, Role.CERTIFICATE_OFFICER)


def everything(town: Town, case: Case) -> User:
    """Let the bureau head hold every role at every office of the case."""
    user = town.head.user
    assert user is not None
    for role, party in [(it, Party(it.value)) for it in (*OFFICERS, Role.SPONSOR_OFFICER)]:
        seat = seat_of(party)
        body = next((s.body for s in case.seats if s.seat is seat), None)
        if body is not None:
            with atomic():
                grant_membership(user, body, role, by=SYSTEM)
    return user


def acts_of(workflow: Workflow) -> dict[str, tuple[Phase, set[str]]]:
    """Return every act that belongs to a phase, with the states in which it is done."""
    found = {
        t.name: (t.phase, {str(s) for s in t.source})
        for t in workflow.step.values()
        if t.phase is not None
    }
    if workflow.checked_in:
        found[CHECK] = (Phase.EXAMINATION, {str(s) for s in workflow.checked_in})
    return found


def do(case_id: int, act: str, user: User) -> None:
    with atomic():
        case = db.session.get_one(Case, case_id)
        step = case.workflow.step.get(act)
        party = sorted(step.by)[0] if step else case.workflow.checked_by
        seat = seat_of(party)
        assert seat is not None
        by: Actor = acting_for(user, case.body_at(seat) or 0)
        if step is None:
            actions.keep_check(case, by=by, key="name", outcome=Outcome.PASS)
        else:
            engine.move(case, act, by=by, note="因为", **entered(step, case))


def acts_with_others_ahead() -> list[tuple[str, str]]:
    """Return every act that another phase can follow, by its kind of case."""
    from registry.certificates.workflow import REPLACEMENT
    from registry.changes.workflow import CHANGE
    from registry.registrations.workflow import REGISTRATION

    found = []
    for workflow in (REGISTRATION, REPLACEMENT, CHANGE):
        acts = acts_of(workflow)
        for act, (phase, sources) in acts.items():
            step = workflow.step.get(act)
            stands = str(step.target) if step and step.target else min(sources)
            later = {state for other, at in acts.values() if other is not phase for state in at}
            if any(path_to(workflow, state, start=stands) is not None for state in later):
                found.append((workflow.kind, act))
    return found


@pytest.mark.parametrize(("kind", "act"), acts_with_others_ahead())
def test_whoever_did_one_act_does_none_of_another_phase(town, kind, act):
    """One person with every role does `act`; then everything of every other phase is refused."""
    workflow, case_id = declared_as(kind), opened(town, kind)
    case = db.session.get_one(Case, case_id)
    acts = {
        name: where
        for name, where in acts_of(workflow).items()
        if name not in workflow.step or workflow.step[name].applies(case)
    }
    phase, sources = acts[act]
    driver.drive(case_id, min(sources, key=way_to(case)), days_ago=0)
    user = everything(town, db.session.get_one(Case, case_id))
    if act == "recommend_approval":
        driver.check_all(case_id)
    do(case_id, act, user)
    tried = set()
    while ahead := [a for a, (p, _s) in acts.items() if p is not phase and a not in tried]:
        case = db.session.get_one(Case, case_id)
        ways = {a: way for a in ahead if (way := onward(case, *acts[a][1])) is not None}
        if not ways:
            break
        following = min(ways, key=lambda a: len(ways[a]))
        for step in ways[following]:
            if step.name == "recommend_approval":
                driver.check_all(case_id)
            driver.take(case_id, step)
        tried.add(following)
        with pytest.raises((RuleBroken, NotAllowed), match=r"须由其他人员|another person"):
            do(case_id, following, user)
    assert tried, f"nothing came after {act}"


def way_to(case: Case) -> Callable[[str], int]:
    return lambda state: len(path_to(case.workflow, state, case) or range(99))


def onward(case: Case, *states: str) -> list | None:
    ways = [path_to(case.workflow, state, case, start=case.state) for state in states]
    return min((way for way in ways if way is not None), key=len, default=None)


def test_the_page_of_a_colleague_who_accepted_offers_no_checklist(town, as_):
    case_id = opened(town, "registration")
    driver.drive(case_id, "submitted", days_ago=0)
    user = everything(town, db.session.get_one(Case, case_id))
    do(case_id, "accept", user)
    page = go(as_(acting_for(user, town.intake.body_id)), f"/cases/{case_id}")
    assert "须由其他人员" in page.text
    assert not [f for f in page.forms() if "/checks/" in f.get("action", "")]
    examiner = go(as_(town.examiner), f"/cases/{case_id}")
    assert [f for f in examiner.forms() if "/checks/" in f.get("action", "")]


def test_no_kind_with_phases_is_left_out(app):
    tried = {kind for kind, _act in acts_with_others_ahead()}
    assert tried == {workflow.kind for workflow in declared() if acts_of(workflow)}
