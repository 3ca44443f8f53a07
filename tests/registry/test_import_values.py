"""What single cells mean."""

from datetime import date
from decimal import Decimal

import pytest

from registry.organizations.importing import Reason, values
from registry.organizations.importing.columns import Field, meaning_of, read_header
from registry.organizations.kinds import OrganizationStatus, OrganizationType

YUAN, TEN_THOUSAND = Decimal(1), Decimal(10_000)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1997.12.23", date(1997, 12, 23)),
        ("1995年9月27日", date(1995, 9, 27)),
        ("2010/05/04", date(2010, 5, 4)),
        ("2010-4-6", date(2010, 4, 6)),
        ("２０１０年４月６日", date(2010, 4, 6)),
        ("2010 年 4 月 6 日", date(2010, 4, 6)),
        ("20100406", date(2010, 4, 6)),
        ("2010-04-06 00:00:00", date(2010, 4, 6)),
        ("40274", date(2010, 4, 6)),
    ],
)
def test_days_are_read_as_offices_write_them(written, read):
    assert values.past_day(written) == (read, None)


@pytest.mark.parametrize(
    "written", ["2009年2月30日", "2010", "2010-04", "昨天", "1066-10-14", "99999999"]
)
def test_what_is_no_day_is_none(written):
    assert values.past_day(written) == (None, Reason.NOT_A_DATE)


def test_a_day_to_come_is_no_day_of_founding(frozen):
    frozen("2010-06-30 09:00")
    assert values.past_day("2010-06-30")[1] is None
    assert values.past_day("2010-07-01") == (None, Reason.DATE_IN_FUTURE)
    assert values.day("2199-01-01") == (date(2199, 1, 1), None)


@pytest.mark.parametrize(
    ("written", "unit", "read"),
    [
        ("3", TEN_THOUSAND, "30000.00"),
        ("5.5", TEN_THOUSAND, "55000.00"),
        ("400.00", TEN_THOUSAND, "4000000.00"),
        ("1,200", TEN_THOUSAND, "12000000.00"),
        ("３０", TEN_THOUSAND, "300000.00"),
        ("30000", YUAN, "30000.00"),
        ("3万元", YUAN, "30000.00"),
        ("30,000.50元", YUAN, "30000.50"),
        ("￥30000", YUAN, "30000.00"),
        ("人民币3万元整", TEN_THOUSAND, "30000.00"),
        ("0", YUAN, "0.00"),
    ],
)
def test_sums_are_read_with_their_unit(written, unit, read):
    assert values.amount_in(unit)(written) == (Decimal(read), None)


@pytest.mark.parametrize(
    "written", ["三万元整左右", "-3", "3,0", "1e5", "0.001", "9" * 20, "3美元"]
)
def test_what_is_no_sum_is_none(written):
    assert values.amount_in(YUAN)(written) == (None, Reason.NOT_AN_AMOUNT)


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("正常", OrganizationStatus.ACTIVE),
        ("在业", OrganizationStatus.ACTIVE),
        (" 注 销 ", OrganizationStatus.DEREGISTERED),
        ("吊销", OrganizationStatus.REVOKED),
        ("限期停止活动", OrganizationStatus.SUSPENDED),
        ("active", OrganizationStatus.ACTIVE),
    ],
)
def test_statuses_are_read(written, status):
    assert values.status(written) == (status, None)


@pytest.mark.parametrize("written", ["", "不详？"])
def test_an_unknown_status_is_not_guessed(written):
    assert values.status(written) == (None, Reason.STATUS_UNKNOWN)


@pytest.mark.parametrize("written", ["民非", "社会服务机构", "民办非企业单位（社会服务机构）"])
def test_the_three_names_of_service_institutions(written):
    assert values.organization_type(written) == (OrganizationType.SERVICE_INSTITUTION, None)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("单位名称", Field.NAME),
        (" 社会组织名称* ", Field.NAME),
        ("统一社会信用代码(信用代码)", Field.CODE),
        ("统一社会信用代码（信用代码）", Field.CODE),
        ("法定代表人/负责人", Field.REPRESENTATIVE),
        ("负责人", Field.IN_CHARGE),
        ("活动地址", Field.DOMICILE),
        ("登记日期", Field.FOUNDED),
        ("备案编号", Field.NUMBER),
        ("unified_code", Field.CODE),
        ("序号", Field.IGNORED),
    ],
)
def test_headers_are_recognised(header, field):
    meaning = meaning_of(header)
    assert meaning is not None
    assert meaning[0] is field


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("注册资金(万元)", TEN_THOUSAND),
        ("注册资金（元）", YUAN),
        ("开办资金（单位：万元）", TEN_THOUSAND),
        ("注册资金万元", TEN_THOUSAND),
        ("注册资金", YUAN),
    ],
)
def test_the_header_says_the_unit_of_money(header, unit):
    assert read_header(["名称", header]).funds_unit == unit


def test_no_two_fields_share_a_header():
    from registry.organizations.importing.columns import _BY_HEADER, HEADERS

    assert len(_BY_HEADER) == len({h.casefold() for several in HEADERS.values() for h in several})
