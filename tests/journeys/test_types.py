"""A service institution and a foundation are registered; one bureau or two bodies, it is the same road."""

import pytest

from core import clock
from core.accounts import SYSTEM, Role
from core.accounts.actions import grant_membership
from core.accounts.actor import acting_for
from core.db import atomic, db
from core.divisions import actions as tree
from core.divisions import require_district
from core.documents import Instrument
from core.eligibility import Outcome
from core.notices.models import PublicNotice
from core.workflow import engine
from core.workflow.models import Case
from registry.demo import driver
from registry.demo.applications import SAMPLES, apply_for
from registry.demo.cast import BUREAU, REGISTRY_OFFICE
from registry.organizations import codes
from registry.organizations.kinds import OrganizationType
from registry.organizations.models import Organization
from registry.registrations.types import foundation, service_institution
from tests.pages import go
from tests.registry.foundations import open_foundations, set_value

A, S, F = (
    OrganizationType.ASSOCIATION,
    OrganizationType.SERVICE_INSTITUTION,
    OrganizationType.FOUNDATION,
)
FIRST = "成都市锦江区锦绣社区文化"


def certified(case_id: int, prefix: str, serial: int = 901) -> Organization:
    code = codes.make_code(prefix, "510104", serial)
    driver.drive(case_id, "certified", days_ago=0, unified_code=code)
    found: Organization = db.session.scalars(
        db.select(Organization).where(Organization.unified_code == code)
    ).one()
    return found


@pytest.mark.engines("sqlite")
def test_a_service_institution_is_registered_from_question_to_certificate(town, as_, client):
    applicant = as_(town.applicant)
    assert "成立民办非企业单位" in go(applicant, "/apply/registration").text
    page = go(applicant, "/apply/service_institution/eligibility").submit(
        own_services="yes", without_profit="yes", premises="yes", full_capacity="yes",
        management="direct",
    )  # fmt: skip
    here = page.path
    assert "民办非企业单位成立登记" in page.text
    assert "社会团体" not in page.text
    page = go(applicant, f"{here}/sections/management")
    assert "行业协会" not in page.text, "a service institution is no trade association"
    page = page.submit(
        management_mode="direct", direct_class="community_service", party_lead_unit=""
    )
    page = page.submit(title=f"{FIRST}协会", domicile="总府路8号")
    assert "activity_area" not in page.answer.text
    page = page.submit(purpose="服务居民。", scope="社区文化服务")
    assert page.path.endswith("/sections/premises")
    page = page.submit(
        institution_kind="legal_person", sector="education", staff_count="0", premises="leased",
        premises_months="6", registered_funds="90,000", nonstate_funds="30,000",
    )  # fmt: skip
    wrong = go(applicant, here).text + go(applicant, f"{here}/answers").text
    for words in ("请填写行业管理部门", "请填写党建工作机构", "名称应当以符合组织类型的组织形式结尾",
                  "100,000.00", "不得低于66.67%", "不得少于12个月", "不设立分支机构"):  # fmt: skip
        assert words in wrong, words
    papers = go(applicant, f"{here}/sections/documents").text
    assert "从业人员名单" in papers
    assert "会员名册" not in papers

    organization = certified(apply_for(S, "锦绣社区文化", 40, 3), "52")
    assert organization.type is S
    assert organization.details["institution_kind"] == "legal_person"
    assert organization.versions[0].facts["details"]["sector"] == "culture"
    paper = db.session.scalars(
        db.select(Instrument).where(Instrument.kind == "certificate_original")
    ).one()
    assert paper.title == "民办非企业单位（法人）登记证书"
    assert (paper.valid_until.year - paper.valid_from.year) in (3, 4)
    shown = go(client, f"/register/{organization.unified_code}").text
    assert "民事责任承担方式" in shown
    assert "法人" in shown


@pytest.mark.engines("sqlite")
def test_foundations_are_the_provinces_until_it_hands_them_down(town, as_, client):
    for visitor in (client, as_(town.applicant)):
        page = go(visitor, "/apply/foundation")
        assert page.status == 200
        assert "本区不办理基金会登记" in page.text
        assert "基金会管理条例第六条" in page.text
        assert "/apply/foundation/eligibility" not in page.answer.text
    assert as_(town.applicant).get("/apply/foundation/eligibility").status_code == 302
    answer = as_(town.applicant).post(
        "/apply/foundation/eligibility", data={"enough_funds": "yes", "public_benefit": "yes"}
    )
    assert answer.status_code == 302
    assert db.session.scalar(db.select(db.func.count()).select_from(Case)) == 0

    open_foundations(town)
    assert "/apply/foundation/eligibility" in go(client, "/apply/foundation").answer.text
    case_id = apply_for(F, "锦绣社区文化", 40, 3)
    driver.drive(case_id, "examining", days_ago=0)
    open_foundations(town, on=False)
    case = db.session.get_one(Case, case_id)
    authority = next(c for c in case.workflow.conditions_of(case) if c.key == "authority")
    assert authority.test(case).outcome is Outcome.PASS, "accepted while it was open"
    driver.check_all(case_id)
    for step in ("recommend_approval", "approve"):
        driver.drive_on(case_id, step)
    driver.drive_on(case_id, "issue_certificate", unified_code=codes.make_code("53", "510104", 9))
    paper = db.session.scalars(
        db.select(Instrument).where(Instrument.kind == "certificate_original")
    ).one()
    assert paper.title == "基金会法人登记证书"
    assert paper.facts["organization_type"] == "非公募基金会"


@pytest.mark.engines("sqlite")
def test_an_accepted_case_keeps_the_values_of_its_day(town):
    before = apply_for(S, "锦绣社区文化", 40, 3)
    driver.drive(before, "examining", days_ago=0)
    draft = apply_for(S, "望江社区文化", 2, 4)
    set_value(town, service_institution.OPENING_FUNDS["culture"], 200_000)
    outcomes = []
    for case_id in (before, draft):
        case = db.session.get_one(Case, case_id)
        funds = next(c for c in case.workflow.conditions_of(case) if c.key == "funds")
        outcomes.append(funds.test(case).outcome)
    assert outcomes == [Outcome.PASS, Outcome.FAIL]


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("first", "second", "refused"),
    [(A, A, True), (A, S, False), (S, S, False), (A, F, True), (F, A, True), (F, S, True)],
)
@pytest.mark.usefixtures("proofs")
def test_who_represents_one_may_not_represent_every_other(town, as_, first, second, refused):
    """社会团体登记管理条例 art. 14; 基金会管理条例 art. 23."""
    if F in (first, second):
        open_foundations(town)
    prefixes = {A: "51", S: "52", F: "53"}
    certified(apply_for(first, "锦绣社区文化", 60, 3), prefixes[first])
    case_id = apply_for(second, "望江社区文化", 40, 3)
    driver.drive(case_id, "examining", days_ago=0)
    found = "已担任" + SAMPLES[first].name.format(field="锦绣社区文化")
    assert (found in go(as_(town.examiner), f"/cases/{case_id}").text) is refused
    case = db.session.get_one(Case, case_id)
    assert found not in go(as_(town.applicant), f"/cases/{case_id}").text
    driver.check_all(case_id)
    for step in ("recommend_approval", "approve"):
        driver.drive_on(case_id, step)
    code = codes.make_code(prefixes[second], "510104", 902)
    officer = as_(town.certificate)
    page = go(officer, f"/cases/{case_id}").submit("/issue_certificate", unified_code=code)
    assert (page.status == 422) is refused
    db.session.expire_all()
    assert (case.state == "certified") is not refused


def _one_bureau(town) -> None:
    """Give the bureau what the registration office decides, by the office table and roles alone."""
    bureau = town.supervisor.body
    with atomic():
        tree.assign_office(
            "registration", require_district(), bureau, from_on=clock.today(), by=SYSTEM
        )
        for role in (Role.INTAKE, Role.EXAMINER, Role.APPROVER, Role.CERTIFICATE_OFFICER):
            grant_membership(town.holder(role).user, bureau, role, by=SYSTEM)


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("together", [False, True], ids=["two bodies", "one bureau"])
def test_the_paper_names_who_registers_and_the_notice_who_supervises(town, together):
    if together:
        _one_bureau(town)
    case_id = apply_for(S, "锦绣社区文化", 0, 3)
    for name in ("submit_to_sponsor", "sponsor_agree", "accept"):
        driver.drive_on(case_id, name)
    driver.check_all(case_id)
    for name in ("recommend_approval", "approve"):
        driver.drive_on(case_id, name)
    driver.drive_on(case_id, "issue_certificate", unified_code=codes.make_code("52", "510104", 7))
    registers = BUREAU if together else REGISTRY_OFFICE
    papers = db.session.scalars(db.select(Instrument).where(Instrument.case_id == case_id)).all()
    assert {paper.authority for paper in papers} == {registers}
    notice = db.session.scalars(
        db.select(PublicNotice).where(PublicNotice.case_id == case_id)
    ).one()
    assert notice.facts["登记管理机关"] == registers
    assert notice.facts["监督管理机关"] == BUREAU
    case = db.session.get_one(Case, case_id)
    supervisor = acting_for(town.supervisor.user, town.supervisor.body_id)
    assert not engine.offers(case, supervisor), "who supervises reads, and decides nothing"
    assert foundation.OPEN.default is False
