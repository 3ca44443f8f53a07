"""A filed group on its way to registration: what is missing, who is told, what is refused."""

import csv
import io
from decimal import Decimal

import pytest

from core import clock, divisions
from core.accounts import SYSTEM
from core.accounts.actor import acting_for
from core.db import atomic, db
from core.documents import Instrument
from core.errors import NotAllowed, RuleBroken, WrongState
from core.messages.models import Message
from core.workflow import engine
from core.workflow.models import Case
from registry.demo import driver
from registry.demo.cases import file_group
from registry.demo.cast import person_called
from registry.demo.certificates import CertificateFacts
from registry.demo.groups import start as started
from registry.demo.upgrades import RISEN, fill_in, tell
from registry.organizations import actions as register
from registry.organizations.kinds import OrganizationStatus, OrganizationType, Track
from registry.organizations.models import Organization
from registry.registrations.models import Registration
from registry.upgrades import actions, queries, rules
from registry.upgrades.jobs import look_for_upgrades
from registry.upgrades.models import Upgrade, UpgradeFacts, UpgradeOutlook
from registry.upgrades.rules import Recorded
from tests.pages import go
from tests.registry.filed import done, filed
from tests.statements import statements
from tests.town import numeral

A, S = OrganizationType.ASSOCIATION, OrganizationType.SERVICE_INSTITUTION

#: What is recorded, for which type, and the articles of what is missing then.
BARE = Recorded(
    "甲", division_id=1, domicile="活动室", person_in_charge="李秀英", founders=("甲",) * 5
)
MEMBERS = {"individual_members": 50, "staff_count": 1, "registered_funds": "30000.00"}
HOME = {
    "institution_kind": "legal_person",
    "sector": "culture",
    "staff_count": 1,
    "registered_funds": "30000.00",
    "nonstate_funds": "30000.00",
    "premises": "leased",
    "premises_months": 12,
    "no_branches": True,
}
LAW, LAW_S, MEASURES = (
    "社会团体登记管理条例第十条",
    "民办非企业单位登记管理暂行条例",
    "民办非企业单位登记暂行办法",
)
TABLE = [
    (A, {}, [f"{LAW}第一项", f"{LAW}第四项", f"{LAW}第五项"]),
    (A, MEMBERS, []),
    (A, {**MEMBERS, "individual_members": 49}, [f"{LAW}第一项"]),
    (A, {**MEMBERS, "individual_members": 1, "unit_members": 30}, []),
    (A, {**MEMBERS, "staff_count": 0}, [f"{LAW}第四项"]),
    (A, {**MEMBERS, "registered_funds": "29999.99"}, [f"{LAW}第五项"]),
    (S, HOME, []),
    (S, {**HOME, "premises_months": 11}, [f"{LAW_S}第八条第五项"]),
    (S, {**HOME, "nonstate_funds": "10000.00"}, [f"{MEASURES}第五条"]),
    (S, {**HOME, "sector": "health"}, [f"{LAW_S}第八条第四项"]),
    (S, {**HOME, "no_branches": None}, [f"{LAW_S}第十三条"]),
    (S, {**HOME, "institution_kind": "individual"}, [f"{MEASURES}第二条"]),
]


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(("type", "facts", "articles"), TABLE)
def test_what_is_missing_is_what_the_articles_ask(app, type, facts, articles):
    with app.test_request_context():
        recorded = Recorded(**{**BARE.__dict__, "facts": facts})
        results = rules.conditions_met(recorded, type)
        missing = rules.lacking(results)
        assert [str(it.source) for it in results if it.key in missing] == articles
        assert not set(missing) & set(rules.IN_THE_APPLICATION)
        if not articles:
            assert rules.nearest(recorded) == (type, [])


@pytest.fixture
def choir(town):
    """A filed choir, its owner acting for it."""
    return file_group("总府社区银杏合唱队", 10)


def group(organization_id):
    db.session.rollback()
    return db.session.get_one(Organization, organization_id)


def owner(organization_id, login="choir"):
    return acting_for(person_called(login), organization_id)


def ready(organization_id):
    """Let the group tell what an association needs."""
    tell(organization_id)


def looked():
    """Return what the job says it has done."""
    return str(look_for_upgrades())


def applied(organization_id, name=RISEN):
    """Return the id of a complete draft to register the group under a name."""
    with atomic():
        case = actions.open_upgrade(group(organization_id), A, by=owner(organization_id))
        case_id = case.id
    fill_in(case_id, name)
    return case_id


def test_the_group_and_its_street_see_what_is_missing_and_nobody_else(choir, town, as_, client):
    number = group(choir).number
    own = go(as_(owner(choir)), f"/register/{number}")
    assert "登记为社会团体还差" in own.text and "合法的资产和经费来源" in own.text
    page = own.link("逐项查看条件")
    assert page.path.startswith("/upgrades/") and "第十条第五项" in page.text
    assert "登记为社会团体还差" in go(as_(town.street), f"/register/{number}").text
    for stranger in (client, as_(town.applicant), as_(town.sponsor), as_(town.intake)):
        assert "还差" not in go(stranger, f"/register/{number}").text
    for stranger in (town.applicant, town.sponsor, town.admin):
        assert as_(stranger).get(f"/upgrades/{number}").status_code == 404
    forms = go(as_(town.street), f"/upgrades/{number}").forms()
    actions_there = [str(it.get("action")) for it in forms]
    assert not any("/upgrades/" in it for it in actions_there), "an officer tells nothing for it"


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("told_on", "members", "missing"),
    [("2025-12-01", 12, True), ("2025-12-01", 61, False), ("2026-02-11", 12, False)],
)
def test_a_report_on_record_counts_before_what_was_told_earlier(
    town, frozen, told_on, members, missing
):
    choir = filed()
    for day in sorted({told_on, "2026-02-10"}):
        frozen(f"{day} 10:00")
        if day == told_on:
            tell(choir)
        else:
            case_id = started(choir, "activity_report", 0, individual_members=members)
            driver.drive(case_id, "handed_in", days_ago=0)
    assert queries.recorded_of([group(choir)])[choir].facts["individual_members"] == 60
    frozen("2026-02-12 10:00")
    driver.drive_on(case_id, "record")
    now = group(choir)
    assert now.individual_members == members
    facts = queries.recorded_of([now])[choir].facts
    assert facts["individual_members"] == (60 if told_on > "2026-02-10" else members)
    assert facts["staff_count"] == 1, "what the report does not ask stands as it was told"
    assert ("members" in db.session.get_one(UpgradeOutlook, choir).lacking) is missing


@pytest.mark.engines("sqlite")
def test_a_renewal_counts_like_a_report(town, frozen):
    choir = filed()
    frozen("2025-12-01 10:00")
    tell(choir)
    frozen("2026-02-10 10:00")
    done(choir, "filing_renewal", "renewed")
    assert "individual_members" not in db.session.get_one(UpgradeFacts, choir).facts
    facts = queries.recorded_of([group(choir)])[choir].facts
    assert facts["individual_members"] == group(choir).individual_members


@pytest.mark.engines("sqlite")
def test_what_the_group_tells_counts_at_once(choir, as_):
    number = group(choir).number
    visitor = as_(owner(choir))
    page = go(visitor, f"/upgrades/{number}?type=association")
    assert "还差3项条件" in page.text
    page = page.submit(
        "/facts/association",
        individual_members="60",
        unit_members="0",
        staff_count="1",
        registered_funds="一万",
    )
    assert page.status == 422 and "60" in page.answer.text, "what was typed is kept"
    page = page.submit("/facts/association", registered_funds="10,000")
    assert page.status == 200 and "还差1项条件" in page.text and "第十条第五项" in page.text
    page = page.submit("/facts/association", registered_funds="30000")
    assert "已达到登记条件" in page.text
    outlook = db.session.get_one(UpgradeOutlook, choir)
    assert (outlook.missing, outlook.type, outlook.told_on) == (0, A, None)


@pytest.mark.engines("sqlite")
def test_both_are_told_once(choir, town):
    look_for_upgrades()
    assert not messages()
    ready(choir)
    assert "1 told" in looked()
    assert "0 told" in looked()
    assert messages() == {"choir", "street"}
    with atomic():
        actions.tell_facts(group(choir), A, by=owner(choir), staff_count=0)
    assert db.session.get_one(UpgradeOutlook, choir).ready_on is None
    ready(choir)
    assert "0 told" in looked()


def messages():
    db.session.rollback()
    found = db.session.scalars(db.select(Message).where(Message.template == "upgrade.ready")).all()
    assert all(it.link.startswith("/upgrades/BA-") for it in found)
    assert len({it.recipient_id for it in found}) == len(found)
    return {it.recipient.login for it in found}


@pytest.mark.engines("sqlite")
def test_the_application_is_filled_in_and_says_so(choir, as_):
    ready(choir)
    filed = group(choir)
    visitor = as_(owner(choir))
    draft = go(visitor, f"/upgrades/{filed.number}").submit("/application/association")
    case = db.session.scalars(db.select(Registration)).one()
    assert (case.title, case.domicile, case.scope) == (filed.name, filed.domicile, filed.scope)
    assert (case.individual_members, case.registered_funds) == (60, Decimal("30000.00"))
    assert [(it.position.value, it.name) for it in case.people[:2]] == [
        ("legal_representative", "李秀英"),
        ("promoter", "李秀英"),
    ]
    assert case.people[0].phone == "13800000002"
    assert "预先填好" in draft.text and filed.number in draft.text
    assert "名称仍是备案时的名称" in draft.text
    again = go(visitor, f"/upgrades/{filed.number}")
    assert "已有一份未提交的申请" in again.text
    assert all("/application/" not in str(it.get("action")) for it in again.forms())


def test_one_organization_with_both_numbers(choir, town, as_, client):
    ready(choir)
    before = group(choir)
    filing_number, founded_on = before.filing_number, before.founded_on
    case_id = applied(choir)
    driver.drive(case_id, "certified", days_ago=0, unified_code="51510104MJQ0000155")
    after = group(choir)
    assert (after.id, after.track, after.status) == (choir, Track.REGISTERED, "active")
    assert (after.unified_code, after.filing_number) == ("51510104MJQ0000155", filing_number)
    assert (after.name, after.founded_on) == (RISEN, founded_on)
    assert {it.position for it in after.people if it.to_on is None} == {
        "legal_representative",
        "promoter",
    }
    assert [it.name for it in after.people if it.to_on] == ["李秀英"], "in charge, until today"
    kept = db.session.get_one(Upgrade, choir)
    assert (kept.filing_number, kept.unified_code) == (filing_number, after.unified_code)
    assert db.session.scalar(db.select(db.func.count()).select_from(Organization)) == 1

    answer = client.get(f"/register/{filing_number}")
    assert answer.status_code == 301 and answer.location.endswith(after.unified_code)
    page = go(client, f"/register/{filing_number}")
    assert filing_number in page.text and after.unified_code in page.text
    assert ("原备案号" in page.text and "由备案升级为登记" in page.text) or "转" in page.text
    receipt, certificate = (
        db.session.scalars(db.select(Instrument).where(Instrument.kind == kind)).one()
        for kind in ("filing_receipt", "certificate_original")
    )
    assert receipt.replaced_by_id == certificate.id
    page = go(client, f"/verify/{receipt.number}")
    assert "已替换" in page.text and certificate.number in page.text
    assert go(client, f"/register?q={filing_number}").text.count(RISEN) >= 1
    assert as_(owner(choir)).get(f"/upgrades/{filing_number}").status_code == 302
    assert looked().startswith("0 groups")


@pytest.mark.engines("sqlite")
def test_a_second_application_is_refused_when_it_is_submitted(choir, town):
    ready(choir)
    first, second = applied(choir), applied(choir, "成都市锦江区红枫歌咏协会")
    driver.drive_on(first, "submit")
    with pytest.raises(RuleBroken, match="另一件"):
        driver.drive_on(second, "submit")
    driver.drive_on(first, "withdraw")
    assert db.session.get(Upgrade, choir) is None, "a withdrawn application lets the group go"
    db.session.rollback()
    driver.drive_on(second, "submit")
    assert db.session.get_one(Upgrade, choir).case_id == second


@pytest.mark.engines("sqlite")
def test_who_may_not_is_told_why(choir, town, as_):
    with pytest.raises(NotAllowed), atomic():
        actions.open_upgrade(group(choir), A, by=town.street)
    with pytest.raises(NotAllowed), atomic():
        actions.tell_facts(group(choir), A, by=town.as_themselves("choir"), staff_count=1)
    number = group(choir).number
    page = go(as_(town.as_themselves("choir")), f"/upgrades/{number}")
    assert "请先在页面上方选择代表该组织" in page.text
    path = f"/upgrades/{number}/application/foundation"
    assert as_(owner(choir)).post(path).status_code == 404, "not registered in this district"
    with atomic():
        group(choir).status = OrganizationStatus.SUSPENDED
    with pytest.raises(WrongState), atomic():
        actions.open_upgrade(group(choir), A, by=owner(choir))


@pytest.mark.engines("sqlite")
def test_a_filing_that_was_registered_is_not_returned_any_more(choir, town):
    ready(choir)
    case_id = applied(choir)
    driver.drive(case_id, "certified", days_ago=0, unified_code="51510104MJQ0000155")
    filing = db.session.scalars(db.select(Case).where(Case.kind == "filing")).one()
    assert filing.state == "filed"
    with pytest.raises(WrongState), atomic():
        engine.move(filing, "return_filing", by=town.supervisor, note="场所不符")
    assert group(choir).status is OrganizationStatus.ACTIVE


@pytest.fixture
def many(town):
    """Groups of one street, all looked at."""

    def make(number):
        with atomic():
            for n in range(number):
                file_by_hand(f"春熙路街道总府社区第{numeral(n)}读书会")
        look_for_upgrades()

    return make


def file_by_hand(name):
    place = next(it for it in divisions.communities() if it.name.startswith("总府"))
    street = divisions.ancestors(place)[0]
    return register.found(
        CertificateFacts(type=OrganizationType.COMMUNITY_ORGANIZATION, domicile="活动室"),  # type: ignore[arg-type]
        name=name,
        track=Track.FILED,
        number=f"BA-510104-{name}",
        authority=f"street:{street.id}",
        division=place,
        founded_on=clock.today(),
        by=SYSTEM,
    )


@pytest.mark.engines("sqlite")
def test_the_list_costs_the_same_for_one_and_for_many(many, town, as_):
    many(1)
    visitor = as_(town.street)
    visitor.get("/upgrades")
    with statements() as few:
        assert visitor.get("/upgrades").status_code == 200
    many_more = len(few)
    with atomic():
        for n in range(10, 70):
            file_by_hand(f"春熙路街道总府社区第{numeral(n)}读书会")
    look_for_upgrades()
    visitor.get("/upgrades")
    with statements() as all_of_them:
        answer = visitor.get("/upgrades")
    assert answer.text.count("读书会</a>") == 50
    assert len(all_of_them) == many_more


@pytest.mark.engines("sqlite")
def test_the_list_narrows_sorts_pages_and_exports(choir, many, town, as_):
    many(55)
    ready(choir)
    street = as_(town.street)
    page = go(street, "/upgrades")
    assert "已达到登记条件" in page.text
    names = [line for line in page.answer.text.split("\n") if "银杏合唱队" in line]
    assert names
    assert "银杏合唱队" in go(street, "/upgrades?far=ready").text
    assert "读书会" not in go(street, "/upgrades?far=ready").text
    assert "银杏合唱队" not in go(street, "/upgrades?sort=-missing").text, "on the second page"
    following = go(street, "/upgrades").link("下一页")
    assert "读书会" in following.text and "银杏合唱队" not in following.text
    assert "没有符合条件的组织" in go(street, "/upgrades?text=太极").text
    rows = list(csv.reader(io.StringIO(street.get("/upgrades/export.csv?far=ready").text)))
    assert len(rows) == 2 and "春熙路街道总府社区银杏合唱队" in rows[1]
    assert as_(town.applicant).get("/upgrades").status_code == 403
    assert as_(town.intake).get("/upgrades").status_code == 403
    assert "银杏合唱队" in go(as_(town.supervisor), "/upgrades?far=ready").text
    for bad in ("after=x", "street=99999999999", "sort=up", "far=1"):
        assert street.get(f"/upgrades?{bad}").status_code in (200, 400, 422), bad
    assert queries.count_ready(town.street) == 1
