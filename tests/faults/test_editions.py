"""Two people at the same text at the same moment: one wins, the others are told."""

from datetime import date
from typing import Any

from sqlalchemy.exc import IntegrityError

from core import clock, editions
from core.audit.models import AuditEntry
from core.db import atomic, db
from core.editions import Edition
from core.errors import DomainError
from core.policy.models import PolicyValue
from core.wordings.texts import WORDS
from tests.faults.test_cases import RIVALS, count, race
from tests.town import Town

GROUNDS: dict[str, Any] = {"source": "x", "reason": "y", "content": {}}


def test_eight_proposals_for_one_day_leave_one(town: Town, app):
    day = date(clock.today().year + 1, 1, 1)
    head = town.head

    def propose() -> str:
        try:
            with atomic():
                editions.propose(WORDS, "case.moved", effective_from=day, **GROUNDS, by=Town().head)
        except (IntegrityError, DomainError):
            return "told"
        return "kept"

    assert head.user_id
    db.session.rollback()
    outcomes = race(app, propose)
    assert sorted(outcomes) == ["kept"] + ["told"] * (RIVALS - 1)
    assert count(Edition) == 1


def test_eight_confirmations_are_one_on_record(town: Town, app):
    day = date(clock.today().year + 1, 1, 1)
    with atomic():
        edition_id = editions.propose(
            WORDS, "case.moved", effective_from=day, **GROUNDS, by=town.head
        ).id

    def confirm() -> str:
        try:
            with atomic():
                editions.confirm(db.session.get_one(Edition, edition_id), by=Town().admin)
        except DomainError:
            return "told"
        return "confirmed"

    outcomes = race(app, confirm)
    assert sorted(outcomes) == ["confirmed"] + ["told"] * (RIVALS - 1)
    assert count(AuditEntry, AuditEntry.action == "edition:confirm") == 1
    assert count(PolicyValue) == 0
