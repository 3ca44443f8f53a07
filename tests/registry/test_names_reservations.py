"""Reserved names: held once, for a while, and free again when their time or their case ends."""

import threading
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from core import clock, constraints
from core.accounts import Actor
from core.audit.models import AuditEntry
from core.db import atomic, db
from core.errors import NotAllowed, RuleBroken, WrongState
from core.messages.models import Message
from core.search import bare
from registry.demo import driver
from registry.names import actions, queries
from registry.names.jobs import end_name_reservations, refresh_name_index
from registry.names.kinds import Ending
from registry.names.models import NameReservation
from registry.organizations.kinds import OrganizationType
from tests.pages import go
from tests.registry.foundations import open_foundations

A = OrganizationType.ASSOCIATION
NAME = "成都市锦江区同心书画协会"
ALONE = pytest.mark.engines("sqlite")


def reserve(by, name=NAME):
    with atomic():
        return actions.reserve(name=name, type=A, by=by)


@pytest.fixture
def people(town):
    return town.as_themselves("applicant"), town.as_themselves("choir")


@ALONE
def test_a_name_is_held_for_its_time_renewed_once_and_ends(people, frozen):
    me, other = people
    frozen("2026-03-02 09:00")
    held = reserve(me)
    assert held.expires_on == date(2026, 4, 1)
    with pytest.raises(RuleBroken) as refused:
        reserve(other, "成都市錦江區同心書畫·協會".replace("錦江區", "锦江区"))
    assert refused.value.field == "name"
    with atomic():
        actions.renew(held, by=me)
    assert held.expires_on == date(2026, 5, 1)
    with pytest.raises(RuleBroken), atomic():
        actions.renew(held, by=me)
    frozen("2026-04-25 09:00")
    assert end_name_reservations() == "0 ended, 1 told"
    assert end_name_reservations() == "0 ended, 0 told"
    frozen("2026-05-01 23:00")
    assert end_name_reservations() == "0 ended, 0 told"
    frozen("2026-05-02 00:30")
    assert end_name_reservations() == "1 ended, 0 told"
    db.session.expire_all()
    assert held.ending is Ending.EXPIRED
    told = db.session.scalars(db.select(Message.template).order_by(Message.id)).all()
    assert told == ["names.ends_soon", "names.ended"]
    assert reserve(other).holder_id == other.user_id


@ALONE
def test_a_name_can_be_given_up_by_its_holder_only(people):
    me, other = people
    held = reserve(me)
    with pytest.raises(NotAllowed), atomic():
        actions.release(held, by=other)
    with atomic():
        actions.release(held, by=me)
    with pytest.raises(WrongState), atomic():
        actions.release(held, by=me)
    with pytest.raises(WrongState), atomic():
        actions.renew(held, by=me)
    assert reserve(other)


@ALONE
def test_nobody_holds_more_names_than_policy_says(people):
    me, _other = people
    for word in "同心 晨曦 星火".split():
        reserve(me, f"成都市锦江区{word}书画协会")
    with pytest.raises(RuleBroken):
        reserve(me, "成都市锦江区微光书画协会")
    assert reserve(me, "成都市锦江区同心书画协会")  # one's own again: no second row
    assert db.session.scalar(db.select(db.func.count()).select_from(NameReservation)) == 3


@ALONE
@pytest.mark.parametrize("name", ["书画协会", "中国书画协会", "成都市锦江区邪教研究会"])
def test_what_the_rules_forbid_cannot_be_reserved(people, name):
    with pytest.raises(RuleBroken) as refused:
        reserve(people[0], name)
    assert "办法" in str(refused.value) or "条例" in str(refused.value)


def test_the_database_refuses_a_second_holder_and_a_hold_for_ever(people):
    me, other = people
    held = reserve(me)
    fields = {"name": NAME, "core": "", "sound": "", "type": A, "holder_id": other.user_id}
    with pytest.raises(IntegrityError) as refused, atomic():
        db.session.add(NameReservation(**fields, held_name=bare(NAME), expires_on=clock.today()))
    assert constraints.meaning(refused.value).field == "name"
    with pytest.raises(IntegrityError), atomic():
        db.session.add(NameReservation(**fields, held_name="x"))
    with pytest.raises(IntegrityError), atomic():
        held.ended_at = clock.now()


def test_of_eight_at_once_one_gets_the_name(app, town):
    """Two people take the same name in the same moment, written differently; one holds it."""
    logins = ("applicant", "choir", "sponsor", "intake", "examiner", "approver", "street", "head")
    spelled = (
        NAME,
        "成都市錦江区同心书画协会",
        "成都市锦江区 同心书画协会",
        "成都市锦江区同心·书画协会",
    )
    ids = [town.as_themselves(login).user_id for login in logins]
    db.session.remove()
    ready, outcomes = threading.Barrier(len(ids)), []

    def attempt(place: int) -> None:
        from core.accounts import User

        with app.app_context():
            ready.wait()
            try:
                with atomic():
                    by = Actor(user=db.session.get_one(User, ids[place]))
                    actions.reserve(name=spelled[place % len(spelled)], type=A, by=by)
                outcomes.append("held")
            except (RuleBroken, IntegrityError) as refused:
                outcomes.append(type(refused).__name__)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=attempt, args=(place,)) for place in range(len(ids))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(outcomes) == len(ids)
    assert outcomes.count("held") == 1, outcomes
    assert db.session.scalar(db.select(db.func.count()).select_from(NameReservation)) == 1


# --- with applications


def opened(title="总府社区同心队"):
    from registry.demo import cases
    from registry.organizations.kinds import FilingCategory

    return cases._group(title, FilingCategory.OTHER, 60)


def held_for(case_id):
    db.session.expire_all()
    return db.session.scalars(
        db.select(NameReservation).where(NameReservation.case_id == case_id)
    ).all()


@ALONE
@pytest.mark.parametrize(
    ("state", "ending"),
    [
        ("draft", "never"),
        ("street_review", None),
        ("refused", Ending.REFUSED),
        ("withdrawn", Ending.WITHDRAWN),
        ("filed", Ending.REGISTERED),
    ],
)
def test_an_application_holds_its_name_until_it_ends(town, state, ending):
    case_id = opened()
    driver.drive(case_id, "street_review" if state == "withdrawn" else state, days_ago=0)
    if state == "withdrawn":
        driver.drive_on(case_id, "withdraw")
    held = held_for(case_id)
    if ending == "never":
        assert held == []
        return
    assert [it.ending for it in held] == [ending]
    assert (held[0].held_name is None) == (ending is not None)


@ALONE
def test_an_application_takes_over_what_its_applicant_reserved(town, as_):
    name = "春熙路街道总府社区同心队"
    me = town.as_themselves("choir")
    with atomic():
        own = actions.reserve(name=name, type=OrganizationType.COMMUNITY_ORGANIZATION, by=me)
    case_id = opened()
    driver.drive(case_id, "community_review", days_ago=0)
    held = held_for(case_id)
    assert [it.id for it in held] == [own.id]
    assert own.expires_on is None
    with pytest.raises(WrongState), atomic():
        actions.release(own, by=me)


@ALONE
def test_a_second_application_for_the_name_is_refused(town):
    first = opened()
    driver.drive(first, "street_review", days_ago=0)
    second = opened()
    with pytest.raises(RuleBroken):
        driver.drive(second, "street_review", days_ago=0)
    assert queries.held_reservation("春熙路街道总府社区同心队").case_id == first


# --- pages


@ALONE
def test_one_reserves_a_name_through_the_pages(town, as_, client):
    assert "未发现问题" in go(client, f"/names/check?name={NAME}&type=association").text
    page = go(as_(town.applicant), f"/names/check?name={NAME}&type=association")
    page = page.submit("/names/reservations")
    assert NAME in page.text
    page = page.submit("/renew")
    assert "5月" in page.text or "为您保留至" in page.text
    refused = go(as_(town.choir), "/names/reservations").submit(name=NAME, type="association")
    assert refused.status == 422
    assert "他人保留" in refused.text
    assert NAME in refused.answer.text
    assert db.session.scalars(
        db.select(AuditEntry).where(AuditEntry.action == "name:reserve_refused")
    ).one()
    assert "张敏" not in go(client, f"/names/check?name={NAME}").text
    staff = as_(town.examiner)
    assert "张敏" in go(staff, "/names/reservations/register").text
    assert NAME in staff.get("/names/reservations/register.csv").data.decode()
    assert "没有" in go(staff, "/names/reservations/register?q=甲乙丙").text
    page = go(as_(town.applicant), "/names/reservations").submit("/release")
    assert "放弃" in page.text
    assert NAME in go(staff, "/names/reservations/register?show=ended").text


@ALONE
def test_another_ones_reservation_is_not_there(people, as_):
    me, other = people
    held = reserve(me)
    assert as_(other).post(f"/names/reservations/{held.id}/release").status_code == 404


@ALONE
def test_the_job_takes_the_lists_over_and_keys_the_register(town):
    assert refresh_name_index().endswith("600 words loaded")
    assert refresh_name_index() == "0 names, 0 clashes, 0 words loaded"


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("is_open", [False, True])
def test_foundations_are_offered_everywhere_or_nowhere(town, as_, client, is_open):
    if is_open:
        open_foundations(town)
    assert ("不办理基金会" not in go(client, "/apply/registration").text) is is_open
    for address in ("/", "/names/check"):
        assert ("基金会" in go(client, address).text) is is_open, address
    assert ("基金会" in go(as_(town.applicant), "/names/reservations").text) is is_open


@ALONE
def test_a_reserved_name_leads_to_its_application_and_stands_by_its_field(town, as_):
    group = "春熙路街道总府社区梅韵合唱队"
    kind = OrganizationType.COMMUNITY_ORGANIZATION
    choir = town.as_themselves("choir")
    with atomic():
        actions.reserve(name=group, type=kind, by=choir)
    me = as_(choir)
    assert go(me, "/names/reservations").link("用此名称申请").path == "/apply/filing"
    draft = go(me, "/apply/filing/eligibility").submit(
        kind="residents", founders="yes", place="yes"
    )
    assert f"您已保留：{group}。" in go(me, f"{draft.path}/sections/group").text
