"""What an examiner proposes: on a ground that holds, shown and filled in for who decides; visits."""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from core import clock, documents
from core.db import atomic, db
from core.eligibility import Outcome
from core.errors import RuleBroken
from core.workflow import actions, engine
from core.workflow.models import Case
from registry.demo import cases, driver
from tests.pages import fields, go

pytestmark = pytest.mark.engines("sqlite")
WHY = "会员名册中有十二人并非本区居民。"


@pytest.fixture
def examined(town):
    case_id = cases._association("拟办意见", 30, 3)
    driver.drive(case_id, "examining", days_ago=0)
    return case_id


def the(case_id: int) -> Case:
    return db.session.get_one(Case, case_id)


def find(town, case_id: int, key: str, outcome: Outcome, note: str = "") -> None:
    with atomic():
        actions.keep_check(
            the(case_id), by=town.examiner, key=key, outcome=outcome, check_note=note
        )


@pytest.mark.printed
def test_conditions_not_met_is_a_ground_only_where_one_was_found_not_to_be(town, as_, examined):
    """社会团体登记管理条例第十条: the mirror of the check before a positive recommendation."""
    examiner = as_(town.examiner)
    page = go(examiner, f"/cases/{examined}")
    refused = page.submit("/recommend_refusal", ground="conditions", opinion="不符合条件。")
    assert refused.status == 422 and "尚无审查为“不符合”的登记条件" in refused.text
    find(town, examined, "members", Outcome.FAIL, WHY)
    page = go(examiner, f"/cases/{examined}")
    page.submit("/recommend_refusal", ground="conditions", opinion="会员人数不足。")
    assert the(examined).state == "deciding"

    page = go(as_(town.approver), f"/cases/{examined}")
    panel = "".join(page.root.find(".//section[@id='proposal']").itertext())
    for told in ("拟不予登记", "陈静", "第十条", "会员人数不足。"):
        assert told in panel, told
    form = fields(page.form("/refuse", ()))
    assert (form.get("ground"), form.get("note")) == ("conditions", "会员人数不足。")
    page.submit("/refuse", note="会员人数不足。", ground="conditions")
    [paper] = [p for p in documents.of_case(examined) if p.kind == "refusal_decision"]
    pdf = as_(town.approver).get(f"/instruments/{paper.id}.pdf").data
    said = "".join(it.extract_text() for it in PdfReader(io.BytesIO(pdf)).pages)
    said = "".join(said.split())
    assert "不符合登记条件“会员" in said and WHY in said, said


def test_what_is_proposed_fills_in_nothing_else(town, as_, examined):
    driver.check_all(examined)
    driver.drive_on(examined, "recommend_approval")
    page = go(as_(town.approver), f"/cases/{examined}")
    assert "拟同意登记" in "".join(page.root.find(".//section[@id='proposal']").itertext())
    form = fields(page.form("/refuse", ()))
    assert not form.get("note") and not form.get("ground")
    with pytest.raises(RuleBroken) as refused, atomic():
        engine.move(the(examined), "refuse", by=town.approver, note="不符合。", ground="conditions")
    assert refused.value.field == "ground"
    driver.drive_on(examined, "send_back")
    assert 'id="proposal"' not in go(as_(town.examiner), f"/cases/{examined}").answer.text


@pytest.mark.parametrize(
    ("visitors", "days", "field", "said"),
    [
        (["陈静", "陈静"], 0, "visitors", "请至少填写两人"),
        (["陈静", "陈 静"], 0, "visitors", "请至少填写两人"),
        (["陈静、王磊"], 0, "visitors", "请至少填写两人"),
        (["陈静", "王磊"], 1, "visited_on", "不能晚于今天"),
        (["陈静", "王磊"], -2800, "visited_on", "不能早于该日"),
    ],
    ids=["twice", "twice with a space", "one line", "tomorrow", "before it came in"],
)
def test_a_visit_is_of_two_people_after_the_application_came_in(
    town, examined, visitors, days, field, said
):
    """行政许可法第三十四条第三款: two officers or more."""
    when = clock.today() + timedelta(days=days)
    told = {"visitors": visitors, "visited_on": when, "findings": "一致"}
    with pytest.raises(RuleBroken, match=said) as refused, atomic():
        engine.move(the(examined), "record_site_visit", by=town.examiner, **told)
    assert refused.value.field == field
    assert not [p for p in documents.of_case(examined) if p.kind == "site_visit_record"]
