"""A made-up national register: as many organizations as asked for, the same ones for a seed.

Names are put together as real ones are: the place, a distinctive word, a field, a form. Seven in
ten are community organizations on file, as in the country.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from registry.organizations.codes import make_code

CITIES = (
    "北京市 天津市 上海市 重庆市 石家庄市 唐山市 太原市 大同市 呼和浩特市 包头市 沈阳市 大连市 鞍山市 长春市 吉林市 "
    "哈尔滨市 齐齐哈尔市 南京市 无锡市 徐州市 常州市 苏州市 南通市 扬州市 镇江市 杭州市 宁波市 温州市 嘉兴市 湖州市 "
    "绍兴市 金华市 台州市 合肥市 芜湖市 蚌埠市 福州市 厦门市 泉州市 漳州市 南昌市 九江市 赣州市 济南市 青岛市 淄博市 "
    "烟台市 潍坊市 济宁市 临沂市 郑州市 洛阳市 开封市 南阳市 武汉市 宜昌市 襄阳市 荆州市 长沙市 株洲市 湘潭市 衡阳市 "
    "广州市 深圳市 珠海市 汕头市 佛山市 东莞市 中山市 惠州市 南宁市 柳州市 桂林市 海口市 三亚市 成都市 绵阳市 德阳市 "
    "自贡市 泸州市 宜宾市 南充市 乐山市 贵阳市 遵义市 昆明市 大理州 拉萨市 西安市 咸阳市 宝鸡市 兰州市 天水市 西宁市 "
    "银川市 乌鲁木齐市"
).split()
DISTRICTS = (
    "锦江 青羊 金牛 武侯 成华 新都 温江 双流 东城 西城 朝阳 海淀 丰台 和平 河东 河西 南开 红桥 黄浦 徐汇 长宁 静安 普陀 "
    "虹口 杨浦 渝中 江北 南岸 九龙坡 鼓楼 玄武 秦淮 建邺 栖霞 雨花台 江宁 姑苏 吴中 相城 上城 拱墅 西湖 滨江 萧山 余杭 "
    "海曙 江北 鄞州 鹿城 瓯海 瑶海 庐阳 蜀山 包河 思明 湖里 集美 同安 历下 市中 槐荫 天桥 历城 市南 市北 崂山 城阳 中原 "
    "二七 管城 金水 惠济 江岸 江汉 硚口 汉阳 武昌 青山 洪山 芙蓉 天心 岳麓 开福 雨花 越秀 荔湾 海珠 天河 白云 黄埔 番禺 "
    "福田 罗湖 南山 宝安 龙岗 盐田 青秀 兴宁 城北 云岩 南明 五华 盘龙 官渡 西山 新城 碑林 莲湖 灞桥 未央 雁塔 城关 七里河"
).split()
PLACE_SIGNS = (
    "东西南北中春夏秋冬龙凤鹤鹿松竹梅兰荷莲桂柳杨桃杏枫榆槐桐青红金银玉石山水江河湖海溪泉井桥塔楼亭台寺庙"
    "文武德仁义礼智信和平安康乐福禄寿喜庆丰盛兴隆昌顺祥瑞光明华新民建设工农学府园林城关街坊里巷"
)
WORDS = (
    "阳光 爱心 和谐 同行 微光 暖冬 益家 锦绣 清风 晨曦 知行 汇爱 乐邻 安心 新芽 小橘灯 向日葵 蒲公英 启明 春晖 "
    "星火 百川 博爱 慈航 德馨 恩泽 福源 厚德 惠民 慧心 嘉禾 金色年华 康宁 乐活 丽人 良友 绿洲 梦想 明德 牵手 勤益 "
    "仁和 瑞丰 善水 尚德 守望 舒心 思源 天使 同心 桐心 萤火虫 心桥 馨苑 幸福里 雅韵 一家亲 怡康 颐和 银龄 友邻 "
    "雨露 育英 缘梦 远航 云帆 长青 正青春 致远 众扶 筑梦 自强 紫荆 自然之友 水滴 七彩 千禾 巧手 庆余 如家 三乐 "
    "山海 拾光 书香 双馨 四叶草 泰和 桃李 同济 万家 温暖 文馨 无忧 五彩 喜悦 夕阳红 禧年 先锋 香樟 小桔子 鑫源"
).split()
FIELDS = (
    "养老 助残 青少年 志愿 志愿服务 科普 法律 法律援助 心理 心理健康 家庭 教育 健康 体育 文化 环保 社工 社会工作 书画 "
    "老年 儿童 妇女 残疾人 社区 社区发展 公益 慈善 农业 茶叶 水果 花卉 养殖 中医 医疗 康复 护理 托育 幼儿 职业技能 "
    "信息技术 软件 电子商务 物流 餐饮 旅游 摄影 戏曲 音乐 舞蹈 武术 太极 乒乓球 羽毛球 篮球 足球 游泳 登山 钓鱼 围棋 "
    "象棋 收藏 诗词 楹联 作家 美术 民间艺术 非遗 历史 考古 档案 统计 会计 税务 金融 房地产 物业 建筑 装饰 园林 机械 "
    "汽车 纺织 服装 食品 医药 化工 能源 节能 水利 气象 地震 消防 应急 救援 禁毒 反邪教 退役军人 侨商 台胞 民营企业 "
    "个体工商 消费者 质量 计量 标准化 知识产权 人才 人力资源 家政"
).split()
FORMS = {
    "association": ("协会", "学会", "研究会", "促进会", "联合会", "商会", "志愿者协会"),
    "service_institution": (
        "服务中心", "发展中心", "工作站", "学校", "幼儿园", "培训中心", "养护院", "艺术团", "研究院",
    ),
    "foundation": ("基金会",),
    "community_organization": (
        "志愿服务队", "太极队", "读书会", "互助会", "合唱队", "书画社", "巡逻队", "舞蹈队", "腰鼓队",
        "议事会", "调解队",
    ),
}  # fmt: skip
SHARES = (
    ("community_organization", 70),
    ("service_institution", 17),
    ("association", 12),
    ("foundation", 1),
)
PREFIXES = {"association": "51", "service_institution": "52", "foundation": "53"}
FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红鹏飞鑫波斌宇浩凯俊帆雪琳晨阳佳慧婷欣怡梓涵子轩"
FIRST_DAY = date(1990, 1, 1)
DAYS = 13_000
STATUSES = (("active", 88), ("deregistered", 8), ("revoked", 2), ("liquidating", 2))


@dataclass(frozen=True, slots=True)
class Made:
    """One made-up organization."""

    name: str
    type: str
    number: str
    status: str
    person: str
    city: str
    district: str
    street: int
    domicile: str
    founded_on: date
    funds: str
    scope: str


def organizations(rows: int, *, seed: int = 2026, streets: int = 12) -> Iterator[Made]:
    """Yield `rows` organizations, each with a name and a number of its own."""
    dice = Random(seed)
    kinds, weights = [kind for kind, _n in SHARES], [share for _kind, share in SHARES]
    states, state_weights = [it for it, _n in STATUSES], [share for _it, share in STATUSES]
    places = [a + b for a in PLACE_SIGNS for b in PLACE_SIGNS if a != b]
    taken: set[int] = set()
    for serial in range(rows):
        kind = dice.choices(kinds, weights)[0]
        name = ""
        while not name or hash(name) in taken:
            city, district = dice.choice(CITIES), dice.choice(DISTRICTS) + "区"
            form = dice.choice(FORMS[kind])
            word, what = dice.choice(WORDS), dice.choice(FIELDS)
            if kind == "community_organization":
                near, nearer = dice.choice(places), dice.choice(places)
                name = f"{district}{near}街道{nearer}社区{word}{form}"
            else:
                if dice.random() < 0.35:
                    word = dice.choice(places)
                name = f"{city}{district}{word}{what}{form}"
        taken.add(hash(name))
        filed = kind == "community_organization"
        status = dice.choices(states, state_weights)[0]
        yield Made(
            name=name,
            type=kind,
            number=f"BA-{serial:08}" if filed else make_code(PREFIXES[kind], "510104", serial),
            status="cancelled" if filed and status != "active" else status,
            person=dice.choice(FAMILY) + dice.choice(GIVEN) + dice.choice(GIVEN),
            city=city,
            district=district,
            street=dice.randrange(streets),
            domicile=f"{city}{district}{dice.choice(places)}路{dice.randrange(1, 400)}号",
            founded_on=FIRST_DAY + timedelta(days=dice.randrange(DAYS)),
            funds="" if filed else f"{dice.choice((3, 5, 10, 30, 50, 200))}0000.00",
            scope=what if filed else f"开展{what}服务；承接政府购买服务；组织培训、交流、咨询",
        )


HEADER = (
    "序号", "社会组织名称", "统一社会信用代码", "备案号", "社会组织类型", "法定代表人", "住所", "所属街道", "成立日期",
    "业务主管单位", "注册资金(元)", "业务范围", "登记状态",
)  # fmt: skip
TYPE_WORDS = {
    "association": "社会团体",
    "service_institution": "民办非企业单位",
    "foundation": "基金会",
    "community_organization": "社区社会组织",
}
STATUS_WORDS = {
    "active": "正常",
    "deregistered": "注销",
    "revoked": "撤销",
    "liquidating": "清算中",
    "cancelled": "注销备案",
}


def write_csv(path: Path, rows: int, streets: list[str], *, seed: int = 2026) -> None:
    """Write a clean register file of `rows` organizations in the named streets."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for serial, it in enumerate(organizations(rows, seed=seed, streets=len(streets)), 1):
            filed = it.type == "community_organization"
            writer.writerow(
                (
                    serial,
                    it.name,
                    "" if filed else it.number,
                    it.number if filed else "",
                    TYPE_WORDS[it.type],
                    it.person,
                    it.domicile,
                    streets[it.street],
                    it.founded_on.isoformat(),
                    "",
                    it.funds,
                    it.scope,
                    STATUS_WORDS[it.status],
                )
            )


KEPT = (
    "name", "type", "number", "status", "person", "street", "domicile", "founded_on", "funds",
    "scope",
)  # fmt: skip


def keep(path: Path, rows: int, *, seed: int = 2026, streets: int = 12) -> None:
    """Write `rows` made-up organizations to a file, so that each engine loads the same ones."""
    waiting = path.with_suffix(".part")
    with waiting.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for it in organizations(rows, seed=seed, streets=streets):
            writer.writerow([getattr(it, name) for name in KEPT])
    waiting.rename(path)


def kept(path: Path) -> Iterator[list[str]]:
    """Yield what `keep` wrote, as the columns `KEPT`."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file)
