"""Changes of the map beyond merging: a new division, another name, a split, and what follows."""

from datetime import date

import pytest

from core import divisions
from core.accounts import Body
from core.audit.models import AuditEntry
from core.db import atomic, db
from core.divisions import Level, actions, offices, queries, reforms
from core.errors import NotAllowed, RuleBroken
from tests.core.test_divisions_pages import KIND, district
from tests.core.test_policy import office
from tests.pages import Page, fields, go

__all__ = ["district", "office"]
FIRST = date(2027, 1, 1)
NEW_YEAR = "2027-01-01"


def street(name):
    return next(it for it in divisions.streets(FIRST) if it.name == name)


def test_a_division_is_added_from_its_day(district, office):
    with atomic():
        reforms.add_division(
            name="新城街道",
            level=Level.STREET,
            parent=divisions.require_district(),
            code="",
            from_on=FIRST,
            by=office["head"],
        )
    assert "新城街道" not in {it.name for it in divisions.streets()}
    assert street("新城街道").parent_id == divisions.require_district().id


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"level": Level.CITY}, "level"),
        ({"level": Level.DISTRICT}, "level"),
        ({"name": "东湖街道"}, "name"),
        ({"from_on": date(2026, 11, 21)}, "from_on"),
    ],
)
def test_a_division_that_cannot_be(district, office, change, field):
    entered = {"name": "新城街道", "level": Level.STREET, "code": "", "from_on": FIRST, **change}
    with pytest.raises(RuleBroken) as refused, atomic():
        reforms.add_division(parent=divisions.require_district(), **entered, by=office["head"])
    assert refused.value.field == field


def assign(where, office):
    with atomic():
        body = db.session.scalars(db.select(Body).limit(1)).one()
        actions.assign_office(KIND, where, body, from_on=date(2026, 12, 1), by=office["head"])


def test_a_renamed_street_keeps_its_past_its_office_and_what_lies_below(district, office):
    old = street("东湖街道")
    below = {it.name for it in queries.children(old)}
    assign(old, office)
    with atomic():
        new = reforms.rename_division(
            queries.access_division(old.id), name="东大街道", on=FIRST, by=office["head"]
        )
    new = queries.access_division(new.id)
    assert divisions.on_map(queries.access_division(old.id), FIRST).id == new.id
    assert {it.name for it in queries.children(new, FIRST)} == below
    assert offices.entry_for(KIND, new, FIRST).division_id == new.id
    assert offices.entry_for(KIND, queries.access_division(old.id), date(2026, 12, 15))
    with pytest.raises(RuleBroken), atomic():
        reforms.rename_division(
            queries.access_division(new.id), name="东大街道", on=FIRST, by=office["head"]
        )
    with pytest.raises(RuleBroken), atomic():
        reforms.rename_division(
            divisions.require_district(), name="别的区", on=FIRST, by=office["head"]
        )
    with pytest.raises(NotAllowed), atomic():
        reforms.rename_division(
            queries.access_division(new.id), name="x", on=FIRST, by=office["examiner"]
        )


def with_children():
    return next(it for it in divisions.streets() if queries.children(it))


def test_a_split_places_everything_below(district, office):
    old = with_children()
    children = queries.children(old)
    parts = [reforms.Part("东", []), reforms.Part("西", [])]
    with pytest.raises(RuleBroken), atomic():
        reforms.split_division(old, parts, on=FIRST, by=office["head"])
    with atomic():
        old = queries.access_division(old.id)
        children = queries.children(old)
        parts = [reforms.Part("东街道", children[:1]), reforms.Part("西街道", children[1:])]
        reforms.split_division(old, parts, on=FIRST, by=office["head"])
    followers = divisions.successors(queries.access_division(old.id))
    assert [it.name for it in followers] == ["东街道", "西街道"]
    moved = divisions.on_map(queries.access_division(children[0].id), FIRST)
    assert moved.parent.name == "东街道"
    assert divisions.on_map(queries.access_division(old.id), FIRST) is None
    parts = [reforms.Part("南街道", []), reforms.Part("南街道", [])]
    with pytest.raises(RuleBroken), atomic():
        reforms.split_division(street("东街道"), parts, on=FIRST, by=office["head"])


# --- the pages: first what would follow, then the change


def test_a_rename_shows_what_follows_before_it_is_kept(district, office, as_):
    head, old = as_(office["head"]), street("东湖街道")
    assign(old, office)
    page = go(head, f"/divisions/{old.id}/rename?lang=en")
    preview = page.submit(name="东大街道", on=NEW_YEAR)
    assert "Nothing is kept yet" in preview.text
    assert "社会组织管理局" in preview.text
    assert "东大街道" not in {it.name for it in divisions.streets(FIRST)}
    assert not db.session.scalars(
        db.select(AuditEntry).where(AuditEntry.action == "division:succeed")
    ).all()
    sent = fields(preview.forms()[-1])
    assert head.post(f"/divisions/{old.id}/rename", data=sent).status_code == 302
    assert "东大街道" in {it.name for it in divisions.streets(FIRST)}


def test_refusals_stand_on_the_first_page(district, office, as_):
    head, old = as_(office["head"]), street("东湖街道")
    page = go(head, f"/divisions/{old.id}/rename?lang=en").submit(name="东湖街道", on=NEW_YEAR)
    assert page.status == 422
    assert "its name already" in page.text
    page = go(head, "/divisions/add?lang=en").submit(
        parent=str(divisions.require_district().id),
        level="street",
        name="新城街道",
        from_on="2020-01-01",
    )
    assert page.status == 422
    assert "past" in page.text


def test_a_split_in_three_pages(district, office, as_):
    head, old = as_(office["head"]), with_children()
    here = f"/divisions/{old.id}/split"
    assert head.get(here).status_code == 200
    assert head.get(f"{here}?names=one").status_code == 422
    page = Page(head, head.get(f"{here}?lang=en&names=东街道%0A西街道"))
    children = {f"child-{it.id}": "1" for it in queries.children(old)}
    preview = page.submit("", on=NEW_YEAR, **children)
    assert "What moves along" in preview.text
    sent = fields(preview.forms()[-1])
    assert head.post(here, data=sent).status_code == 302
    assert {"东街道", "西街道"} <= {it.name for it in divisions.streets(FIRST)}
    assert len(queries.children(street("西街道"), FIRST)) == len(children)


def test_others_change_nothing(district, office, as_):
    visitor, old = as_(office["examiner"]), street("东湖街道")
    for address in ("/divisions/add", f"/divisions/{old.id}/rename", f"/divisions/{old.id}/split"):
        assert visitor.get(address).status_code == 403
    assert as_(office["head"]).get("/divisions/999/rename").status_code == 404
