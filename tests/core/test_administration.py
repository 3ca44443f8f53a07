"""The page of all settings: complete, in words, with who stands behind each."""

import pytest

from core import policy
from core.audit.models import AuditEntry
from core.db import db
from core.offered_settings import groups
from tests.core.test_policy import DAYS, TODAY, office, settle
from tests.core.test_policy_pages import ENTERED, PAGE

__all__ = ["office"]


@pytest.mark.engines("sqlite")
def test_everything_that_can_be_set_stands_there(app, office, as_):
    settle(office, DAYS, 15, TODAY)
    text = as_(office["head"]).get("/settings?lang=en").text
    for it in policy.declared():
        assert f"/policies/{it.key}" in text
    assert "15 working days" in text
    assert "锦府发〔2026〕9号" in text
    assert "head, admin" in text
    with app.test_request_context():
        for group in groups():
            for row in group.rows():
                assert str(row.label) not in str(row.does), "it says the name once more"
                assert str(row.source), row.label
                assert row.url


def test_it_is_folded_and_says_each_thing_once(office, as_):
    page = as_(office["head"]).get("/settings?lang=en").text
    assert page.count("Which days count as working days wherever") == 1
    assert page.count('<details class="fold">') > len(groups())
    found = as_(office["head"]).get("/settings?lang=en&q=wait+after").text
    assert '<details class="fold" open>' in found
    assert '<details class="fold">' not in found


def test_it_is_narrowed_and_exported(office, as_):
    settle(office, DAYS, 15, TODAY)
    admin = as_(office["admin"])
    text = admin.get("/settings?lang=en&changed=1").text
    assert "Days of decision" in text
    assert "Shortest password" not in text
    assert "Nothing matches" in admin.get("/settings?lang=en&q=no+such+thing").text
    exported = admin.get("/settings/all.csv?lang=en").data.decode("utf-8-sig")
    assert "Days of decision" in exported
    assert admin.get("/settings/all.xlsx").status_code == 200


def test_it_belongs_to_those_who_set(office, as_, client):
    assert as_(office["examiner"]).get("/settings").status_code == 403
    assert client.get("/settings").status_code == 302


def test_a_policy_says_word_for_word_what_it_does(office, as_):
    text = as_(office["head"]).get("/policies/filing.street_days?lang=en").text
    assert "What it does" in text
    assert "the time in the state" in text
    assert (
        "a case keeps the value"
        in as_(office["head"]).get("/policies/filing.founders?lang=en").text
    )


def test_a_value_out_of_range_is_refused_with_limits_and_source_and_on_record(office, as_):
    answer = as_(office["head"]).post(PAGE + "?lang=en", data={**ENTERED, "value": "61"})
    assert answer.status_code == 422
    assert "Between 1 working day and 60 working days" in answer.text
    assert "条例第十二条" in answer.text
    entry = db.session.scalars(
        db.select(AuditEntry).where(AuditEntry.action == "policy:refuse")
    ).one()
    assert "60 working days" in entry.note
    assert entry.actor_id == office["head"].user_id
