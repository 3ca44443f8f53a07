"""What of a registered organization can be changed: each entry with what goes by it, as data."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from core.errors import Words
from core.i18n import _l
from registry.organizations.kinds import OrganizationType


class Entry(StrEnum):
    """An entry of the register that can be changed; also the key of its section."""

    NAME = "name"
    DOMICILE = "domicile"
    LEGAL_REPRESENTATIVE = "legal_representative"
    SCOPE = "scope"
    REGISTERED_FUNDS = "registered_funds"
    SPONSOR = "sponsor"

    @property
    def label(self) -> str:
        return str(ENTRIES[self].label)


@dataclass(frozen=True)
class Changeable:
    """One entry.

    `fact` is the column that says it to people, `columns` are all that are written with it;
    `conditions` the conditions of registration that the new value must meet, by their keys in the
    types; `printed` what papers call it. What is `announced` the public is told.
    """

    label: Words
    fact: str
    columns: tuple[str, ...]
    printed: str
    conditions: Collection[str] = ()
    announced: bool = False


ENTRIES: dict[Entry, Changeable] = {
    Entry.NAME: Changeable(
        _l("Name"), "name", ("name",), "名称", conditions={"name"}, announced=True
    ),
    Entry.DOMICILE: Changeable(
        _l("Domicile"),
        "domicile",
        ("domicile",),
        "住所",
        conditions={"domicile"},
        announced=True,
    ),
    Entry.LEGAL_REPRESENTATIVE: Changeable(
        _l("Legal representative"),
        "legal_representative",
        ("legal_representative",),
        "法定代表人",
        conditions={"liability", "representative"},
        announced=True,
    ),
    Entry.SCOPE: Changeable(_l("Scope of activities"), "scope", ("scope",), "业务范围"),
    Entry.REGISTERED_FUNDS: Changeable(
        _l("Registered funds"),
        "registered_funds",
        ("registered_funds", "details"),
        "注册资金",
        conditions={"funds", "nonstate", "cash"},
    ),
    Entry.SPONSOR: Changeable(
        _l("Sponsor unit"), "sponsor_name", ("sponsor_name", "sponsor_unit_id"), "业务主管单位"
    ),
}

#: What is asked about the funds beside their amount: what their minimum goes by.
ABOUT_FUNDS = ("sector", "nonstate_funds", "fundraising", "paid_in_cash")


@dataclass(frozen=True)
class ChangeLaw:
    """Where the regulation of a type speaks of changes: the article, and that of the audit.

    `timed`: the application follows the sponsor unit's consent within days.
    """

    regulation: str
    article: str
    audit: str
    timed: bool

    @property
    def source(self) -> str:
        return self.regulation + self.article


LAWS: dict[OrganizationType, ChangeLaw] = {
    OrganizationType.ASSOCIATION: ChangeLaw(
        "社会团体登记管理条例", "第十八条", "第二十七条", timed=True
    ),
    OrganizationType.SERVICE_INSTITUTION: ChangeLaw(
        "民办非企业单位登记管理暂行条例", "第十五条", "第二十二条", timed=True
    ),
    OrganizationType.FOUNDATION: ChangeLaw("基金会管理条例", "第十五条", "第三十七条", timed=False),
}
