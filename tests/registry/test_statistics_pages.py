"""The pages of statistics: pictures with table and file, and the reports that are issued once."""

import io
import threading
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from core.accounts import SYSTEM
from core.attachments import storage
from core.audit.models import AuditEntry
from core.db import atomic, db
from core.errors import RuleBroken
from registry.statistics import actions, queries
from registry.statistics.jobs import issue_statistics_report
from registry.statistics.models import StatisticsReport
from tests.pages import go
from tests.registry import lives


@pytest.fixture
def register(town, frozen):
    frozen("2026-12-07 09:00")
    with atomic():
        for n in range(6):
            lives.enter(n, f"锦江{n}协会", founded_on=date(2026, 11, 1 + n))
    return town


@pytest.mark.engines("sqlite")
def test_each_picture_has_its_finding_its_table_and_its_file(register, client):
    page = go(client, "/statistics?year=2026&lang=en")
    assert "December 2025 to December 2026: registered organizations up from 0 to 6" in page.text
    figures = list(page.root.iter("figure"))
    assert len(figures) >= 5
    for figure in figures:
        assert figure.find(".//{*}svg") is not None
        assert figure.find(".//details//table") is not None
        link = next(a.get("href") for a in figure.iter("a") if "csv" in (a.get("href") or ""))
        assert client.get(link).get_data().startswith(b"\xef\xbb\xbf")
    rows = client.get("/statistics/months.csv?year=2026&lang=en").text.splitlines()
    assert rows[0].endswith("End of,Registered,Filed")
    assert rows[12] == "November 2026,6,0"
    assert client.get("/statistics/nothing.csv").status_code == 404
    assert client.get("/statistics?year=1066&map=moon").status_code == 200


@pytest.mark.engines("sqlite")
def test_an_empty_register_has_pictures_of_nothing(jinjiang, client):
    page = go(client, "/statistics?lang=en")
    assert "Nothing stands on the register yet" in page.text
    assert "Nothing was decided in this time" in page.text


@pytest.mark.engines("sqlite")
def test_officers_see_offices_and_nobody_else(register, as_, client):
    assert go(as_(register.auditor), "/statistics/office?lang=en").title == "Time to decide"
    assert as_(register.applicant).get("/statistics/office").status_code == 403
    assert as_(register.head).get("/statistics/office/times.xlsx").status_code == 200
    assert client.get("/statistics/office").status_code == 302


@pytest.mark.engines("sqlite")
@pytest.mark.printed
def test_a_report_is_issued_by_the_head_and_read_by_all(register, as_, client):
    page = go(as_(register.head), "/statistics/reports?lang=en")
    page = page.submit("/statistics/reports", month="2026-11")
    assert "〔2026〕01号" in page.text
    report = db.session.scalars(db.select(StatisticsReport)).one()
    pdf = client.get("/statistics/reports/2026-11.pdf")
    assert pdf.data == storage.get(report.instrument.sha256)
    words = "".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf.data)).pages)
    flat = "".join(words.split())
    assert "2026年11月" in flat
    assert "登记社会组织6家" in flat
    assert "2025年12月至2026年11月，登记数由0家增至6家" in flat
    assert report.instrument.number.split("统")[0] in flat
    assert go(client, f"/verify/{report.instrument.number}").status == 200
    assert "2026年11月" in go(client, "/statistics/reports").text
    noted = db.session.scalars(db.select(AuditEntry.action)).all()
    assert "statistics:report" in noted


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("month", "words"),
    [
        ("2026-12", "not ended"),
        ("2026-11", "was issued as"),
        ("2026-13", "such as 2026-10"),
        ("x", "such as 2026-10"),
    ],
)
def test_a_report_that_cannot_be_is_refused_beside_its_field(register, as_, month, words):
    with atomic():
        actions.issue_report(month="2026-11", by=SYSTEM)
    answer = as_(register.head).post("/statistics/reports?lang=en", data={"month": month})
    assert answer.status_code == 422
    assert words in answer.text
    assert f'value="{month}"' in answer.text


@pytest.mark.engines("sqlite")
def test_only_the_bureau_issues(register, as_, client):
    for who in (register.auditor, register.applicant, register.examiner):
        assert as_(who).post("/statistics/reports", data={"month": "2026-11"}).status_code == 403
    assert client.get("/statistics/reports/2026-10.pdf").status_code == 404


@pytest.mark.engines("sqlite")
def test_the_job_issues_on_the_first_working_day_and_once(jinjiang, frozen):
    frozen("2010-05-01 08:00")  # Saturday of a holiday
    assert issue_statistics_report() == "nothing due"
    frozen("2010-05-04 08:00")
    assert "号" in str(issue_statistics_report())
    assert issue_statistics_report() == "nothing due"
    assert [it.month for it in queries.list_reports()] == [date(2010, 4, 1)]


def test_two_at_once_issue_one_report(app, jinjiang, frozen):
    frozen("2010-05-06 08:00")
    came: list[Any] = []

    def issue():
        with app.app_context():
            try:
                with atomic():
                    came.append(actions.issue_report(month="2010-04", by=SYSTEM).month)
            except Exception as refused:
                came.append(refused)

    both = [threading.Thread(target=issue) for _n in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    db.session.rollback()
    assert [it.month for it in queries.list_reports()] == [date(2010, 4, 1)]
    assert sum(isinstance(it, date) for it in came) == 1
    with pytest.raises(RuleBroken), atomic():
        actions.issue_report(month="2010-04", by=SYSTEM)


@pytest.mark.engines("sqlite")
def test_the_command_issues_as_well(jinjiang, app, frozen):
    frozen("2010-05-06 08:00")
    run = app.test_cli_runner()
    assert "号" in run.invoke(args=["statistics", "report"]).output
    refused = run.invoke(args=["statistics", "report", "2010-04"])
    assert refused.exit_code == 1
    assert "versions" in run.invoke(args=["statistics", "count"]).output
