"""The databases that are measured: throw-away ones of both engines, filled with a whole country."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from typing import ClassVar, cast

from flask import Flask
from sqlalchemy import Table, text

import wsgi
from bench.national import kept
from core import clock
from core.accounts import SYSTEM, Body
from core.bulk import bulk_insert, next_ids
from core.config import ROOT, Settings
from core.db import Model, atomic, db, dialect
from core.divisions import streets
from core.divisions.district_file import read_district
from core.divisions.loading import load_district
from core.search import fold
from registry.organizations import index, tally
from registry.organizations.models import Organization
from registry.organizations.naming import spelled
from tests.engines import Databases, PostgresqlDatabases, SqliteDatabases

BATCH = 16_384
DISTRICT = ROOT / "tests" / "data" / "district.toml"
#: What an operator gives a server with this much data (docs/operation.md), set for the measured one.
SERVER = {
    "shared_buffers": "1GB",
    "effective_cache_size": "4GB",
    "random_page_cost": "1.1",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
}
_ORGANIZATION, _BODY = cast(Table, Organization.__table__), cast(Table, Body.__table__)


@contextmanager
def databases(engine: str, folder: Path) -> Iterator[Databases]:
    """Start an engine whose databases live as long as the block."""
    if engine == "sqlite":
        folder.mkdir(parents=True, exist_ok=True)
        started: Databases = SqliteDatabases(folder)
    else:
        started = Tuned()
    try:
        yield started
    finally:
        started.stop()


class Tuned(PostgresqlDatabases):
    """PostgreSQL as an operator sets it up, on the disk."""

    options: ClassVar[dict[str, str]] = {**PostgresqlDatabases.options, **SERVER}

    def place(self) -> str | None:
        return None


@contextmanager
def world(started: Databases, name: str) -> Iterator[Flask]:
    """Make the application on an empty database of its own, with the district loaded."""
    started.create(name)
    app = application(started, name)
    with app.app_context():
        Model.metadata.create_all(db.engine)
        with atomic():
            load_district(read_district(DISTRICT.read_text(encoding="utf-8")), by=SYSTEM)
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def application(started: Databases, name: str) -> Flask:
    """Return the whole application on a database."""
    return application_at(started.url(name))


def application_at(url: str) -> Flask:
    """Return the whole application, without limits on how often one may ask."""
    return wsgi.create_app(
        Settings(
            APP_ENV="testing",
            DATABASE_URL=url,
            SECRET_KEY="a secret of measurements, forty long..",
            DATA_KEY=base64.urlsafe_b64encode(bytes(32)).decode(),
        )
    )


def fill(path: Path, rows: int) -> None:
    """Put the first `rows` organizations kept at `path` into the register and its index."""
    places = [street.id for street in streets()]
    now = clock.now()
    numbered = enumerate(islice(kept(path), rows))
    while batch := list(islice(numbered, BATCH)):
        with atomic():
            ids = next_ids(_BODY, len(batch))
            bodies, organizations, names = [], [], []
            for key, (serial, row) in zip(ids, batch, strict=True):
                name, kind, number, status, person, street, domicile, founded, _funds, scope = row
                filed = kind == "community_organization"
                place = places[int(street) % len(places)]
                folded = fold(name)
                bodies.append((key, "organization", name, place))
                spelling = spelled(name)
                names.append((key, folded, spelling))
                organizations.append(
                    (
                        key,
                        "filed" if filed else "registered",
                        status,
                        None if filed else number,
                        number if filed else None,
                        f"a{serial % 3000}",
                        folded if status not in ("deregistered", "revoked", "cancelled") else None,
                        folded,
                        *spelling,
                        place,
                        date.fromisoformat(founded),
                        kind,
                        domicile,
                        scope,
                        None if filed else person,
                        person if filed else None,
                        now,
                        1,
                    )
                )
            bulk_insert(_BODY, ("id", "kind", "name", "division_id"), bodies)
            bulk_insert(_ORGANIZATION, COLUMNS, organizations)
            index.add(names)
    settle()


COLUMNS = (
    "id", "track", "status", "unified_code", "filing_number", "authority", "living_name",
    "folded_name", "name_pinyin", "name_initials", "name_syllables", "street_id", "founded_on",
    "type", "domicile", "scope", "legal_representative", "person_in_charge", "recorded_at", "version",
)  # fmt: skip


def settle() -> None:
    """Let the engine and the jobs do what they do by themselves in the hours after a load."""
    tally.store()
    if dialect() == "postgresql":
        db.session.remove()
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    else:
        with atomic():
            db.session.execute(text("ANALYZE"))
