"""People in an application: what their numbers must look like, and that they stay hidden."""

import pytest

from core.crypto import masked
from core.db import atomic, db
from core.errors import RuleBroken
from registry.people import rules
from registry.people.actions import replace_people
from registry.people.models import ApplicationPerson
from registry.people.queries import list_people
from tests.pages import fields, go


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("510104198503071220", True),
        ("51010419850307122x", False),
        ("510104198513071220", False),
        ("510104298503071223", False),
        ("51010419850307122", False),
        ("5101041985030712２0", True),
        ("", False),
        ("锦江区锦江区锦江区锦江区锦江区锦江", False),
    ],
)
def test_an_identity_number_is_checked(app, number, right):
    with app.test_request_context():
        assert (rules.identity_problem(number) is None) is right


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("number", "right"),
    [("13800000001", True), ("028-86626666", True), ("12345", False), ("1380000000a", False)],
)
def test_a_phone_number_is_checked(app, number, right):
    with app.test_request_context():
        assert (rules.phone_problem(number) is None) is right


def test_numbers_are_encrypted_at_rest_and_kept_when_they_come_back_masked(town):
    from registry.demo import cases

    case_id = cases._association("加密", 10, 3)
    row = next(p for p in list_people(case_id) if p.identity_number)
    number = str(row.identity_number)
    stored = db.session.execute(
        db.text("SELECT identity_number, phone FROM application_person WHERE id = :id"),
        {"id": row.id},
    ).one()
    assert "510104" not in stored.identity_number
    assert "138" not in stored.phone
    again = {
        "id": str(row.id),
        "name": row.name,
        "position": row.position.value,
        "identity_number": masked(number),
        "phone": "",
    }
    kept = replace_people(case_id, [again])
    assert [p.identity_number for p in kept] == [number]
    assert kept[0].phone is None
    assert db.session.scalar(db.select(db.func.count()).select_from(ApplicationPerson)) == 1


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("name", "answer"),
    [("另一个人", 422), ("张敏", 200), ("张 敏", 200)],
    ids=["two people", "one person twice", "written with a space"],
)
def test_two_people_do_not_share_a_number(town, as_, name, answer):
    """Refused beside the field of the second, whether the first one's is masked or not."""
    from registry.demo import cases

    case_id = cases._association("同号", 10, 8)
    first = next(p for p in list_people(case_id) if p.identity_number)
    with atomic():
        db.session.get_one(ApplicationPerson, first.id).name = "张敏"
    page = go(as_(town.as_themselves("applicant")), f"/cases/{case_id}/sections/people")
    last = max(
        int(it.split("-")[1])
        for it in fields(page.form("", ["people-0-name"]))
        if it.startswith("people-")
    )
    row = {
        f"people-{last}-name": name,
        f"people-{last}-identity_number": str(first.identity_number),
    }
    refused = page.submit(**row)
    assert refused.status == answer
    words = f"people-{last}-identity_number-error"
    assert (answer == 422) == ("该身份证号码与张敏相同" in refused.text)
    assert (answer == 422) == (words in refused.answer.text)
    assert (name in {p.name for p in list_people(case_id)}) and (
        len([p for p in list_people(case_id) if p.identity_number == first.identity_number])
        == (1 if answer == 422 else 2)
    )
    number = first.identity_number
    both = [{"name": it, "position": "promoter", "identity_number": number} for it in "甲乙"]
    with pytest.raises(RuleBroken):
        replace_people(case_id, both)
    db.session.rollback()
