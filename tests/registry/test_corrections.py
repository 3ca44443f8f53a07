"""What an applicant changes after an application was sent back: the office reads both, side by side."""

import io
from datetime import timedelta

import pytest

from core import clock
from core.attachments import list_attachments
from core.db import db
from core.workflow import corrections
from core.workflow.models import Case
from registry.demo import cases, driver
from registry.demo.papers import sample_pdf
from tests.pages import go

pytestmark = pytest.mark.engines("sqlite")
CHARTER = "registration.charter"


@pytest.fixture
def sent_back(town, frozen):
    """An association's application that the office has sent back, some days after it came in."""
    case_id = cases._association("测试", 30, 3)
    driver.drive(case_id, "correction", days_ago=0)
    frozen(clock.now() + timedelta(days=1))
    return case_id


def row(page, label):
    """Return the words of the answer with this label."""
    for it in page.root.iter("div"):
        words = " ".join("".join(it.itertext()).split())
        if it.get("class") == "summary__row" and words.startswith(label):
            return words
    raise AssertionError(f"no answer “{label}”: {page.text[:3000]}")


def test_changed_answers_and_papers_are_marked_for_the_office(sent_back, town, as_, frozen):
    case_id, me = sent_back, as_(town.as_themselves("applicant"))
    first = db.session.get_one(Case, case_id).submitted_at
    assert "再次提交时修改" not in go(as_(town.intake), f"/cases/{case_id}").text
    page = go(me, f"/cases/{case_id}/sections/purpose")
    before = page.root.find(".//textarea[@name='purpose']").text.strip()
    page.submit(purpose=f"{before}，服务社区居民")
    people = go(me, f"/cases/{case_id}/sections/people")
    people.submit(**{"people-1-phone": "13911112222"})
    paper = list_attachments(case_id=case_id, slot=CHARTER)[0]
    papers = go(me, f"/cases/{case_id}/sections/documents")
    upload = {"upload": (io.BytesIO(sample_pdf("章程修订稿")), "章程修订稿.pdf")}
    papers = papers.submit(f"/{CHARTER}", **upload)
    papers.submit(f"/removal/{paper.id}")
    members = go(me, f"/cases/{case_id}/sections/members")
    members.submit(individual_members="71")
    unsent = go(as_(town.intake), f"/cases/{case_id}")
    assert "申请人正在修改" in unsent.text and "再次提交后方可查看" in unsent.text
    assert "51" in row(unsent, "个人会员")
    words = "".join(unsent.text.split())
    for changed in ("服务社区居民", "71", "章程修订稿.pdf", "原提交件"):
        assert changed not in words, f"{changed} is not handed in"
    assert paper.name in unsent.text
    frozen(clock.now() + timedelta(hours=1))
    again = clock.now()
    receipt = go(me, f"/cases/{case_id}/answers").submit("/resubmit", declared="y")
    assert "再次提交" in receipt.text
    assert db.session.get_one(Case, case_id).submitted_at == first

    page = go(as_(town.intake), f"/cases/{case_id}")
    changed = row(page, "宗旨")
    assert "再次提交时修改" in changed and "原为" in changed and "服务社区居民" in changed
    assert page.text.count("再次提交时修改了号码") == 1, "what is masked is marked, not shown"
    assert "再次提交时更换" in page.text and "章程修订稿.pdf" in page.text
    assert "原提交件" in page.text and paper.name in page.text
    assert as_(town.intake).get(f"/attachments/{paper.id}").status_code == 200
    assert "再次提交时间" in page.text and f"{clock.local(again):%H:%M}" in row(
        page, "再次提交时间"
    )
    english = go(as_(town.intake), f"/cases/{case_id}?lang=en").text
    assert english.count("Changed when sent in again") == 2, "languages are not taken for changes"
    assert "Correction notice (补正通知书)" in english, "papers are called in the reader's language"
    for stranger in (town.street, town.community):
        assert as_(stranger).get(f"/attachments/{paper.id}").status_code in (302, 404)


def test_what_was_never_handed_in_is_gone_when_it_is_removed(sent_back, town, as_, frozen):
    case_id, me = sent_back, as_(town.as_themselves("applicant"))
    upload = {"upload": (io.BytesIO(sample_pdf("草稿")), "草稿.pdf")}
    go(me, f"/cases/{case_id}/sections/documents").submit(f"/{CHARTER}", **upload)
    draft = list_attachments(case_id=case_id, slot=CHARTER)[-1]
    frozen(clock.now() + timedelta(hours=1))
    go(me, f"/cases/{case_id}/sections/documents").submit(f"/removal/{draft.id}")
    frozen(clock.now() + timedelta(hours=1))
    go(me, f"/cases/{case_id}/answers").submit("/resubmit", declared="y")
    page = go(as_(town.intake), f"/cases/{case_id}")
    assert "草稿.pdf" not in page.text
    assert as_(town.intake).get(f"/attachments/{draft.id}").status_code == 404


def test_rows_are_compared_by_what_they_say_not_by_their_place(town):
    before = corrections.Earlier(
        clock.now(),
        {"people": [["发起人", "甲", ""], ["发起人", "乙", ""], ["发起人", "丙", ""]]},
        (),
    )
    section = next(s for s in _registration().sections if s.key == "people")
    rows = [{"label": "发起人", "value": name} for name in ("乙", "丁", "戊", "己")]
    marked = corrections.marked(section, rows, before)
    assert [it.get("change") for it in marked] == [None, "changed", "changed", "added"]
    assert [it.get("was") for it in marked][1:3] == ["甲", "丙"]
    [gone] = corrections.marked(section, [], before)[2:]
    assert (gone["change"], gone["was"]) == ("gone", "丙")


def _registration():
    from core.workflow import workflow_of

    return workflow_of("registration")


def test_taking_a_paper_away_asks_first_and_says_what_becomes_of_it(sent_back, town, as_):
    me = as_(town.as_themselves("applicant"))
    paper = list_attachments(case_id=sent_back, slot=CHARTER)[0]
    page = go(me, f"/cases/{sent_back}/sections/documents")
    [panel] = [
        it for it in page.root.iter("details")
        if any((f.get("action") or "").endswith(f"/removal/{paper.id}") for f in it.iter("form"))
    ]  # fmt: skip
    words = "".join(panel.itertext())
    assert panel.get("open") is None
    assert "办理机关已收到该材料" in words and "确认删除" in words
    assert f"已从申请材料中删除{paper.name}" in page.submit(f"/removal/{paper.id}").text
