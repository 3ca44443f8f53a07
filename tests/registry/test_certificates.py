"""Certificates issued anew: the line, the notice, the reminder, the lists, and what is refused."""

import csv
import io
import threading
from datetime import date

import pytest
from flask import Flask

from core import clock
from core.accounts.actor import acting_for
from core.db import atomic, db
from core.documents import Instrument
from core.errors import RuleBroken, WrongState
from core.messages.models import Message
from core.notices.models import PublicNotice
from core.workflow import engine
from core.workflow.models import Case
from registry.certificates import actions
from registry.certificates.jobs import remind_of_expiry
from registry.certificates.models import CertificateReplacement
from registry.certificates.rules import Copies, ReplacementGround
from registry.demo import driver
from registry.demo.cast import person_called
from registry.demo.certificates import found_association, open_replacement
from registry.organizations.kinds import OrganizationType
from registry.organizations.models import Organization
from registry.registrations.types.association import ASSOCIATION
from tests.pages import go
from tests.registry.filed import printed

G = ReplacementGround
NAME = "成都市锦江区社区书画协会"


@pytest.fixture
def association(town, frozen):
    """An association founded in 2024, whose certificates hold until 4 March 2029."""
    frozen("2024-03-05 10:00")
    found = found_association(NAME, 777, valid_until=date(2029, 3, 4))
    frozen("2026-06-10 16:00")
    return found


def papers(kind="certificate_original"):
    return db.session.scalars(
        db.select(Instrument).where(Instrument.kind == kind).order_by(Instrument.id)
    ).all()


def issue_anew(association, ground, copies):
    case_id = open_replacement(association, ground, copies, 9)
    driver.drive(case_id, "issued", days_ago=0)
    return case_id


@pytest.mark.printed
def test_a_lost_original_is_void_and_another_takes_its_place(association, client):
    case_id = issue_anew(association, G.LOST, Copies.ORIGINAL)
    old, new = papers()
    assert (old.standing, old.end_ground, old.ended_case_id) == ("void", "lost", case_id)
    assert (old.replaced_by.id, new.replaces.id, new.case_id) == (new.id, old.id, case_id)
    term = (old.valid_from, old.valid_until)
    assert (new.valid_from, new.valid_until) == term, "a replacement changes no term"
    assert "自2024年3月5日至2029年3月4日" in printed(new)
    assert new.issued_on == clock.today()
    assert "成都日报" in old.void_reason
    [duplicate] = papers("certificate_duplicate")
    assert duplicate.is_valid
    notice = db.session.scalars(db.select(PublicNotice)).one()
    assert old.number in str(notice.facts) and new.number in str(notice.facts)
    steps = {e.step: e.actor_id for e in db.session.get_one(Case, case_id).events}
    assert len({steps["accept"], steps["approve"], steps["issue_certificate"]}) == 3
    page = go(client, f"/register/{new.facts['unified_code']}")
    assert old.number in page.text and new.number in page.text


@pytest.mark.engines("sqlite")
def test_a_damaged_duplicate_is_exchanged_alone(association):
    issue_anew(association, G.DAMAGED, Copies.DUPLICATE)
    old, new = papers("certificate_duplicate")
    assert (old.standing, old.end_ground, old.replaced_by_id) == ("replaced", "damaged", new.id)
    assert [p.is_valid for p in papers()] == [True]
    assert not db.session.scalars(db.select(PublicNotice)).all()


@pytest.mark.engines("sqlite")
def test_a_renewal_prolongs_both_and_the_entry(association, frozen):
    frozen("2029-01-10 10:00")
    issue_anew(association, G.EXPIRING, Copies.ORIGINAL)
    for kind in Copies.BOTH.kinds:
        old, new = papers(kind)
        assert (old.end_ground, new.valid_until) == ("renewed", date(2034, 3, 4))
    organization = db.session.get_one(Organization, association)
    assert organization.valid_until == date(2034, 3, 4), "what was left of the old one is kept"
    assert organization.versions[-1].facts["valid_until"] == "2034-03-04"


@pytest.mark.engines("sqlite")
def test_one_that_has_expired_is_prolonged_from_today(association, frozen):
    frozen("2029-06-01 10:00")
    case_id = open_replacement(association, G.EXPIRING, Copies.BOTH, 9)
    driver.drive(case_id, "approved", days_ago=0)
    case = db.session.get_one(Case, case_id)
    assert case.policies[ASSOCIATION.years.key]["value"] == 5, "the years of the day of acceptance"
    driver.drive_on(case_id, "exchange_certificate")
    new = papers()[-1]
    assert (new.valid_from, new.valid_until) == (date(2029, 6, 1), date(2034, 5, 31))
    assert db.session.get_one(Organization, association).valid_until == date(2034, 5, 31)


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("type", "details", "title", "words"),
    [
        ("association", {}, "社会团体法人登记证书", ("法定代表人", "注册资金")),
        (
            "service_institution",
            {"institution_kind": "partnership"},
            "民办非企业单位（合伙）登记证书",
            ("负责人", "开办资金"),
        ),
        (
            "foundation",
            {"fundraising": "public"},
            "基金会法人登记证书",
            ("法定代表人", "原始基金", "地方性公募基金会"),
        ),
    ],
)
@pytest.mark.printed
def test_another_certificate_has_the_form_of_its_type(association, type, details, title, words):
    with atomic():
        organization = db.session.get_one(Organization, association)
        organization.type, organization.details = OrganizationType(type), details
    issue_anew(association, G.DAMAGED, Copies.ORIGINAL)
    new = papers()[-1]
    assert new.title == title
    text = printed(new)
    assert all(word in text for word in words)
    assert ("法定代表人" in text) == ("法定代表人" in words)


@pytest.mark.engines("sqlite")
def test_long_before_its_end_a_certificate_is_not_renewed(association):
    case_id = open_replacement(association, G.EXPIRING, Copies.ORIGINAL, 9)
    driver.drive(case_id, "submitted", days_ago=3)
    with pytest.raises(RuleBroken, match="2028年12月4日起方可换发"):
        driver.drive_on(case_id, "accept")


@pytest.mark.engines("sqlite")
def test_a_paper_certificate_from_before_begins_a_line_here(association):
    db.session.execute(db.text("DROP TRIGGER instrument_no_delete"))
    db.session.execute(db.delete(Instrument))
    db.session.commit()
    issue_anew(association, G.DAMAGED, Copies.BOTH)
    assert [p.replaces for p in papers()] == [None]


@pytest.mark.engines("sqlite")
def approved_twice(association):
    """Return two approved cases about one certificate: what the conditions no longer let happen."""
    first, second = (
        open_replacement(association, G.LOST, Copies.ORIGINAL, 9) for _each in range(2)
    )
    driver.drive(first, "approved", days_ago=2)
    with atomic():
        db.session.get_one(CertificateReplacement, first).copies = None
    driver.drive(second, "approved", days_ago=1)
    with atomic():
        db.session.get_one(CertificateReplacement, first).copies = Copies.ORIGINAL
    return first, second


def test_two_cases_on_one_certificate_end_it_once(association):
    first, second = approved_twice(association)
    driver.drive_on(first, "issue_certificate")
    with pytest.raises(RuleBroken, match="已"):
        driver.drive_on(second, "issue_certificate")
    assert len(papers()) == 2
    driver.drive_on(second, "end")
    assert db.session.get_one(Case, second).standing.final


def test_a_paper_is_asked_for_once_at_a_time(association):
    first, second = (
        open_replacement(association, G.LOST, Copies.ORIGINAL, 9) for _each in range(2)
    )
    driver.drive(first, "submitted", days_ago=3)
    driver.drive(second, "submitted", days_ago=2)
    number = db.session.get_one(Case, first).number
    with pytest.raises(RuleBroken, match=number):
        driver.drive_on(second, "accept")
    driver.drive_on(first, "withdraw")
    driver.drive_on(second, "accept")


def test_two_officers_at_once_end_it_once(association, app: Flask, town):
    cases = approved_twice(association)
    db.session.remove()
    start, ends = threading.Barrier(2), []

    def issue(case_id: int) -> None:
        with app.app_context():
            start.wait(30)
            try:
                with atomic():
                    case = db.session.get_one(Case, case_id)
                    engine.move(case, "issue_certificate", by=town.certificate)
                ends.append("issued")
            except (WrongState, RuleBroken):
                ends.append("refused")
            finally:
                db.session.remove()

    threads = [threading.Thread(target=issue, args=(case_id,)) for case_id in cases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert sorted(ends) == ["issued", "refused"]
    assert [p.status for p in papers()] == ["void", "valid"]


@pytest.mark.engines("sqlite")
def test_only_for_a_registered_organization_one_acts_for(association, as_, town):
    page = go(as_(town.choir), "/apply/certificate_replacement/eligibility")
    assert "请先选择您代表的组织" in page.text
    with pytest.raises(RuleBroken), atomic():
        actions.open_replacement({"ground": "lost"}, by=acting_for(person_called("choir"), None))
    stopped = go(as_(town.applicant), "/apply/certificate_replacement/eligibility")
    assert "变更登记" in stopped.submit(ground="changed").text


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"published_on": "2026-06-11"}, "刊登日期不能晚于今天"),
        ({"published_on": "2026-05-30", "lost_on": "2026-05-31"}, "刊登日期不能早于遗失日期"),
        ({"lost_on": "2026-06-11"}, "遗失日期不能晚于今天"),
        ({"published_in": ""}, "请填写刊登遗失声明的报刊和日期"),
        ({"circumstances": ""}, "请说明证书遗失的经过"),
    ],
)
def test_a_loss_that_was_not_declared_is_not_submitted(association, as_, town, given, words):
    case_id = open_replacement(association, G.LOST, Copies.ORIGINAL, 0)
    applicant = as_(town.applicant)
    page = go(applicant, f"/cases/{case_id}/sections/request").submit(**given)
    assert page.status == 200
    answers = go(applicant, f"/cases/{case_id}/answers")
    assert words in answers.text
    assert applicant.post(f"/cases/{case_id}/submit", data={"declared": "y"}).status_code == 422


@pytest.mark.engines("sqlite")
def test_holders_are_told_at_both_distances_once(association, frozen):
    def told():
        return db.session.scalars(
            db.select(Message.subject).where(Message.template == "certificate.ending")
        ).all()

    frozen("2028-12-03 08:30")
    assert remind_of_expiry().startswith("0 ")
    frozen("2028-12-04 08:30")  # 90 days before
    assert remind_of_expiry().startswith("1 ")
    assert remind_of_expiry().startswith("0 ")
    frozen("2029-02-01 08:30")
    assert remind_of_expiry().startswith("0 ")
    frozen("2029-02-02 08:30")  # 30 days before
    assert remind_of_expiry().startswith("1 ")
    assert remind_of_expiry().startswith("0 ")
    assert len(told()) == 2
    assert "2029年3月4日" in told()[0]
    frozen("2029-03-05 08:30")
    assert remind_of_expiry().startswith("0 ")


@pytest.mark.engines("sqlite")
def test_who_has_asked_for_another_one_is_not_told_that_theirs_ends(association, frozen):
    case_id = open_replacement(association, G.LOST, Copies.ORIGINAL, 0)
    frozen("2028-12-04 08:30")
    driver.drive(case_id, "submitted", days_ago=0)
    assert remind_of_expiry().startswith("0 ")


@pytest.mark.engines("sqlite")
def test_the_office_finds_narrows_and_takes_away_its_certificates(association, as_, town):
    issue_anew(association, G.LOST, Copies.ORIGINAL)
    old, new = papers()
    officer = as_(town.certificate)
    everything = go(officer, "/certificates")
    assert old.number in everything.text and new.number in everything.text
    for query, number in [("standing=void", old.number), ("standing=valid", new.number)]:
        page = go(officer, f"/certificates?kind=certificate_original&{query}")
        assert number in page.text
        assert ({old.number, new.number} - {number}).pop() not in page.text
    assert "没有符合条件的证书" in go(officer, "/certificates?ends_within=30").text
    assert new.number in go(officer, "/certificates?sort=ending&text=书画").text
    assert go(officer, "/certificates?kind=x&standing=y&ends_within=z&sort=w").status == 200
    sheet = officer.get("/certificates/export.csv?kind=certificate_original").data.decode(
        "utf-8-sig"
    )
    rows = list(csv.DictReader(io.StringIO(sheet)))
    assert [r["文书编号"] for r in rows] == [new.number, old.number]
    assert rows[1]["替代证书"] == new.number
    assert as_(town.applicant).get("/certificates").status_code == 403


@pytest.mark.engines("sqlite")
def test_holders_see_and_download_their_own(association, as_, client, town):
    applicant = as_(town.applicant)
    page = go(applicant, "/certificates/own")
    [original] = papers()
    assert original.number in page.text
    pdf = applicant.get(f"/instruments/{original.id}.pdf")
    assert pdf.data.startswith(b"%PDF")
    assert "尚未代表任何社会组织" in go(as_(town.choir), "/certificates/own").text
    assert as_(town.choir).get(f"/instruments/{original.id}.pdf").status_code == 404
    assert client.get("/certificates/own").status_code == 302


@pytest.mark.engines("sqlite")
def test_what_a_certificate_states_is_what_the_register_says_today(association):
    with atomic():
        db.session.get_one(Organization, association).domicile = "成都市锦江区新址1号"
    issue_anew(association, G.DAMAGED, Copies.ORIGINAL)
    old, new = papers()
    assert (old.facts["domicile"], new.facts["domicile"]) == (
        "成都市锦江区总府路8号",
        "成都市锦江区新址1号",
    )
    assert new.issued_on == clock.today()
