"""How names are spelled: the table against the library it was taken from."""

import pytest

from registry.organizations import readings, syllables
from registry.organizations.naming import spelled


def test_the_table_is_what_the_library_says():
    assert readings.TABLE.read_text(encoding="utf-8") == readings.distil()


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("成都 3D 协会", "CHENG DU 3 D XIE HUI", "cd3dxh"),
        ("重庆银行", "CHONG QING YIN HANG", "cqyh"),
        ("音乐", "YIN YUE", "yy"),
        ("绿洲", "LV ZHOU", "lz"),
        ("䶮·Ａ", "YAN · A", "y·a"),
    ],
)
def test_names_are_spelled_as_they_are_read(name, pinyin, initials):
    assert spelled(name)[:2] == (pinyin, initials)


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("重庆商会", "CHONG QING SHANG HUI"),
        ("重阳敬老", "CHONG YANG JING LAO"),
        ("重症关爱", "ZHONG ZHENG GUAN AI"),
        ("长寿区", "CHANG SHOU QU"),
        ("长宁区", "CHANG NING QU"),
        ("校长联谊会", "XIAO ZHANG LIAN YI HUI"),
        ("成长", "CHENG ZHANG"),
        ("单县商会", "SHAN XIAN SHANG HUI"),
        ("单亲家庭", "DAN QIN JIA TING"),
        ("曾家岩", "ZENG JIA YAN"),
        ("曾国藩研究会", "ZENG GUO FAN YAN JIU HUI"),
        ("曾经", "CENG JING"),
        ("新都区", "XIN DU QU"),
        ("郫都区", "PI DU QU"),
        ("都江堰市", "DU JIANG YAN SHI"),
        ("乐山市", "LE SHAN SHI"),
        ("民乐团", "MIN YUE TUAN"),
        ("朝阳区", "CHAO YANG QU"),
        ("厦门", "XIA MEN"),
        ("六安", "LU AN"),
        ("什邡", "SHI FANG"),
        ("番禺", "PAN YU"),
        ("銀行業協會", "YIN HANG YE XIE HUI"),
        ("会计学会", "KUAI JI XUE HUI"),
        ("人民调解", "REN MIN TIAO JIE"),
        ("翟氏宗亲", "ZHAI SHI ZONG QIN"),
    ],
)
def test_a_name_is_spelled_as_it_is_said(name, pinyin):
    assert spelled(name)[0] == pinyin


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("yanglao", {"YANG LAO"}),
        ("yang lao", {"YANG LAO"}),
        ("YǎngLǎo", {"YANG LAO"}),
        ("ｙａｎｇｌａｏ", {"YANG LAO"}),
        ("xian", {"XIAN", "XI AN"}),
        ("xi'an", {"XI AN"}),
        ("fangan", {"FANG AN", "FAN GAN"}),
        ("lüse", {"LV SE"}),
        ("lvse", {"LV SE"}),
        ("yl", set()),
        ("yangl", set()),
        ("2010", set()),
        ("养老", set()),
        ("", set()),
    ],
)
def test_letters_are_parted_into_whole_syllables(typed, read):
    meant = {syllables.kept(it.split()) for it in read}
    assert meant <= {*syllables.asked(typed)} and bool(meant) == bool(syllables.asked(typed))


def test_letters_that_can_be_parted_endlessly_are_parted_so_often_and_no_more():
    assert len(syllables.asked("xian" * 25)) == syllables.MOST_WAYS
