"""The pages of the map and its offices."""

import pytest
from markupsafe import escape

from core import divisions
from core.accounts import Body, BodyKind
from core.db import atomic, db
from core.divisions.models import Jurisdiction
from core.workflow import declared
from tests.core.test_divisions import COMMUNITIES, SUCCESSORS, TEXT, load
from tests.core.test_policy import office
from tests.statements import statements

__all__ = ["office"]
KIND = "oversight"


@pytest.fixture
def district(office):
    load(TEXT + COMMUNITIES + SUCCESSORS)
    return divisions.require_district()


def entered(**changes):
    body = db.session.scalars(db.select(Body)).first()
    return {
        "kind": declared()[0].kind,
        "division": divisions.require_district().id,
        "body": body.id,
        "from_on": "2026-12-01",
        **changes,
    }


def test_before_a_district_is_loaded(office, as_):
    assert "flask district load" in as_(office["head"]).get("/divisions/?lang=en").text


def test_the_map_of_a_day(district, office, as_):
    visitor = as_(office["examiner"])
    text = visitor.get("/divisions/?lang=en").text
    assert "11 streets, 3 communities" in text
    assert "Merge divisions" not in text
    old = visitor.get("/divisions/?lang=en&on=2010-06-30").text
    assert "16 streets, 4 communities" in old
    assert "东湖街道, 锦华路街道" in old
    assert "11 streets" in visitor.get("/divisions/?lang=en&on=someday").text
    assert "No street stood" in visitor.get("/divisions/?lang=en&on=1990-01-01").text


def test_an_office_is_set_and_ended(district, office, as_, english):
    visitor = as_(office["head"])
    assert visitor.post("/divisions/offices", data=entered()).status_code == 302
    entry = db.session.scalars(db.select(Jurisdiction)).one()
    assert entry.body.name == "社会组织管理局"
    text = visitor.get("/divisions/?lang=en").text
    assert f"/divisions/offices/{entry.id}" in text
    assert str(escape(declared()[0].title)) in text
    again = visitor.post("/divisions/offices", data=entered(from_on="2026-11-01"))
    assert again.status_code == 422
    page = f"/divisions/offices/{entry.id}"
    assert visitor.get(page).status_code == 200
    assert visitor.post(page, data={"last_day": "2026-11-30"}).status_code == 422
    assert visitor.post(page, data={"last_day": "2026-12-31"}).status_code == 302
    assert visitor.get("/divisions/offices/999").status_code == 404


def test_an_organization_is_not_offered(district, office, as_):
    with atomic():
        db.session.add(Body(kind=BodyKind.OPERATOR, name="运营机构"))
    text = as_(office["head"]).get("/divisions/").text
    assert "运营机构" in text
    answer = as_(office["head"]).post("/divisions/offices", data=entered(body=999))
    assert answer.status_code == 422


def test_merging(district, office, as_):
    visitor = as_(office["admin"])
    assert visitor.get("/divisions/reform").status_code == 200
    ids = {it.short_name: it.id for it in divisions.streets()}
    wanted = {"old": [ids["沙河"], ids["柳江"]], "new": ids["东湖"], "on": "2027-01-01"}
    refused = visitor.post("/divisions/reform", data={**wanted, "new": ids["沙河"]})
    assert refused.status_code == 422
    preview = visitor.post("/divisions/reform?lang=en", data=wanted)
    assert "Nothing is kept yet" in preview.text
    assert "11 streets" in visitor.get("/divisions/?lang=en&on=2027-01-01").text
    done = visitor.post("/divisions/reform", data={**wanted, "confirmed": "1"})
    assert done.status_code == 302
    assert "9 streets" in visitor.get("/divisions/?lang=en&on=2027-01-01").text
    old = divisions.find_street("沙河")
    assert old
    assert [it.short_name for it in divisions.successors(old)] == ["东湖"]


def test_others_change_nothing(district, office, as_, client):
    visitor = as_(office["examiner"])
    assert visitor.post("/divisions/offices", data=entered()).status_code == 403
    assert visitor.get("/divisions/reform").status_code == 403
    assert client.get("/divisions/").status_code == 302


def test_a_page_of_many_offices_asks_no_more_than_one_of_few(district, office, as_):
    def asked():
        with statements() as told:
            as_(office["examiner"]).get("/divisions/")
        return len(told)

    body = db.session.scalars(db.select(Body)).first()

    def add(streets):
        with atomic():
            for street in streets:
                row = {"case_kind": KIND, "division_id": street.id, "body_id": body.id}
                db.session.add(Jurisdiction(**row, from_on=street.valid_from))

    streets = divisions.streets()
    add(streets[:1])
    asked()
    few = asked()
    add(streets[1:])
    assert asked() == few
