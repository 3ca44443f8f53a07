"""Changes of registration: what the law asks of the new entry, consents, papers, one at a time."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from core import clock, documents
from core.accounts import Body
from core.accounts.actor import acting_for
from core.constraints import meaning
from core.db import atomic, db
from core.documents import Instrument
from core.eligibility import evaluate
from core.errors import RuleBroken
from core.notices.models import PublicNotice
from core.workflow import Seat, actions, engine
from core.workflow.sections import missing, papers_of
from registry.certificates.rules import Copies, ReplacementGround
from registry.changes.actions import open_change
from registry.changes.entries import Entry
from registry.changes.models import RegistrationChange
from registry.demo import changes, driver
from registry.demo.applications import SPONSOR, people
from registry.demo.cast import person_called
from registry.demo.certificates import found_association, open_replacement
from registry.names.models import NameReservation
from registry.organizations import actions as register
from registry.organizations import officers
from registry.organizations.kinds import OrganizationStatus, OrganizationType
from registry.organizations.models import Organization
from registry.people.actions import replace_people
from tests.pages import go

NAME = "成都市锦江区社区书画协会"
NEW = "成都市锦江区锦绣书画协会"
T = OrganizationType
TODAY = date(2026, 6, 10)
ART_18 = "社会团体登记管理条例第十八条"
ART_15 = "民办非企业单位登记管理暂行条例第十五条"


@pytest.fixture
def association(town, frozen):
    """An association without a sponsor unit, founded in 2024."""
    frozen("2024-03-05 10:00")
    found = found_association(NAME, 777, valid_until=date(2029, 3, 4))
    frozen("2026-06-10 16:00")
    return found


@pytest.fixture
def sponsored(town, frozen):
    """The same with a sponsor unit that is asked here."""
    frozen("2024-03-05 10:00")
    found = changes.found_sponsored(NAME, 777)
    frozen("2026-06-10 16:00")
    return found


def case_of(case_id):
    return db.session.get_one(RegistrationChange, case_id)


def change(organization_id, state="draft", days_ago=9, **told):
    case_id = changes.open_change(
        organization_id, {Entry(key): values for key, values in told.items()}, days_ago
    )
    driver.drive(case_id, state, days_ago=0)
    return case_id


def found_on_record(case, key):
    [result] = [it for it in evaluate(case.workflow.conditions, case) if it.key == key]
    return result


#: What changes, what is then different from a good application, the condition, what it comes to,
#: and the article that says so.
RULES: list[tuple[str, dict[str, Any], str, str, str]] = [
    ("name", {"name": "成都市锦江区中国书画协会"}, "name", "fail", "社会组织名称管理办法"),
    ("name", {"name": NEW}, "name", "pass", "社会组织名称管理办法"),
    ("domicile", {"domicile": None}, "domicile", "unknown", "社会团体登记管理条例第十条第三项"),
    ("registered_funds", {"registered_funds": Decimal(29999)}, "funds", "fail", "社会团体登记管理条例第十条第五项"),
    ("registered_funds", {"registered_funds": Decimal(30000)}, "funds", "pass", "社会团体登记管理条例第十条第五项"),
    (
        "registered_funds",
        {"type": T.SERVICE_INSTITUTION, "registered_funds": Decimal(99999), "details": {"sector": "education"}},
        "funds", "fail", "民办非企业单位登记管理暂行条例第八条第四项",
    ),
    (
        "registered_funds",
        {"type": T.SERVICE_INSTITUTION, "registered_funds": Decimal(30000), "details": {"nonstate_funds": "19000"}},
        "nonstate", "fail", "民办非企业单位登记暂行办法第五条",
    ),
    (
        "registered_funds",
        {"type": T.FOUNDATION, "registered_funds": Decimal(3999999), "details": {"fundraising": "public"}},
        "funds", "fail", "基金会管理条例第八条第二项",
    ),
    ("scope", {"resolved_on": None}, "resolution", "unknown", ART_18),
    ("scope", {"resolved_on": TODAY + timedelta(days=1)}, "resolution", "fail", ART_18),
    ("scope", {"type": T.SERVICE_INSTITUTION}, "resolution", "pass", ART_15),
    ("scope", {"type": T.FOUNDATION}, "resolution", "pass", "基金会管理条例第十五条"),
    ("scope", {}, "consent", "pass", ART_18),
    ("scope", {"sponsor_name": "某局"}, "consent", "unknown", ART_18),
    ("scope", {"sponsor_name": "某局", "consented_on": TODAY}, "consent", "pass", ART_18),
    ("scope", {"sponsor_unit_id": 1, "sponsor_name": "某局"}, "consent", "unknown", ART_18),
    ("scope", {"sponsor_unit_id": 1, "sponsor_agreed_on": TODAY}, "consent", "pass", ART_18),
    ("sponsor", {"sponsor_unit_id": 1, "sponsor_agreed_on": TODAY}, "consent", "unknown", ART_18),
    ("sponsor", {"sponsor_unit_id": 1, "consented_on": TODAY}, "consent", "unknown", ART_18),
    ("scope", {"sponsor_name": "某局", "consented_on": TODAY - timedelta(days=30)}, "in_time", "pass", ART_18),
    ("scope", {"sponsor_name": "某局", "consented_on": TODAY - timedelta(days=31)}, "in_time", "fail", ART_18),
    (
        "scope",
        {"type": T.SERVICE_INSTITUTION, "sponsor_name": "某局", "consented_on": TODAY - timedelta(days=31)},
        "in_time", "fail", ART_15,
    ),
    ("scope", {"sponsor_name": "某局", "consented_on": TODAY + timedelta(days=1)}, "in_time", "fail", ART_18),
    ("scope", {"scope": None}, "facts", "fail", ART_18),
]  # fmt: skip


@pytest.mark.engines("sqlite")
def test_the_new_entry_meets_what_the_law_asks(association):
    case_id = change(association, scope=changes.SCOPE)
    for entry, differs, key, outcome, article in RULES:
        case = case_of(case_id)
        case.chosen = [entry]
        for name, value in differs.items():
            setattr(case, name, value)
        result = found_on_record(case, key)
        assert (result.outcome, article in str(result.source)) == (outcome, True), (
            entry, differs, key, result,
        )  # fmt: skip
        db.session.rollback()
    case = case_of(case_id)
    case.type = T.FOUNDATION
    keys = {it.key for it in case.workflow.conditions_of(case)}
    assert "in_time" not in keys, "基金会管理条例第十五条 sets no days"
    db.session.rollback()


@pytest.mark.engines("sqlite")
def test_nobody_represents_two_associations(association):
    """社会团体登记管理条例第十四条; the applicant does not learn whose representative it is."""
    [row] = [it for it in people(0) if it["position"] == "legal_representative"]
    with driver.office_hours(90):
        other = found_association("成都市锦江区社区棋类协会", 778)
    with atomic():
        officers.record_person(
            db.session.get_one(Organization, other),
            position="legal_representative", name=row["name"], phone=None,
            identity_number=row["identity_number"], from_on=TODAY,
        )  # fmt: skip
    told = {**changes.REPRESENTATIVE, "identity_number": row["identity_number"]}
    case_id = change(association, "submitted", legal_representative=told)
    result = found_on_record(case_of(case_id), "representative")
    assert (result.outcome, result.source) == ("fail", "社会团体登记管理条例第十四条")
    with pytest.raises(RuleBroken, match="社区棋类协会"):
        driver.drive_on(case_id, "accept")
    db.session.rollback()
    driver.drive_on(case_id, "decline")


@pytest.mark.engines("sqlite")
def test_what_is_handed_in_goes_by_what_changes(sponsored):
    def asked(case_id):
        case = case_of(case_id)
        section = case.workflow.section_of(case, "documents")
        return {slot.key: slot.source for slot in papers_of(case, section)}

    usual = {"change.application", "change.resolution"}
    case_id = change(sponsored, scope=changes.SCOPE)
    assert asked(case_id).keys() == usual | {"change.charter"}
    by = acting_for(person_called("applicant"), sponsored)
    for chosen, more, source in (
        (["domicile"], {"change.charter", "registration.premises"}, ART_18),
        (["registered_funds"], {"change.charter", "registration.capital"}, ART_18),
        (["sponsor"], {"change.consent"}, ART_18),
        (["legal_representative"], {"change.identity", "change.audit"}, "社会团体登记管理条例第二十七条"),
    ):  # fmt: skip
        with atomic():
            actions.save_section(
                case_of(case_id), "choice", by=by, chosen=chosen, resolved_on=TODAY
            )
        assert asked(case_id).keys() == usual | more
        assert source in asked(case_id).values()


@pytest.mark.engines("sqlite")
def test_both_sponsor_units_agree_to_the_change_from_one_to_the_other(sponsored, town):
    new = (
        db.session.scalars(
            db.select(Body).where(Body.kind == "sponsor_unit", Body.name != SPONSOR)
        ).first()
        or db.session.scalars(db.select(Body).where(Body.kind == "department")).first()
    )
    assert new is not None
    case_id = change(sponsored, sponsor={"sponsor_unit_id": new.id})
    case = case_of(case_id)
    assert case.body_at(Seat.SPONSOR) == new.id
    assert case.consented_on is not None, "the present one agreed in writing"
    assert not missing(case)
    with atomic():
        case_of(case_id).consented_on = None
    assert any("书面同意" in str(it.text) for it in missing(case_of(case_id)))


@pytest.mark.engines("sqlite")
def test_the_name_is_held_and_the_old_one_kept_free(association, town):
    case_id = change(association, "deciding", name={"name": NEW})
    [held] = db.session.scalars(db.select(NameReservation))
    assert (held.name, held.case_id) == (NEW, case_id)
    with driver.office_hours(90):
        other = found_association("成都市锦江区社区棋类协会", 778)
    rival = change(other, name={"name": NEW})
    assert found_on_record(case_of(rival), "name").outcome == "fail"
    driver.drive_on(case_id, "approve")
    db.session.refresh(held)
    assert held.ending == "registered"
    again = change(other, name={"name": NEW})
    assert again == rival, "one open change of an organization"
    with atomic():
        case_of(rival).name = NAME
    told = found_on_record(case_of(rival), "name")
    assert (told.outcome, "2027年6月10日" in str(told.reason)) == ("fail", True)


@pytest.mark.engines("sqlite")
def test_a_name_that_is_not_changed_any_more_is_free(association, town):
    case_id = change(association, "correction", name={"name": NEW}, scope=changes.SCOPE)
    by = acting_for(person_called("applicant"), association)
    with atomic():
        actions.save_section(case_of(case_id), "choice", by=by, chosen=["scope"], resolved_on=TODAY)
    driver.drive_on(case_id, "resubmit")
    [held] = db.session.scalars(db.select(NameReservation))
    assert held.ending == "renamed"
    for step in ("accept", "approve"):
        driver.drive_on(case_id, step)
    assert db.session.get_one(Organization, association).name == NAME


def papers(kind="certificate_original"):
    return db.session.scalars(
        db.select(Instrument).where(Instrument.kind == kind).order_by(Instrument.id)
    ).all()


@pytest.mark.engines("sqlite")
def test_every_entry_changes_the_register_and_only_it(association):
    case_id = change(
        association, "changed", scope=changes.SCOPE, legal_representative=changes.REPRESENTATIVE,
        registered_funds={"registered_funds": Decimal(50000)},
    )  # fmt: skip
    organization = db.session.get_one(Organization, association)
    before, after = organization.versions
    assert (after.case_id, after.source) == (case_id, "case")
    differs = {name for name in after.facts if after.facts[name] != before.facts.get(name)}
    assert differs == {"scope", "legal_representative", "registered_funds"}
    [present] = [
        it for it in organization.people if it.position == "legal_representative" and not it.to_on
    ]
    assert present.identity_number == changes.REPRESENTATIVE["identity_number"]
    for kind in Copies.BOTH.kinds:
        old, new = papers(kind)
        assert (old.standing, old.end_ground, old.ended_case_id) == ("replaced", "changed", case_id)
        assert (new.replaces.id, new.facts["legal_representative"]) == (old.id, "蒋文静")
        assert new.valid_until == old.valid_until, "a change prolongs nothing"
    [notice] = db.session.scalars(db.select(PublicNotice))
    assert notice.facts["变更后法定代表人"] == "蒋文静"
    assert not any("业务范围" in label for label in notice.facts), "only what the law has announced"


@pytest.mark.engines("sqlite")
def test_a_change_of_scope_alone_is_not_announced(association):
    change(association, "approved", scope=changes.SCOPE)
    assert not db.session.scalars(db.select(PublicNotice)).all()


@pytest.mark.engines("sqlite")
def test_one_is_open_at_a_time_and_none_where_the_organization_is_not_active(association, town):
    by = acting_for(person_called("applicant"), association)
    case_id = change(association, "submitted", scope=changes.SCOPE)
    with atomic():
        assert open_change({}, by=by).id == case_id
    second = RegistrationChange(title=NAME, subject_body_id=association, chosen=[], before={})
    with pytest.raises(IntegrityError) as refused, atomic():
        engine.open_case(second, by=by)
    assert meaning(refused.value) is not None
    db.session.rollback()
    with atomic():
        organization = db.session.get_one(Organization, association)
        register.change_status(organization, OrganizationStatus.LIQUIDATING, by=town.intake)
    with pytest.raises(RuleBroken, match="状态正常"):
        driver.drive_on(case_id, "accept")
    db.session.rollback()
    driver.drive_on(case_id, "withdraw")
    with pytest.raises(RuleBroken, match="状态正常"), atomic():
        open_change({}, by=by)


@pytest.mark.engines("sqlite")
def test_a_certificate_that_another_case_replaced_meanwhile_is_the_one_that_ends(association):
    case_id = change(association, "approved", scope=changes.SCOPE)
    replacement = open_replacement(association, ReplacementGround.DAMAGED, Copies.ORIGINAL, 9)
    driver.drive(replacement, "issued", days_ago=0)
    driver.drive_on(case_id, "exchange_certificate")
    first, second, third = papers()
    assert (second.replaces.id, third.replaces.id) == (first.id, second.id)


@pytest.mark.engines("sqlite")
def test_a_refusal_names_ground_and_remedies(association):
    case_id = change(association, "refused", scope=changes.SCOPE)
    [paper] = [it for it in documents.of_case(case_id) if it.kind == "refusal_decision"]
    assert paper.title == "不予变更登记决定书"
    assert db.session.get_one(Organization, association).scope == "书画交流、展览、培训和公益服务"


@pytest.mark.engines("sqlite")
def test_the_condition_of_another_certificate_leads_here(association, as_, town):
    with atomic():
        db.session.get_one(Organization, association).domicile = None
    case_id = open_replacement(association, ReplacementGround.DAMAGED, Copies.ORIGINAL, 0)
    page = go(as_(acting_for(person_called("applicant"), association)), f"/cases/{case_id}/answers")
    assert page.link("去申请").path == "/apply/registration_change"


@pytest.mark.engines("sqlite")
def test_who_stored_numbers_stay_masked_and_kept(association, as_, town):
    case_id = change(association, legal_representative=changes.REPRESENTATIVE)
    visitor = as_(acting_for(person_called("applicant"), association))
    page = go(visitor, f"/cases/{case_id}/sections/legal_representative")
    number = changes.REPRESENTATIVE["identity_number"]
    assert number not in page.text
    page.submit(legal_representative="蒋文婧")
    [person] = case_of(case_id).people
    assert (person.name, person.identity_number) == ("蒋文婧", number)
    with atomic():
        replace_people(case_id, [])
    assert any("身份证" in str(it.text) for it in missing(case_of(case_id)))
    assert clock.today() == TODAY


@pytest.mark.engines("sqlite")
def test_what_the_sponsor_unit_has_not_read_goes_to_it_again(sponsored):
    case_id = change(sponsored, "correction", scope=changes.SCOPE)
    by = acting_for(person_called("applicant"), sponsored)

    def ways():
        case = case_of(case_id)
        steps = case.workflow.step.values()
        return {it.name for it in steps if it.submits and case.state in it.source and it.applies(case)}  # fmt: skip

    assert ways() == {"resubmit"}
    with atomic():
        actions.save_section(
            case_of(case_id), "choice", by=by, chosen=["scope", "name"], resolved_on=TODAY
        )
        actions.save_section(case_of(case_id), "name", by=by, name=NEW)
    assert ways() == {"resubmit_to_sponsor"}
    driver.drive_on(case_id, "resubmit_to_sponsor")
    driver.drive_on(case_id, "sponsor_agree")
    assert case_of(case_id).state == "submitted"
    assert found_on_record(case_of(case_id), "consent").outcome == "pass"
