"""Streets merge: what is open there goes on where they went."""

from datetime import date

from core import divisions
from core.accounts import SYSTEM
from core.audit.models import AuditEntry
from core.db import atomic, db
from core.divisions import actions
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


def test_where_a_division_was_split_a_person_must_say(town, frozen):
    frozen("2026-11-22 09:00")
    moving = cases._group("总府舞蹈队", FilingCategory.OTHER, 30)
    merge("书院街", "沙河")
    frozen("2026-12-01 00:01")
    before = db.session.get_one(Case, moving).division_id
    assert resettle_cases() == (0, 1)
    assert db.session.get_one(Case, moving).division_id == before
