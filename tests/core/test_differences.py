from hypothesis import given
from hypothesis import strategies as st

from core.differences import differences


def test_a_changed_word_is_marked_and_the_rest_is_not():
    assert differences("锦江区总府路2号", "锦江区书院街2号") == [
        ("same", "锦江区"),
        ("gone", "总府路"),
        ("come", "书院街"),
        ("same", "2号"),
    ]


def test_a_number_changes_as_a_whole():
    assert differences("30,000.00 元", "35,000.00 元") == [
        ("gone", "30,000.00"),
        ("come", "35,000.00"),
        ("same", " 元"),
    ]


def test_nothing_is_an_empty_version():
    assert differences(None, "监事一名") == [("come", "监事一名")]
    assert differences(None, None) == []


@given(st.text("甲乙丙1,. \na", max_size=30), st.text("甲乙丙1,. \na", max_size=30))
def test_both_versions_can_be_read_back(old, new):
    steps = differences(old, new)
    assert "".join(words for kind, words in steps if kind != "come") == old
    assert "".join(words for kind, words in steps if kind != "gone") == new
