"""A morning at the desk: the head's view, the urgent cases taken, one handed to a colleague."""

import pytest

from core.accounts import SYSTEM, Role
from core.accounts.actions import grant_membership
from core.db import atomic, db
from core.workflow.models import Case
from registry.demo import cases, driver
from tests.pages import Page, fields, go
from tests.registry.test_worklist_filters import rows_on
from tests.town import numeral


def send(page: Page, action: str, **entered) -> Page:
    """Send the form of the chosen rows to another of its buttons."""
    form = next(f for f in page.forms() if f.get("id") == "bulk")
    values = fields(form)
    for name, value in entered.items():
        values.setlist(name, value)
    return Page(page.visitor, page.visitor.post(action, data=values, follow_redirects=True))


def boxes(page: Page) -> list[str]:
    return [e.get("value", "") for e in page.root.iter("input") if e.get("name") == "chosen"]


@pytest.mark.engines("sqlite")
def test_a_morning_at_the_desk(town, as_):
    for n in range(4):
        driver.drive(cases._association(f"晨间{numeral(n)}", 60, n), "submitted", days_ago=0)
    with atomic():
        grant_membership(town.examiner.user, town.intake.body, Role.INTAKE, by=SYSTEM)

    # Who decides in the office lays a view before everyone.
    page = go(as_(town.approver), "/worklist?pile=open&kind=registration&due=later")
    page = page.link("将当前列表存为视图").submit(name="近期待受理", shared="y")
    assert "视图已保存" in page.text

    intake = as_(town.intake)
    page = go(intake, "/worklist").link("近期待受理")
    assert rows_on(page) == 4
    chosen = boxes(page)
    page = send(page, "/worklist/take", chosen=chosen[:3])
    assert "已领办3件" in page.text
    assert rows_on(page) == 4  # the same list, with the same filters
    mine = go(intake, "/worklist?pile=mine")
    assert rows_on(mine) == 3

    asked = send(mine, "/worklist/hand-over", chosen=boxes(mine)[:2])
    assert asked.title == "转交"
    page = asked.submit("/hand-over", user_id=str(town.examiner.user_id))
    assert "已转交2件" in page.text
    assert rows_on(go(intake, "/worklist?pile=mine")) == 1

    # A colleague's page that is out of date takes nothing from anybody.
    late = go(as_(town.examiner), "/worklist")
    db.session.rollback()
    page = send(late, "/worklist/take", chosen=chosen)
    assert page.title == "部分事项未能办理"
    assert "已由王磊领办" in page.text
    held = db.session.scalars(db.select(Case.assignee_id).order_by(Case.id)).all()
    assert held.count(town.intake.user_id) == 1
    assert held.count(town.examiner.user_id) == 3
