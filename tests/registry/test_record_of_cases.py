"""The record of actions tells a district's auditor in words what was done to a case, and to whom."""

import csv
import html
import io
import re

import pytest

from core.db import atomic, db
from core.privacy import reveal
from core.workflow.models import Case
from registry.demo import cases, driver
from registry.organizations.codes import make_code
from registry.people.models import ApplicationPerson
from tests.statements import statements
from tests.town import numeral

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def case(town):
    case_id = cases._association(f"可读{numeral(1)}", 60, 3)
    code = make_code("51", "510104", 20260001)
    driver.drive(case_id, "certified", days_ago=0, unified_code=code)
    return db.session.get_one(Case, case_id)


def read(visitor, address):
    page = re.sub(r"(?s)<option.*?</option>", "", visitor.get(address).text)
    return html.unescape(page)


def test_states_conditions_names_and_endings_stand_in_words(town, case, as_):
    number = case.number
    text = read(as_(town.auditor), f"/audit?case={number}")
    for words in ("状态：待决定 → 已准予登记", "：符合", "结束原因：", "社会组织列入名录"):
        assert words in text
    for code in ("deciding", ": pass", "organization:found", "ending"):
        assert code not in text
    assert f'<a href="/cases/{case.id}">{number}' in text
    assert f">{number}" not in read(as_(town.admin), f"/audit?case={number}")


def test_it_is_seen_whose_number_was_looked_at(town, case, as_):
    person = db.session.scalars(db.select(ApplicationPerson).limit(1)).one()
    with atomic():
        it, row = reveal.access("person", person.id, "identity_number", town.examiner)
        reveal.reveal(it, row, "identity_number", reason="电话核对", by=town.examiner)
    text = read(as_(town.auditor), "/audit?action=privacy:reveal")
    assert "身份证号码：电话核对" in text
    assert person.name in text
    assert case.title in text


def test_the_download_says_the_same(town, case, as_):
    answer = as_(town.auditor).get(f"/audit/export.csv?case={case.number}").get_data()
    lines = list(csv.reader(io.StringIO(answer.decode("utf-8-sig"))))
    assert any("状态：待决定 → 已准予登记" in line[8] for line in lines)
    assert all(case.title in line[7] for line in lines[1:] if line[6].startswith("registration:"))


def test_one_action_is_asked_for_and_not_those_whose_code_goes_on(town, case, as_):
    text = as_(town.auditor).get("/audit?action=registration:submit").text
    assert case.title not in text


def test_records_are_looked_up_together(town, case, as_):
    visitor = as_(town.auditor)
    visitor.get("/audit")
    with statements() as asked:
        visitor.get("/audit")
    assert len(asked) < 50  # some forty entries of a dozen sorts
