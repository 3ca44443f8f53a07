"""A certificate is lost: declared, asked for anew, decided by two, issued by a third, seen by all."""

import io

import pytest

from core.db import db
from core.documents import Instrument
from core.workflow.models import Case
from registry.demo.certificates import found_association
from registry.demo.papers import sample_pdf
from tests.pages import go

pytestmark = pytest.mark.engines("sqlite")


def test_a_lost_certificate_is_replaced(town, as_, client, frozen):
    frozen("2024-03-05 10:00")
    found_association("成都市锦江区社区书画协会", 777)
    frozen("2026-06-10 10:00")
    old = db.session.scalars(
        db.select(Instrument).where(Instrument.kind == "certificate_original")
    ).one()

    applicant = as_(town.applicant)
    page = go(applicant, "/certificates/own").link("证书补领、换发")
    assert "5个工作日" in page.text
    draft = go(applicant, "/apply/certificate_replacement/eligibility").submit(ground="lost")
    case_id = int(draft.path.rsplit("/", 1)[1])
    page = go(applicant, f"/cases/{case_id}/sections/request").submit(
        copies="original",
        circumstances="办公室搬迁时遗失。",
        lost_on="2026-06-01",
        published_in="成都日报",
        published_on="2026-06-03",
    )
    assert "旧证书照片" not in page.text, "what was lost is not handed in"
    for slot in ("certificate.application", "certificate.publication"):
        upload = {"upload": (io.BytesIO(sample_pdf("示例")), f"{slot}.pdf")}
        applicant.post(f"/cases/{case_id}/sections/documents/{slot}", data=upload)
    receipt = go(applicant, f"/cases/{case_id}/answers").submit("/submit", declared="y")
    assert "ZS-2026-000001" in receipt.text

    go(as_(town.intake), f"/cases/{case_id}").submit("/accept")
    page = go(as_(town.intake), f"/cases/{case_id}")
    assert not any("approve" in (form.get("action") or "") for form in page.forms())
    go(as_(town.approver), f"/cases/{case_id}").submit("/approve")
    page = go(as_(town.certificate), f"/cases/{case_id}").submit("/issue_certificate")
    assert page.status == 200

    new = db.session.scalars(db.select(Instrument).order_by(Instrument.id.desc()).limit(1)).one()
    assert new.replaces.id == old.id
    page = go(client, f"/verify/{old.number}")
    assert "已作废" in page.text and "遗失，已声明作废" in page.text and new.number in page.text
    assert "真实，2026年6月9日当日有效" in go(client, f"/verify/{old.number}?on=2026-06-09").text
    page = go(client, f"/verify/s/{new.payload}")
    assert "真实有效" in page.text and "ZS-2026-000001" in page.text
    assert old.number in go(client, "/notices").link("遗失作废").text
    own = go(applicant, "/certificates/own").text
    assert old.number in own and new.number in own
    assert as_(town.choir).get(f"/cases/{case_id}").status_code == 404
    assert db.session.get_one(Case, case_id).closed_at is not None
