"""Streets merge: what is open there goes on where they went."""

from datetime import date

from core import divisions
from core.accounts import SYSTEM, BodyKind
from core.accounts.actions import create_body
from core.audit.models import AuditEntry
from core.db import atomic, db
from core.divisions import actions
from core.workflow import Seat, seating
from core.workflow.actions import take
from core.workflow.models import Case
from core.workflow.resettling import resettle_cases
from registry.demo import cases, driver
from registry.filings.states import FilingState
from registry.organizations.kinds import FilingCategory
from tests.town import town

__all__ = ["town"]
FIRST_DAY = date(2026, 12, 1)


def street(name):
    found = divisions.find_street(name)
    assert found
    return found


def merge(*into):
    """Let 春熙路街道 end before the first day; its communities first, where it is split."""
    old, new = street("春熙路"), [street(name) for name in into]
    with atomic():
        if len(new) > 1:
            heirs = divisions.communities(new[0])[:2]
            for community in divisions.communities(old):
                actions.succeed([community], heirs, on=FIRST_DAY, by=SYSTEM)
        actions.succeed([old], new, on=FIRST_DAY, by=SYSTEM)


def test_open_cases_move_with_their_street_and_closed_ones_stay(town, frozen):
    frozen("2026-11-22 09:00")
    moving, closed = (
        cases._group(name, FilingCategory.OTHER, 30) for name in ("总府舞蹈队", "总府合唱队")
    )
    driver.drive(moving, FilingState.STREET_REVIEW, days_ago=0)
    driver.drive(closed, FilingState.REFUSED, days_ago=0)
    old_office = db.session.get_one(Case, moving).office_id
    old_division = db.session.get_one(Case, moving).division_id
    due = db.session.get_one(Case, moving).due_at
    merge("书院街")
    assert resettle_cases() == (0, 0)
    frozen("2026-12-01 00:01")
    assert resettle_cases() == (1, 0)
    assert resettle_cases() == (0, 0)
    case = db.session.get_one(Case, moving)
    place = db.session.get_one(divisions.Division, case.division_id)
    assert divisions.path(place) == "锦江区 › 书院街街道 › 总府社区"
    assert case.office
    assert case.office.name == "书院街街道社会组织指导服务中心"
    assert case.waiting_body_id == case.office_id != old_office
    assert case.due_at == due
    stayed = db.session.get_one(Case, closed)
    assert (stayed.office_id, stayed.division_id) == (old_office, old_division)
    last = db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert last
    assert (last.action, last.case_id) == ("case:resettle", moving)


def test_every_seat_that_goes_by_the_place_moves_and_the_turn_with_it(town, frozen):
    """Office, committee and overseer of the new place; a seat nobody takes there stays."""
    frozen("2026-11-22 09:00")
    moving, stranded = (
        cases._group(name, FilingCategory.OTHER, 30) for name in ("总府舞蹈队", "总府合唱队")
    )
    for case_id in (moving, stranded):
        driver.drive(case_id, FilingState.COMMUNITY_REVIEW, days_ago=0)
    with atomic():
        take(db.session.get_one(Case, moving), by=town.community)
    merge("书院街")
    frozen("2026-12-01 00:01")
    case = db.session.get_one(Case, moving)
    before = {seat: case.body_at(seat) for seat in case.workflow.seats}
    assert case.waiting_body_id == before[Seat.COMMUNITY]
    assert case.assignee_id == town.community.user_id
    home = divisions.on_map(db.session.get_one(divisions.Division, case.division_id))
    assert home
    with atomic():
        case = db.session.get_one(Case, stranded)
        settled = seating.resettle(case, home)  # no committee there yet
        assert settled.keys() == {"office"}
        assert case.body_at(Seat.COMMUNITY) == before[Seat.COMMUNITY] == case.waiting_body_id
    with atomic():
        committee = create_body(
            kind=BodyKind.COMMUNITY_COMMITTEE, name="新居委会", division_id=home.id, by=SYSTEM
        )
        bureau = create_body(kind=BodyKind.BUREAU, name="新民政局", division_id=home.id, by=SYSTEM)
        actions.assign_office("oversight", street("书院街"), bureau, from_on=FIRST_DAY, by=SYSTEM)
    assert resettle_cases() == (1, 0)
    case = db.session.get_one(Case, moving)
    assert case.body_at(Seat.COMMUNITY) == committee.id == case.waiting_body_id
    assert case.body_at(Seat.OVERSIGHT) == bureau.id
    assert case.body_at(Seat.OFFICE) == case.office_id != before[Seat.OFFICE]
    assert case.assignee_id is None
    last = db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert last.changes["community"] == [before[Seat.COMMUNITY], committee.id]
    assert last.changes["oversight"] == [before[Seat.OVERSIGHT], bureau.id]


def test_where_a_division_was_split_a_person_must_say(town, frozen):
    frozen("2026-11-22 09:00")
    moving = cases._group("总府舞蹈队", FilingCategory.OTHER, 30)
    merge("书院街", "沙河")
    frozen("2026-12-01 00:01")
    before = db.session.get_one(Case, moving).division_id
    assert resettle_cases() == (0, 1)
    assert db.session.get_one(Case, moving).division_id == before
