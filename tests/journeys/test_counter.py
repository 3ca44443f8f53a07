"""An officer fills in a filing for somebody at the counter, who submits it with a code."""

import re
from datetime import timedelta

import pytest

from core import attachments, clock, divisions
from core.accounts import SYSTEM, Membership, Role, queries
from core.attachments import Upload
from core.attachments.models import Attachment
from core.audit.models import AuditEntry
from core.db import atomic, db
from core.messages.outbox import deliver_due
from core.workflow.models import Case
from registry.demo import groups
from tests.core import files
from tests.core.test_accounts_sign_in import audited
from tests.journeys.test_filing import FOUNDERS, NAME
from tests.pages import go

pytestmark = pytest.mark.engines("sqlite")
CONTACT = "li@example.org"
CHOIR = "春熙路街道总府社区锦绣合唱队"


@pytest.fixture
def officer(town, as_):
    return as_(town.street)


@pytest.fixture
def draft(officer):
    """Fill in everything at the counter; return the address of the draft."""
    page = go(officer, "/counter").link("社区社会组织备案")
    assert "申请人的邮箱或手机号" not in page.text
    page = page.submit(
        applicant_name="李秀英", contact=CONTACT, present="y",
        kind="residents", founders="yes", place="yes",
    )  # fmt: skip
    here = page.path
    assert "窗口正在为" in page.text
    community = next(c for c in divisions.communities() if c.name.startswith("总府"))
    page = go(officer, f"{here}/sections/group").submit(
        title=NAME, category="culture_and_sport", division_id=str(community.id),
        domicile="总府社区党群服务中心二楼", scope="每周排练，参加社区公益演出。",
    )  # fmt: skip
    page = page.submit(person_in_charge="李秀英", person_phone="13800000002", founders=FOUNDERS)
    page.submit(group_rules="重大事项由成员大会决定，账目每季度公布。")
    return here


def code_in(mail_server, contact=CONTACT):
    deliver_due()
    letters = [m.get_body(("plain",)).get_content() for m in mail_server.to(contact)]
    found = [m for text in letters if (m := re.search(r"(?<!\d)(\d{6})(?!\d)", text))]
    return found[-1][1]


def counter(draft):
    return f"/counter/{draft.rsplit('/', 1)[1]}"


def test_the_applicant_confirms_and_both_stand_on_record(town, officer, draft, mail_server, as_):
    page = go(officer, counter(draft)).submit("/code")
    page = page.submit("/submission", code=code_in(mail_server))
    assert page.path == "/counter"
    case = db.session.scalars(db.select(Case)).one()
    applicant = queries.get_user(CONTACT)
    assert (case.state, case.applicant_id) == ("community_review", applicant.id)
    assert case.entered_by_id == town.street.user_id
    assert case.number in page.text
    assert applicant.confirmed_at is not None
    said = db.session.execute(
        db.select(AuditEntry.action, AuditEntry.actor_id).where(AuditEntry.case_id == case.id)
    ).all()
    assert ("counter:confirm", applicant.id) in said
    assert ("counter:submit", town.street.user_id) in said
    shown = go(as_(town.community), draft).text
    assert town.street.user.display_name in shown
    assert "李秀英" in go(as_(applicant), draft).text


def test_the_officer_cannot_submit_without_the_applicant(officer, draft):
    answer = officer.post(f"{draft}/submit", data={"declared": "y"})
    assert answer.status_code == 422
    assert db.session.scalars(db.select(Case.state)).one() == "draft"


def test_a_wrong_code_is_refused_and_recorded(officer, draft, mail_server):
    page = go(officer, counter(draft)).submit("/code")
    right = code_in(mail_server)
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    for _n in range(5):
        assert page.submit("/submission", code=wrong).status == 422
    assert audited()[-1] == "counter:code_refused"
    assert page.submit("/submission", code=right).status == 429
    assert db.session.scalars(db.select(Case.state)).one() == "draft"


def test_what_is_changed_after_the_code_needs_a_new_one(officer, draft, mail_server):
    page = go(officer, counter(draft)).submit("/code")
    go(officer, f"{draft}/sections/rules").submit(group_rules="另行约定。")
    assert page.submit("/submission", code=code_in(mail_server)).status == 422
    page = go(officer, counter(draft)).submit("/code")
    assert page.submit("/submission", code=code_in(mail_server)).path == "/counter"


def test_papers_that_come_or_go_after_the_code_need_a_new_one(officer, draft, mail_server):
    case_id = int(draft.rsplit("/", 1)[1])
    for change in ("came", "went"):
        page = go(officer, counter(draft)).submit("/code")
        with atomic():
            if change == "came":
                paper = attachments.attach(
                    slot="registration.identities", upload=Upload("id.pdf", files.pdf("id")),
                    case_id=case_id, by=SYSTEM,
                )  # fmt: skip
            else:
                attachments.remove(db.session.get_one(Attachment, paper.id), by=SYSTEM)
        assert page.submit("/submission", code=code_in(mail_server)).status == 422, change
    page = go(officer, counter(draft)).submit("/code")
    assert page.submit("/submission", code=code_in(mail_server)).path == "/counter"


def test_a_code_expires(officer, draft, mail_server, frozen):
    frozen(sent := clock.now())
    page = go(officer, counter(draft)).submit("/code")
    code = code_in(mail_server)
    frozen(sent + timedelta(minutes=15))
    assert page.submit("/submission", code=code).status == 422


def test_nobody_fills_in_for_themselves(officer, town):
    page = go(officer, "/counter/new/filing").submit(
        applicant_name="何平", contact=town.street.user.email, present="y",
        kind="residents", founders="yes", place="yes",
    )  # fmt: skip
    assert page.status == 422
    assert audited()[-1] == "counter:refused"


def test_others_see_nothing_of_the_draft(town, officer, draft, as_):
    for who in (town.intake, town.examiner, town.applicant, town.admin):
        assert as_(who).get(draft).status_code == 404
    assert as_(town.intake).get(counter(draft)).status_code == 404
    assert as_(town.applicant).get("/counter").status_code == 403


def test_the_applicant_can_go_on_alone(officer, draft, mail_server, client):
    client.post("/password-reset", data={"login": CONTACT})
    deliver_due()
    text = mail_server.to(CONTACT)[-1].get_body(("plain",)).get_content()
    path = re.search(r"(/password-reset/\S+)", text)[1]
    new = "ginkgo leaves in october"
    client.post(path, data={"password": new, "again": new})
    client.post("/sign-in", data={"login": CONTACT, "password": new})
    page = go(client, f"{draft}/answers").submit("/submit", declared="y")
    assert "BA-" in page.text


@pytest.fixture
def choir(town, frozen):
    """A choir filed on 5 March 2024 whose leader comes to the counter; it is 10 February 2025."""
    frozen("2024-03-05 10:00")
    found = groups.found_group(CHOIR, 1)
    frozen("2025-02-10 10:00")
    return found


def begin(officer, **told):
    page = go(officer, "/counter").link("年度活动情况")
    known = {"applicant_name": "李秀英", "contact": "choir@demo.example", "present": "y"}
    return page.submit(**{**known, "organization": CHOIR, **told})


def test_a_group_reports_at_the_counter_through_who_acts_for_it(
    town, officer, choir, mail_server, as_
):
    page = begin(officer)
    draft, leader = page.path, town.choir.user
    assert f"申请人代表“{CHOIR}”" in page.text
    assert CHOIR in go(officer, "/counter").text
    go(officer, f"{draft}/sections/report").submit(
        activity_count="46", participants="820", summary="每周二排练，演出四场。",
        individual_members="18", income="2400", spending="2186.50",
    )  # fmt: skip
    page = go(officer, counter(draft)).submit("/code")
    assert CHOIR in page.text
    page = page.submit("/submission", code=code_in(mail_server, "choir@demo.example"))
    assert page.path == "/counter"
    case = db.session.scalars(db.select(Case)).one()
    assert (case.kind, case.state) == ("activity_report", "handed_in")
    assert (case.applicant_body_id, case.applicant_id) == (choir, leader.id)
    assert case.entered_by_id == town.street.user_id
    said = db.session.execute(
        db.select(AuditEntry.action, AuditEntry.actor_id, AuditEntry.body_id)
        .where(AuditEntry.case_id == case.id)
    ).all()  # fmt: skip
    assert ("counter:confirm", leader.id, choir) in said, "on whose word"
    assert ("counter:submit", town.street.user_id, town.street.body_id) in said, "who did it"
    assert CHOIR in go(as_(town.choir), draft).text
    assert "窗口" in go(as_(town.street), draft).text


def test_a_renewal_at_the_counter_shows_no_telephone(town, choir, frozen, as_):
    frozen("2026-02-10 10:00")
    officer = as_(town.street)
    page = go(officer, "/counter").link("延续备案")
    page = page.submit(
        applicant_name="李秀英", contact="choir@demo.example", organization=CHOIR, present="y",
        goes_on="yes",
    )  # fmt: skip
    page = go(officer, f"{page.path}/sections/group")
    assert "李秀英" in page.answer.text
    assert "13800000002" not in page.answer.text


@pytest.mark.parametrize(
    "told",
    [
        {"organization": "春熙路街道总府社区太极队"},  # there is none
        {"contact": "applicant@demo.example"},  # has an account, and is no member
        {"contact": "nobody@example.org"},  # has none, and gets none
    ],
)
def test_who_does_not_act_for_it_begins_nothing_and_learns_nothing(officer, choir, told):
    page = begin(officer, **told)
    assert page.status == 422
    assert "不能代表此名称的组织" in page.text
    assert audited()[-1] == "counter:refused"
    assert db.session.scalars(db.select(Case)).all() == []
    assert queries.user_by_login("nobody@example.org") is None


def test_what_the_group_has_begun_itself_is_not_taken_over(officer, choir, frozen):
    groups.start(choir, "activity_report", 0)
    frozen("2025-02-11 10:00")
    page = begin(officer)
    assert page.status == 422 and "已经开始办理" in page.text
    assert db.session.scalars(db.select(Case.entered_by_id)).one() is None


def test_who_left_the_group_in_between_submits_nothing(town, officer, choir, mail_server, frozen):
    draft = begin(officer).path
    go(officer, f"{draft}/sections/report").submit(
        activity_count="1", participants="1", summary="一次。",
        individual_members="1", income="0", spending="0",
    )  # fmt: skip
    page = go(officer, counter(draft)).submit("/code")
    for held in db.session.scalars(db.select(Membership).where(Membership.body_id == choir)):
        held.to_on = held.from_on
    db.session.commit()
    page = page.submit("/submission", code=code_in(mail_server, "choir@demo.example"))
    assert page.status == 422 and "不再代表" in page.text
    assert db.session.scalars(db.select(Case.state)).one() == "draft"


def test_an_officer_enters_nothing_for_a_group_of_their_own(town, officer, choir):
    with atomic():
        db.session.add(Membership(user_id=town.street.user_id, body_id=choir, role=Role.HANDLER))
    page = begin(officer)
    assert page.status == 422 and "本人所在的组织" in page.text
    assert audited()[-1] == "counter:refused"
