"""How names are spelled: the table against the library it was taken from."""

import pytest

from registry.organizations import readings
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
    assert spelled(name) == (pinyin, initials)
