"""Which version of a policy an open case uses: that of its acceptance, or of the step it is in."""

from datetime import date

import pytest

from core import policy
from core.db import db
from core.workflow import kept_versions, versions
from core.workflow.models import Case
from registry.demo import cases, driver
from tests.town import changed, numeral

pytestmark = pytest.mark.engines("sqlite", "postgresql")

#: The time to accept an application counts in one state, which no accepted case comes back to.
INTAKE = "registration.intake_days"
DECIDE = "registration.promised_days"


def association(state, place):
    case_id = cases._association(f"版本{numeral(place)}", 60, place)
    driver.drive(case_id, state, days_ago=0)
    return case_id


def using(key, since):
    uses = kept_versions.uses_version(key, since)
    return set(db.session.scalars(db.select(Case.id).where(Case.closed_at.is_(None), uses)))


def counted(app, key):
    with app.test_request_context():
        found, still = versions.open_by_version(policy.declaration(key))
    return {it.since.isoformat() if it.since else "default": it.cases for it in found}, still


def test_the_time_to_accept_is_used_by_who_waits_to_be_accepted(town, app, frozen):
    frozen("2026-11-02 10:00")
    early, draft = association("submitted", 1), association("draft", 2)
    accepted = association("examining", 3)
    limit = db.session.get_one(Case, early).due_at
    changed(town, INTAKE, 3, date(2026, 11, 3))
    frozen("2026-11-04 10:00")
    late = association("submitted", 4)
    assert using(INTAKE, "default") == {early}
    assert using(INTAKE, "2026-11-03") == {late}
    assert counted(app, INTAKE) == ({"default": 1, "2026-11-03": 1}, 1)
    assert db.session.get_one(Case, early).due_at == limit
    assert draft not in using(INTAKE, "default") | using(INTAKE, "2026-11-03")
    assert using(DECIDE, "default") == {accepted}


def test_a_version_is_that_of_the_day(town, frozen):
    frozen("2026-11-02 10:00")
    changed(town, INTAKE, 3, date(2026, 11, 3))
    assert kept_versions.version_on(INTAKE, date(2026, 11, 2)) == "default"
    assert kept_versions.version_on(INTAKE, date(2026, 11, 3)) == "2026-11-03"
    assert [it[0] for it in kept_versions.periods(INTAKE)] == ["default", "2026-11-03"]


@pytest.mark.engines("sqlite")
def test_the_list_names_only_cases_that_the_reader_has_a_part_in(town, frozen, as_):
    """A hidden case and an absent one look the same; of others stands how many there are."""
    frozen("2026-11-02 10:00")
    number = db.session.get_one(Case, association("submitted", 1)).number
    association("draft", 2)
    here = f"/policies/{INTAKE}/cases/default?lang=en"
    assert number in as_(town.intake).get(here).text
    for reader in (town.community, town.street):
        assert versions.count_others(INTAKE, "default", reader) == 1
        shown = as_(reader).get(here).text
        assert number not in shown
        assert "1 more case in which you have no part" in shown
