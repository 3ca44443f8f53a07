"""The record of actions: the database keeps it, and what it cannot keep the walk finds."""

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from core import audit, clock
from core.accounts.actor import SYSTEM
from core.audit.actions import digest_of
from core.audit.jobs import close_audit_days
from core.audit.models import AuditEntry, AuditHead, AuditRoot
from core.audit.verification import Finding, Tampering, verify
from core.db import atomic, db, dialect

MONDAY = date(2026, 3, 2)
TUESDAY = date(2026, 3, 3)
WEDNESDAY = date(2026, 3, 4)


def note(*words):
    with atomic():
        for word in words:
            audit.record("test:note", by=SYSTEM, note=word, changes={"word": [None, word]})


@pytest.fixture
def record(app, frozen):
    """Three entries on Monday, closed; none on Tuesday, closed; three on Wednesday."""
    frozen("2026-03-02 09:00")
    note("一", "二")
    note("三")
    frozen("2026-03-04 00:10")
    close_audit_days()
    frozen("2026-03-04 09:00")
    note("四", "五", "六")


def execute(statement, **values):
    """Do what somebody with the database's own password could do."""
    db.session.rollback()
    if dialect() == "postgresql":
        db.session.execute(db.text("SET session_replication_role = replica"))
    else:
        triggers = db.text("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        for name, table in db.session.execute(triggers).all():
            if table in ("audit_entry", "audit_root"):
                db.session.execute(db.text(f"DROP TRIGGER {name}"))
    db.session.execute(statement, values)
    db.session.commit()
    if dialect() == "postgresql":
        db.session.execute(db.text("SET session_replication_role = origin"))
        db.session.commit()


def entry(day, place):
    db.session.rollback()
    found = db.session.scalar(db.select(AuditEntry).filter_by(day=day, place=place))
    assert found is not None
    return found


def at(day, place):
    return (AuditEntry.day == day) & (AuditEntry.place == place)


def findings(since=None):
    return [(f.tampering, f.day, f.place) for f in verify(since)]


def forge(day, place, after):
    """Insert an entry that continues `after` as a clever forger would write it."""
    values = {
        column.key: getattr(after, column.key)
        for column in AuditEntry.__table__.columns
        if column.key not in ("id", "digest")
    }
    forged = AuditEntry(**values | {"day": day, "place": place, "previous": after.digest})
    values = values | {"day": day, "place": place, "previous": after.digest}
    execute(db.insert(AuditEntry).values(**values, digest=digest_of(forged.spoken())))


def test_an_untouched_record_is_whole(record):
    assert findings() == []
    assert findings(WEDNESDAY) == []
    assert findings(TUESDAY) == []
    roots = db.session.scalars(db.select(AuditRoot).order_by(AuditRoot.day)).all()
    assert [(root.day, root.entries) for root in roots] == [(MONDAY, 3), (TUESDAY, 0)]
    assert roots[0].digest == roots[1].digest == entry(MONDAY, 3).digest


def test_an_empty_record_is_whole(app):
    assert findings() == []
    assert close_audit_days() == "0 days closed"


@pytest.mark.parametrize("table", ["audit_entry", "audit_root"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET digest = 'x'", "DELETE FROM {}", "DELETE FROM {} WHERE 1 = 1"]
)
def test_the_database_refuses_to_change_the_record(record, table, statement):
    db.session.rollback()
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(db.text(statement.format(table)))
    db.session.rollback()


@pytest.mark.engines("postgresql")
def test_the_database_refuses_to_empty_the_record(record):
    db.session.rollback()
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(db.text("TRUNCATE audit_entry"))
    db.session.rollback()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("note", "anders"),
        ("actor_name", "somebody else"),
        ("action", "test:other"),
        ("changes", {"word": [None, "anders"]}),
        ("address", "192.0.2.1"),
    ],
)
def test_a_changed_entry_is_found(record, column, value):
    execute(db.update(AuditEntry).where(at(MONDAY, 2)).values({column: value}))
    assert findings() == [(Tampering.CHANGED, MONDAY, 2)]
    assert findings(WEDNESDAY) == []


@pytest.mark.parametrize(("day", "place"), [(MONDAY, 2), (MONDAY, 3), (WEDNESDAY, 2)])
def test_an_entry_rewritten_with_its_digest_is_found(record, day, place):
    rewritten = entry(day, place)
    db.session.expunge(rewritten)
    rewritten.note = "anders"
    digest = digest_of(rewritten.spoken())
    execute(db.update(AuditEntry).where(at(day, place)).values(note="anders", digest=digest))
    assert findings() == [(Tampering.CHANGED, day, place)]


def test_the_last_entry_rewritten_with_its_digest_is_found(record):
    rewritten = entry(WEDNESDAY, 3)
    db.session.expunge(rewritten)
    rewritten.note = "anders"
    digest = digest_of(rewritten.spoken())
    execute(db.update(AuditEntry).where(at(WEDNESDAY, 3)).values(note="anders", digest=digest))
    assert findings() == [(Tampering.CHANGED, WEDNESDAY, 3)]


@pytest.mark.parametrize(
    ("day", "place"), [(MONDAY, 1), (MONDAY, 2), (MONDAY, 3), (WEDNESDAY, 1), (WEDNESDAY, 2)]
)
def test_a_removed_entry_is_found(record, day, place):
    execute(db.delete(AuditEntry).where(at(day, place)))
    assert findings() == [(Tampering.REMOVED, day, place)]


def test_a_cut_tail_is_found(record):
    execute(db.delete(AuditEntry).where(at(WEDNESDAY, 2)))
    execute(db.delete(AuditEntry).where(at(WEDNESDAY, 3)))
    assert findings() == [(Tampering.REMOVED, WEDNESDAY, 2)]


def test_a_removed_day_is_found(record):
    execute(db.delete(AuditEntry).where(AuditEntry.day == MONDAY))
    assert (Tampering.REMOVED, MONDAY, 1) in findings()
    assert findings(WEDNESDAY) == []


def test_a_removed_last_day_is_found(record):
    execute(db.delete(AuditEntry).where(AuditEntry.day == WEDNESDAY))
    assert findings() == [(Tampering.REMOVED, MONDAY, 4)]


def test_the_whole_record_removed_is_found(record):
    execute(db.delete(AuditEntry))
    assert (Tampering.REMOVED, MONDAY, 1) in findings()


def test_an_entry_inserted_into_a_closed_day_is_found(record):
    forge(MONDAY, 4, entry(MONDAY, 3))
    assert findings() == [(Tampering.INSERTED, MONDAY, 4)]


def test_an_entry_inserted_at_the_end_is_found(record):
    forge(WEDNESDAY, 4, entry(WEDNESDAY, 3))
    assert findings() == [(Tampering.INSERTED, WEDNESDAY, 4)]


def test_an_entry_inserted_into_an_open_day_that_has_passed_is_found(record, frozen):
    frozen("2026-03-05 09:00")
    note("七")
    forge(WEDNESDAY, 4, entry(WEDNESDAY, 3))
    assert findings() == [(Tampering.INSERTED, WEDNESDAY, 4)]


def test_a_cut_tail_with_a_mended_head_is_found_by_the_root(record):
    last = entry(MONDAY, 2)
    execute(db.delete(AuditEntry).where(AuditEntry.day == WEDNESDAY))
    execute(db.delete(AuditEntry).where(at(MONDAY, 3)))
    execute(db.update(AuditHead).values(day=MONDAY, place=2, digest=last.digest))
    assert (Tampering.REMOVED, MONDAY, 3) in findings()


def test_a_removed_root_is_found(record, frozen):
    frozen("2026-03-06 00:10")
    close_audit_days()
    execute(db.delete(AuditRoot).where(AuditRoot.day == TUESDAY))
    assert findings() == [(Tampering.REMOVED, TUESDAY, 0)]


def test_a_removed_head_is_found(record):
    execute(db.delete(AuditHead))
    assert findings() == [(Tampering.REMOVED, WEDNESDAY, 3)]


def test_what_ends_after_its_day_was_closed_stands_under_the_next(app, frozen):
    frozen("2026-03-02 23:59")
    note("一")
    late = clock.now()
    frozen("2026-03-03 00:10")
    close_audit_days()
    with clock.frozen(late):
        note("二")
    assert entry(TUESDAY, 1).note == "二"
    assert findings() == []


def test_entries_of_eight_writers_form_one_chain(app):
    start = threading.Barrier(8)

    def write(n):
        with app.app_context():
            start.wait()
            for m in range(3):
                note(f"{n}.{m}")
            db.session.remove()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert db.session.scalar(db.select(db.func.count(AuditEntry.id))) == 24
    assert findings() == []


def test_a_walk_sees_one_moment_while_others_write(record, app):
    walk = verify()
    execute(db.update(AuditEntry).where(at(MONDAY, 1)).values(note="anders"))
    first = next(walk)
    assert (first.tampering, first.place) == (Tampering.CHANGED, 1)

    def write():
        with app.app_context():
            note("七")
            db.session.remove()

    thread = threading.Thread(target=write)
    thread.start()
    thread.join()
    assert list(walk) == []


def test_commands_say_where_and_end_with_one(record, app):
    shell = app.test_cli_runner()
    whole = shell.invoke(args=["audit", "verify"])
    assert (whole.exit_code, whole.output) == (0, "The record is whole: 6 entries.\n")
    assert shell.invoke(args=["audit", "verify", "--since", "2026-03-04"]).output == (
        "The record is whole: 3 entries.\n"
    )
    roots = shell.invoke(args=["audit", "roots"]).output.splitlines()
    assert [line.split()[:2] for line in roots] == [["2026-03-03", "0"], ["2026-03-02", "3"]]
    execute(db.update(AuditEntry).where(at(MONDAY, 2)).values(note="anders"))
    found = shell.invoke(args=["audit", "verify"])
    assert found.exit_code == 1
    assert found.output.splitlines()[0].startswith("2026-03-02 #2: changed")
    assert shell.invoke(args=["audit", "verify", "--since", "2026-03-04"]).exit_code == 0


def test_a_finding_says_what_where_and_how_it_is_known():
    finding = Finding(Tampering.CHANGED, MONDAY + timedelta(0), 2, "because")
    assert str(finding) == "2026-03-02 #2: changed (because)"
