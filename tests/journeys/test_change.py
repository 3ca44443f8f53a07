"""A name and a domicile change: applied for, decided by two, the old certificate handed in, seen by all."""

import io

import pytest

from core import divisions
from core.accounts.actor import acting_for
from core.db import db
from core.documents import Instrument
from core.workflow.models import Case
from registry.demo.cast import person_called
from registry.demo.certificates import found_association
from registry.demo.papers import sample_pdf
from tests.pages import go

pytestmark = pytest.mark.engines("sqlite")
OLD, NEW = "成都市锦江区社区书画协会", "成都市锦江区锦绣书画协会"


def test_a_name_and_a_domicile_change(town, as_, client, frozen):
    frozen("2024-03-05 10:00")
    association = found_association(OLD, 777)
    frozen("2026-06-10 10:00")
    [old] = db.session.scalars(
        db.select(Instrument).where(Instrument.kind == "certificate_original")
    )

    applicant = as_(acting_for(person_called("applicant"), association))
    page = go(applicant, "/certificates/own").link("变更登记")
    assert "10个工作日" in page.text and "第十八条" in page.text
    stopped = go(applicant, "/apply/registration_change/eligibility").submit(decided="no")
    assert "请先召开会议" in stopped.text
    draft = go(applicant, "/apply/registration_change/eligibility").submit(decided="yes")
    here = draft.path
    case_id = int(here.rsplit("/", 1)[1])
    page = go(applicant, f"{here}/sections/choice").submit(
        chosen=["name", "domicile"], resolved_on="2026-06-01"
    )
    assert page.path == f"{here}/sections/name"
    assert f"现登记内容：{OLD}" in page.text
    page = page.submit(name="成都市锦江区中国书画协会")
    assert "中国" in go(applicant, f"{here}/answers").text
    go(applicant, f"{here}/sections/name").submit(name=NEW)
    place = divisions.communities()[3]
    go(applicant, f"{here}/sections/domicile").submit(
        division_id=str(place.id), domicile="成都市锦江区东大街88号3楼"
    )
    page = go(applicant, f"{here}/sections/documents")
    for slot in (
        "change.application", "change.resolution", "change.charter", "registration.premises",
    ):  # fmt: skip
        upload = {"upload": (io.BytesIO(sample_pdf("示例")), f"{slot}.pdf")}
        applicant.post(f"/cases/{case_id}/sections/documents/{slot}", data=upload)
    answers = go(applicant, f"{here}/answers")
    assert f"现登记内容{OLD}申请变更为{NEW}" in answers.text.replace(" ", "")
    receipt = answers.submit("/submit", declared="y")
    assert "BG-2026-000001" in receipt.text

    page = go(as_(town.intake), here)
    beside = page.text.replace(" ", "")
    assert "现登记内容成都市锦江区总府路8号申请变更为成都市锦江区东大街88号3楼" in beside
    page.submit("/accept")
    assert not any(
        "approve" in (form.get("action") or "") for form in go(as_(town.intake), here).forms()
    )
    go(as_(town.approver), here).submit("/approve")
    entry = go(client, f"/register/{old.facts['unified_code']}").text.replace(" ", "")
    assert NEW in entry and OLD in entry and "成都市锦江区东大街88号3楼" in entry
    assert "真实有效" in go(client, f"/verify/{old.number}").text, "until it is handed in"
    page = go(as_(town.certificate), here).submit("/exchange_certificate", surrendered="y")
    assert page.status == 200

    decision = db.session.scalars(
        db.select(Instrument).where(Instrument.title == "准予变更登记决定书")
    ).one()
    assert "真实有效" in go(client, f"/verify/{decision.number}").text
    for kind in ("certificate_original", "certificate_duplicate"):
        before, after = db.session.scalars(
            db.select(Instrument).where(Instrument.kind == kind).order_by(Instrument.id)
        )
        page = go(client, f"/verify/{before.number}")
        assert "已替换" in page.text and after.number in page.text
        page = go(client, f"/verify/{after.number}")
        assert "真实有效" in page.text and NEW in page.text
    notice = go(client, "/notices").link("变更登记公告")
    assert OLD in notice.text and NEW in notice.text
    assert after.number in go(applicant, here).text
    assert db.session.get_one(Case, case_id).closed_at is not None
