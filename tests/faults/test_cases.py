"""Cases under fire: eight officers at once, eight clicks at once, and processes that are killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from pathlib import Path
from threading import Barrier
from typing import Any

from core.accounts import Membership
from core.accounts.actor import acting_for
from core.attachments.models import StoredFile
from core.audit.models import AuditEntry
from core.db import atomic, db
from core.documents import Instrument
from core.errors import DomainError
from core.messages.models import Message
from core.workflow import engine
from core.workflow.models import Case
from registry.demo import cases, driver
from registry.organizations.kinds import FilingCategory
from registry.organizations.models import Organization
from tests.pages import fields, go
from tests.town import numeral

ROOT = Path(__file__).resolve().parents[2]
RIVALS = 8


def race(app: Any, work: Callable[[], str]) -> list[str]:
    """Return what `work` came to for each of eight threads that begin together."""
    gate = Barrier(RIVALS)

    def run() -> str:
        with app.app_context():
            gate.wait()
            try:
                return work()
            finally:
                db.session.remove()

    with ThreadPoolExecutor(RIVALS) as pool:
        return [f.result() for f in [pool.submit(Context().run, run) for _rival in range(RIVALS)]]


def count(model: Any, *where: Any) -> int:
    db.session.rollback()
    return db.session.scalar(db.select(db.func.count()).select_from(model).where(*where)) or 0


def test_one_of_eight_officers_accepts_and_the_others_are_told(town, app):
    case_id = cases._association("抢先受理", 30, 3)
    driver.drive(case_id, "submitted", days_ago=0)
    seen = db.session.get_one(Case, case_id).version
    db.session.rollback()

    def accept() -> str:
        try:
            with atomic():
                case = db.session.get_one(Case, case_id)
                engine.move(case, "accept", by=town.intake, seen=seen)
        except DomainError as refused:
            return type(refused).__name__
        return "accepted"

    outcomes = race(app, accept)
    assert sorted(outcomes) == ["WrongState"] * (RIVALS - 1) + ["accepted"]
    assert count(Instrument, Instrument.kind == "acceptance_notice") == 1
    case = db.session.get_one(Case, case_id)
    assert [e.step for e in case.events].count("accept") == 1


def test_eight_decisions_at_once_give_one_number_each_without_gaps(town, app):
    ids = [
        cases._group(f"总府社区竞速{numeral(n)}队", FilingCategory.OTHER, 30) for n in range(RIVALS)
    ]
    for case_id in ids:
        driver.drive(case_id, "street_review", days_ago=0)
    waiting = list(ids)
    db.session.rollback()

    def decide() -> str:
        case_id = waiting.pop()
        for _try in range(RIVALS):
            try:
                with atomic():
                    engine.move(db.session.get_one(Case, case_id), "approve", by=town.street)
                break
            except DomainError:  # the office is busy: a person presses the button again
                continue
        organization = db.session.get_one(
            Organization, db.session.get_one(Case, case_id).subject_body_id
        )
        return organization.number[-4:]

    assert sorted(race(app, decide)) == [f"{n:04d}" for n in range(1, RIVALS + 1)]
    places = db.session.scalars(
        db.select(Instrument.place).where(Instrument.kind == "filing_receipt")
    ).all()
    assert sorted(places) == list(range(1, RIVALS + 1))


def test_eight_clicks_on_one_button_are_one(town, app, as_):
    choir = as_(town.choir)
    page = go(choir, "/apply/filing/eligibility")
    values = fields(page.form(""))
    values.update({"kind": "residents", "founders": "yes", "place": "yes"})
    cookies = choir.get_cookie("district")
    visitors = [as_(town.choir) for _rival in range(RIVALS)]
    db.session.commit()  # the rivals' processes must know these sessions
    assert cookies

    def click() -> str:
        answer = visitors.pop().post("/apply/filing/eligibility", data=values)
        return f"{answer.status_code} {answer.location}"

    told = race(app, click)
    assert len(set(told)) == 1, told
    assert count(Case) == 1, told


def die_in(world: Any, case_id: int, step: str, login: str) -> None:
    db.session.rollback()
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.dying", str(case_id), step, login],
        env={**os.environ, **world.settings, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


def test_a_submission_that_is_killed_leaves_nothing_and_can_be_sent_again(town, world):
    case_id = cases._group("总府社区断电队", FilingCategory.OTHER, 30)
    before = count(AuditEntry), count(Message)
    die_in(world, case_id, "submit", "choir")
    case = db.session.get_one(Case, case_id)
    assert (case.state, case.number, case.submitted_at) == ("draft", None, None)
    assert [e.step for e in case.events] == ["open"]
    assert (count(AuditEntry), count(Message)) == before
    driver.drive(case_id, "community_review", days_ago=0)
    assert str(db.session.get_one(Case, case_id).number).endswith("-000001")


def test_a_receipt_that_is_killed_while_it_is_made_leaves_no_half_paper(town, world, storage):
    case_id = cases._group("总府社区停电队", FilingCategory.OTHER, 30)
    driver.drive(case_id, "street_review", days_ago=0)
    die_in(world, case_id, "approve", "street")
    assert (count(Organization), count(Instrument)) == (0, 0)
    assert count(Membership, Membership.role == "owner") == 0
    driver.drive_on(case_id, "approve")
    paper = db.session.scalars(db.select(Instrument)).one()
    assert paper.place == 1
    assert count(StoredFile, StoredFile.sha256 == paper.sha256) == 1
    kept = [f for f in storage.rglob("*") if f.is_file()]
    assert all(f.stat().st_size > 1000 for f in kept)
    assert acting_for(town.choir.user, None) is not None
