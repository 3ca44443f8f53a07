"""What a name may be, rule by rule, on the word lists that come with the program."""

from dataclasses import replace

import pytest

from registry.names.kinds import WordKind
from registry.names.lexicon import Known, defaults, lexicon_of
from registry.names.parts import one_apart, said_alike, sound_of, take_apart
from registry.names.rules import Setting, examine
from registry.organizations.kinds import OrganizationType

A = OrganizationType.ASSOCIATION
S = OrganizationType.SERVICE_INSTITUTION
F = OrganizationType.FOUNDATION
G = OrganizationType.COMMUNITY_ORGANIZATION
LEXICON = lexicon_of(defaults())
PLACES = Known(("成都市锦江区", "锦江区", "成都市", "春熙路街道", "总府社区"))
HERE = Setting(
    prefixes=("成都市锦江区", "锦江区"),
    places=PLACES,
    offices=("锦江区民政局", "锦江区残疾人联合会"),
    people=("张敏", "罗建华"),
)
STREET = Setting(prefixes=("春熙路街道", "总府社区", "成都市锦江区春熙路街道"), places=PLACES)
#: Rules of articles that the law sheet names; the others are of the measure as a whole.
ART_8 = "社会组织名称管理办法（民政部令第69号）第八条"
MEASURE = "社会组织名称管理办法（民政部令第69号）"
REGULATION = "社会团体登记管理条例第十条"


def found(name, type, setting=HERE):
    """Return (rule, blocking) of everything found."""
    return {(it.rule, it.blocking) for it in examine(name, type, LEXICON, setting)}


@pytest.mark.usefixtures("app")
@pytest.mark.engines("sqlite")
class TestRules:
    def test_before_the_street_is_chosen_it_is_asked_for_and_no_name_made_up(self):
        unplaced = replace(STREET, unplaced=True)
        kind = OrganizationType.COMMUNITY_ORGANIZATION
        (finding,) = (
            it for it in examine("合唱队", kind, LEXICON, unplaced) if it.rule == "division"
        )
        assert str(finding.text).startswith("请先选择街道或者社区")

    @pytest.mark.parametrize(
        ("name", "type", "setting"),
        [
            ("成都市锦江区社区书画协会", A, HERE),
            ("锦江区社区书画协会", A, HERE),
            ("成都市锦江区物业服务行业协会", A, HERE),
            ("成都市锦江区民营企业商会", A, HERE),
            ("成都市锦江区自贡商会", A, HERE),
            ("成都市锦江区春熙路街道商会", A, HERE),
            ("成都市锦江区阳光养老服务中心", S, HERE),
            ("成都市锦江区同心社会工作服务中心", S, HERE),
            ("成都市锦江区暖冬慈善基金会", F, HERE),
            ("成都市锦江区墨香书法院", S, HERE),
            ("成都市锦江区老年大学老年联谊会", A, HERE),
            ("成都市锦江区反邪教志愿协会", A, HERE),
            ("春熙路街道总府社区锦绣合唱队", G, STREET),
            ("总府社区四点半课堂", G, STREET),
        ],
    )  # fmt: skip
    def test_a_good_name_has_nothing_against_it(self, name, type, setting):
        assert found(name, type, setting) == set()

    @pytest.mark.parametrize(
        ("name", "type", "rule", "blocking", "source"),
        [
            ("社区书画协会", A, "division", True, ART_8),
            ("北京市书画协会", A, "division", True, ART_8),
            ("武侯区社区书画协会", A, "division", True, ART_8),
            ("成都市锦江区社区书画中心", A, "form", True, ART_8),
            ("成都市锦江区阳光养老协会", S, "form", True, ART_8),
            ("成都市锦江区暖冬慈善中心", F, "form", True, ART_8),
            ("成都市锦江区协会", A, "field", True, ART_8),
            ("成都市锦江区基金会", F, "field", True, ART_8),
            ("成都市锦江区养老服务中心", S, "word", True, ART_8),
            ("成都市锦江区慈善基金会", F, "word", True, ART_8),
            ("成都市锦江区光养老服务中心", S, "word", True, ART_8),
            ("成都市锦江区嗡嗡协会", A, "field", False, "第五条"),
            ("中国锦江区书画协会", A, "territory", True, REGULATION),
            ("成都市锦江区中华书画协会", A, "territory", True, REGULATION),
            ("成都市锦江区国际文化协会", A, "territory", False, MEASURE),
            ("成都市锦江区国际象棋协会", A, "territory", False, MEASURE),
            ("成都市锦江区中国书法协会", A, "territory", False, REGULATION),
            ("世界书画协会", A, "territory", True, MEASURE),
            ("成都市锦江区ABC书画协会", A, "letters", True, MEASURE),
            ("成都市锦江区３６５书画协会", A, "digits", True, MEASURE),
            ("成都市锦江区書畫协会", A, "script", False, MEASURE),
            ("成都市锦江区阳光养老有限公司服务中心", S, "other_organization", True, MEASURE),
            ("成都市锦江区共青团志愿协会", A, "other_organization", True, MEASURE),
            ("成都市锦江区共产党研究会", A, "organ", True, MEASURE),
            ("成都市锦江区解放军书画协会", A, "organ", True, MEASURE),
            ("成都市锦江区政府采购研究会", A, "organ", False, MEASURE),
            ("成都市锦江区风水文化协会", A, "forbidden", True, MEASURE),
            ("成都市锦江区第一书画协会", A, "superlative", False, MEASURE),
            ("成都市锦江区国家级书画协会", A, "superlative", False, MEASURE),
            ("成都市锦江区毛泽东诗词研究会", A, "leader", True, MEASURE),
            ("成都市锦江区雷锋志愿服务协会", A, "hero", False, MEASURE),
            ("成都市锦江区上海文化协会", A, "place", False, ART_8),
            ("成都市锦江区民政局书画协会", A, "organ", True, MEASURE),
            ("成都市锦江区残疾人联合会", A, "office", True, MEASURE),
            ("成都市锦江区张敏书画协会", A, "person", False, MEASURE),
            ("成都市锦江区李光辉养老服务中心", S, "person", False, MEASURE),
        ],
    )
    def test_each_rule_with_where_it_stands(self, name, type, rule, blocking, source):
        findings = examine(name, type, LEXICON, HERE)
        it = next((it for it in findings if it.rule == rule), None)
        assert it is not None, findings
        assert it.blocking is blocking
        assert source in str(it.source)
        assert str(it.text)

    @pytest.mark.parametrize(
        ("name", "rule", "blocking"),
        [
            ("锦绣合唱队", "division", True),
            ("督院街街道锦绣合唱队", "division", True),
            ("总府社区锦绣", "form", False),
            ("总府社区365跑步队", "digits", False),
            ("总府社区K歌合唱团", "letters", False),
            ("总府社区算命互助会", "forbidden", True),
        ],
    )
    def test_a_group_has_its_own_simple_rules(self, name, rule, blocking):
        assert (rule, blocking) in found(name, G, STREET)

    def test_what_stops_the_application_comes_first(self):
        findings = examine("第一书画协会", A, LEXICON, HERE)
        assert [it.blocking for it in findings] == sorted([it.blocking for it in findings])[::-1]


@pytest.mark.parametrize(
    ("name", "word", "field", "core"),
    [
        ("成都市锦江区社区书画协会", "社区", "书画", "社区书画"),
        ("成都市锦江区阳光社会工作服务中心", "阳光", "社会工作", "阳光社会工作"),
        ("锦江区爱心养老服务院", "爱心", "养老", "爱心养老"),
        ("锦江区爱心养老公益发展中心", "爱心", "养老", "爱心养老"),
        ("锦江区青年志愿服务协会", "青年", "志愿服务", "青年志愿"),
        ("春熙路街道总府社区锦绣合唱队", "锦绣", "", "锦绣"),
        ("总府社区志愿服务队", "", "", ""),
    ],
)
def test_a_name_is_taken_apart(name, word, field, core):
    parts = take_apart(name, LEXICON, PLACES)
    assert (parts.word, parts.field, parts.core) == (word, field, core)
    assert parts.place + parts.middle + parts.form == name


@pytest.mark.parametrize(
    ("one", "other", "apart", "alike"),
    [
        ("书画", "书法", True, False),
        ("书画", "书话", True, True),
        ("社区书画", "社区书画院", True, False),
        ("爱心养老", "艾欣养老", False, True),
        ("爱心养老", "爱新养老", True, True),
        ("同心", "同心", True, True),
        ("晨光", "晨曦文化", False, False),
    ],
)
def test_what_is_near(one, other, apart, alike):
    assert one_apart(one, other) is apart
    assert said_alike(one, other) is alike
    assert len(sound_of(one)[0]) == 2 * len(one)


def test_the_lists_that_come_along_are_sound():
    entries = list(defaults())
    keys = [(it.kind, it.type, it.folded) for it in entries]
    assert len(keys) == len(set(keys)), [k for k in keys if keys.count(k) > 1][:5]
    assert {it.kind for it in entries} == set(WordKind)
    assert all(it.source and it.from_on for it in entries)
