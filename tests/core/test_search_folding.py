"""Folding: one spelling for width, case, spaces, punctuation and script, whatever is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.search import bare, fold
from core.search.folding import simplified, version

TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)
CHINESE = st.text(st.sampled_from("錦锦江區区書书畫画協协會会後后髮发乾干台臺·（）３3Ａa 　-－"))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("錦江區書畫協會", "锦江区书画协会"),
        ("锦江区书画协会", "锦江区书画协会"),
        ("锦江区 书画　协会", "锦江区书画协会"),
        ("锦江区３Ｄ打印协会", "锦江区3d打印协会"),
        ("臺灣同胞聯誼會", "台湾同胞联谊会"),
        ("薴", "苎"),
        ("頭髮與發展", "头发与发展"),
    ],
)
def test_one_spelling(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("锦江区（春熙）书画·协会", "锦江区春熙书画协会"),
        ("锦江区“同心”书画协会。", "锦江区同心书画协会"),
        ("3+1志愿队", "3+1志愿队"),
        ("——", "--"),
    ],
)
def test_punctuation_makes_no_other_name(written, kept):
    assert bare(written) == kept


@given(TEXTS | CHINESE)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
    assert bare(bare(text)) == bare(text)
    assert simplified(simplified(text)) == simplified(text)


@given(st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), max_size=20))
def test_full_width_is_half_width(text):
    wide = "".join(chr(ord(it) + 0xFEE0) for it in text)
    assert fold(wide) == fold(text)


@given(CHINESE)
def test_traditional_is_simplified(text):
    assert fold(simplified(text)) == fold(text)
    assert bare(simplified(text)) == bare(text)


@given(CHINESE, CHINESE, CHINESE)
def test_a_part_of_a_text_folds_to_a_part_of_it(before, part, after):
    """Or a search for a part would miss what contains it."""
    assert fold(part) in fold(before + part + after)


def test_the_version_is_a_short_mark():
    assert version() == version()
    assert len(version()) < 20
