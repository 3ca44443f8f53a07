"""Numbers of people in an application: masked, in full with a reason, and not without end."""

import io
import json
import zipfile

import pytest

from core import clock
from core.audit.models import AuditEntry
from core.db import atomic, db
from core.privacy import retention
from core.workflow.models import Case
from registry.people.models import ApplicationPerson, Position
from registry.registrations.states import RegistrationState as R
from tests.core.test_accounts_sign_in import audited
from tests.journeys.test_filing import applied
from tests.pages import go

pytestmark = pytest.mark.engines("sqlite")
NUMBER = "510104199003072315"


@pytest.fixture
def case(town):
    from registry.demo import cases

    cases.make_cases([each for each in cases.ASSOCIATIONS if each[1] is R.EXAMINING][:1], [])
    found = db.session.scalars(db.select(Case).where(Case.state == R.EXAMINING)).one()
    with atomic():
        db.session.add(
            ApplicationPerson(
                case_id=found.id, position=Position.PROMOTER, name="李秀英",
                identity_number=NUMBER,
            )
        )  # fmt: skip
    return found


def address(case):
    query = db.select(ApplicationPerson.id).where(
        ApplicationPerson.case_id == case.id, ApplicationPerson.name == "李秀英"
    )
    number = db.session.scalars(query.order_by(ApplicationPerson.id.desc())).first()
    return f"/privacy/numbers/person/{number}/identity_number"


def test_a_number_in_full_needs_a_reason_and_is_recorded(town, as_, case):
    examiner = as_(town.examiner)
    page = go(examiner, f"/cases/{case.id}")
    assert NUMBER not in page.answer.text
    page = go(examiner, address(case))
    assert NUMBER not in page.answer.text
    page = page.submit(reason="")
    assert page.status == 422
    assert NUMBER not in page.answer.text
    page = page.submit(reason="核对身份证复印件")
    assert NUMBER in page.text
    entry = db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.action, entry.case_id) == ("privacy:reveal", case.id)
    assert "核对身份证复印件" in entry.note
    assert NUMBER not in entry.note


def test_looking_too_often_is_refused_and_recorded(town, as_, case):
    examiner, here = as_(town.examiner), address(case)
    for n in range(20):
        assert examiner.post(here, data={"reason": f"核对 {n}"}).status_code == 200
    answer = examiner.post(here, data={"reason": "再核对"})
    assert answer.status_code == 422
    assert NUMBER not in answer.text
    assert audited()[-1] == "privacy:reveal_refused"


def test_only_officers_of_the_case_look(town, as_, case):
    here = address(case)
    assert as_(town.applicant).get(here).status_code == 403
    for who in (town.community, town.admin, town.auditor, town.street):
        assert as_(who).get(here).status_code == 404
    for wrong in (here.replace("identity_number", "name"), here.replace("person", "nobody")):
        assert as_(town.examiner).get(wrong).status_code == 404


def test_people_of_drafts_that_were_closed_are_forgotten(town, case, frozen):
    with atomic():
        again = db.session.get_one(Case, case.id)
        again.number = again.submitted_at = None
        again.closed_at = clock.now()
    frozen(clock.now().replace(year=clock.now().year + 1))
    assert retention.sweep()["drafts"] > 0
    assert not db.session.scalars(db.select(ApplicationPerson)).all()


def test_the_numbers_of_a_groups_person_in_charge_are_looked_at_alike(town, as_, app):
    """A filing keeps them itself; the same reason, the same record, the same people."""
    choir, street = as_(town.choir), as_(town.street)
    applied(choir)
    case = db.session.scalars(db.select(Case)).one()
    page = go(street, f"/cases/{case.id}")
    here = f"/privacy/numbers/filing/{case.id}/person_phone"
    assert here in page.answer.text
    assert "13800000002" not in page.answer.text
    assert go(street, here).submit(reason="").status == 422
    assert "13800000002" in go(street, here).submit(reason="通知补充材料").text
    assert audited()[-1] == "privacy:reveal"
    assert as_(town.community).get(here).status_code == 404
    answer = choir.post("/privacy/own")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        found = json.loads(archive.read("data.json"))
    assert found["filings"][0]["phone"] == "13800000002"
    assert {"renewals", "objections", "identities", "papers", "counter"} <= set(found)
