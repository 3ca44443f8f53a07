"""The register as a bureau keeps it, and what must become of each of its rows."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.accounts import Body, BodyKind
from core.audit.models import AuditEntry
from core.db import atomic, db
from registry.organizations import importing, search
from registry.organizations.codes import make_code
from registry.organizations.importing import FileRefused, Reason
from registry.organizations.kinds import (
    FilingCategory,
    ManagementMode,
    OrganizationStatus,
    OrganizationType,
    Track,
)
from registry.organizations.models import Organization, OrganizationVersion
from tests.registry.conftest import DATA

REGISTER = DATA / "register_2010_gb18030.csv"
JUNE_2010 = date(2010, 6, 30)

HEADER = "社会组织名称,统一社会信用代码,社会组织类型,所属街道,成立日期,注册资金(万元),登记状态"
CODE = make_code("51", "510104", 1)
ROW = f"锦江区养老协会,{CODE},社会团体,春熙路街道,2009-05-04,3,正常"


def count(model):
    return db.session.scalar(db.select(db.func.count()).select_from(model))


def only() -> Organization:
    it: Organization = db.session.scalars(db.select(Organization)).one()
    return it


def known_defects():
    with (DATA / "register_2010_gb18030.defects.csv").open(encoding="utf-8-sig") as defects:
        return [(int(it["file_row"]), it["column"], it["reason"]) for it in csv.DictReader(defects)]


def test_the_bureaus_file_is_reported_exactly(jinjiang, english):
    report = importing.run(REGISTER, on=JUNE_2010)
    found = [(it.row, it.column, it.reason.label) for it in report.problems]
    assert found == known_defects()
    assert (report.rows, report.new, report.rejected) == (400, 378, 22)
    assert count(Organization) == count(OrganizationVersion) == 378


def test_a_trial_finds_the_same_and_writes_nothing(jinjiang, english):
    report = importing.run(REGISTER, on=JUNE_2010, dry_run=True)
    assert [(it.row, it.column, it.reason.label) for it in report.problems] == known_defects()
    assert report.new == 378
    assert count(Organization) == count(AuditEntry) - 1 == 0


def test_a_second_run_changes_nothing(jinjiang):
    importing.run(REGISTER, on=JUNE_2010)
    entries = count(AuditEntry)
    again = importing.run(REGISTER, on=JUNE_2010)
    assert (again.new, again.updated, again.unchanged, again.rejected) == (0, 0, 378, 22)
    assert count(OrganizationVersion) == 378
    assert count(AuditEntry) == entries


def test_rows_that_share_a_code_name_each_other(jinjiang, english):
    report = importing.run(REGISTER, on=JUNE_2010)
    others = {it.row: it.others for it in report.problems if it.reason is Reason.CODE_TWICE}
    assert others == {63: (257,), 257: (63,), 263: (382,), 382: (263,)}
    words = next(it.words for it in report.problems if it.row == 63)
    assert words == "code used twice (also row 257)"


def test_what_a_registered_row_says_is_recorded(jinjiang):
    importing.run(REGISTER, on=JUNE_2010)
    it = db.session.scalars(
        db.select(Organization).where(Organization.unified_code == "51510104MJW7JC9C6K")
    ).one()
    assert it.name == "成都市锦江区和谐青少年协会"
    assert (it.track, it.type) == (Track.REGISTERED, OrganizationType.ASSOCIATION)
    assert it.founded_on == date(1995, 9, 27)
    assert it.registered_funds == Decimal("30000.00")
    assert (it.legal_representative, it.person_in_charge) == ("冯娟", None)
    assert it.sponsor_name == "锦江区文化馆"
    assert it.management_mode is ManagementMode.DUAL_MANAGED
    assert db.session.get(type(jinjiang), it.street_id).name == "成龙路街道"
    assert it.division_id == it.street_id
    assert it.authority == "510104"
    assert it.living_name == it.folded_name == it.name
    assert it.name_pinyin.startswith("CHENG DU SHI JIN JIANG QU")
    assert it.name_initials == "cdsjjqhxqsnxh"
    version = it.versions[0]
    assert (version.number, version.source, version.valid_from) == (1, "import", JUNE_2010)
    assert version.facts["registered_funds"] == "30000.00"
    assert version.facts["type"] == "association"


def test_what_a_filed_row_says_is_recorded(jinjiang):
    importing.run(REGISTER, on=JUNE_2010)
    it = db.session.scalars(
        db.select(Organization).where(Organization.filing_number == "锦社备2010-0065")
    ).one()
    assert it.track is Track.FILED
    assert it.type is OrganizationType.COMMUNITY_ORGANIZATION
    assert (it.category, it.scope) == (FilingCategory.CULTURE_AND_SPORT, None)
    assert (it.legal_representative, it.person_in_charge) == (None, "曹芬红")
    # A street that the reform of 2019 ended: found on the map of 2010.
    assert db.session.get(type(jinjiang), it.street_id).name == "盐市口街道"
    assert it.authority == f"street:{it.street_id}"


def test_codes_are_stored_plain_and_names_without_stray_spaces(jinjiang):
    importing.run(REGISTER, on=JUNE_2010)
    names = {it.unified_code: it.name for it in db.session.scalars(db.select(Organization))}
    assert names["52510104MJWX5TUL7B"] == "成都市锦江区同行青少年学校"
    assert names["51510104MJ4R0YG57P"]
    assert all(name == name.strip() for name in names.values())


def test_every_landed_name_is_found(jinjiang):
    importing.run(REGISTER, on=JUNE_2010)
    hits = db.session.scalars(
        search.INDEX.hits("志愿服务", Organization.__table__.c.id, limit=1000)
    ).all()
    names = db.session.scalars(db.select(Organization.name)).all()
    assert len(hits) == sum("志愿服务" in name for name in names) > 10


def test_rejected_rows_can_be_corrected_and_fed_back(jinjiang, english, tmp_path):
    rejects = tmp_path / "rejects.csv"
    importing.run(REGISTER, on=JUNE_2010, rejects=rejects)
    assert rejects.read_bytes().startswith(b"\xef\xbb\xbf")
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 22
    assert list(rows[0])[-3:] == ["原行号", "问题列", "问题"]
    first = rows[0]
    assert (first["原行号"], first["问题列"], first["问题"]) == (
        "6",
        "社会组织类型",
        "type disagrees with code",
    )
    for number, row in enumerate(rows):
        row["登记状态"] = "正常"
        row["所属街道"] = "春熙路"
        row["成立日期"] = "2009年2月28日"
        row["注册资金(万元)"] = "3"
        row["社会组织类型"] = "社会团体"
        row["社会组织名称"] = f"锦江区第{number}协会"
        row["统一社会信用代码"] = make_code("51", "510104", number)
    with rejects.open("w", encoding="gb18030", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    report = importing.run(rejects, on=JUNE_2010)
    assert (report.new, report.rejected, report.columns.unknown) == (22, 0, [])
    assert count(Organization) == 400


def test_a_row_refused_again_keeps_one_set_of_remarks(jinjiang, english, tmp_path):
    once, twice = tmp_path / "1.csv", tmp_path / "2.csv"
    importing.run(REGISTER, on=JUNE_2010, rejects=once)
    importing.run(once, on=JUNE_2010, rejects=twice)
    header = twice.read_text(encoding="utf-8-sig").splitlines()[0]
    assert header.count("原行号") == header.count("问题列") == 1


def test_the_rejected_rows_do_not_overwrite_the_file(jinjiang, file):
    path = file(HEADER, ROW)
    with pytest.raises(FileRefused):
        importing.run(path, rejects=path)
    assert ROW in path.read_text(encoding="utf-8")


def test_a_changed_row_makes_a_new_version(jinjiang, file):
    importing.run(file(HEADER, ROW), on=JUNE_2010)
    report = importing.run(file(HEADER, ROW.replace("养老协会", "敬老协会").replace(",3,", ",5,")))
    assert (report.new, report.updated, report.unchanged) == (0, 1, 0)
    it = only()
    assert (it.name, it.registered_funds) == ("锦江区敬老协会", Decimal("50000.00"))
    assert it.living_name == it.folded_name == "锦江区敬老协会"
    assert [version.number for version in it.versions] == [1, 2]
    assert it.versions[1].facts["name"] == "锦江区敬老协会"
    find = search.INDEX.hits
    key = Organization.__table__.c.id
    assert db.session.scalars(find("敬老", key, limit=9)).all() == [it.id]
    assert db.session.scalars(find("养老", key, limit=9)).all() == []


def test_what_a_file_does_not_say_is_left_alone(jinjiang, file):
    importing.run(file(HEADER, ROW.replace("正常", "注销")))
    report = importing.run(file("名称,信用代码", f"锦江区养老协会,{CODE}"))
    assert report.unchanged == 1
    assert only().status is OrganizationStatus.DEREGISTERED


def test_an_ended_organization_frees_its_name(jinjiang, file):
    other = ROW.replace(CODE, make_code("51", "510104", 2))
    importing.run(file(HEADER, ROW))
    taken = importing.run(file(HEADER, other))
    assert [(it.reason, it.holder) for it in taken.problems] == [(Reason.NAME_TAKEN, CODE)]
    importing.run(file(HEADER, ROW.replace("正常", "撤销")))
    assert importing.run(file(HEADER, other)).new == 1


def test_two_living_rows_of_one_name_both_stay_out(jinjiang, file):
    other = ROW.replace(CODE, make_code("51", "510104", 2)).replace("养老协会", "养老 协会")
    report = importing.run(file(HEADER, ROW, other))
    assert [(it.row, it.reason, it.others) for it in report.problems] == [
        (2, Reason.NAME_TWICE, (3,)),
        (3, Reason.NAME_TWICE, (2,)),
    ]


def test_a_sponsor_that_has_an_account_is_linked(jinjiang, file):
    with atomic():
        office = Body(kind=BodyKind.SPONSOR_UNIT, name="锦江区民政局")
        db.session.add(office)
    importing.run(file(HEADER + ",业务主管单位", ROW + ",锦江区民政局"))
    assert only().sponsor_unit_id == office.id


def test_each_batch_leaves_one_entry_in_the_record(jinjiang):
    importing.run(REGISTER, on=JUNE_2010, batch=150)
    entries = db.session.scalars(
        db.select(AuditEntry).where(AuditEntry.action == "organization:import")
    ).all()
    assert len(entries) == 3
    assert sum(it.changes["new"][1] for it in entries) == 378
    assert len({it.changes["sha256"][1] for it in entries}) == 1
    assert entries[0].note == Path(REGISTER).name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_usual_encoding_and_delimiter_is_read(jinjiang, file, encoding, delimiter):
    lines = [line.replace(",", delimiter) for line in (HEADER, ROW)]
    assert importing.run(file(*lines, encoding=encoding)).new == 1


def test_a_title_above_the_header_and_empty_rows_are_passed_over(jinjiang, file):
    bad = ROW.replace("2009-05-04", "2009-05-32")
    report = importing.run(file("锦江区社会组织名录,,,", "", HEADER, "", bad, ",,,,,,"))
    assert [(it.row, it.reason) for it in report.problems] == [(5, Reason.NOT_A_DATE)]
    assert report.rows == 1


def test_columns_that_are_not_understood_are_named(jinjiang, file):
    report = importing.run(file(HEADER + ",颜色,登记日期", ROW + ",红,2001-01-01"))
    assert report.columns.unknown == ["颜色"]
    assert report.columns.spare == ["登记日期"]
    assert only().founded_on == date(2009, 5, 4)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"a,b\n1,2\n", "no header row"),
        (bytes(range(256)) * 20, "neither GB18030"),
        (b"PK\x03\x04 no spreadsheet", "not a spreadsheet"),
        ('名称,信用代码\n"锦江'.encode() + b"x" * 200_000, "stray quotation mark"),
    ],
)
def test_a_file_that_is_no_register_is_refused_in_one_sentence(
    jinjiang, english, tmp_path, content, words
):
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(FileRefused, match=words):
        importing.run(path)


def test_a_spreadsheet_is_read(jinjiang, tmp_path):
    import xlsxwriter

    path = tmp_path / "register.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("说明")
        sheet = book.add_worksheet("名录")
        sheet.write_row(0, 0, HEADER.split(","))
        sheet.write_row(1, 0, ROW.split(","))
        sheet.write_number(1, 5, 3.5)
        sheet.write_datetime(1, 4, date(2009, 5, 4), book.add_format({"num_format": "yyyy-mm-dd"}))
    report = importing.run(path)
    assert report.problems == []
    assert only().founded_on == date(2009, 5, 4)
    assert only().registered_funds == Decimal("35000.00")


def test_every_sheet_with_a_header_is_read_and_the_others_are_named(
    app, jinjiang, english, tmp_path
):
    import xlsxwriter

    path, rejects = tmp_path / "register.xlsx", tmp_path / "rejects.csv"
    code = make_code("52", "510104", 3)
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("说明").write(0, 0, "二〇一〇年六月")
        first = book.add_worksheet("社团")
        first.write_row(0, 0, HEADER.split(","))
        first.write_row(1, 0, ROW.split(","))
        second = book.add_worksheet("民非")
        second.write_row(1, 0, ["单位名称", "统一社会信用代码", "颜色", "状态", "成立日期"])
        second.write_row(2, 0, ["锦江区新芽服务中心", code, "红", "正常", "2009-05-04"])
        second.write_row(3, 0, ["锦江区又一中心", code[:-1] + "!", "红", "正常", "2009-05-04"])
        second.write_row(4, 0, ROW.split(",")[:1])
        book.add_worksheet("空")
    report = importing.run(path, rejects=rejects)
    assert (report.rows, report.new, report.rejected) == (4, 2, 2)
    assert report.passed_over == ["说明"] and report.columns.unknown == ["颜色"]
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        kept = list(csv.DictReader(file))
    assert [(it["颜色"], it["原行号"]) for it in kept] == [("红", "民非!4"), ("", "民非!5")]
    assert kept[0][HEADER.split(",")[0]] == "锦江区又一中心"
    assert not [*tmp_path.glob("*.part")]
    told = run_command(app, path).output
    assert "Row 4 of sheet 民非, 统一社会信用代码" in told
    assert "Sheets without a header row, which were not read: 说明" in told
    assert importing.run(path).unchanged == 2


def run_command(app, *arguments):
    return app.test_cli_runner().invoke(args=["register", "import", *map(str, arguments)])


def test_the_command_reports_and_ends_well(app, jinjiang, english, tmp_path):
    done = run_command(app, REGISTER, "--on", "2010-06-30", "--rejects", tmp_path / "r.csv")
    assert done.exit_code == 0, done.output
    assert "Row 6, 社会组织类型: “社会团体” – type disagrees with code" in done.output
    assert "400 rows: 378 new, 0 updated, 0 unchanged, 22 rejected." in done.output


def test_the_command_says_what_it_needs(app, english, file):
    done = run_command(app, file(HEADER, ROW))
    assert done.exit_code == 1
    assert done.output.strip() == "No district is loaded yet. Run: flask district load FILE"
    assert "Traceback" not in done.output


def test_the_command_ends_with_1_where_nothing_can_be_read(app, jinjiang, english, tmp_path):
    done = run_command(app, tmp_path / "nowhere.csv")
    assert done.exit_code == 1
    assert "cannot be read" in done.output
