"""Saved views: a person's own, or laid before the office by its head."""

import pytest

from core.accounts import SYSTEM, Role
from core.accounts.actions import grant_membership
from core.accounts.actor import acting_for
from core.audit.models import AuditEntry
from core.db import atomic, db
from core.errors import NotAllowed, NotFound, RuleBroken
from core.workflow import views
from core.workflow.views import WorklistDefault, WorklistView
from tests.pages import go
from tests.statements import statements
from tests.town import numeral

pytestmark = pytest.mark.engines("sqlite")

ASKED = "pile=open&kind=filing"


def keep(by, name="社区备案", **more) -> int:
    with atomic():
        return views.save_view(by=by, name=name, question=ASKED, **more).id


def names(actor) -> list[str]:
    db.session.rollback()
    return [view.name for view, _default in views.list_views(actor)]


def test_a_private_view_is_not_there_for_anybody_else(town, as_):
    view_id = keep(town.intake)
    assert names(town.intake) == ["社区备案"]
    assert names(town.approver) == names(town.examiner) == names(town.head) == []
    other = as_(town.approver)
    for address in ("default", "share", "delete"):
        hidden = other.post(f"/worklist/views/{view_id}/{address}")
        absent = other.post(f"/worklist/views/{10**6}/{address}")
        assert hidden.status_code == absent.status_code == 404
    assert "社区备案" not in go(other, "/worklist/views").text
    with pytest.raises(NotFound):
        views.access_view(view_id, town.approver)
    assert names(town.intake) == ["社区备案"]


def test_the_head_shares_and_takes_back(town, as_):
    view_id = keep(town.approver, shared=True)
    assert names(town.intake) == ["社区备案"]
    assert names(town.head) == []  # another office
    page = go(as_(town.intake), "/worklist/views").submit(f"/{view_id}/default")
    assert "默认视图" in page.text
    first = as_(town.intake).get("/worklist")
    assert (first.status_code, first.location) == (302, f"/worklist?{ASKED}&view={view_id}")
    page = go(as_(town.approver), "/worklist/views").submit(f"/{view_id}/share")
    assert names(town.intake) == []
    assert as_(town.intake).get("/worklist").status_code == 200
    assert db.session.scalars(db.select(WorklistDefault)).all() == []
    recorded = db.session.scalars(
        db.select(AuditEntry.action).where(AuditEntry.action.like("worklist_view:%"))
    ).all()
    assert recorded == ["worklist_view:save", "worklist_view:share"]


def test_who_does_not_lead_the_office_shares_nothing(town, as_):
    with pytest.raises(NotAllowed), atomic():
        views.save_view(by=town.intake, name="x", question=ASKED, shared=True)
    view_id = keep(town.intake)
    page = go(as_(town.intake), f"/worklist/views/new?{ASKED}")
    assert "供本机构全体人员使用" not in page.text
    as_(town.intake).post(
        "/worklist/views/new", data={"name": "y", "shared": "y", "question": ASKED}
    )
    assert not db.session.scalar(db.select(WorklistView.shared).filter_by(name="y"))
    assert as_(town.intake).post(f"/worklist/views/{view_id}/share").status_code == 403
    shared = keep(town.approver, "审批", shared=True)
    assert as_(town.intake).post(f"/worklist/views/{shared}/delete").status_code == 403
    assert "审批" in names(town.intake)


def test_a_view_belongs_to_the_body_one_acts_for(town):
    keep(town.intake)
    with atomic():
        grant_membership(town.intake.user, town.head.body, Role.SUPERVISOR, by=SYSTEM)
    elsewhere = acting_for(town.intake.user, town.head.body_id)
    assert names(elsewhere) == []


def test_a_name_is_used_once_and_a_default_once(town, as_):
    keep(town.intake, as_default=True)
    with pytest.raises(RuleBroken, match=r"同名|already"), atomic():
        views.save_view(by=town.intake, name=" 社区备案 ", question=ASKED)
    page = go(as_(town.intake), f"/worklist/views/new?{ASKED}").submit(name="社区备案")
    assert page.status == 422
    assert "同名" in page.text
    second = keep(town.intake, "另一个", as_default=True)
    keep(town.examiner)  # another person may use the name
    assert db.session.scalars(db.select(WorklistDefault.view_id)).all() == [second]
    with atomic():
        views.delete_view(db.session.get_one(WorklistView, second), by=town.intake)
    assert db.session.scalars(db.select(WorklistDefault)).all() == []
    assert as_(town.intake).get("/worklist").status_code == 200


def test_only_filters_fit_into_a_view(town, as_):
    page = go(as_(town.intake), "/worklist/views/new?pile=mine&next=https://else.example&due=soon")
    page.submit(name="临期")
    assert db.session.scalars(db.select(WorklistView.question)).one() == "pile=mine&due=soon"


def test_the_page_of_views_costs_the_same_queries_for_one_and_for_many(town, as_):
    def queries() -> int:
        with statements() as asked:
            assert visitor.get("/worklist/views").status_code == 200
        return len(asked)

    question = f"place=3&office={town.intake.body_id}&assignee={town.intake.user_id}"
    with atomic():
        views.save_view(by=town.intake, name="一", question=question)
    visitor = as_(town.intake)
    visitor.get("/worklist/views")
    one = queries()
    with atomic():
        for n in range(2, 12):
            views.save_view(by=town.intake, name=f"第{numeral(n)}", question=question)
    visitor = as_(town.intake)
    visitor.get("/worklist/views")
    assert queries() == one
