"""Worklists: each lists exactly the cases that exist for the person, in a fixed number of queries."""

import pytest

from core.db import atomic, db
from core.workflow import actions
from core.workflow.listing import WorklistFilter, list_worklist
from core.workflow.models import Case
from core.workflow.piles import Pile
from core.workflow.standing import parties
from registry.demo import cases, driver
from registry.demo.cast import CAST
from registry.organizations.kinds import FilingCategory
from tests.statements import statements
from tests.town import numeral

STATES = ("draft", "sponsor_review", "submitted", "deciding", "withdrawn", "not_accepted")


def some_cases() -> None:
    for place, state in enumerate(STATES):
        driver.drive(cases._association(f"名单{numeral(place)}", 60, place), state, days_ago=0)
    for place, state in enumerate(("draft", "community_review", "street_review")):
        case_id = cases._group(f"总府社区{numeral(place)}队", FilingCategory.OTHER, 60)
        driver.drive(case_id, state, days_ago=0)


@pytest.mark.engines("sqlite")
def test_a_worklist_holds_what_exists_for_the_person_and_nothing_else(town):
    some_cases()
    with atomic():
        case = db.session.scalars(db.select(Case).where(Case.state == "deciding")).one()
        actions.recuse(case, by=town.approver, reason="与发起人为亲属")
    for login in (person.login for person in CAST):
        actor = getattr(town, login)
        listed = {
            case.id
            for pile in (Pile.OFFICE, Pile.WAITING, Pile.CLOSED)
            for case in db.session.scalars(list_worklist(WorklistFilter(pile=pile), actor))
        }
        exists = {
            case.id
            for case in db.session.scalars(db.select(Case))
            if parties(case, actor) - {"applicant"}
        }
        assert listed == exists, login


def test_a_worklist_costs_the_same_queries_for_one_case_and_for_many(town, as_):
    def queries(visitor) -> int:
        with statements() as asked:
            assert visitor.get("/worklist").status_code == 200
        return len(asked)

    driver.drive(cases._association("一件", 60, 1), "submitted", days_ago=0)
    intake = as_(town.intake)
    intake.get("/worklist")
    one = queries(intake)
    assert one <= 12
    for place in range(2, 8):
        driver.drive(
            cases._association(f"多件{numeral(place)}", 60, place), "submitted", days_ago=0
        )
    assert queries(intake) == one
