"""Policy values: two people, days, history, what a case freezes."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError

from core import policy
from core.accounts import SYSTEM, Actor, Body, BodyKind, Membership, Role, User
from core.accounts.actor import acting_for
from core.audit.models import AuditEntry
from core.db import atomic, db
from core.errors import NotAllowed, NotFound, RuleBroken, WrongState
from core.policy import Policy, Unit, actions, overview, queries
from core.policy.declaration import chapter_of
from core.policy.models import PolicyValue

DAYS = Policy("sample.days", 20, Unit.WORKING_DAYS, "条例第十二条", "Days of decision", 1, 60)
RATE = Policy("sample.rate", Decimal("0.5"), Unit.PERCENT, "财库〔2026〕2号", "Low bid", 0, 100)
SWITCH = Policy("sample.switch", default=False, source="x", label="Switch", unsure=True)
policy.register(DAYS, RATE, SWITCH)

TODAY = date(2026, 11, 22)
LATER = date(2027, 1, 1)
GROUNDS = {"source": "锦府发〔2026〕9号", "reason": "Promise of the district"}


def member(name, role, bureau):
    user = User(login=name, display_name=name, password_hash="x", session_stamp="x")
    db.session.add_all([user, Membership(user=user, body=bureau, role=role)])
    return user


@pytest.fixture
def office(app, frozen):
    """The bureau's head and an administrator, and an examiner who may set nothing."""
    frozen("2026-11-22 09:00")
    with atomic():
        bureau = Body(kind=BodyKind.BUREAU, name="社会组织管理局")
        users = [
            member("head", Role.BUREAU_HEAD, bureau),
            member("admin", Role.ADMINISTRATOR, bureau),
            member("examiner", Role.EXAMINER, bureau),
        ]
    return {user.login: acting_for(user, bureau.id) for user in users}


def propose(office, declared, value, day=LATER, who="head"):
    with atomic():
        return actions.propose_value(
            declared, value=value, effective_from=day, **GROUNDS, by=office[who]
        )


def confirm(office, proposal, who="admin"):
    with atomic():
        actions.confirm_value(proposal, by=office[who])


def settle(office, declared, value, day):
    confirm(office, propose(office, declared, value, day))


# --- what holds


def test_the_default_holds_until_something_is_confirmed(office):
    assert policy.value(DAYS) == 20
    assert policy.value("sample.days") == 20
    assert policy.since("sample.days") is None
    proposal = propose(office, DAYS, 15)
    assert policy.value(DAYS, LATER) == 20
    confirm(office, proposal)
    assert policy.value(DAYS, LATER) == 15
    assert policy.value(DAYS) == 20
    assert policy.since("sample.days", LATER) == LATER
    with pytest.raises(KeyError):
        policy.value("sample.unheard_of")


def test_each_value_holds_until_the_next(office, frozen):
    settle(office, DAYS, 15, TODAY)
    settle(office, DAYS, 10, date(2027, 3, 1))
    settle(office, DAYS, 12, LATER)
    days = [TODAY, date(2026, 12, 31), LATER, date(2027, 2, 28), date(2027, 3, 1)]
    assert [policy.value(DAYS, day) for day in days] == [15, 15, 12, 12, 10]
    assert policy.value(DAYS, date(2026, 11, 21)) == 20
    frozen("2027-01-01 00:00")
    assert policy.value(DAYS) == 12


def test_a_value_is_of_its_declared_type(office):
    settle(office, RATE, Decimal("45.25"), TODAY)
    settle(office, SWITCH, True, TODAY)
    assert policy.value(RATE) == Decimal("45.25")
    assert isinstance(policy.value(RATE), Decimal)
    assert policy.value(SWITCH) is True


def test_what_a_case_freezes_is_plain_and_comes_back_typed(office):
    settle(office, RATE, Decimal("45.25"), TODAY)
    frozen = policy.snapshot(["sample.days", "sample.rate"])
    assert frozen == {
        "sample.days": {"value": 20, "since": None},
        "sample.rate": {"value": "45.25", "since": "2026-11-22"},
    }
    settle(office, RATE, Decimal(50), LATER)
    assert policy.thaw(frozen, "sample.rate") == Decimal("45.25")
    assert policy.thaw(frozen, "sample.switch") is False
    assert policy.snapshot(["sample.rate"], LATER)["sample.rate"]["since"] == "2027-01-01"


def test_said_in_words(office, english):
    assert policy.spoken("sample.days") == "20 working days"


def test_every_policy_stands_in_a_named_chapter(app):
    loose = {it.key for it in policy.declared() if chapter_of(it.key)[0] == chapter_of(it.key)[1]}
    loose -= {it for it in loose if it.split(".")[0] in {"sample", "test"}}
    assert not loose, "name their chapter where they are registered: policy.chapter(prefix, label)"


# --- two people


def test_nobody_confirms_their_own_proposal(office):
    proposal = propose(office, DAYS, 15)
    with pytest.raises(RuleBroken):
        confirm(office, proposal, who="head")
    assert not proposal.is_confirmed


def test_the_database_asks_for_the_second_person_too(office):
    proposal = propose(office, DAYS, 15)
    proposal.confirmed_by_id = proposal.proposed_by_id
    proposal.confirmed_at = proposal.created_at
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()
    proposal.confirmed_at = proposal.created_at
    with pytest.raises(IntegrityError):
        db.session.flush()


@pytest.mark.parametrize("who", ["examiner", "system", "stranger"])
def test_others_set_nothing(office, who):
    by = {"examiner": office["examiner"], "system": SYSTEM, "stranger": Actor()}[who]
    proposal = propose(office, DAYS, 15)
    with pytest.raises(NotAllowed):
        propose({who: by}, DAYS, 15, date(2027, 2, 1), who)
    with pytest.raises(NotAllowed):
        confirm({who: by}, proposal, who)
    with pytest.raises(NotAllowed), atomic():
        actions.withdraw_value(proposal, by=by)


def test_what_is_confirmed_is_done(office):
    proposal = propose(office, DAYS, 15)
    confirm(office, proposal)
    with pytest.raises(WrongState):
        confirm(office, proposal)
    with pytest.raises(WrongState), atomic():
        actions.withdraw_value(proposal, by=office["head"])


# --- what is refused


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"value": 0}, "value"),
        ({"value": 61}, "value"),
        ({"value": "soon"}, "value"),
        ({"effective_from": date(2026, 11, 21)}, "effective_from"),
        ({"reason": " "}, "reason"),
        ({"source": " "}, "source"),
    ],
)
def test_a_bad_proposal_is_refused_with_its_field(office, change, field):
    entered = {"value": 15, "effective_from": TODAY, **GROUNDS, **change}
    with pytest.raises(RuleBroken) as refused, atomic():
        actions.propose_value(DAYS, **entered, by=office["head"])
    assert refused.value.field == field
    assert queries.proposals() == []


def test_a_day_is_taken_once(office):
    propose(office, DAYS, 15)
    with pytest.raises(IntegrityError):
        propose(office, DAYS, 10, who="admin")


def test_a_proposal_whose_day_has_passed_cannot_be_confirmed(office, frozen):
    proposal = propose(office, DAYS, 15)
    frozen("2027-01-02 09:00")
    with pytest.raises(RuleBroken):
        confirm(office, proposal)


def test_a_withdrawn_proposal_is_gone_but_not_forgotten(office):
    proposal = propose(office, DAYS, 15)
    assert queries.count_proposals() == 1
    with atomic():
        actions.withdraw_value(proposal, by=office["admin"])
    assert policy.history("sample.days") == []
    recorded = db.session.scalars(db.select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert recorded == ["policy:propose", "policy:withdraw"]


def test_every_step_is_on_record(office):
    settle(office, DAYS, 15, LATER)
    entries = db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [it.action for it in entries] == ["policy:propose", "policy:confirm"]
    assert entries[1].changes["sample.days"] == [20, 15]
    assert entries[1].note == GROUNDS["reason"]


def test_what_is_not_there_is_not_found(app):
    with pytest.raises(NotFound):
        queries.access_policy("sample.unheard_of")
    with pytest.raises(NotFound):
        queries.access_proposal(1)


# --- as the pages show it


def test_the_overview(office):
    settle(office, DAYS, 15, TODAY)
    propose(office, RATE, Decimal(40))

    def found(*words, **narrowed):
        shown = overview.chapters(*words, **narrowed)
        return [row.key for chapter in shown for row in chapter.rows if chapter.prefix == "sample"]

    assert found() == ["sample.days", "sample.rate", "sample.switch"]
    assert found("DECISION") == ["sample.days"]
    assert found("锦府发") == ["sample.days"]
    assert found("sample.r") == ["sample.rate"]
    assert found(changed=True) == ["sample.days"]
    assert found(waiting=True) == ["sample.rate"]
    assert found(unsure=True) == ["sample.switch"]


def test_versions(office):
    settle(office, DAYS, 15, TODAY)
    settle(office, DAYS, 10, LATER)
    shown = overview.versions(DAYS)
    assert [(it.since, it.until, it.in_force) for it in shown] == [
        (LATER, None, False),
        (TODAY, date(2026, 12, 31), True),
        (None, date(2026, 11, 21), False),
    ]


def test_values_are_read_once_a_request_and_never_stale(office):
    assert policy.value(DAYS) == 20
    with atomic():
        proposal = actions.propose_value(
            DAYS, value=15, effective_from=TODAY, **GROUNDS, by=office["head"]
        )
        assert policy.value(DAYS) == 20
        actions.confirm_value(proposal, by=office["admin"])
        assert policy.value(DAYS) == 15
    assert db.session.scalar(db.select(PolicyValue.value)) == 15
