"""The pages on which policies are read, proposed and confirmed."""

import pytest

from core import policy
from core.db import db
from core.policy.models import PolicyValue
from tests.core.test_policy import DAYS, LATER, RATE, SWITCH, office, propose, settle

__all__ = ["office"]
PAGE = "/policies/sample.days"
ENTERED = {
    "value": "15",
    "effective_from": "2027-01-01",
    "source": "锦府发〔2026〕9号",
    "reason": "Promise of the district",
}


def stored():
    return db.session.scalars(db.select(PolicyValue)).all()


def test_staff_read_them_and_only_setters_see_the_form(office, as_):
    for who, may_set in (("examiner", False), ("head", True), ("admin", True)):
        visitor = as_(office[who])
        assert "20 working days" in visitor.get("/policies/?lang=en").text
        text = visitor.get(PAGE + "?lang=en").text
        assert ("Propose a new value" in text) is may_set
        assert "条例第十二条" in text


def test_the_public_does_not(office, client):
    assert client.get("/policies/").status_code == 302
    assert client.get("/policies/sample.days").status_code == 302


def test_an_unknown_policy_is_not_found(office, as_):
    assert as_(office["head"]).get("/policies/sample.unheard_of").status_code == 404
    assert as_(office["head"]).post("/policies/proposals/9/confirm").status_code == 404


def test_from_proposal_to_value(office, as_, frozen):
    head, admin = as_(office["head"]), as_(office["admin"])
    assert head.post(PAGE, data=ENTERED).status_code == 302
    (proposal,) = stored()
    confirm, withdraw = (
        f"/policies/proposals/{proposal.id}/{it}" for it in ("confirm", "withdraw")
    )
    assert confirm not in head.get(PAGE).text
    assert withdraw in head.get(PAGE).text
    text = admin.get("/policies/?lang=en").text
    assert "Waiting for a second person" in text
    assert head.post(confirm).status_code == 422
    assert admin.post(confirm).status_code == 302
    refused = admin.post(confirm)
    assert refused.status_code == 409
    assert 'href="/policies/">' in refused.text and 'href="/policies/proposals"' not in refused.text
    assert policy.value(DAYS, LATER) == 15
    assert "confirmed by admin" in head.get(PAGE + "?lang=en").text


@pytest.mark.engines("sqlite")
def test_what_is_left_out_or_out_of_limits_is_said_as_on_any_other_form(office, as_):
    head = as_(office["head"])
    blank = head.post(PAGE, data={**ENTERED, "value": "", "reason": ""}).text
    assert blank.count("请填写此项。") >= 2 and "该字段" not in blank
    assert "请用阿拉伯数字填写整数。" in head.post(PAGE, data={**ENTERED, "value": "x"}).text
    assert "。限制的依据：" in head.post(PAGE, data={**ENTERED, "value": 100000}).text


def test_withdrawing(office, as_):
    proposal = propose(office, DAYS, 15)
    assert (
        as_(office["head"]).post(f"/policies/proposals/{proposal.id}/withdraw").status_code == 302
    )
    assert stored() == []


def test_the_examiner_posts_in_vain(office, as_):
    proposal = propose(office, DAYS, 15)
    visitor = as_(office["examiner"])
    assert visitor.post(PAGE, data=ENTERED).status_code == 403
    assert visitor.post(f"/policies/proposals/{proposal.id}/confirm").status_code == 403
    assert visitor.post(f"/policies/proposals/{proposal.id}/withdraw").status_code == 403
    assert not stored()[0].is_confirmed


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"value": "61"}, "Between 1 working day and 60 working days"),
        ({"value": "many"}, "many"),
        ({"value": ""}, "required"),
        ({"effective_from": "2026-11-21"}, "past"),
        ({"effective_from": "tomorrow"}, "tomorrow"),
        ({"reason": ""}, "required"),
        ({"source": "x" * 301}, "x" * 301),
    ],
)
def test_a_refused_proposal_keeps_what_was_typed(office, as_, change, words):
    answer = as_(office["head"]).post(PAGE + "?lang=en", data={**ENTERED, **change})
    assert answer.status_code == 422
    assert words in answer.text
    assert ENTERED["source"] in answer.text or "source" in change
    assert stored() == []


def test_a_day_that_is_taken_is_said_beside_the_day(office, as_):
    propose(office, DAYS, 10)
    answer = as_(office["head"]).post(PAGE + "?lang=en", data=ENTERED)
    assert answer.status_code == 422
    assert "Choose another day" in answer.text


def test_a_double_click_proposes_once(office, as_):
    visitor = as_(office["head"])
    for _click in range(2):
        assert visitor.post(PAGE, data={**ENTERED, "once": "same"}).status_code == 302
    assert len(stored()) == 1


@pytest.mark.parametrize(
    ("declared", "entered", "value"),
    [(RATE, "45.25", "45.25"), (SWITCH, "yes", True), (SWITCH, "no", False)],
)
def test_values_of_every_kind(office, as_, declared, entered, value):
    visitor = as_(office["head"])
    page = f"/policies/{declared.key}"
    assert visitor.get(page).status_code == 200
    assert visitor.post(page, data={**ENTERED, "value": entered}).status_code == 302
    assert stored()[0].value == value


def test_the_list_is_narrowed(office, as_):
    settle(office, DAYS, 15, LATER)
    visitor = as_(office["head"])
    text = visitor.get("/policies/?lang=en&only=unsure").text
    assert "Switch" in text
    assert "Days of decision" not in text
    assert "Nothing matches" in visitor.get("/policies/?lang=en&q=no+such+thing").text
    assert visitor.get("/policies/?only=nonsense").status_code == 200


def test_a_default_to_be_checked_says_so(office, as_):
    assert "To be checked" in as_(office["examiner"]).get("/policies/sample.switch?lang=en").text
