"""Bodies and people: names by date, memberships that end, lists."""

from datetime import date

import pytest

from core.accounts import SYSTEM, Body, BodyKind, Membership, Role
from core.audit.models import AuditEntry
from core.bodies import actions, queries
from core.bodies.jobs import take_body_names
from core.db import atomic, db
from core.errors import NotAllowed, RuleBroken
from tests.core.test_policy import member, office

__all__ = ["office"]
TODAY = date(2026, 11, 22)
LATER = date(2027, 1, 1)


def bureau():
    return db.session.scalars(db.select(Body)).first()


def rename(office, name, day=TODAY, who="admin"):
    with atomic():
        return actions.rename_body(
            bureau(), name=name, from_on=day, source="锦编发1号", by=office[who]
        )


def test_a_name_changes_today(office):
    rename(office, "社会组织服务局")
    assert bureau().name == "社会组织服务局"
    (change,) = queries.names_of(bureau())
    assert (change.former, change.from_on) == ("社会组织管理局", TODAY)
    assert [it.name for it in db.session.scalars(queries.list_bodies("管理局"))] == [bureau().name]


def test_a_name_to_come_is_taken_on_its_day(office, frozen):
    rename(office, "社会组织服务局", LATER)
    assert bureau().name == "社会组织管理局"
    assert take_body_names() == "0 bodies renamed"
    frozen("2027-01-01 00:05")
    assert take_body_names() == "1 bodies renamed"
    assert take_body_names() == "0 bodies renamed"
    assert bureau().name == "社会组织服务局"


@pytest.mark.parametrize(
    ("name", "field"), [("社会组织管理局", "name"), ("街道中心", "name"), (" 街道中心 ", "name")]
)
def test_names_that_cannot_be(office, name, field):
    with atomic():
        db.session.add(Body(kind=BodyKind.GUIDANCE_CENTER, name="街道中心"))
    with pytest.raises(RuleBroken) as refused:
        rename(office, name)
    assert refused.value.field == field


def test_a_name_before_the_latest_one_is_refused(office):
    rename(office, "甲", LATER)
    with pytest.raises(RuleBroken):
        rename(office, "乙", TODAY)
    with pytest.raises(NotAllowed):
        rename(office, "乙", LATER, who="examiner")


def membership_of(login):
    return db.session.scalars(
        db.select(Membership).join(Membership.user).where(Membership.user.has(login=login))
    ).one()


def end(office, login, day=TODAY, who="admin"):
    with atomic():
        actions.end_membership(membership_of(login), last_day=day, by=office[who])


def test_a_membership_ends_with_its_last_day(office):
    end(office, "examiner")
    assert membership_of("examiner").to_on == TODAY
    with pytest.raises(RuleBroken):
        end(office, "examiner", LATER)


@pytest.mark.parametrize(
    ("login", "who", "day"),
    [
        ("admin", "admin", TODAY),  # one's own
        ("admin", "head", TODAY),  # the last administrator
        ("examiner", "admin", date(2026, 11, 20)),  # long gone
    ],
)
def test_memberships_that_cannot_end(office, login, who, day):
    with pytest.raises(RuleBroken):
        end(office, login, day, who)
    assert membership_of(login).to_on is None


def test_an_administrator_goes_where_another_remains(office):
    with atomic():
        member("second", Role.ADMINISTRATOR, bureau())
    end(office, "admin", who="head")
    assert membership_of("admin").to_on == TODAY


def test_the_pages(office, as_):
    admin = as_(office["admin"])
    body = bureau()
    text = admin.get("/bodies?lang=en").text
    assert body.name in text
    assert "No body matches" in admin.get("/bodies?lang=en&q=nothing&kind=operator").text
    assert admin.get("/bodies?kind=nonsense").status_code == 200
    page = admin.get(f"/bodies/{body.id}?lang=en").text
    assert "Who belongs to it" in page
    entered = {"name": "社会组织服务局", "from_on": "2026-11-22", "source": "锦编发1号"}
    assert admin.post(f"/bodies/{body.id}/name", data=entered).status_code == 302
    again = admin.post(f"/bodies/{body.id}/name?lang=en", data=entered)
    assert again.status_code == 422
    assert "This is its name already" in again.text
    people = admin.get("/people?lang=en").text
    assert "Examiner" in people
    assert "examiner" in people
    assert "Nobody matches" in admin.get("/people?lang=en&role=custodian").text
    for address in ("/bodies.csv", "/people.csv", "/people.xlsx"):
        assert admin.get(address).status_code == 200
    assert admin.get("/bodies/99").status_code == 404


def test_adding_a_body_and_ending_a_membership_by_page(office, as_):
    head = as_(office["head"])
    entered = {"kind": "sponsor_unit", "name": "教育局", "division_id": "0"}
    assert head.post("/bodies/add", data=entered).status_code == 302
    assert head.post("/bodies/add", data={**entered, "kind": "organization"}).status_code == 422
    here = f"/memberships/{membership_of('examiner').id}/end"
    assert head.get(here).status_code == 200
    assert head.post(here, data={"last_day": "2026-11-22"}).status_code == 302
    own = f"/memberships/{membership_of('head').id}/end"
    assert head.post(own, data={"last_day": "2026-11-22"}).status_code == 422
    kept = db.session.scalars(
        db.select(AuditEntry).where(AuditEntry.action == "membership:refuse")
    ).all()
    assert len(kept) == 1
    with pytest.raises(RuleBroken), atomic():
        actions.add_body(kind="organization", name="x", division=None, by=SYSTEM)
    assert as_(office["examiner"]).get("/bodies").status_code == 403
