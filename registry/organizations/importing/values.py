"""What a written cell means: dates, sums, words for types and statuses."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from unicodedata import normalize

from core import clock
from core.search import fold
from registry.organizations.importing.reasons import Reason
from registry.organizations.kinds import (
    FilingCategory,
    ManagementMode,
    OrganizationStatus,
    OrganizationType,
)

#: The value of a cell, or why it has none.
Reading = tuple[Any, Reason | None]
Parse = Callable[[str], Reading]

T, S, C, M = OrganizationType, OrganizationStatus, FilingCategory, ManagementMode

#: The first word of each is what the export writes.
TYPES = {
    T.ASSOCIATION: ("社会团体", "社团", "社会团体法人"),
    T.SERVICE_INSTITUTION: (
        "民办非企业单位", "民非", "社会服务机构", "民办非企业", "民办非企业单位(社会服务机构)",
        "社会服务机构(民办非企业单位)", "民办非企业单位法人",
    ),
    T.FOUNDATION: ("基金会", "基金会法人"),
    T.COMMUNITY_ORGANIZATION: ("社区社会组织", "备案社会组织", "社区组织", "备案组织"),
}  # fmt: skip
STATUSES = {
    S.ACTIVE: ("正常", "在业", "存续", "有效", "在册", "活动", "正常活动", "存续(在业)"),
    S.SUSPENDED: ("限期停止活动", "停止活动", "停业"),
    S.UNDER_REVIEW: ("备案复核中",),
    S.LIQUIDATING: ("清算中", "清算", "注销清算"),
    S.DEREGISTERED: ("注销", "已注销", "注销登记"),
    S.REVOKED: ("撤销", "吊销", "已撤销", "已吊销", "撤销登记", "撤销/吊销"),
    S.DORMANT: ("休眠", "不活跃"),
    S.CANCELLED: ("注销备案", "取消备案", "已取消"),
    S.UPGRADED: ("已转登记", "转登记", "备案转登记"),
}
CATEGORIES = {
    C.DAILY_SERVICES: ("生活服务", "生活服务类"),
    C.COMMUNITY_AFFAIRS: ("社区事务", "社区事务类"),
    C.CULTURE_AND_SPORT: ("文体活动", "文体活动类"),
    C.CHARITY: ("公益慈善", "公益慈善类", "慈善公益"),
    C.OTHER: ("其他", "其他类", "其它"),
}
MODES = {
    M.DUAL_MANAGED: ("双重管理", "双重管理登记"),
    M.DIRECT: ("直接登记",),
}


def _meanings(words: dict[Any, tuple[str, ...]]) -> dict[str, Any]:
    spoken = {fold(word): kind for kind, several in words.items() for word in several}
    return spoken | {kind.value: kind for kind in words}


_TYPES, _STATUSES = _meanings(TYPES), _meanings(STATUSES)
_CATEGORIES, _MODES = _meanings(CATEGORIES), _meanings(MODES)

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[t ]\d{1,2}:\d\d.*)?")
_AROUND_SIGNS = re.compile(r"\s*([-/.年月])\s*|\s+(?=日)")
_EIGHT_FIGURES = re.compile(r"(\d{4})(\d\d)(\d\d)")
#: Spreadsheets count days; these are 1927-05-18 to 2173-10-13. Shorter is rather a year.
_SERIAL = re.compile(r"\d{5}")
_SERIAL_DAY_ZERO = date(1899, 12, 30)
EARLIEST = date(1840, 1, 1)
_AMOUNT = re.compile(
    r"[¥$]?(?:人民币|cny|rmb)?¥?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(万)?(?:元|圆)?整?"
)
CENT = Decimal("0.01")
LARGEST_SUM = Decimal(10) ** 12
LARGEST_COUNT = 100_000_000


def organization_type(written: str) -> Reading:
    kind = _TYPES.get(fold(written))
    return (kind, None) if kind else (None, Reason.TYPE_UNKNOWN)


def status(written: str) -> Reading:
    kind = _STATUSES.get(fold(written))
    return (kind, None) if kind else (None, Reason.STATUS_UNKNOWN)


def category(written: str) -> Reading:
    kind = _CATEGORIES.get(fold(written))
    return (kind, None) if kind else (None, Reason.CATEGORY_UNKNOWN)


def management_mode(written: str) -> Reading:
    kind = _MODES.get(fold(written))
    return (kind, None) if kind else (None, Reason.MODE_UNKNOWN)


def count(written: str) -> Reading:
    """Read a number of people or units."""
    plain = normalize("NFKC", written).replace(",", "").strip()
    plain = plain.removesuffix("人").removesuffix("个")
    if plain.isdecimal() and int(plain) <= LARGEST_COUNT:
        return int(plain), None
    return None, Reason.NOT_A_NUMBER


def day(written: str) -> Reading:
    """Read a day in the ways offices write it: 1997.12.23, 1995年9月27日, 2010/05/04, 38847."""
    plain = _AROUND_SIGNS.sub(r"\1", normalize("NFKC", written).strip().lower())
    found = _DATE.fullmatch(plain) or _EIGHT_FIGURES.fullmatch(plain)
    try:
        if found:
            read = date(int(found[1]), int(found[2]), int(found[3]))
        elif _SERIAL.fullmatch(plain):
            read = _SERIAL_DAY_ZERO + timedelta(days=int(plain))
        else:
            return None, Reason.NOT_A_DATE
    except ValueError:
        return None, Reason.NOT_A_DATE
    return (read, None) if read >= EARLIEST else (None, Reason.NOT_A_DATE)


def past_day(written: str) -> Reading:
    """Read a day that cannot lie ahead."""
    read, reason = day(written)
    if reason is None and read > clock.today():
        return None, Reason.DATE_IN_FUTURE
    return read, reason


def amount_in(unit: Decimal) -> Parse:
    """Return the reader of sums written in `unit`; a 万 beside the number wins over it."""

    def amount(written: str) -> Reading:
        plain = fold(written)
        found = _AMOUNT.fullmatch(plain)
        if not found:
            return None, Reason.NOT_AN_AMOUNT
        number = Decimal(found[1].replace(",", "") + (found[2] or ""))
        sum_ = number * (Decimal(10_000) if found[3] else unit)
        if sum_ != sum_.quantize(CENT) or sum_ >= LARGEST_SUM:
            return None, Reason.NOT_AN_AMOUNT
        return sum_.quantize(CENT), None

    return amount


class Remembering(dict[str, Reading]):
    """The readings of a column that repeats itself: each spelling is read once."""

    LIMIT = 50_000

    def __init__(self, parse: Parse) -> None:
        self.parse = parse

    def __missing__(self, written: str) -> Reading:
        if len(self) >= self.LIMIT:
            self.clear()
        reading = self[written] = self.parse(written)
        return reading
