"""Texts in versions: two people, days, differences, and what may stand in marked text."""

from datetime import date

import pytest
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from sqlalchemy.exc import IntegrityError

from core import editions
from core.accounts import SYSTEM
from core.audit.models import AuditEntry
from core.db import atomic, db
from core.editions import Edition, EditionKind, marked, queries
from core.errors import NotAllowed, NotFound, RuleBroken, WrongState
from tests.core.test_policy import DAYS, LATER, TODAY, office, settle

__all__ = ["office"]
GROUNDS = {"source": "锦府发〔2026〕9号", "reason": "Said more plainly"}


def _check(key, content):
    if not content["words"]:
        raise RuleBroken("empty", field="words")
    return content


NOTE = EditionKind(
    "sample_note",
    label="Note",
    check=_check,
    title=lambda key: f"Note {key}",
    address=lambda key: "/",
    rows=lambda key, content: [("Words", content["words"])],
    shown=lambda key, content: Markup("<p>{}</p>").format(content["words"]),
)


def propose(office, words, day=LATER, who="head"):
    with atomic():
        content = {"words": words}
        return editions.propose(
            NOTE, "a", content=content, effective_from=day, **GROUNDS, by=office[who]
        )


def confirm(office, edition, who="admin"):
    with atomic():
        return editions.confirm(edition, by=office[who])


def actions_on_record():
    return [it.action for it in db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.id))]


def test_a_version_holds_from_its_day_once_two_people_stand_behind_it(office, frozen):
    edition = propose(office, "new")
    assert editions.in_force(NOTE, "a", LATER) is None
    confirm(office, edition)
    assert editions.in_force(NOTE, "a") is None
    frozen("2027-01-01 00:00")
    assert editions.in_force(NOTE, "a").content == {"words": "new"}
    assert [it.key for it in editions.all_in_force(NOTE).values()] == ["a"]
    assert actions_on_record()[-2:] == ["edition:propose", "edition:confirm"]


def test_nobody_confirms_alone(office):
    edition = propose(office, "new")
    with pytest.raises(RuleBroken):
        confirm(office, edition, who="head")
    edition = db.session.get_one(Edition, edition.id)
    edition.confirmed_by_id, edition.confirmed_at = edition.proposed_by_id, edition.created_at
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"content": {"words": ""}}, "words"),
        ({"effective_from": date(2026, 11, 21)}, "effective_from"),
        ({"reason": " "}, "reason"),
        ({"source": " "}, "source"),
    ],
)
def test_what_is_refused_says_where(office, change, field):
    entered = {"content": {"words": "x"}, "effective_from": LATER, **GROUNDS, **change}
    with pytest.raises(RuleBroken) as refused, atomic():
        editions.propose(NOTE, "a", **entered, by=office["head"])
    assert refused.value.field == field


def test_others_write_nothing(office):
    with pytest.raises(NotAllowed):
        propose(office, "x", who="examiner")
    with pytest.raises(NotAllowed), atomic():
        editions.propose(
            NOTE, "a", content={"words": "x"}, effective_from=LATER, **GROUNDS, by=SYSTEM
        )


def test_a_proposal_is_withdrawn_and_a_confirmed_version_is_not(office):
    with atomic():
        editions.withdraw(propose(office, "x"), by=office["admin"])
    assert editions.history(NOTE, "a") == []
    edition = confirm(office, propose(office, "y"))
    with pytest.raises(WrongState), atomic():
        editions.withdraw(edition, by=office["admin"])
    with pytest.raises(WrongState):
        confirm(office, edition)


def test_two_versions_are_compared(office):
    first = confirm(office, propose(office, "old", TODAY))
    second = confirm(office, propose(office, "new"))
    assert queries.before(second).id == first.id
    assert queries.before(first) is None
    assert queries.comparison(first, second) == [("Words", "old", "new")]
    assert queries.comparison(None, first) == [("Words", "", "old")]
    with pytest.raises(NotFound):
        queries.access_version(NOTE, "b", first.id)
    with pytest.raises(NotFound):
        queries.access_edition(99)


def test_a_proposal_whose_day_has_passed_is_not_confirmed(office, frozen):
    edition = propose(office, "x")
    frozen("2027-01-02 09:00")
    with pytest.raises(RuleBroken) as refused:
        confirm(office, edition)
    assert refused.value.field == "effective_from"


# --- marked text


def test_marks_are_drawn_and_values_inserted(office, english):
    settle(office, DAYS, 15, TODAY)
    text = "- **Soon**: {{policy:sample.days}}\n- [look](/verify)"
    drawn = marked.drawn(text)
    assert "<strong>Soon</strong>: 15 working days" in drawn
    assert '<a href="/verify" rel="noopener noreferrer">look</a>' in drawn
    with force_locale("zh_Hans"):
        assert "15个工作日" in marked.drawn(text)
    assert "15 working days" in marked.plain(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{policy:no.such}}", "no setting called no.such"),
        ("{{policy:sample.days", "not understood"),
        ("{{days}}", "not understood"),
        ("<script>alert(1)</script>", "HTML"),
        ("a <b>b</b>", "HTML"),
        ("within 20 working days", "{{policy:sample.days}}"),
        ("二十日内，即20个工作日内", "{{policy:sample.days}}"),
        ("x" * 8001, "8000"),
    ],
)
def test_what_may_not_stand_in_a_text(office, english, text, words):
    with pytest.raises(RuleBroken, match=words.replace("{", r"\{")) as refused:
        marked.check(text, "en-time")
    assert refused.value.field == "en-time"


@pytest.mark.parametrize(
    "text", ["120 working days", "120个工作日", "周一至周五9:00至12:00", "2026年3月20日", "a < b"]
)
def test_what_only_looks_like_a_value_may_stand(office, text):
    assert marked.check(text, "x") == text


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,AAAA)",
        '<img src=x onerror="alert(1)">',
        "![x](http://example.org/a.png)",
        "<svg onload=alert(1)>",
    ],
)
def test_nothing_that_acts_is_drawn(app, text):
    drawn = marked.drawn(text)
    assert "<img" not in drawn
    assert "<svg" not in drawn
    assert "javascript:" not in drawn.lower().split("href=")[-1] or "href" not in drawn
    assert 'href="data:' not in drawn


@pytest.mark.engines("sqlite")
@given(st.text(max_size=200))
def test_whatever_is_written_only_known_tags_are_drawn(text):
    import re

    tags = set(re.findall(r"<\s*/?\s*([a-zA-Z0-9]+)", marked.drawn(text)))
    assert tags <= marked.TAGS
