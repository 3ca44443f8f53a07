"""The index answers what a scan of every text answers: for any text, any query, both engines."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.bulk import bulk_insert, next_ids
from core.db import atomic, db
from core.search import fold
from registry.organizations.listing import TABLE
from registry.organizations.search import INDEX

KEY = TABLE.c.id
BODY = db.metadatas[None].tables["body"]

#: Few enough that texts share parts; every sort of character that has broken a search before.
ALPHABET = "会协服务中心锦江aB3 %_'\"\\-（·😀𠮷\u3000ﬁ"
texts = st.text(st.sampled_from(ALPHABET), min_size=1, max_size=12)
lengths = st.sampled_from([1, 2, 3, 5])


@pytest.fixture
def enter(app) -> Callable[[list[str]], list[tuple[int, str]]]:
    """Return `enter(names)`: organizations of these names, indexed, as (id, folded name)."""

    def put(names: list[str]) -> list[tuple[int, str]]:
        folded = [text for name in names if (text := fold(name))]
        with atomic():
            ids = next_ids(BODY, len(folded))
            rows = list(zip(ids, folded, strict=True))
            bulk_insert(BODY, ("id", "kind", "name"), [(i, "organization", n) for i, n in rows])
            bulk_insert(
                TABLE,
                ("id", "track", "status", "filing_number", "authority", "folded_name",
                 "name_pinyin", "name_initials", "recorded_at", "version"),
                [(i, "filed", "active", f"N{i}", "x", n, "", "", MOMENT, 1) for i, n in rows],
            )  # fmt: skip
            INDEX.add(rows)
        return rows

    from core import clock

    MOMENT = clock.now()  # noqa: N806
    return put


def scan(rows, written):
    return [key for key, text in sorted(rows, reverse=True) if fold(written) in text]


def ask(written, **how):
    return list(db.session.scalars(INDEX.hits(written, KEY, **{"limit": 10_000, **how})))


def test_every_query_finds_what_a_scan_finds(enter):
    rows = []

    @settings(max_examples=40)
    @given(st.lists(texts, min_size=1, max_size=6), texts, lengths, st.integers(0, 2**16))
    def compare(names, other, length, dice):
        rows.extend(enter(names))
        text = rows[dice % len(rows)][1] if rows else "会"
        start = dice % max(len(text) - length, 1)
        for written in (text[start : start + length], other):
            if not fold(written):
                continue
            expected = scan(rows, written)
            assert ask(written) == expected
            assert ask(written, newest_first=False) == expected[::-1]
            condition = INDEX.condition(written, KEY)
            found = db.session.scalars(db.select(KEY).where(condition)).all()
            assert sorted(found, reverse=True) == expected

    compare()


def test_pages_join_without_gap_or_repeat(enter):
    rows = enter([f"锦江区第{n}志愿服务队" for n in range(70)])
    expected = scan(rows, "志愿服务")
    read, beyond = [], None
    while page := ask("志愿服务", limit=9, beyond=beyond):
        read += page
        beyond = page[-1]
    assert read == expected
    assert ask("志愿服务", limit=9, beyond=expected[9], newest_first=False) == expected[:9][::-1]


def test_common_parts_of_no_common_text_find_nothing(enter):
    # Every pair of the query is there, the query is not: only the comparison tells.
    enter(["会协会", "协会协", "会会"] * 900)
    assert ask("会协会会") == []
    assert len(ask("会协会")) == 900


def test_what_is_removed_is_not_found(enter):
    rows = enter(["锦江区养老协会", "锦江区助老协会"])
    with atomic():
        INDEX.remove(rows[:1])
    assert ask("协会") == [rows[1][0]]


def test_a_renamed_row_is_found_under_its_new_name_only(enter):
    ((key, old),) = enter(["锦江区养老协会"])
    with atomic():
        INDEX.replace(key, old, "锦江区敬老协会")
        db.session.execute(TABLE.update().where(key == KEY).values(folded_name="锦江区敬老协会"))
    assert ask("敬老") == ask("协会") == [key]
    assert ask("养老") == []


def test_nothing_to_look_for_is_refused(app):
    with pytest.raises(ValueError, match="nothing"):
        INDEX.hits(" 　", KEY, limit=1)


def test_signs_are_characters_like_any_other(enter):
    rows = enter(
        ["100%协会", "100协会", "a_b协会", "ab协会", "“光”协会", "O'Neil协会", "😀协会", "𠮷田协会"]
    )
    for written in ("%", "0%", "_", "a_", '"光"', "'", "o'n", "😀", "😀协", "𠮷", "𠮷田"):
        assert ask(written) == scan(rows, written) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("锦江区 同行", "锦江区同行"),
        ("　锦江\u00a0区", "锦江区"),
        ("（筹）", "(筹)"),
        ("阿·依", "阿•依"),
        ("“光”", "「光」"),
        ("春—夏", "春-夏"),
    ],
)
def test_spellings_of_the_same_fold_to_one(one, other):
    assert fold(one) == fold(other)


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
