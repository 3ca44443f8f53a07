"""Eight people at one question at the same moment: one asks, one answers, the others are told."""

from sqlalchemy.exc import IntegrityError

from core.db import atomic, db
from core.errors import DomainError
from core.opinions import actions
from core.opinions.models import Opinion, OpinionStatus
from core.workflow.models import Case
from tests.core.test_opinions import ask, body, examined
from tests.faults.test_cases import RIVALS, count, race
from tests.town import Town


def test_eight_questions_at_once_leave_one(town: Town, app):
    case_id, sponsor = examined(), body().id
    db.session.rollback()

    def put() -> str:
        try:
            with atomic():
                actions.ask(
                    db.session.get_one(Case, case_id), by=Town().examiner, question="？",
                    days=5, bodies=[sponsor], sections=["purpose"],
                )  # fmt: skip
        except (IntegrityError, DomainError):
            return "told"
        return "asked"

    assert sorted(race(app, put)) == ["asked"] + ["told"] * (RIVALS - 1)
    assert count(Opinion, Opinion.status == OpinionStatus.ASKED) == 1


def test_eight_answers_at_once_are_one(town: Town, app):
    (asked,) = ask(town, examined())
    db.session.rollback()

    def say() -> str:
        try:
            with atomic():
                found = db.session.get_one(Opinion, asked)
                actions.answer(found, by=Town().sponsor, stance="agree", answer="")
        except DomainError:
            return "told"
        return "said"

    assert sorted(race(app, say)) == ["said"] + ["told"] * (RIVALS - 1)
    assert count(Opinion, Opinion.status == OpinionStatus.ANSWERED) == 1
