"""Folding: one spelling for width, case, spaces, punctuation and script, whatever is typed."""

import os
import subprocess
import sys
from hashlib import sha256
from unicodedata import normalize, ucd_3_2_0

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.search import bare, fold
from core.search.folding import simplified, version
from tests.conftest import ROOT

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


def test_every_process_gives_the_same_mark():
    """Or each start would have the keys of all names written anew."""
    asked = "from core.search.folding import version; print(version(), end='')"
    told = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "51"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == version()
    assert len(version()) < 20, "it is kept beside the keys"


CHARACTERS = range(0x3400, 0xFB00)
#: What folding made of these characters when its steps were counted last.
STEPS, MADE = 2, "04a0d4b642b99b5d"


def test_who_changes_the_folding_counts_its_steps_up():
    """The mark covers what OpenCC knows by itself; what the module does, `_STEPS` stands for."""
    told = [chr(code) for code in (*range(0x20, 0x3400), *range(0xFB00, 0xFFFF))]
    # Of later characters another Python may know more, of Chinese ones another OpenCC.
    known = [it for it in told if ucd_3_2_0.category(it) not in ("Cn", "Cs", "Co")]
    kept = [it for it in known if all(ord(c) not in CHARACTERS for c in normalize("NFKC", it))]
    made = "\n".join(f"{fold(f'a{it} b')} {bare(f'a{it} b')}" for it in kept)
    assert version().startswith(f"{STEPS}-")
    assert sha256(made.encode()).hexdigest()[:16] == MADE, "count _STEPS up, then change this"
