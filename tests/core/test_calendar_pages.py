"""The pages of the calendar, and the import through them."""

import io

import pytest

from core import calendar
from core.accounts import Actor, Role
from core.audit.models import AuditEntry
from core.calendar import actions
from core.db import atomic, db
from core.errors import NotAllowed
from tests.core.test_calendar import BRIDGE, MAKE_UP, plan_of
from tests.core.test_policy import office
from tests.pages import Page, fields

__all__ = ["office"]


def upload(visitor, text, **changes):
    file = (io.BytesIO(text.encode("gb18030")), "2027.csv")
    entered = {"file": file, "source": "国办发明电〔2026〕1号", "year": "2027", **changes}
    return visitor.post("/calendar/import?lang=en", data=entered)


def confirm(visitor, preview):
    """Send the second step as the preview page has it."""
    return visitor.post("/calendar/import/confirm", data=fields(Page(visitor, preview).forms()[-1]))


def refusals():
    return db.session.scalars(
        db.select(AuditEntry.note).where(AuditEntry.action == "calendar:refuse")
    ).all()


def test_staff_read_the_year(office, as_):
    visitor = as_(office["examiner"])
    text = visitor.get("/calendar/?lang=en").text
    assert "248 working days" in text
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
    preview = upload(visitor, plan_of(2027, *BRIDGE))
    assert preview.status_code == 200
    for words in ("14 February 2027", "Working day", "Changes", "Nothing is imported yet"):
        assert words in preview.text
    assert not calendar.is_working_day(MAKE_UP)
    answer = confirm(visitor, preview)
    assert answer.headers["Location"] == "/calendar/2027"
    assert calendar.is_working_day(MAKE_UP)
    assert "Imported plan" in visitor.get("/calendar/2027?lang=en").text


def test_what_changed_between_the_two_steps_is_not_overwritten(office, as_):
    first, second = as_(office["head"]), as_(office["admin"])
    seen, other = upload(first, plan_of(2027)), upload(second, plan_of(2027, *BRIDGE))
    assert confirm(second, other).status_code == 302
    assert confirm(first, seen).status_code == 409
    assert calendar.is_working_day(MAKE_UP)


def test_a_tampered_second_step_is_read_and_refused_again(office, as_):
    visitor = as_(office["head"])
    preview = Page(visitor, upload(visitor, plan_of(2027)))
    sent = fields(preview.forms()[-1])
    sent["plan"] = sent["plan"].replace("2027-01-01,holiday", "2027-01-01,working")
    assert visitor.post("/calendar/import/confirm", data=sent).status_code == 422
    sent["year"] = "x"
    assert visitor.post("/calendar/import/confirm", data=sent).status_code == 422
    assert calendar.is_provisional(2027)


def test_the_year_is_exported_and_comes_back_as_it_was(office, as_):
    visitor = as_(office["head"])
    confirm(visitor, upload(visitor, plan_of(2027, *BRIDGE)))
    exported = visitor.get("/calendar/2027.csv").data.decode("utf-8-sig")
    assert "2027-02-14,working,春节,Sunday" in exported
    again = upload(visitor, exported)
    assert again.status_code == 200
    assert "Changes" not in Page(visitor, again).text
    assert visitor.get("/calendar/2027.xlsx").status_code == 200
    assert visitor.get("/calendar/1900.csv").status_code == 404


def test_mistakes_are_shown_one_by_one(office, as_):
    answer = upload(as_(office["head"]), "day,kind,name\n2027-02-30,holiday,x\n2026-1-1,x,y\n")
    assert answer.status_code == 422
    for words in ("Line 2:", "Line 3:"):
        assert words in answer.text
    assert calendar.is_provisional(2027)
    assert "Line 2:" in refusals()[0]
    assert upload(as_(office["head"]), plan_of(2027), source="").status_code == 422


def test_a_file_is_needed(office, as_):
    answer = as_(office["head"]).post("/calendar/import", data={"source": "x"})
    assert answer.status_code == 422


def test_others_import_nothing(office, as_):
    assert upload(as_(office["examiner"]), plan_of(2027)).status_code == 403
    db.session.rollback()
    with pytest.raises(NotAllowed), atomic():
        actions.import_plan([], "x", by=Actor(roles=frozenset({Role.EXAMINER})))
