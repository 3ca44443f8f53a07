"""Who has a case, what happens next, by when: as its applicant reads it in every state."""

import re
from urllib.parse import unquote

import pytest

from core.crypto import masked
from core.db import db
from core.documents import Instrument
from core.messages.models import Message
from core.workflow import declared
from core.workflow.models import Case
from registry.demo import cases, driver
from registry.filings.states import FilingState as F
from registry.organizations import codes
from registry.organizations.kinds import FilingCategory
from registry.registrations.states import RegistrationState as R
from tests.pages import go

pytestmark = pytest.mark.engines("sqlite")
BUREAU = "成都市锦江区社会组织管理局"
STREET = "春熙路街道社会组织指导服务中心"
COMMITTEE = "春熙路街道总府社区居民委员会"
OFFICE = "成都市锦江区行政审批局"


def filing_in(state):
    """Make a filing that stands in `state`; return its address."""
    cases.make_cases([("社区书画", R.EXAMINING, 1)], [("甲队", FilingCategory.OTHER, state, 1)])
    query = db.select(Case.id).where(Case.kind == "filing")
    return f"/cases/{db.session.scalars(query).one()}"


def registration_in(state):
    case_id = cases._association("社区书画", 30, 7)
    code = codes.make_code("51", "510104", 20_269_999)
    driver.drive(case_id, state.value, days_ago=1, unified_code=code)
    return f"/cases/{case_id}"


@pytest.mark.parametrize("state", [F.FILED, F.RECORDED])
def test_a_group_that_is_filed_waits_for_nobody(town, as_, state):
    here, choir = filing_in(state), as_(town.choir)
    for address in (here, f"{here}/receipt", "/cases/"):
        # What has happened is told below; the bureau took a step then, and is named there.
        text = go(choir, address).text.split("办理进度")[0]
        assert BUREAU not in text
        assert "本环节时限" not in text
        assert not re.search("还有.*工作日", text)
    assert STREET in go(choir, f"{here}/receipt").text
    assert "备案证可在本办件页面下载" in go(choir, here).text


def test_the_street_and_the_bureau_read_by_when_it_is_recorded(town, as_):
    here = filing_in(F.FILED)
    for who in (town.street, town.supervisor):
        text = go(as_(who), here).text
        assert BUREAU in text
        assert "本环节时限" in text
        assert "已作出决定" in text
        assert "已办结" not in text.split("等待他方")[-1]


def test_the_receipt_names_the_street_and_who_reads_first(town, as_):
    here = filing_in(F.COMMUNITY_REVIEW)
    text = go(as_(town.choir), f"{here}/receipt").text
    assert f"决定机关：{STREET}" in text
    assert f"当前办理：{COMMITTEE}" in text
    assert BUREAU not in text


def test_an_approved_registration_is_decided_not_finished(town, as_):
    here = registration_in(R.APPROVED)
    for who in (town.applicant, town.certificate):
        text = go(as_(who), here).text
        assert "已作出决定" in text
        assert "已办结" not in text
        assert "本环节时限" in text
    assert OFFICE in go(as_(town.applicant), here).text


def test_original_and_duplicate_are_told_apart(town, as_, client):
    here, applicant = registration_in(R.CERTIFIED), as_(town.applicant)
    text = go(applicant, here).text
    assert "社会团体法人登记证书（正本）" in text
    assert "社会团体法人登记证书（副本）" in text
    names = {}
    for paper in db.session.scalars(
        db.select(Instrument).where(Instrument.kind.startswith("certificate"))
    ).all():
        answer = applicant.get(f"/instruments/{paper.id}.pdf")
        names[paper.kind] = unquote(answer.headers["Content-Disposition"])
        assert paper.full_title in go(client, f"/verify/{paper.number}").text
    assert "（正本）" in names["certificate_original"]
    assert "（副本）" in names["certificate_duplicate"]


def test_a_term_ends_on_the_day_before(town):
    registration_in(R.CERTIFIED)
    paper = db.session.scalars(
        db.select(Instrument).where(Instrument.kind == "certificate_original")
    ).one()
    first, last = paper.valid_from, paper.valid_until
    assert first == paper.issued_on
    assert (last - first).days in (5 * 365, 5 * 365 + 1)
    assert (last.month, last.day) != (first.month, first.day)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13800000002", "138****0002"),
        ("510104198503071220", "510104********1220"),
        ("028-86626666", "028*****6666"),
        ("02886626666", "028****6666"),
        ("1234567", "*******"),
        ("1", "***"),
    ],
)
def test_the_middle_of_a_number_is_hidden(number, shown):
    assert masked(number) == shown


def test_every_state_says_what_comes_next(app):
    for workflow in declared():
        for state in workflow.state.values():
            assert state.private or state.next_text, f"{workflow.kind}: {state.key} says nothing"


def test_a_draft_begins_with_what_the_account_knows(town, as_):
    page = go(as_(town.choir), "/apply/filing/eligibility")
    draft = page.submit(kind="residents", founders="yes", place="yes")
    people = go(as_(town.choir), f"{draft.path}/sections/people")
    assert 'value="李秀英"' in people.answer.text
    assert "person_identity" not in people.answer.text
    assert "至少5人，包括负责人" in people.text
    assert "收集身份证件号码" not in people.text


def test_an_applicant_is_not_told_to_do_what_the_committee_does(town, as_):
    here = filing_in(F.COMMUNITY_REVIEW)
    of_case = db.select(Message).where(Message.case_id == int(here.removeprefix("/cases/")))
    texts = {m.recipient.login: m.text for m in db.session.scalars(of_case)}
    assert "收到一件备案申请" in texts["community"]
    assert "请于" in texts["community"]
    assert "您的申请已提交。" in texts["choir"]
    assert f"{COMMITTEE}应于" in texts["choir"]
    assert "收到" not in texts["choir"]
    assert "请于" not in texts["choir"]
