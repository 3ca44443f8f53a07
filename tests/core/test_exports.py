"""Exports: what a file says, that it cannot attack a spreadsheet, and that it needs little room."""

import csv
import io
import tracemalloc
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.accounts.models import User
from core.db import atomic, db
from core.errors import NotFound
from core.exports import Column, Kind, files, rows_of, stream
from core.exports.columns import FORMULA_STARTS, as_text, harmless


class Colour(StrEnum):
    RED = "red"

    @property
    def label(self):
        return "红色"


COLUMNS = (
    Column("名称", "name"),
    Column("人数", "people", Kind.NUMBER),
    Column("金额", "sum", Kind.MONEY),
    Column("日期", "on", Kind.DAY),
    Column("时间", "at", Kind.MOMENT),
    Column("颜色", "colour", Kind.LABEL),
    Column("加一", lambda row: (row["people"] or 0) + 1, Kind.NUMBER),
)
ROW = {
    "name": "锦江区养老服务中心",
    "people": 12,
    "sum": Decimal("-30000.10"),
    "on": date(2026, 3, 1),
    "at": datetime(2026, 3, 1, 1, 30, tzinfo=UTC),
    "colour": Colour.RED,
}
EMPTY = dict.fromkeys(ROW)


def read_csv(answer):
    return list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def read_xlsx(answer):
    return openpyxl.load_workbook(io.BytesIO(answer.get_data()))


def test_csv_says_every_kind_plainly(app):
    with app.test_request_context():
        answer = stream("机构", COLUMNS, [ROW, EMPTY], "csv")
        assert answer.get_data().startswith(b"\xef\xbb\xbf")
        assert read_csv(answer) == [
            ["名称", "人数", "金额", "日期", "时间", "颜色", "加一"],
            ["锦江区养老服务中心", "12", "-30000.10", "2026-03-01", "2026-03-01 09:30:00",
             "红色", "13"],
            ["", "", "", "", "", "", "1"],
        ]  # fmt: skip


def test_xlsx_keeps_types_and_tells_its_filter(app, frozen):
    frozen("2026-03-02 09:00")
    with app.test_request_context("/?lang=en"):
        answer = stream("机构", COLUMNS, [ROW, EMPTY], "xlsx", filters="街道：书院街")
        book = read_xlsx(answer)
    about, sheet = book.worksheets
    assert [[cell.value for cell in line] for line in about.rows] == [
        ["List", "机构"],
        ["Filter", "街道：书院街"],
        ["As of", "2026-03-02 09:00:00"],
    ]
    assert [cell.value for cell in sheet[2]] == [
        "锦江区养老服务中心",
        12,
        -30000.1,
        datetime(2026, 3, 1),  # noqa: DTZ001 - a sheet knows no zones
        datetime(2026, 3, 1, 9, 30),  # noqa: DTZ001
        "红色",
        13,
    ]
    assert [cell.value for cell in sheet[3]][:6] == [None] * 6


def test_the_name_of_the_file_tells_list_filter_and_day(app, frozen):
    frozen("2026-03-02 09:00")
    with app.test_request_context():
        answer = stream("机构", COLUMNS, [], "csv", filters='街道: 书院街/"x"')
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=list_20260302.csv; filename*=UTF-8''"
        "%E6%9C%BA%E6%9E%84_%E8%A1%97%E9%81%93-%E4%B9%A6%E9%99%A2%E8%A1%97-x_20260302.csv"
    )


def test_another_format_is_not_found(app):
    with app.test_request_context(), pytest.raises(NotFound):
        stream("机构", COLUMNS, [], "exe")


ATTACKS = ['=cmd|" /C calc"!A0', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"]


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_cell_is_taken_for_a_formula(app, attack):
    with app.test_request_context():
        lines = read_csv(stream("x", COLUMNS[:1], [{"name": attack}], "csv"))
        sheet = read_xlsx(stream("x", COLUMNS[:1], [{"name": attack}], "xlsx")).worksheets[1]
    assert lines[1] == [f"'{attack}"]
    assert sheet["A2"].data_type == "s"


@given(st.text())
def test_text_is_harmless_and_else_unchanged(text):
    safe = harmless(text)
    assert not safe.startswith(FORMULA_STARTS)
    assert safe in (text, f"'{text}")


@given(st.decimals(-(10**12), 10**12, places=2))
def test_money_is_a_plain_number(amount):
    assert Decimal(as_text(amount, Kind.MONEY)) == amount


def test_a_list_longer_than_a_sheet_goes_on_the_next(app, monkeypatch):
    monkeypatch.setattr(files, "SHEET_ROWS", 3)
    with app.test_request_context():
        rows = ({"name": str(n)} for n in range(7))
        book = read_xlsx(stream("机构", COLUMNS[:1], rows, "xlsx"))
    assert book.sheetnames[1:] == ["机构", "机构 2", "机构 3"]
    assert [sheet.max_row for sheet in book.worksheets[1:]] == [4, 4, 2]
    assert book.worksheets[3]["A2"].value == "6"


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_room_needed_does_not_grow_with_the_list(app, format):
    def peak(length):
        rows = ({"name": f"机构 {n}"} for n in range(length))
        with app.test_request_context():
            tracemalloc.start()
            try:
                for _piece in stream("x", COLUMNS[:1], rows, format).iter_encoded():
                    pass
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

    peak(10)
    assert peak(30_000) < peak(3_000) + 1_000_000


def test_rows_come_from_the_database_while_the_answer_is_sent(app):
    with atomic():
        for n in range(3):
            db.session.add(
                User(login=f"u{n}", display_name=f"人{n}", password_hash="x", session_stamp="s")
            )
    query = db.select(User).where(User.login.like("u%")).order_by(User.id)
    assert [user.display_name for user in rows_of(query)] == ["人0", "人1", "人2"]
    pair = db.select(User.login, User.display_name).order_by(User.id)
    with app.test_request_context():
        answer = stream("x", [Column("名", "display_name")], rows_of(pair), "csv")
        assert read_csv(answer)[1:] == [["人0"], ["人1"], ["人2"]]
