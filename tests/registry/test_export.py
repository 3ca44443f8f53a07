"""What the register writes, it reads: import(export(x)) = x."""

import csv
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.accounts import SYSTEM
from core.db import atomic, db
from core.divisions import streets
from core.errors import RuleBroken
from core.search import fold
from registry.organizations import actions, exporting, importing, naming, search
from registry.organizations.codes import make_code
from registry.organizations.importing.columns import Field, read_header
from registry.organizations.kinds import (
    LIVING,
    FilingCategory,
    ManagementMode,
    OrganizationStatus,
    OrganizationType,
    Track,
)
from registry.organizations.models import Organization
from tests.registry.test_import import JUNE_2010, REGISTER

COMPARED = (
    "name", "track", "type", "category", "status", "unified_code", "filing_number", "authority",
    "living_name", "folded_name", "management_mode", "legal_representative", "person_in_charge",
    "domicile", "street_id", "division_id", "activity_area", "purpose", "scope",
    "registered_funds", "sponsor_name", "individual_members", "unit_members", "staff_count",
    "founded_on", "ended_on", "valid_until", "name_pinyin", "name_initials",
)  # fmt: skip


def state():
    """The whole register as plain values, by number."""
    db.session.rollback()
    db.session.expire_all()
    return {
        it.number: {name: getattr(it, name) for name in COMPARED}
        for it in db.session.scalars(db.select(Organization))
    }


def empty():
    """Take every organization away."""
    from core.accounts import Body
    from registry.names.models import NameKey
    from registry.organizations.models import OrganizationVersion

    with atomic():
        table = Organization.__table__
        for index, text in (
            (search.INDEX, table.c.folded_name),
            (search.INITIALS, table.c.name_initials),
            (search.SYLLABLES, table.c.name_syllables),
        ):
            index.remove(db.session.execute(db.select(table.c.id, text)).all())
        for each in (NameKey.__table__, OrganizationVersion.__table__, table):
            db.session.execute(db.delete(each))
        db.session.execute(db.delete(Body.__table__).where(Body.__table__.c.kind == "organization"))
    db.session.expunge_all()


def test_a_register_of_several_sheets_comes_back_whole(jinjiang, tmp_path, monkeypatch):
    monkeypatch.setattr(exporting, "SHEET_ROWS", 150)
    importing.run(REGISTER, on=JUNE_2010)
    before, path = state(), tmp_path / "register.xlsx"
    assert exporting.export(path) == 378
    again = importing.run(path)
    assert (again.rows, again.unchanged, again.problems) == (378, 378, [])
    empty()
    assert importing.run(path).new == 378
    assert state() == before


def test_an_export_that_breaks_off_leaves_what_was_there(jinjiang, tmp_path, monkeypatch):
    def broken(*_rest):
        raise OSError("the disk is full")

    path = tmp_path / "register.csv"
    path.write_text("as it was", encoding="utf-8")
    monkeypatch.setattr(exporting, "header", broken)
    with pytest.raises(OSError, match="full"):
        exporting.export(path)
    assert [it.name for it in tmp_path.iterdir()] == ["register.csv"]
    assert path.read_text(encoding="utf-8") == "as it was"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_bureaus_register_comes_back_whole(jinjiang, tmp_path, ending):
    importing.run(REGISTER, on=JUNE_2010)
    before, path = state(), tmp_path / f"register.{ending}"
    assert exporting.export(path) == len(before) == 378
    again = importing.run(path)
    assert (again.new, again.updated, again.unchanged, again.problems) == (0, 0, 378, [])
    empty()
    report = importing.run(path)
    assert (report.new, report.problems, report.columns.unknown) == (378, [], [])
    assert state() == before


def test_an_empty_register_is_a_header(jinjiang, tmp_path):
    path = tmp_path / "register.csv"
    assert exporting.export(path) == 0
    assert importing.run(path).rows == 0
    assert exporting.export(tmp_path / "register.xlsx") == 0
    assert importing.run(tmp_path / "register.xlsx").rows == 0


def test_every_column_is_understood():
    columns = read_header(exporting.header())
    assert list(columns.places) == list(exporting.COLUMNS)
    assert set(exporting.COLUMNS) == set(Field) - {Field.IGNORED}


WORDS = st.text(
    st.sampled_from("锦江养老服务协会=+-@'\",;（）·aB3 \n《》—"), min_size=1, max_size=20
).map(lambda text: text.strip())
SAID = st.one_of(st.none(), WORDS.filter(bool))
DAYS = st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2020, 1, 1)))
COUNTS = st.one_of(st.none(), st.integers(0, 100_000))
FUNDS = st.one_of(st.none(), st.decimals(0, Decimal("999999999999.99"), places=2, allow_nan=False))


@st.composite
def organizations(draw):
    registered = draw(st.booleans())
    kinds = [it for it in OrganizationType if (it != "community_organization") is registered]
    ended = [S.DEREGISTERED, S.REVOKED] if registered else [S.CANCELLED]
    alive = [S.ACTIVE, S.SUSPENDED, S.LIQUIDATING] if registered else [S.ACTIVE, S.DORMANT]
    person = draw(SAID)
    return {
        "name": draw(WORDS.filter(bool)),
        "track": Track.REGISTERED if registered else Track.FILED,
        "type": draw(st.sampled_from(kinds)),
        "category": None if registered else draw(st.sampled_from(FilingCategory)),
        "status": draw(st.sampled_from([*alive, *ended])),
        "management_mode": draw(st.one_of(st.none(), st.sampled_from(ManagementMode))),
        "legal_representative": person if registered else None,
        "person_in_charge": None if registered else person,
        "domicile": draw(SAID),
        "purpose": draw(SAID),
        "scope": draw(SAID),
        "activity_area": draw(SAID),
        "registered_funds": draw(FUNDS),
        "sponsor_name": draw(SAID),
        "individual_members": draw(COUNTS),
        "unit_members": draw(COUNTS),
        "staff_count": draw(COUNTS),
        "founded_on": draw(DAYS),
        "ended_on": draw(DAYS),
        "valid_until": draw(st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2099, 1, 1)))),
        "street": draw(st.integers(0, 10)),
    }


S = OrganizationStatus


def enter(several):
    """Put organizations into the register, the first of several living namesakes only."""
    places, taken = streets(), set()
    prefixes = {"association": "51", "service_institution": "52", "foundation": "53"}
    with atomic():
        for serial, facts in enumerate(several):
            facts = dict(facts)
            facts["name"] = importing.checking._SLIP.sub("", facts["name"])
            street = places[facts.pop("street") % len(places)]
            registered = facts["track"] is Track.REGISTERED
            authority = "510104" if registered else f"street:{street.id}"
            key = (authority, fold(facts["name"]))
            if facts["status"] in LIVING and key in taken:
                continue
            taken.add(key)
            number = make_code(prefixes[facts["type"]], "510104", serial) if registered else None
            it = Organization(
                **facts,
                unified_code=number,
                filing_number=None if registered else f"BA{serial}",
                authority=authority,
                street_id=street.id,
                division_id=street.id,
            )
            naming.write(it)
            db.session.add(it)
            db.session.flush()
            search.reindex(it)
            actions.keep_version(it, source="case", by=SYSTEM, valid_from=date(2020, 1, 1))


def test_any_register_comes_back_whole(jinjiang, tmp_path):
    @settings(max_examples=25)
    @given(st.lists(organizations(), min_size=1, max_size=5), st.sampled_from(["csv", "xlsx"]))
    def there_and_back(several, ending):
        empty()
        enter(several)
        before, path = state(), tmp_path / f"register.{ending}"
        exporting.export(path)
        again = importing.run(path)
        assert (again.unchanged, again.problems) == (len(before), [])
        empty()
        assert importing.run(path).problems == []
        assert state() == before

    there_and_back()


def test_no_cell_is_a_formula(jinjiang, tmp_path):
    path = tmp_path / "register.csv"
    enter([{"name": "=1+1协会", "track": Track.FILED, "status": S.ACTIVE, "street": 0,
            "type": OrganizationType.COMMUNITY_ORGANIZATION}])  # fmt: skip
    exporting.export(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file))
    assert row["社会组织名称"] == "'=1+1协会"


def test_another_ending_is_refused(jinjiang, tmp_path):
    with pytest.raises(RuleBroken):
        exporting.export(tmp_path / "register.pdf")


def test_the_command_says_what_it_wrote(app, jinjiang, english, tmp_path):
    importing.run(REGISTER, on=JUNE_2010)
    path = str(tmp_path / "register.csv")
    done = app.test_cli_runner().invoke(args=["register", "export", path])
    assert done.exit_code == 0
    assert done.output.startswith("Wrote 378 organizations.")
    done = app.test_cli_runner().invoke(args=["register", "export", path + ".ods"])
    assert done.exit_code == 1
