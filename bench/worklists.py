"""The worklist of an office with a handful of cases and with millions (G3)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, cast

from flask import Flask
from sqlalchemy import Table

from bench.clocks import in_turns
from bench.pages import asking, getter
from bench.worlds import settle
from core import clock
from core.accounts import BodyKind, Membership, Role, User
from core.accounts.models import OFFICES
from core.accounts.sessions import begin_visit
from core.bulk import bulk_insert, next_ids
from core.db import atomic, db
from core.workflow.models import Case, CaseSeat
from registry.filings.models import Filing
from tests.statements import statements

TURNS = 60
BATCH = 20_000
#: How many cases one person applies for.
EACH = 10
STATE, PARTY = "street_review", "street_officer"
_CASE, _SEAT, _FILING, _USER = (cast(Table, it.__table__) for it in (Case, CaseSeat, Filing, User))


def measure(
    app: Flask,
    bare_app: Flask,
    sizes: tuple[int, ...],
    kept: dict[str, Any],
    keep: Callable[[], None],
    turns: int = TURNS,
) -> None:
    """Put the times and the queries of the worklist at each of `sizes` cases into `kept`."""
    office, officer = _office()
    get = asking(_signed_in(app, officer, office))
    bare_get = getter(bare_app)

    def worklist() -> None:
        get("/worklist", {})

    there = 0
    for size in sizes:
        _add(size - there, there, office)
        there = size
        settle()
        worklist()
        pages = [partial(bare_get, f"/{n}", {}) for n in range(turns)]
        figures = in_turns({"bare": pages, "worklist": [worklist] * turns})
        with statements() as asked:
            worklist()
        kept[str(size)] = {**figures, "queries": len(asked)}
        keep()
        print(f"  worklist of {size:,}: {kept[str(size)]}", flush=True)


def _office() -> tuple[int, int]:
    with atomic():
        office = OFFICES[BodyKind.GUIDANCE_CENTER](name="春熙路街道社会组织指导服务中心")
        login = "officer"
        officer = User(login=login, display_name=login, password_hash="none", session_stamp=login)
        db.session.add_all([office, officer])
        db.session.flush()
        held = Membership(
            user_id=officer.id,
            body_id=office.id,
            role=Role.STREET_OFFICER,
            from_on=clock.today() - timedelta(days=9),
        )
        db.session.add(held)
        return office.id, officer.id


def _signed_in(app: Flask, officer: int, office: int) -> Any:
    from hashlib import sha512

    client = app.test_client()
    agent = client.environ_base["HTTP_USER_AGENT"]
    with atomic():
        user = db.session.get_one(User, officer)
        visit = begin_visit(user, "127.0.0.1", agent, with_code=False).id
    with client.session_transaction() as session:
        session["visit"] = visit
        session["_user_id"] = db.session.get_one(User, officer).get_id()
        session["_fresh"] = True
        session["_id"] = sha512(f"127.0.0.1|{agent}".encode()).hexdigest()
        session["acting"] = office
    return client


def _add(number: int, there: int, office: int) -> None:
    """Add so many filings that wait for the office; the deadlines lie days apart."""
    now = clock.now()

    def due(n: int) -> datetime:
        return now + timedelta(hours=n % 9000)

    for start in range(there, there + number, BATCH):
        many = range(start, min(start + BATCH, there + number))
        with atomic():
            ids = list(next_ids(_CASE, len(many)))
            people = _applicants(len(many))
            seats = next_ids(_SEAT, len(many))
            cases: list[tuple[Any, ...]] = [
                (key, "filing", f"备-{n:08}", STATE, f"第{n}志愿服务队", people[(n - start) // EACH], PARTY,
                 office, office, now, now, now, due(n), due(n), {}, 1)
                for key, n in zip(ids, many, strict=True)
            ]  # fmt: skip
            bulk_insert(_CASE, CASE_COLUMNS, cases)
            bulk_insert(_FILING, ("id", "founders"), [(key, []) for key in ids])
            bulk_insert(
                _SEAT,
                ("id", "case_id", "seat", "body_id", "pile", "sort_at", "kind", "taken"),
                [
                    (seat, key, "office", office, PARTY, due(n), "filing", False)
                    for seat, key, n in zip(seats, ids, many, strict=True)
                ],
            )


def _applicants(cases: int) -> list[int]:
    """Add the people who apply for so many cases; return their ids."""
    ids, now = list(next_ids(_USER, -(-cases // EACH))), clock.now()
    rows = [(it, f"applicant{it}", "申请人", "none", "none", "zh_Hans", False, now) for it in ids]
    bulk_insert(_USER, USER_COLUMNS, rows)
    return ids


CASE_COLUMNS = (
    "id", "kind", "number", "state", "title", "applicant_id", "waiting_party", "waiting_body_id",
    "office_id", "opened_at", "submitted_at", "state_since", "due_at", "due_key", "policies",
    "version",
)  # fmt: skip
USER_COLUMNS = (
    "id", "login", "display_name", "password_hash", "session_stamp", "locale", "closed",
    "created_at",
)  # fmt: skip
