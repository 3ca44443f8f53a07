"""A name on its way: checked by anybody, reserved, applied for, looked at by the examiner."""

import pytest

from core import divisions
from core.db import atomic, db
from core.workflow.models import Case
from registry.names import keys
from registry.names.models import NameReservation
from registry.organizations import importing
from tests.journeys.test_registration import ELIGIBLE, fill_in, hand_in
from tests.pages import go
from tests.registry.test_import import JUNE_2010, REGISTER

#: One character from 成都市锦江区和谐青少年协会, which is on the register.
NEAR = "成都市锦江区和睦青少年协会"


@pytest.mark.engines("sqlite")
def test_a_name_with_a_near_one_goes_to_the_examiner(town, as_, client):
    importing.run(REGISTER, on=JUNE_2010)
    keys.refresh()
    page = go(client, f"/names/check?name={NEAR}&type=association")
    assert "成都市锦江区和<ins>谐</ins>青少年协会" in page.answer.text
    assert "一字之差" in page.text
    taken = go(client, "/names/check?name=成都市錦江区和諧青少年协会&type=association")
    assert "51510104MJW7JC9C6K" in taken.text
    assert "不能使用" in taken.text

    applicant = as_(town.applicant)
    draft = go(applicant, "/apply/association/eligibility").submit(**ELIGIBLE)
    case_id = int(draft.path.rsplit("/", 1)[1])
    section = f"{draft.path}/sections/identity"
    papers = fill_in(draft)
    hand_in(papers, db.session.get_one(Case, case_id))
    # Without script: save, and read what is said of the name.
    community = next(c for c in divisions.communities() if c.name.startswith("总府"))
    page = go(applicant, section).submit(
        title="中国锦江区第一书画协会", division_id=str(community.id), check="1"
    )
    assert page.path == section
    assert "不得冠以“中国”" in page.text
    answers = go(applicant, f"{draft.path}/answers")
    assert "第八条" in answers.text
    refused = applicant.post(f"{draft.path}/submit_to_sponsor", data={"declared": "y"})
    assert refused.status_code == 422
    page = go(applicant, section).submit(title=NEAR, check="1")
    assert "一字之差" in page.text
    go(applicant, f"{draft.path}/answers").submit("/submit_to_sponsor", declared="y")

    held = db.session.scalars(db.select(NameReservation)).one()
    assert (held.name, held.case_id, held.expires_on) == (NEAR, case_id, None)
    assert "正在办理" in go(client, f"/names/check?name={NEAR}").text
    go(as_(town.sponsor), f"/cases/{case_id}").submit("/sponsor_agree", opinion="同意。")
    go(as_(town.intake), f"/cases/{case_id}").submit("/accept")
    page = go(as_(town.examiner), f"/cases/{case_id}")
    assert "名称检查" in page.text
    assert "成都市锦江区和<ins>谐</ins>青少年协会" in page.answer.text
    assert "成都市锦江区和<del>睦</del>青少年协会" in page.answer.text
    page = go(applicant, f"/cases/{case_id}")
    page.submit("/withdraw")
    db.session.expire_all()
    assert held.held_name is None


@pytest.mark.engines("sqlite")
def test_a_group_is_told_while_it_fills_in_the_form(town, as_):
    choir = as_(town.choir)
    draft = go(choir, "/apply/filing/eligibility").submit(
        kind="residents", founders="yes", place="yes"
    )
    case_id = int(draft.path.rsplit("/", 1)[1])
    community = next(c for c in divisions.communities() if c.name.startswith("总府"))
    answer = choir.get(
        f"/names/findings?case={case_id}&title=锦绣合唱队&division_id={community.id}"
    )
    assert "春熙路街道" in answer.text
    good = choir.get(
        f"/names/findings?case={case_id}&title=总府社区锦绣合唱队&division_id={community.id}"
    )
    assert "未发现问题" in good.text
    assert as_(town.applicant).get(f"/names/findings?case={case_id}&title=x").status_code == 404
    with atomic():
        assert db.session.get_one(Case, case_id).title == ""
