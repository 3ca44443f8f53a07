"""The register of June 2010 in made-up names: 231 registered, 20 of them new, and 169 filed.

It is written as a bureau would hand it over, and goes through the same import.
"""

import csv
import random
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from core import divisions
from core.db import db
from registry.demo import cases
from registry.organizations import codes, importing
from registry.organizations.models import Organization

HEADERS = (
    "序号", "社会组织名称", "统一社会信用代码", "社会组织类型", "法定代表人", "住所", "所属街道",
    "成立日期", "业务主管单位", "注册资金(万元)", "业务范围", "登记状态", "备案号",
)  # fmt: skip
PILOT = date(2010, 3, 1)
COUNTED = date(2010, 6, 30)
REGISTERED, REGISTERED_SINCE_PILOT, FILED, FILED_AT_CHUNXI = 231, 20, 169, 14

WORDS = ("阳光", "和谐", "锦绣", "同行", "暖冬", "新芽", "乐邻", "汇爱", "晨曦", "安心", "微光",
         "清风", "益家", "小橘灯", "和美", "蓉城", "百合", "春晖", "守望", "青禾")  # fmt: skip
FIELDS = ("青少年", "养老服务", "助残", "书画", "健康", "体育", "心理", "法律", "志愿服务", "科普",
          "社区教育", "家庭", "环保", "民乐")  # fmt: skip
FORMS = {
    "社会团体": ("51", ("协会", "学会", "研究会", "促进会", "联合会")),
    "民办非企业单位": ("52", ("服务中心", "发展中心", "工作站", "学校", "书院")),
    "基金会": ("53", ("基金会",)),
}
GROUPS = (
    "合唱队",
    "舞蹈队",
    "太极队",
    "巡逻队",
    "读书会",
    "互助会",
    "志愿服务队",
    "书画社",
    "棋艺社",
)
CATEGORIES = {"合唱队": "文体活动", "舞蹈队": "文体活动", "太极队": "文体活动", "书画社": "文体活动",
              "棋艺社": "文体活动", "读书会": "文体活动", "巡逻队": "社区事务",
              "互助会": "生活服务", "志愿服务队": "公益慈善"}  # fmt: skip
COMMUNITIES = ("净居寺", "莲花", "大慈寺", "芷泉", "牛王庙", "一心桥", "宏济", "海椒市", "东大路",
               "合江", "青和里", "较场坝", "水碾河", "五世同堂", "点将台")  # fmt: skip
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英文辉红玲燕鹏琳"


def has_register() -> bool:
    """Return whether any organization is on the register."""
    return db.session.scalar(db.select(Organization.id).limit(1)) is not None


def make_register() -> None:
    """Write the register as a file and import it, without those that the demo founds itself.

    So the district counts what it counted in June 2010, whoever of them came in by a case.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "register_2010.csv"
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(HEADERS)
            writer.writerows(taken_over())
        importing.run(file, on=COUNTED)


def taken_over() -> Iterator[tuple[object, ...]]:
    """Yield the rows but as many as `cases` adds: new organizations, and groups of 春熙路街道."""
    associations, institutions, groups = cases.granted()
    kind, number, street = (HEADERS.index(it) for it in ("社会组织类型", "序号", "所属街道"))
    for row in rows():
        new = int(str(row[number])) <= REGISTERED_SINCE_PILOT
        if associations and new and row[kind] == "社会团体":
            associations -= 1
        elif institutions and new and row[kind] == "民办非企业单位":
            institutions -= 1
        elif groups and row[kind] == "社区社会组织" and row[street] == "春熙路街道":
            groups -= 1
        else:
            yield row


def rows() -> Iterator[tuple[object, ...]]:
    """Yield the rows of the register, the same ones every time."""
    chance = random.Random(2010)  # noqa: S311 - the same demo every time
    streets = [s.name.removesuffix("街道") for s in divisions.streets(COUNTED)]
    yield from _registered(chance, streets)
    yield from _filed(chance, streets)


def _registered(chance: random.Random, streets: list[str]) -> Iterator[tuple[object, ...]]:
    names: set[str] = set()
    kinds = ["社会团体"] * 92 + ["民办非企业单位"] * 127 + ["基金会"] * 12
    chance.shuffle(kinds)
    for place, kind in enumerate(kinds):
        prefix, forms = FORMS[kind]
        name = ""
        while not name or name in names:
            name = (
                f"成都市锦江区{chance.choice(WORDS)}{chance.choice(FIELDS)}{chance.choice(forms)}"
            )
        names.add(name)
        new = place < REGISTERED_SINCE_PILOT
        earliest = PILOT if new else date(1991, 1, 8)
        latest = COUNTED if new else PILOT - timedelta(days=1)
        founded = earliest + timedelta(days=chance.randrange((latest - earliest).days))
        street = chance.choice(streets)
        funds = {"社会团体": ("3", "5", "10"), "民办非企业单位": ("5", "10", "30")}
        yield (
            place + 1,
            name,
            codes.make_code(prefix, "510104", 20100000 + place),
            kind,
            _name(chance),
            f"成都市锦江区{street}街道{chance.choice(COMMUNITIES)}社区{chance.randrange(1, 200)}号",
            f"{street}街道",
            founded.isoformat(),
            chance.choice(("锦江区民政局", "锦江区教育局", "锦江区文化体育和旅游局", "")),
            chance.choice(funds.get(kind, ("200", "400"))),
            f"开展{chance.choice(FIELDS)}服务；承接政府购买服务；组织培训、交流和咨询",
            "正常",
            "",
        )


def _filed(chance: random.Random, streets: list[str]) -> Iterator[tuple[object, ...]]:
    others = [s for s in streets if s != "春熙路"]
    names: set[str] = set()
    for place in range(FILED):
        street = "春熙路" if place < FILED_AT_CHUNXI else chance.choice(others)
        name, group = "", ""
        while not name or name in names:
            group = chance.choice(GROUPS)
            community = chance.choice(COMMUNITIES)
            name = f"{street}街道{community}社区{chance.choice(WORDS)}{group}"
        names.add(name)
        filed = PILOT + timedelta(days=chance.randrange((COUNTED - PILOT).days))
        yield (
            REGISTERED + place + 1,
            name,
            "",
            "社区社会组织",
            _name(chance),
            f"{street}街道{chance.choice(COMMUNITIES)}社区活动室",
            f"{street}街道",
            filed.isoformat(),
            "",
            "",
            CATEGORIES[group],
            "正常",
            f"锦社备2010-{place + 1:04d}",
        )


def _name(chance: random.Random) -> str:
    given = "".join(chance.choice(GIVEN) for _place in range(chance.choice((1, 1, 2))))
    return chance.choice(SURNAMES) + given
