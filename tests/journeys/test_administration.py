"""What the office sets: changed while cases are open, and written for the public by two people."""

import io
from datetime import date

import pytest

from core import calendar, policy
from core.db import db
from core.editions import Edition
from core.policy.models import PolicyValue
from core.workflow.models import Case
from registry.demo import cases, driver
from registry.demo.texts import make_texts
from registry.organizations.kinds import FilingCategory
from tests.core.test_calendar import BRIDGE, plan_of
from tests.pages import Page, fields, go
from tests.town import numeral

TRACKS = {
    "registration": ("registration.promised_days", "15", "examining"),
    "filing": ("filing.street_days", "7", "street_review"),
}


def accepted(kind: str, place: int) -> int:
    """Return a case of the kind that has just been accepted, so that its values are frozen."""
    state = TRACKS[kind][2]
    if kind == "registration":
        case_id = cases._association(f"参数变动{numeral(place)}", 1, place)
    else:
        name = f"总府社区参数变动{numeral(place)}队"
        case_id = cases._group(name, FilingCategory.CULTURE_AND_SPORT, 1)
    driver.drive(case_id, state, days_ago=0)
    db.session.rollback()
    return case_id


def set_value(town, as_, key: str, value: str, day: str) -> None:
    """Propose and confirm a value, as two people do on the page."""
    page = go(as_(town.head), f"/policies/{key}")
    page.submit(key, value=value, effective_from=day, source="锦府发1号", reason="提速")
    proposal = db.session.scalars(
        db.select(PolicyValue).where(PolicyValue.confirmed_by_id.is_(None))
    ).one()
    go(as_(town.admin), f"/policies/{key}").submit(f"/proposals/{proposal.id}/confirm")
    db.session.rollback()


@pytest.mark.parametrize("kind", TRACKS)
def test_a_value_changed_in_the_middle_leaves_open_cases_as_they_were(town, as_, frozen, kind):
    key, new, _state = TRACKS[kind]
    frozen("2026-11-02 10:00")
    first = accepted(kind, 1)
    case = db.session.get_one(Case, first)
    before, days = policy.value(key), (case.promised_on, case.statutory_on, case.due_at)
    assert case.frozen(key) == before
    set_value(town, as_, key, new, "2026-11-03")

    frozen("2026-11-04 10:00")
    second = accepted(kind, 2)
    case = db.session.get_one(Case, first)
    assert case.frozen(key) == before
    assert (case.promised_on, case.statutory_on, case.due_at) == days
    assert db.session.get_one(Case, second).frozen(key) == int(new) != before

    page = go(as_(town.head), f"/policies/{key}?lang=en")
    assert "Open cases by version" in page.text
    for since, case_id in (("default", first), ("2026-11-03", second)):
        number = str(db.session.get_one(Case, case_id).number)
        listed = go(as_(town.admin), f"/policies/{key}/cases/{since}?lang=en")
        assert number not in listed.text, "an administrator has no part in it"
        assert "1 more case in which you have no part" in listed.text
        listed = go(as_(town.auditor), f"/policies/{key}/cases/{since}?lang=en")
        assert number in listed.text
        assert db.session.get_one(Case, case_id).title not in listed.text
        seen = go(as_(town.auditor), f"/worklist?pile=waiting&policy={key}&since={since}")
        assert number in seen.text
        other = second if case_id == first else first
        assert str(db.session.get_one(Case, other).number) not in seen.text
    assert as_(town.head).get(f"/policies/{key}/cases/someday").status_code == 404


def test_a_guide_is_rewritten_and_a_year_imported(town, as_, client, frozen):
    frozen("2026-12-07 10:00")
    make_texts()
    guide = go(client, "/guides/association-registration")
    assert policy.spoken("registration.promised_days") in guide.text
    set_value(town, as_, "registration.promised_days", "15", "2026-12-07")
    assert "15个工作日" in go(client, "/guides/association-registration").text
    assert "35" in go(client, "/duties/").text

    head = as_(town.head)
    page = go(head, "/guides/association-registration/edit?lang=en")
    proposal = page.submit(
        **{
            "zh_Hans-cost": "不收费，证书工本费由财政承担。",
            "effective_from": "2026-12-08",
            "source": "锦财发2号",
            "reason": "写明工本费",
        }
    )
    assert "Waiting to be confirmed" in proposal.text
    edition = db.session.scalars(db.select(Edition).order_by(Edition.id.desc())).first()
    assert head.post(f"/editions/{edition.id}/confirm").status_code == 422
    go(as_(town.admin), f"/editions/{edition.id}").submit("/confirm")
    assert "工本费" not in go(client, "/guides/association-registration").text
    frozen("2026-12-08 08:00")
    assert "工本费" in go(client, "/guides/association-registration").text
    assert "工本费" in go(client, "/guides/association-registration/versions").text

    admin = as_(town.admin)
    text = plan_of(2027, *BRIDGE)
    sent = {"year": "2027", "source": "国办发明电9号"}
    holed = text.replace("2027-02-05,holiday,春节\n", "")
    file = (io.BytesIO(holed.encode()), "2027.csv")
    refused = admin.post("/calendar/import", data={**sent, "file": file})
    assert refused.status_code == 422
    assert "2027-02-05" in refused.text
    file = (io.BytesIO(text.encode()), "2027.csv")
    preview = Page(admin, admin.post("/calendar/import", data={**sent, "file": file}))
    assert not calendar.is_working_day(date(2027, 2, 14))
    admin.post("/calendar/import/confirm", data=fields(preview.forms()[-1]))
    assert calendar.is_working_day(date(2027, 2, 14))
    home = go(admin, "/settings")
    assert "国办发明电9号" in home.text
    assert "杨帆" in home.text
