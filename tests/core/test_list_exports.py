"""Lists of the office and of the public as files: the rows of the page, with its filter."""

import csv
import io
from datetime import date
from urllib.parse import unquote

import openpyxl
import pytest

from core import divisions
from core.notices import kinds
from tests.core.notices.office import announce
from tests.core.test_divisions import COMMUNITIES, SUCCESSORS, TEXT, load
from tests.core.test_policy import office

__all__ = ["office"]
pytestmark = pytest.mark.engines("sqlite")


def table(answer):
    """Return the rows of a file in either format, and check that it is what it says."""
    assert answer.status_code == 200, answer.status
    if answer.content_type.startswith("text/csv"):
        return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    return [
        ["" if cell is None else str(cell) for cell in row]
        for row in book[book.sheetnames[1]].values
    ]


def named(answer):
    return unquote(answer.headers["Content-Disposition"].partition("UTF-8''")[2])


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_settings_are_exported_as_they_are_narrowed(office, as_, format):
    visitor = as_(office["examiner"])
    rows = table(visitor.get(f"/policies/export.{format}"))
    keys = [row[2] for row in rows[1:]]
    assert "sample.days" in keys
    assert "registration.intake_days" in keys
    answer = visitor.get(f"/policies/export.{format}?q=sample.days")
    assert [row[2] for row in table(answer)[1:]] == ["sample.days"]
    assert "sample.days" in named(answer)
    assert f"/policies/export.{format}?q=sample" in visitor.get("/policies/?q=sample").text


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_the_map_of_a_day_is_exported(office, as_, format):
    load(TEXT + COMMUNITIES + SUCCESSORS)
    visitor = as_(office["examiner"])
    today = table(visitor.get(f"/divisions/streets.{format}"))
    assert len(today) - 1 == len(divisions.streets()) == 11
    answer = visitor.get(f"/divisions/streets.{format}?on=2010-06-30")
    assert len(table(answer)) - 1 == len(divisions.streets(date(2010, 6, 30))) == 16
    assert "2010年6月30日" in named(answer)
    assert table(visitor.get(f"/divisions/offices.{format}"))[0][0] == "决定事项"


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_notices_are_exported_as_they_are_narrowed(office, client, format):
    officer = office["head"]
    announce(officer, title="注销公告", kind="registration")
    announce(officer, title="=评估结果公示", kind="grading")
    rows = table(client.get(f"/notices/export.{format}"))
    assert {row[1].lstrip("'") for row in rows[1:]} == {"注销公告", "=评估结果公示"}
    answer = client.get(f"/notices/export.{format}?kind=registration")
    assert [row[1] for row in table(answer)[1:]] == ["注销公告"]
    assert kinds.label_of("registration") in named(answer)
    assert (
        f"/notices/export.{format}?kind=registration"
        in client.get("/notices?kind=registration").text
    )


@pytest.mark.parametrize(
    "address", ["/policies/export.csv", "/divisions/streets.csv", "/divisions/offices.xlsx"]
)
def test_lists_of_the_office_are_not_the_publics(office, client, address):
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("address", ["/policies/export.pdf", "/notices/export.doc"])
def test_other_formats_are_not_found(office, as_, address):
    assert as_(office["head"]).get(address).status_code == 404
