"""Pages by key: everything once and in order, and no address that breaks a page."""

import base64
import json
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import clock
from core.db import atomic, db
from core.errors import RuleBroken
from core.notices.models import PublicNotice
from core.paging import Order, page_of

BY_MOMENT = Order((PublicNotice.published_at, PublicNotice.id))
BY_TITLE = Order((PublicNotice.title, PublicNotice.id), newest_first=False)


@pytest.fixture
def notices(app, frozen):
    """Eleven notices, three at each moment and with each title."""
    frozen("2026-03-02 09:00")
    with atomic():
        for n in range(11):
            at = clock.now() + timedelta(microseconds=n // 3)
            db.session.add(
                PublicNotice(kind="other", title=f"公告 {n // 3}", facts={}, published_at=at)
            )


def walk(order, size):
    after, ids = None, []
    while True:
        page = page_of(db.select(PublicNotice), order, size=size, after=after)
        ids.append([notice.id for notice in page.items])
        after = page.next
        if after is None:
            return ids


@pytest.mark.parametrize("order", [BY_MOMENT, BY_TITLE])
@pytest.mark.parametrize("size", [1, 2, 3, 11, 20])
def test_pages_together_are_the_list(notices, order, size):
    pages = walk(order, size)
    whole = db.session.scalars(order.sorted(db.select(PublicNotice.id))).all()
    assert [id for page in pages for id in page] == list(whole)
    assert {len(page) for page in pages[:-1]} <= {size}


def cursor(words):
    text = words if isinstance(words, str) else json.dumps(words)
    return base64.urlsafe_b64encode(text.encode(errors="surrogatepass")).decode()


@pytest.mark.parametrize(
    "words",
    [
        "", "nonsense", "[", {}, [], [1], [1, 2, 3], ["2026-03-02", 1], ["yesterday", 1],
        ["2026-03-02T09:00:00", 1], ["2026-03-02T09:00:00+08:00", "1"],
        ["2026-03-02T09:00:00+08:00", 2**63], ["2026-03-02T09:00:00+08:00", None],
        ["2026-03-02T09:00:00+08:00", True], ["2026-03-02T09:00:00+08:00", 1.5],
    ],
)  # fmt: skip
def test_a_cursor_of_another_list_is_refused(notices, words):
    with pytest.raises(RuleBroken):
        page_of(db.select(PublicNotice), BY_MOMENT, size=2, after=cursor(words) or "x")


@pytest.mark.parametrize("word", ["\0", "\ud800", "\n"])
def test_a_word_no_database_holds_is_refused(notices, word):
    with pytest.raises(RuleBroken):
        page_of(db.select(PublicNotice), BY_TITLE, size=2, after=cursor([word, 1]))


@given(st.text())
def test_any_text_is_read_or_refused(text):
    with suppress(RuleBroken):
        BY_MOMENT.after(text)
