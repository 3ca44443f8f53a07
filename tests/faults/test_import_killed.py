"""An import that is killed leaves whole batches, and the next one finishes the work."""

import subprocess

import pytest

from bench.national import write_csv
from core.accounts import SYSTEM, Body
from core.audit.models import AuditEntry
from core.db import atomic, db
from core.divisions import streets
from core.divisions.district_file import read_district
from core.divisions.loading import load_district
from registry.organizations import importing
from registry.organizations.listing import TABLE
from registry.organizations.models import Organization, OrganizationVersion
from registry.organizations.search import INDEX
from tests.registry.conftest import DATA

BATCH = importing.running.BATCH
ROWS = 4 * BATCH


@pytest.fixture
def file(app, tmp_path):
    """A clean file of four batches, and the district it is about."""
    with atomic():
        load_district(
            read_district((DATA / "district.toml").read_text(encoding="utf-8")), by=SYSTEM
        )
    path = tmp_path / "register.csv"
    write_csv(path, ROWS, [street.name for street in streets()])
    return path


def count(model):
    db.session.rollback()
    return db.session.scalar(db.select(db.func.count()).select_from(model))


def recorded():
    """How many organizations the audit record says were imported."""
    entries = db.session.scalars(
        db.select(AuditEntry).where(AuditEntry.action == "organization:import")
    )
    return sum(it.changes["new"][1] for it in entries)


def searchable():
    """How many of the organizations the index knows, by a character that all names have."""
    known = db.session.scalars(INDEX.hits("区", TABLE.c.id, limit=ROWS)).all()
    named = db.session.scalars(
        db.select(TABLE.c.id).where(TABLE.c.folded_name.contains("区"))
    ).all()
    assert sorted(known) == sorted(named)
    return len(known)


def kill_after_a_batch(process):
    while count(Organization) == 0:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.05)
    process.kill()
    process.wait()


def test_whole_batches_stay_and_the_next_run_finishes(file, processes):
    kill_after_a_batch(processes.flask("register", "import", str(file)))
    landed = count(Organization)
    assert 0 < landed < ROWS
    assert landed % BATCH == 0
    assert count(OrganizationVersion) == recorded() == searchable() == landed
    bodies = db.session.scalar(
        db.select(db.func.count()).select_from(Body).where(Body.kind == "organization")
    )
    assert bodies == landed
    report = importing.run(file)
    assert (report.new, report.unchanged, report.rejected) == (ROWS - landed, landed, 0)
    assert count(Organization) == count(OrganizationVersion) == recorded() == searchable() == ROWS
