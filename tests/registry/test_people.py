"""People in an application: what their numbers must look like, and that they stay hidden."""

import pytest

from core.crypto import masked
from core.db import db
from registry.people import rules
from registry.people.actions import replace_people
from registry.people.models import ApplicationPerson
from registry.people.queries import list_people


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
