"""The pages of a case when something is refused, missing, or out of date."""

import pytest

from core.accounts.actor import acting_for
from core.audit.models import AuditEntry
from core.db import atomic, db
from core.messages.models import Message
from core.workflow import actions, queries
from core.workflow.models import Case
from registry.demo import cases, driver, groups
from registry.demo.cast import person_called
from registry.filings.models import Filing
from registry.organizations.kinds import FilingCategory
from registry.people.queries import list_people
from tests.pages import fields, go

pytestmark = pytest.mark.engines("sqlite")


def association(state: str) -> int:
    case_id = cases._association("测试", 60, 3)
    driver.drive(case_id, state, days_ago=0)
    return case_id


@pytest.fixture
def draft(town):
    return cases._group("总府社区一队", FilingCategory.OTHER, 30)


@pytest.fixture
def choir(town, as_):
    return as_(town.as_themselves("choir"))


def test_ones_own_cases_are_paged_and_none_disappears(town, choir, monkeypatch):
    monkeypatch.setattr(queries, "OWN_SIZE", 2)
    begun = {f"/cases/{cases._group(f'总府社区{n}队', FilingCategory.OTHER, 30)}" for n in "一二三"}
    page = go(choir, "/cases/")
    first = {a.get("href") for a in page.root.iter("a")} & begun
    second = {a.get("href") for a in page.link("下一页").root.iter("a")} & begun
    assert len(first) == 2 and first | second == begun and not first & second
    assert len(queries.list_own_drafts(town.as_themselves("choir"))) == 3


@pytest.mark.parametrize(
    "address",
    [
        "/apply/nothing",
        "/apply/nothing/eligibility",
        "/cases/{draft}/sections/nothing",
        "/cases/999999",
    ],
)
def test_what_is_not_there_is_not_found(draft, choir, address):
    assert choir.get(address.format(draft=draft)).status_code == 404


@pytest.mark.parametrize("address", ["/cases/{draft}/nothing", "/cases/{draft}/sections/group/x"])
def test_what_cannot_be_sent_is_not_found(draft, choir, address):
    assert choir.post(address.format(draft=draft)).status_code == 404


def test_who_does_not_qualify_is_told_why_and_no_case_is_opened(town, choir):
    page = go(choir, "/apply/filing/eligibility").submit(
        kind="residents", founders="no", place="yes"
    )
    assert page.path.endswith("/eligibility")
    assert db.session.scalar(db.select(Case.id)) is None


def test_who_acts_for_an_organization_founds_another_in_their_own_name(town, as_):
    group = groups.found_group("春熙路街道总府社区锦绣合唱队", 1)
    choir = as_(acting_for(person_called("choir"), group))
    page = go(choir, "/apply/filing")
    assert "以您本人" in page.text and "锦绣合唱队" in page.text
    assert "以本人名义办理" in page.text
    page = go(choir, "/apply/filing/eligibility").submit(
        kind="residents", founders="yes", place="yes"
    )
    case = db.session.scalars(db.select(Case).where(Case.kind == "filing", Case.state == "draft"))
    case_id = case.one().id
    assert page.path == f"/cases/{case_id}"
    opened = db.session.scalars(db.select(AuditEntry).where(AuditEntry.case_id == case_id)).all()
    assert opened and not any(it.body_id for it in opened)
    assert "以您现在代表的" in go(choir, "/apply/filing_renewal").text


def test_a_step_without_its_answer_comes_back_with_the_case(town, as_):
    case_id = association("submitted")
    intake = as_(town.intake)
    page = go(intake, f"/cases/{case_id}").submit("/decline", note="")
    assert page.status == 422
    assert db.session.get_one(Case, case_id).state == "submitted"


def test_a_submission_without_its_declaration_comes_back_with_the_answers(draft, choir):
    page = go(choir, f"/cases/{draft}/answers").submit("/submit")
    assert page.status == 422
    assert page.path.endswith("/submit")
    assert "：请勾选确认。" in page.text and "。：" not in page.text


def test_there_is_no_receipt_before_there_is_a_number(draft, choir):
    assert choir.get(f"/cases/{draft}/receipt").location == f"/cases/{draft}"


def test_answers_are_checked_while_the_case_is_the_applicants(town, as_):
    case_id = association("submitted")
    applicant = as_(town.as_themselves("applicant"))
    assert applicant.get(f"/cases/{case_id}/answers").location == f"/cases/{case_id}"
    back = go(applicant, f"/cases/{case_id}/sections/purpose")
    assert (back.status, back.path) == (200, f"/cases/{case_id}")
    assert "申请已交办理机关，目前不能修改" in back.text
    refused = applicant.post(f"/cases/{case_id}/sections/purpose")
    assert refused.status_code == 409
    assert f'href="/cases/{case_id}">返回办件' in refused.text


def test_saving_leads_on_stays_or_goes_back(draft, choir):
    here = f"/cases/{draft}/sections/people"
    values = fields(go(choir, here).form(""))
    for button, place in (
        ({"stay": "1"}, here),
        ({"check": "1"}, f"{here}?check=1"),
        ({"leave": "1"}, f"/cases/{draft}"),
        ({}, f"/cases/{draft}/sections/rules"),
    ):
        values = fields(go(choir, here).form(""))
        assert choir.post(here, data={**values, **button}).location == place


def test_who_asks_for_a_check_reads_what_is_missing_beside_the_fields(draft, choir):
    here = f"/cases/{draft}/sections/group"
    page = go(choir, here).submit(title="", scope="", domicile="社区活动室", check="1")
    assert page.status == 200 and page.path == here
    summary = next(e for e in page.root.iter("div") if e.get("class") == "errors")
    links = {a.get("href"): "".join(a.itertext()) for a in summary.iter("a")}
    assert links.keys() == {"#title", "#scope"}
    for name in ("title", "scope"):
        control = next(e for e in page.root.iter() if e.get("id") == name)
        assert control.get("aria-invalid") == "true"
        assert f"{name}-error" in (control.get("aria-describedby") or "")
    assert 'value="社区活动室"' in page.answer.text, "what was typed is kept"
    page = page.submit(title="锦江区春熙路街道总府社区合唱团", scope="合唱", check="1")
    assert "本部分内容已填写完整" in page.text


def test_one_mistake_does_not_cost_the_rest_of_a_section(draft, choir):
    here = f"/cases/{draft}/sections/people"
    page = go(choir, here).submit(founders="刘桂芳\n陈建国", person_phone="1380013")
    assert page.status == 422
    assert "其余内容已保存" in page.text
    assert 'value="1380013"' in page.answer.text
    kept = db.session.get_one(Filing, draft)
    assert (kept.founders, kept.person_phone) == (["刘桂芳", "陈建国"], "13800000002")
    assert page.submit(person_phone="13800000003").path.endswith("/sections/rules")


def test_a_mistake_in_a_row_is_named_and_the_other_cells_are_kept(town, as_):
    case_id = cases._association("测试", 60, 3)
    me, here = as_(town.as_themselves("applicant")), f"/cases/{case_id}/sections/people"
    before = [(p.name, p.identity_number) for p in list_people(case_id)]
    row = len(before)
    new = {f"people-{row}-name": "刘桂芳", f"people-{row}-identity_number": "510104"}
    page = go(me, here).submit(**new)
    assert page.status == 422
    assert f"人员{row + 1}·身份证号码有误" in page.text.replace(" ", "")
    db.session.expire_all()
    found = [(p.name, p.identity_number) for p in list_people(case_id)]
    assert found == [*before, ("刘桂芳", None)]


class TestAutosave:
    """A draft that saves itself says what became of it; nothing typed elsewhere is overwritten."""

    here = "/cases/{}/sections/rules"

    def save(self, choir, draft, values, **changed):
        sent = {**values.to_dict(), "once": "", **changed}
        return choir.post(self.here.format(draft), data=sent, headers={"X-Autosave": "1"})

    def test_it_saves_and_tells_the_new_version(self, draft, choir):
        values = fields(go(choir, self.here.format(draft)).form(""))
        answer = self.save(choir, draft, values, group_rules="第一版")
        assert answer.status_code == 200
        assert int(answer.json["seen"]) > int(values["seen"])
        again = self.save(choir, draft, values, group_rules="第二版", seen=answer.json["seen"])
        assert again.status_code == 200

    def test_a_page_that_is_out_of_date_is_told_so(self, draft, choir):
        values = fields(go(choir, self.here.format(draft)).form(""))
        assert self.save(choir, draft, values, group_rules="另一窗口").status_code == 200
        answer = self.save(choir, draft, values, group_rules="本窗口")
        assert answer.status_code == 409
        assert "另一窗口中修改" in answer.json["refused"]
        assert db.session.get_one(Filing, draft).group_rules == "另一窗口"

    def test_what_cannot_be_kept_is_named(self, draft, choir):
        address = f"/cases/{draft}/sections/people"
        values = {**fields(go(choir, address).form("")).to_dict(), "once": "", "person_phone": "1"}
        answer = choir.post(address, data=values, headers={"X-Autosave": "1"})
        assert answer.status_code == 422
        assert answer.json["refused"]

    def test_what_the_office_has_is_not_changed(self, draft, choir):
        values = fields(go(choir, self.here.format(draft)).form(""))
        driver.drive(draft, "community_review", days_ago=0)
        answer = self.save(choir, draft, values, group_rules="太迟")
        assert answer.status_code == 409
        assert answer.json["refused"]


def test_papers_are_taken_away_on_their_own_case_only(town, as_):
    first, other = (cases._association(name, 60, 3) for name in ("甲", "乙"))
    applicant = as_(town.as_themselves("applicant"))
    page = go(applicant, f"/cases/{first}/sections/documents")
    action = next(f.get("action") for f in page.forms() if "/removal/" in (f.get("action") or ""))
    number = action.partition("#")[0].rpartition("/")[2]
    wrong = applicant.post(f"/cases/{other}/sections/documents/removal/{number}")
    assert wrong.status_code == 404
    gone = applicant.post(f"/cases/{first}/sections/documents/removal/{number}")
    assert gone.status_code == 302


class TestDesk:
    def test_an_examiner_must_say_what_is_not_met(self, town, as_):
        case_id = association("examining")
        examiner = as_(town.examiner)
        refused = examiner.post(f"/cases/{case_id}/checks/name", data={"outcome": "fail"})
        assert refused.status_code == 422
        kept = examiner.post(f"/cases/{case_id}/checks/name", data={"outcome": "pass"})
        assert kept.location == f"/cases/{case_id}#check-name"

    def test_a_case_is_taken_and_handed_over_by_its_page(self, town, as_):
        case_id = association("submitted")
        intake = as_(town.intake)
        assert intake.post(f"/cases/{case_id}/take").location == f"/cases/{case_id}"
        nobody = intake.post(f"/cases/{case_id}/assignment", data={"user_id": "999999"})
        assert nobody.status_code == 422
        back = intake.post(f"/cases/{case_id}/assignment", data={"user_id": "0"})
        assert back.location == f"/cases/{case_id}"
        assert db.session.get_one(Case, case_id).assignee_id is None

    def test_who_stands_back_returns_to_the_worklist(self, town, as_):
        case_id = association("submitted")
        intake = as_(town.intake)
        assert intake.post(f"/cases/{case_id}/recusal", data={"reason": ""}).status_code == 422
        gone = intake.post(f"/cases/{case_id}/recusal", data={"reason": "亲属"})
        assert gone.location == "/worklist"
        assert intake.get(f"/cases/{case_id}").status_code == 404

    def test_nobody_is_offered_a_case_that_waits_for_its_applicant(self, town, as_):
        case_id = association("correction")
        assert as_(town.intake).get(f"/cases/{case_id}").status_code == 200

    def test_a_case_that_was_drafted_and_withdrawn_is_the_applicants_alone(self, draft, choir):
        page = go(choir, f"/cases/{draft}").submit("/withdraw")
        assert page.path == f"/cases/{draft}"
        assert "已撤回" in page.text


def test_the_page_of_a_case_shows_what_was_sent_on_it_to_the_reader(town, as_):
    case_id = association("submitted")
    applicant = town.as_themselves("applicant")
    sent = db.session.scalars(
        db.select(Message).where(
            Message.case_id == case_id, Message.recipient_id == applicant.user_id
        )
    ).all()
    assert sent
    page = go(as_(applicant), f"/cases/{case_id}")
    assert page.text.count("发给您的消息") == 1
    assert all(message.subject in page.text for message in sent)
    assert "发给您的消息" not in go(as_(town.auditor), f"/cases/{case_id}").text
    english = go(as_(applicant), f"/cases/{case_id}?lang=en").root
    (panel,) = (it for it in english.iter("section") if it.get("id") == "messages")
    titles = ["".join(it.itertext()) for it in panel.iter("summary")]
    assert all(title.strip()[0].isascii() for title in titles)


def test_how_near_a_deadline_is_counts_by_what_the_district_set(town, as_, monkeypatch):
    from core.workflow.listing import Due, WorklistFilter, list_worklist
    from core.workflow.policy import SOON_DAYS

    association("submitted")  # five working days
    near = WorklistFilter(due=Due.SOON)
    assert not db.session.scalars(list_worklist(near, town.intake)).all()
    object.__setattr__(SOON_DAYS, "default", 6)
    try:
        assert len(db.session.scalars(list_worklist(near, town.intake)).all()) == 1
    finally:
        object.__setattr__(SOON_DAYS, "default", 3)


def test_who_has_a_case_is_not_asked_to_take_it(town, as_):
    case_id = association("submitted")
    with atomic():
        actions.take(db.session.get_one(Case, case_id), by=town.intake)
    page = go(as_(town.intake), f"/cases/{case_id}")
    assert not [f for f in page.forms() if (f.get("action") or "").endswith("/take")]
