"""Instruments from issue to end, and what is kept of them."""

import hashlib
import threading
from datetime import date

import pytest
from flask_babel import force_locale
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from core import documents
from core.accounts import SYSTEM, Actor, Body, BodyKind
from core.attachments.storage import get
from core.audit.models import AuditEntry
from core.config import Environment, settings
from core.db import atomic, db
from core.documents import Instrument, Standing, actions, kinds, next_number
from core.documents.filling import IncompleteFacts
from core.documents.kinds import InstrumentKind
from core.documents.models import NumberSeries
from core.documents.queries import find_by_digest
from core.documents.rules import PersonalFacts
from core.errors import NotFound, RuleBroken, WrongState
from tests.core.papers import FACTS

SLIP = InstrumentKind(
    "test_slip", "回执单", "测{street}〔{year}〕{place:03d}号", template="submission_receipt"
)


@pytest.fixture(autouse=True)
def _day(app, frozen):
    frozen("2026-03-20 10:00")


@pytest.fixture
def _slips(monkeypatch):
    """A kind of these tests alone: what reads every declared kind must not meet it."""
    monkeypatch.setitem(kinds._kinds, SLIP.key, SLIP)


def issue(kind="submission_receipt", **more):
    with atomic():
        return documents.issue(
            kind, facts={**FACTS[kind], **more.pop("facts", {})}, by=SYSTEM, **more
        )


def test_issued_paper_is_kept_with_its_hash(app):
    paper = issue("certificate_original")
    assert paper.number == "锦民社证〔2026〕00001号"
    assert (paper.series, paper.year, paper.place) == ("certificate_original", 2026, 1)
    assert paper.title == "社会团体法人登记证书"
    assert (paper.issued_on, paper.valid_from, paper.valid_until) == (
        date(2026, 3, 20),
        date(2026, 3, 20),
        date(2030, 3, 19),
    )
    content = get(paper.sha256)
    assert content.startswith(b"%PDF-")
    assert hashlib.sha256(content).hexdigest() == paper.sha256
    assert paper.file.size == len(content)
    assert find_by_digest(paper.sha256).id == paper.id
    entry = db.session.scalars(db.select(AuditEntry)).one()
    assert (entry.action, entry.subject_id) == ("instrument:issue", paper.id)
    assert entry.changes == {
        "number": [None, paper.number],
        "sha256": [None, paper.sha256],
    }


def test_certificate_keeps_what_it_certifies_and_a_notice_keeps_nothing(app):
    certificate, notice = issue("certificate_original"), issue("acceptance_notice")
    assert certificate.facts["registered_funds"] == "30000.00"
    assert certificate.facts["legal_representative"] == "龚䶮"
    assert "valid_until" not in certificate.facts
    assert notice.facts == {}
    assert notice.authority == "成都市锦江区民政局"


def test_personal_numbers_stop_the_issue_and_take_no_number(app):
    with pytest.raises(PersonalFacts):
        issue("certificate_original", facts={"legal_representative": "龚䶮 11010519491231002X"})
    with pytest.raises(IncompleteFacts):
        issue("certificate_original", facts={"unified_code": None})
    assert issue("certificate_original").place == 1


def test_series_count_for_themselves_by_year(app, frozen):
    assert [issue().place, issue().place] == [1, 2]
    assert issue("acceptance_notice").place == 1
    assert issue(on=date(2025, 12, 31)).number == "锦民收〔2025〕00001号"
    frozen("2027-01-01 09:00")
    assert issue().number == "锦民收〔2027〕00001号"


@pytest.mark.engines("sqlite")
def test_in_service_no_paper_is_printed_without_the_address_of_the_site(app, monkeypatch):
    """It would name this machine for good: papers are never printed again."""
    usual = settings()
    service = usual.model_copy(update={"APP_ENV": Environment.PRODUCTION, "PUBLIC_URL": ""})
    monkeypatch.setattr(actions, "settings", lambda: service)
    with pytest.raises(RuleBroken, match="PUBLIC_URL"):
        issue()
    addressed = service.model_copy(update={"PUBLIC_URL": "https://sg.example.cn"})
    monkeypatch.setattr(actions, "settings", lambda: addressed)
    assert issue().place == 1


@pytest.mark.usefixtures("_slips")
def test_pattern_takes_parts_and_a_series_of_its_own(app):
    with atomic():
        papers = [
            documents.issue(
                "test_slip",
                facts=FACTS["submission_receipt"],
                by=SYSTEM,
                series=f"slip:{street}",
                parts={"street": street},
            )
            for street in ("春熙", "春熙", "三圣")
        ]
    assert [paper.number for paper in papers] == [
        "测春熙〔2026〕001号",
        "测春熙〔2026〕002号",
        "测三圣〔2026〕001号",
    ]


def test_paper_is_chinese_whatever_the_officer_reads(app):
    with force_locale("en"):
        paper = issue("refusal_decision", facts={"title": "不予变更登记决定书"})
    assert paper.title == "不予变更登记决定书"


def test_validity_ends_with_its_last_day(app, frozen):
    paper = issue("certificate_original")
    frozen("2030-03-19 23:59:59")
    assert (paper.standing, paper.is_valid) == (Standing.VALID, True)
    frozen("2030-03-20 00:00")
    assert (paper.standing, paper.is_valid) == (Standing.EXPIRED, False)
    assert paper.status == "valid"


def test_void_and_replaced(app, english):
    old, new = issue("certificate_original"), issue("certificate_original")
    with atomic():
        documents.replace(old, new, by=SYSTEM)
    assert (old.standing, old.replaced_by_id, old.ended_on) == (
        "replaced",
        new.id,
        date(2026, 3, 20),
    )
    with pytest.raises(WrongState, match="Replaced already"), atomic():
        documents.void(old, reason="lost", by=SYSTEM)
    with atomic():
        documents.void(new, reason=" 遗失 ", by=SYSTEM)
    assert (new.standing, new.void_reason) == ("void", "遗失")
    actions = db.session.scalars(db.select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions[2:] == ["instrument:replaced", "instrument:void"]


def test_void_needs_a_reason_and_a_successor_must_hold(app, english):
    old, new = issue(), issue()
    with pytest.raises(RuleBroken, match="reason") as refused, atomic():
        documents.void(old, reason="  ", by=SYSTEM)
    assert refused.value.field == "reason"
    with pytest.raises(RuleBroken, match="Only a valid document"), atomic():
        documents.replace(old, old, by=SYSTEM)
    with atomic():
        documents.void(new, reason="错误", by=SYSTEM)
    with pytest.raises(RuleBroken, match="Only a valid document"), atomic():
        documents.replace(old, new, by=SYSTEM)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE instrument SET number = 'x'",
        "UPDATE instrument SET facts = '{}'",
        "UPDATE instrument SET sha256 = sha256",
        "UPDATE instrument SET valid_until = NULL",
        "DELETE FROM instrument",
        "UPDATE instrument SET status = 'expired'",
        "UPDATE instrument SET status = 'void'",
        "UPDATE instrument SET status = 'replaced', ended_on = '2026-03-20'",
        "UPDATE instrument SET void_reason = 'x'",
    ],
)
def test_database_keeps_what_was_issued(app, statement):
    paper = issue()
    with pytest.raises(DatabaseError), db.engine.begin() as direct:
        direct.execute(text(statement))
    db.session.refresh(paper)
    assert paper.is_valid


def test_public_finds_a_paper_by_any_spelling(app):
    paper = issue()
    assert documents.access_public("锦民收[2026] 00001号").id == paper.id
    with pytest.raises(NotFound):
        documents.access_public("锦民收〔2026〕00002号")


def test_papers_of_a_body_newest_first(app):
    body = Body(kind=BodyKind.DEPARTMENT, name="Department")
    db.session.add(body)
    db.session.commit()
    first, second = issue(body_id=body.id), issue("acceptance_notice", body_id=body.id)
    assert [p.id for p in documents.of_body(body.id)] == [second.id, first.id]
    assert [p.id for p in documents.of_body(body.id, "submission_receipt")] == [first.id]
    member = Actor(member_of=frozenset({body.id}))
    assert documents.access_instrument(first.id, member).id == first.id
    with pytest.raises(NotFound):
        documents.access_instrument(first.id, Actor())


def test_number_of_an_undone_transaction_is_taken_again(app):
    with pytest.raises(ZeroDivisionError), atomic():
        1 / (next_number("undone", 2026) - 1)
    with atomic():
        assert [next_number("undone", 2026), next_number("undone", 2026)] == [1, 2]
        assert next_number("undone", 2027) == 1


def test_eight_at_once_take_all_numbers_once(app):
    """Eight threads, eight connections: no number twice, none left out, also with undone ones."""
    taken: list[int] = []
    failures: list[BaseException] = []
    start = threading.Barrier(8)

    def take(worker: int) -> None:
        with app.app_context():
            start.wait()
            for turn in range(10):
                try:
                    with atomic():
                        place = next_number("race", 2026)
                        if (worker + turn) % 4 == 0:
                            raise ZeroDivisionError
                    taken.append(place)
                except ZeroDivisionError:
                    continue
                except BaseException as failure:
                    failures.append(failure)
                    return
            db.session.remove()

    threads = [threading.Thread(target=take, args=(worker,)) for worker in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sorted(taken) == list(range(1, len(taken) + 1))
    assert len(taken) == 60
    assert db.session.get(NumberSeries, ("race", 2026)).last == 60


def test_nothing_is_left_of_an_issue_that_was_undone(app):
    facts = FACTS["submission_receipt"]
    with pytest.raises(ZeroDivisionError), atomic():
        1 / (documents.issue("submission_receipt", facts=facts, by=SYSTEM).place - 1)
    assert db.session.scalars(db.select(Instrument)).all() == []
    assert issue().place == 1
