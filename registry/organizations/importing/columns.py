"""Which column is which: the headers offices write, and what each of them means."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from core.search import fold


class Field(StrEnum):
    """What a column says of an organization, by its name in code."""

    NAME = "name"
    CODE = "unified_code"
    NUMBER = "filing_number"
    TYPE = "type"
    CATEGORY = "category"
    STATUS = "status"
    MODE = "management_mode"
    REPRESENTATIVE = "legal_representative"
    IN_CHARGE = "person_in_charge"
    DOMICILE = "domicile"
    STREET = "street"
    COMMUNITY = "community"
    AREA = "activity_area"
    PURPOSE = "purpose"
    SCOPE = "scope"
    FUNDS = "registered_funds"
    SPONSOR = "sponsor_unit"
    INDIVIDUALS = "individual_members"
    UNITS = "unit_members"
    STAFF = "staff_count"
    FOUNDED = "founded_on"
    ENDED = "ended_on"
    VALID = "valid_until"
    IGNORED = "ignored"


#: The first header of each is what the export writes; where a file has two, the first one counts.
HEADERS: dict[Field, tuple[str, ...]] = {
    Field.NAME: ("社会组织名称", "单位名称", "组织名称", "机构名称", "名称", "name"),
    Field.CODE: (
        "统一社会信用代码", "信用代码", "社会信用代码", "统一信用代码",
        "统一社会信用代码(信用代码)", "unified_code", "unified social credit code",
    ),
    Field.NUMBER: ("备案号", "备案编号", "备案证号", "filing_number", "filing number"),
    Field.TYPE: ("社会组织类型", "组织类型", "类型", "社会组织类别", "type"),
    Field.CATEGORY: ("备案类别", "类别", "活动类别", "category"),
    Field.STATUS: ("登记状态", "状态", "组织状态", "备案状态", "status"),
    Field.MODE: ("管理方式", "管理体制", "management_mode"),
    Field.REPRESENTATIVE: (
        "法定代表人", "法人代表", "法定代表人姓名", "法定代表人/负责人", "法定代表人(负责人)",
        "法人", "legal_representative", "legal representative",
    ),
    Field.IN_CHARGE: ("负责人", "负责人姓名", "person_in_charge", "person in charge"),
    Field.DOMICILE: (
        "住所", "地址", "活动地址", "住所地", "登记地址", "办公地址", "活动场所", "domicile",
    ),
    Field.STREET: ("所属街道", "街道", "街道办事处", "所在街道", "属地街道", "street"),
    Field.COMMUNITY: ("所属社区", "社区", "所在社区", "community"),
    Field.AREA: ("活动地域", "activity_area", "area of activity"),
    Field.PURPOSE: ("宗旨", "purpose"),
    Field.SCOPE: ("业务范围", "业务活动范围", "活动内容", "scope", "scope of activities"),
    Field.FUNDS: (
        "注册资金", "开办资金", "原始基金", "注册资本", "活动资金", "registered_funds",
        "registered funds",
    ),
    Field.SPONSOR: ("业务主管单位", "主管单位", "sponsor_unit", "sponsor_name", "sponsor unit"),
    Field.INDIVIDUALS: ("个人会员数", "个人会员", "individual_members"),
    Field.UNITS: ("单位会员数", "单位会员", "unit_members"),
    Field.STAFF: ("从业人员数", "从业人数", "专职人员数", "工作人员数", "staff_count"),
    Field.FOUNDED: (
        "成立日期", "登记日期", "备案日期", "成立登记日期", "成立时间", "登记时间", "备案时间",
        "founded_on",
    ),
    Field.ENDED: ("注销日期", "终止日期", "撤销日期", "ended_on"),
    Field.VALID: ("有效期至", "证书有效期至", "有效期止", "valid_until"),
    Field.IGNORED: ("序号", "编号", "no", "no.", "原行号", "问题列", "问题"),
}  # fmt: skip

#: What a file of rejected rows has behind the original columns.
REJECT_HEADERS = ("原行号", "问题列", "问题")

_BY_HEADER = {
    fold(header): (field, rank)
    for field, headers in HEADERS.items()
    for rank, header in enumerate(headers)
}
_MARKS = re.compile(r"^\*+|\*+$|\(必填\)|\(选填\)")
_UNIT = re.compile(r"[(\[,]?(?:单位:)?(?:人民币)?(万元|元)(?:人民币)?[)\]]?$")
UNITS = {"万元": Decimal(10_000), "元": Decimal(1)}


@dataclass(frozen=True)
class Columns:
    """Where each field stands in a file. `unknown` and `spare` are headers that are not read:
    not understood, or a second column of a field that has a better one.
    """

    header: Sequence[str]
    places: dict[Field, int]
    unknown: list[str] = field(default_factory=list)
    spare: list[str] = field(default_factory=list)
    funds_unit: Decimal = UNITS["元"]

    @property
    def kept(self) -> list[int]:
        """The places of the file's own columns, without those a file of rejected rows adds."""
        return [i for i, name in enumerate(self.header) if name.strip() not in REJECT_HEADERS]


def meaning_of(header: str) -> tuple[Field, int, Decimal] | None:
    """Return the field of a header, its rank among that field's headers, and the money unit."""
    plain = _MARKS.sub("", fold(header))
    known = _BY_HEADER.get(plain)
    if known:
        return (*known, UNITS["元"])
    bare = _UNIT.sub("", plain)
    known = _BY_HEADER.get(bare)
    unit = _UNIT.search(plain)
    if known and unit and known[0] is Field.FUNDS:
        return (*known, UNITS[unit[1]])
    return None


def read_header(header: Sequence[str]) -> Columns:
    """Return what the columns under `header` mean."""
    found: dict[Field, tuple[int, int, Decimal]] = {}
    unknown, spare = [], []
    for place, written in enumerate(header):
        meaning = meaning_of(written)
        if meaning is None:
            if written.strip():
                unknown.append(written.strip())
            continue
        name, rank, unit = meaning
        if name is Field.IGNORED:
            continue
        if name in found:
            worse = place if found[name][0] <= rank else found[name][1]
            spare.append(header[worse].strip())
            if worse == place:
                continue
        found[name] = (rank, place, unit)
    return Columns(
        header=list(header),
        places={name: place for name, (_rank, place, _unit) in found.items()},
        unknown=unknown,
        spare=spare,
        funds_unit=found[Field.FUNDS][2] if Field.FUNDS in found else UNITS["元"],
    )


def together(sheets: Sequence[Columns]) -> Columns:
    """Return the columns of several sheets as one header: what is read as the same stands once."""
    header: dict[object, str] = {}
    for columns in sheets:
        for place, key in enumerate(keys_of(columns)):
            header.setdefault(key, columns.header[place])
    return replace(
        read_header([*header.values()]),
        unknown=list(dict.fromkeys(it for each in sheets for it in each.unknown)),
        spare=list(dict.fromkeys(it for each in sheets for it in each.spare)),
    )


def keys_of(columns: Columns) -> list[object]:
    """Return by what each column is known among those of other sheets, as in `together`."""
    read = {place: name for name, place in columns.places.items()}
    keys: list[object] = []
    for place, written in enumerate(columns.header):
        name = read.get(place)
        if name is None:
            key: object = (written.strip(), sum(it == written for it in columns.header[:place]))
        else:
            key = (name, columns.funds_unit) if name is Field.FUNDS else name
        keys.append(key)
    return keys


def looks_like_header(cells: Iterable[str]) -> bool:
    """Return whether a row is the header: it names the organization and something else."""
    fields = {meaning[0] for cell in cells if (meaning := meaning_of(cell))}
    return Field.NAME in fields and len(fields) > 1
