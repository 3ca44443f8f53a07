"""The pages of the calendar, and the import through them."""

import io

import pytest

from core import calendar
from core.accounts import Actor, Role
from core.calendar import actions
from core.db import atomic, db
from core.errors import NotAllowed
from tests.core.test_calendar import MAKE_UP, plan_of
from tests.core.test_policy import office

__all__ = ["office"]


def upload(visitor, text, **changes):
    file = (io.BytesIO(text.encode("gb18030")), "2027.csv")
    entered = {"file": file, "source": "国办发明电〔2026〕1号", **changes}
    return visitor.post("/calendar/import?lang=en", data=entered)


def test_staff_read_the_year(office, as_):
    visitor = as_(office["examiner"])
    text = visitor.get("/calendar/?lang=en").text
    assert "248 days are worked" in text
    assert "春节" in text
    assert "Import a plan" not in text
    assert "Provisional" in visitor.get("/calendar/2028?lang=en").text
    assert "Provisional" not in text
    assert visitor.get("/calendar/1948").status_code == 404
    assert visitor.get("/calendar/2200").status_code == 200


def test_the_public_does_not(office, client):
    assert client.get("/calendar/").status_code == 302


def test_an_administrator_imports_a_plan(office, as_, frozen):
    frozen("2026-12-05 09:00")
    visitor = as_(office["admin"])
    assert "plan of 2027 is missing" in visitor.get("/calendar/?lang=en").text
    answer = upload(visitor, plan_of(2027, f"{MAKE_UP},working,春节"))
    assert answer.headers["Location"] == "/calendar/2027"
    assert calendar.is_working_day(MAKE_UP)
    assert "Imported plan" in visitor.get("/calendar/2027?lang=en").text


def test_mistakes_are_shown_one_by_one(office, as_):
    answer = upload(as_(office["head"]), "day,kind,name\n2027-02-30,holiday,x\n2026-1-1,x,y\n")
    assert answer.status_code == 422
    for words in ("Line 2:", "Line 3:"):
        assert words in answer.text
    assert calendar.is_provisional(2027)
    assert upload(as_(office["head"]), plan_of(2027), source="").status_code == 422


def test_a_file_is_needed(office, as_):
    answer = as_(office["head"]).post("/calendar/import", data={"source": "x"})
    assert answer.status_code == 422


def test_others_import_nothing(office, as_):
    assert upload(as_(office["examiner"]), plan_of(2027)).status_code == 403
    db.session.rollback()
    with pytest.raises(NotAllowed), atomic():
        actions.import_plan([], "x", by=Actor(roles=frozenset({Role.EXAMINER})))
