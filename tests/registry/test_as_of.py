"""The register as of any day: its list, one organization, and what changed between two days."""

from datetime import date

import pytest

from core.db import atomic
from registry.organizations.kinds import OrganizationStatus
from tests.pages import go
from tests.registry import lives

pytestmark = pytest.mark.engines("sqlite")

OLD, NEW = "锦江区春熙路10号", "锦江区总府路18号"


@pytest.fixture
def group(jinjiang, frozen):
    frozen("2013-05-06 09:00")
    with atomic():
        group = lives.enter(
            1, "锦江合唱队", filed=True, founded_on=date(2009, 3, 8), on=date(2010, 1, 4),
            domicile=OLD,
        )  # fmt: skip
        lives.change(group, date(2010, 3, 12), domicile=NEW)
        lives.upgrade(group, 7, date(2011, 2, 1))
        lives.change(
            group, date(2012, 6, 1), status=OrganizationStatus.DEREGISTERED,
            ended_on=date(2012, 6, 1),
        )  # fmt: skip
        lives.enter(2, "锦江书画会", founded_on=date(2012, 1, 1))
        return group.number


def test_the_list_is_that_of_the_day(group, client):
    page = go(client, "/register?as_of=2010-03-11&lang=en")
    assert page.title == "Register as of 11 March 2010"
    assert "锦江合唱队" in page.text
    assert "锦江书画会" not in page.text
    assert "锦社备〔2010〕0001号" in page.text
    assert "1 entry" in page.text
    one = page.link("锦江合唱队")
    assert OLD in one.text
    assert NEW not in one.text
    assert "Active" in one.text
    assert "Deregistered" in go(client, "/register?as_of=2012-06-01&lang=en").text
    assert "锦江合唱队" not in go(client, "/register?as_of=2012-06-01&living=1").text
    found = go(client, "/register?as_of=2010&q=合唱&track=filed&status=active")
    assert "锦江合唱队" in found.text
    listed = client.get("/register/as-of.csv?as_of=2010-03-11").text
    assert OLD in listed
    assert "锦江书画会" not in listed


@pytest.mark.parametrize(
    ("written", "words"),
    [("2014-01-01", "yet to come"), ("soon", "such as 2010"), ("2010-02-30", "such as 2010")],
)
def test_a_day_that_cannot_be_is_told_beside_its_field(group, client, written, words):
    page = go(client, f"/register?as_of={written}&lang=en")
    assert words in page.text
    assert written in page.answer.text
    one = go(client, f"/register/{group}?as_of={written}&lang=en")
    assert words in one.text


def test_before_the_beginning_it_says_when_it_begins(group, client):
    page = go(client, "/register?as_of=1999&lang=en")
    assert "The register begins on 8 March 2009." in page.text
    one = go(client, f"/register/{group}?as_of=1999-01-01&lang=en")
    assert "was not on the register. It was entered on 8 March 2009." in one.text


def test_facts_taken_over_later_say_so(group, client):
    page = go(client, f"/register/{group}?as_of=2009-12-31&lang=en")
    assert "What was recorded before 4 January 2010 is told as it was taken over" in page.text


def test_the_difference_between_two_days_is_told_in_sentences(group, client):
    page = go(client, f"/register/{group}?since=2010-01-04&as_of=2011-12-31&lang=en")
    words = f"12March2010:Domicilechangedfrom“{OLD}”to“{NEW}”"
    assert words in "".join(page.text.split())
    assert "Unified social credit code was entered as" in page.text
    gone = "".join("".join(it.itertext()) for it in page.root.iter("del"))
    come = "".join("".join(it.itertext()) for it in page.root.iter("ins"))
    assert "春熙" in gone
    assert "总府" in come
    none = go(client, f"/register/{group}?since=2011-03-01&as_of=2011-12-31&lang=en")
    assert "Nothing on the register changed between these days." in none.text
    turned = go(client, f"/register/{group}?since=2012-01-01&as_of=2011-12-31&lang=en")
    assert "nothing was compared" in turned.text


def test_a_chinese_sentence_names_day_fact_and_basis(group, client):
    page = go(client, f"/register/{group}?since=2010-01-04&as_of=2010-12-31")
    flat = "".join(page.text.split())
    assert f"2010年3月12日：住所由“{OLD}”变更为“{NEW}”，" in flat


def test_what_happened_is_listed_and_narrowed(group, client):
    page = go(client, "/register/changes?lang=en")
    assert "Upgraded" in page.text
    assert "6 entries" in page.text or "5 entries" in page.text
    narrowed = go(client, "/register/changes?kind=ended&first=2012&last=2012-12&lang=en")
    assert "1 entry" in narrowed.text
    nothing = go(client, "/register/changes?kind=restored&lang=en")
    assert "Nothing happened that fits" in nothing.text
    assert go(client, "/register/changes?first=someday&after=x_y&kind=odd&lang=en").status == 200
