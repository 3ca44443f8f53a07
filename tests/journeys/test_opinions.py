"""An examiner asks two bodies; one objects with a paper, one stays silent; the bureau reads who kept time."""

import io
from datetime import timedelta

import pytest

from core.accounts import Body
from core.attachments import list_attachments
from core.db import db
from core.opinions import actions
from core.opinions.models import Opinion
from core.workflow.models import Case
from registry.demo import cases, driver
from registry.demo.papers import sample_pdf
from tests.pages import go

pytestmark = pytest.mark.engines("sqlite")


def test_two_bodies_are_asked_and_one_answers(town, as_, frozen):
    case_id = cases._association("竹编", 30, 3)
    driver.drive(case_id, "examining", days_ago=0)
    charter = list_attachments(case_id=case_id, slot="registration.charter")[0].id
    promised = db.session.get_one(Case, case_id).promised_on
    names = ("锦江区文化体育和旅游局", "春熙路街道社会组织指导服务中心")
    sponsor, street = (
        db.session.scalars(db.select(Body.id).where(Body.name == name)).one() for name in names
    )

    page = go(as_(town.examiner), f"/cases/{case_id}").link("征求其他机构意见")
    assert "办理时限继续计算" in page.text and "第四十五条" in page.text
    refused = page.submit(question="面向未成年人的培训是否需要许可？", days="99")
    assert refused.status == 422
    assert "面向未成年人的培训是否需要许可？" in "".join(refused.form("").itertext())
    page = refused.submit(
        days="5", near=str(sponsor), others=str(street), sections=["purpose"], papers=str(charter)
    )
    assert "已向2个机构征求意见" in page.text and "待反馈：2" in page.text

    assert "行政审批局征求意见" in go(as_(town.sponsor), "/messages").text
    page = go(as_(town.sponsor), "/opinions").link("竹编协会")
    assert "宗旨" in page.text and "章程草案.pdf" in page.text and "会员名册" not in page.text
    refused = page.submit(stance="object")
    assert refused.status == 422 and "请写明不同意的理由" in refused.text
    paper = (io.BytesIO(sample_pdf("意见函")), "意见函.pdf")
    page = refused.submit(stance="object", answer="应先取得办学许可。", upload=paper)
    assert "应先取得办学许可。" in page.text and "宗旨" not in page.text

    page = go(as_(town.examiner), f"/cases/{case_id}")
    assert "不同意" in page.text and "意见函.pdf" in page.text and "待反馈：1" in page.text
    assert "征求" not in go(as_(town.as_themselves("applicant")), f"/cases/{case_id}").text

    last = max(it.due_at for it in db.session.scalars(db.select(Opinion)))
    frozen(last + timedelta(hours=1))
    assert actions.sweep() == 1
    page = go(as_(town.street), "/opinions?show=lapsed").link("竹编协会")
    assert "反馈时限已过" in page.text and not page.root.findall(".//textarea")
    page = go(as_(town.examiner), f"/cases/{case_id}")
    assert "逾期未反馈：1" in page.text
    case = db.session.get_one(Case, case_id)
    assert case.promised_on == promised, "the clock never stood still"

    report = go(as_(town.head), "/oversight")
    assert "春熙路街道社会组织指导服务中心" in report.text
    assert "审查中" in report.text
    exported = as_(town.head).get("/oversight/report.csv").get_data(as_text=True)
    assert "审查中,1," in exported


def test_silence_counts_as_acceptance_and_against_the_office(town, as_, frozen):
    from core.workflow.sweep import sweep_overdue

    case_id = cases._association("无声", 30, 3)
    driver.drive(case_id, "submitted", days_ago=0)
    frozen(db.session.get_one(Case, case_id).due_at)
    assert sweep_overdue() == 1
    page = go(as_(town.supervisor), "/oversight").link("时限届满自动处理1件，其中计入机关责任1件")
    assert "行政许可法第三十二条第一款第四项" in page.text
    assert "成都市锦江区行政审批局" in page.text
    assert page.link("DJ-").status == 200
    late = go(as_(town.supervisor), "/oversight/late").text
    assert "成都市锦江区无声协会" in late
