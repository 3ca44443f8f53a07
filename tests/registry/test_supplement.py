"""Further papers: nothing else is open, what they prove is examined again, asked for once."""

import io

import pytest

from core.db import atomic, db
from core.errors import RuleBroken, WrongState
from core.workflow import actions, workflow_of
from core.workflow.models import Case
from registry.demo import cases, driver
from registry.demo.papers import sample_pdf
from registry.names.models import NameReservation
from registry.organizations.kinds import ManagementMode
from tests.pages import go

pytestmark = pytest.mark.engines("sqlite")
CAPITAL = "registration.capital"


@pytest.fixture
def asked(town):
    """An association of which every condition was found met before further papers were asked for."""
    case_id = cases._association("补充材料", 30, 3)
    driver.drive(case_id, "examining", days_ago=1)
    driver.check_all(case_id)
    driver.drive_on(case_id, "request_supplement")
    return case_id


def the(case_id: int) -> Case:
    return db.session.get_one(Case, case_id)


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("identity", {"title": "成都市锦江区别的协会", "division_id": None, "domicile": "别处"}),
        ("management", {"management_mode": ManagementMode.DIRECT, "sponsor_unit_id": None}),
        ("people", {"people": []}),
        ("purpose", {"purpose": "别的宗旨"}),
        ("members", {"individual_members": 60}),
    ],
)
def test_nothing_but_the_papers_is_open(town, asked, key, values):
    by = town.as_themselves("applicant")
    with pytest.raises(WrongState, match=r"只能修改|Only what the office"), atomic():
        actions.save_section(the(asked), key, by=by, **values)
    assert actions.may_change_papers(asked, by)


def test_what_new_papers_prove_is_examined_again(town, as_, asked):
    me = as_(town.as_themselves("applicant"))
    page = go(me, f"/cases/{asked}")
    assert (
        "/sections/documents" in page.answer.text and "/sections/identity" not in page.answer.text
    )
    assert me.get(f"/cases/{asked}/sections/identity").status_code == 409
    upload = {"upload": (io.BytesIO(sample_pdf("新的验资证明")), "新的验资证明.pdf")}
    go(me, f"/cases/{asked}/sections/documents").submit(f"/{CAPITAL}", **upload)
    answers = go(me, f"/cases/{asked}/answers")
    assert "/sections/purpose" not in answers.answer.text
    refused = answers.submit("/supplement")
    assert refused.status == 422, "what is handed in is declared to be true"
    receipt = go(me, f"/cases/{asked}/answers").submit("/supplement", declared="y")
    assert "再次提交" in receipt.text

    case = the(asked)
    open_again = {c.key for c in case.workflow.conditions_of(case)} - {c.key for c in case.checks}
    assert (case.state, open_again) == ("examining", {"funds"})
    page = go(as_(town.examiner), f"/cases/{asked}")
    assert "需重新审查的登记条件" in page.text
    held = db.session.scalars(db.select(NameReservation).where(NameReservation.case_id == asked))
    assert [it.name for it in held] == [case.title]


def test_findings_stand_where_nothing_changed(town, asked):
    driver.drive_on(asked, "supplement")
    case = the(asked)
    assert len(case.checks) == len(case.workflow.conditions_of(case))


def test_further_papers_are_asked_for_once_in_an_examination(town, asked):
    driver.drive_on(asked, "supplement")
    with pytest.raises(RuleBroken, match=r"一次提出|at once"):
        driver.drive_on(asked, "request_supplement")
    driver.drive_on(asked, "recommend_approval")
    driver.drive_on(asked, "send_back")
    driver.drive_on(asked, "request_supplement")
    assert the(asked).state == "supplement"


@pytest.mark.parametrize(
    ("kind", "step"),
    [("registration", "request_supplement"), ("activity_report", "request_correction")],
)
def test_who_asks_for_papers_or_answers_does_not_speak_of_corrections(app, kind, step):
    """补充 and 补正 are two things in law; a question about a report is neither."""
    declared = workflow_of(kind).step[step]
    words = [declared.label, declared.consequence, declared.message]
    words += [w for ask in declared.asks for w in (ask.label, ask.hint)]
    assert not [str(w) for w in words if "补正" in str(w)]
