"""Near names: everything a full scan finds, through indexes; cooling periods; keys kept in step."""

from datetime import date

import pytest
from sqlalchemy import text

from core import clock
from core.accounts import SYSTEM
from core.db import atomic, db, dialect
from registry.names import checking, keys, queries
from registry.names.models import NameIndexMark, NameKey
from registry.names.near import Likeness, candidates, compare, core_of, near_names
from registry.organizations import actions as register
from registry.organizations import importing, search
from registry.organizations.index import INDEX, reindex
from registry.organizations.kinds import OrganizationStatus, OrganizationType
from registry.organizations.models import Organization
from registry.organizations.question import Filters
from tests.registry.test_import import JUNE_2010, REGISTER

A = OrganizationType.ASSOCIATION
HERE = "510104"
ENOUGH = 1000


@pytest.fixture
def register_of_2010(jinjiang):
    """The bureau's register of 2010, 378 organizations, keyed."""
    importing.run(REGISTER, on=JUNE_2010)
    keys.refresh()
    return db.session.scalars(db.select(Organization)).all()


def organization(code):
    return db.session.scalars(
        db.select(Organization).where(Organization.unified_code == code)
    ).one()


def wanted():
    """Cores to look for: some of the register, and each with a character changed, gone or more."""
    cores = sorted(set(db.session.scalars(db.select(NameKey.core))))[::6]
    for core in filter(None, cores):
        yield core
        middle = len(core) // 2
        yield core[:middle] + "爨" + core[middle + 1 :]
        yield core[:middle] + core[middle + 1 :]
        yield core[:middle] + "爨" + core[middle:]
        yield "爨" + core[1:]
        yield core[:-1]


def test_the_index_finds_what_a_scan_finds(register_of_2010):
    every = db.session.scalars(db.select(NameKey).where(NameKey.place == HERE)).all()
    assert len(every) > 100
    hits = 0
    for core in filter(None, wanted()):
        scanned = {it.id for it in every if compare(core, it.core)}
        read = {it.id for it in candidates(core, HERE) if compare(core, it.core)}
        assert read == scanned, core
        hits += len(scanned)
    assert hits > 100


def test_the_search_reads_an_index(register_of_2010):
    from registry.names.near import _halves

    statement = _halves("安心书画", HERE).compile(db.engine, compile_kwargs={"literal_binds": True})
    if dialect() == "sqlite":
        plan = [row[3] for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {statement}"))]
        assert not [line for line in plan if "SCAN name_key" in line], plan
        assert sum("ix_name_key_place_size" in line for line in plan) == 6
    else:
        db.session.execute(text("SET LOCAL enable_seqscan = off"))
        plan = [row[0] for row in db.session.execute(text(f"EXPLAIN {statement}"))]
        assert any("ix_name_key_place_size" in line for line in plan), plan


@pytest.mark.parametrize(
    ("name", "likeness"),
    [
        ("成都市锦江区和谐青少年联合会", Likeness.SAME_CORE),
        ("成都市锦江区河蟹青少年协会", Likeness.HOMOPHONE),
        ("成都市锦江区和谐青年协会", Likeness.ONE_APART),
    ],
)
@pytest.mark.engines("sqlite")
def test_in_what_a_name_is_near(register_of_2010, name, likeness):
    near = near_names(name, A, HERE, limit=ENOUGH)
    found = {it.name: it for it in near}
    assert found["成都市锦江区和谐青少年协会"].likeness is likeness
    assert [it.likeness for it in near] == sorted(
        (it.likeness for it in near), key=list(Likeness).index
    )


@pytest.mark.engines("sqlite")
def test_differing_characters_are_marked(register_of_2010):
    asked = "成都市锦江区和睦青少年协会"
    near = near_names(asked, A, HERE, limit=ENOUGH)
    it = next(it for it in near if it.name == "成都市锦江区和谐青少年协会")
    assert ("gone", "睦") in it.beside(asked)
    assert ("come", "谐") in it.beside(asked)


def found(name, **more):
    proposed = checking.Proposed(name, A, **more)
    return {(it.rule, it.blocking) for it in checking.findings_of(proposed)}


@pytest.mark.parametrize(
    "written",
    [
        "成都市锦江区和谐青少年协会",
        "成都市錦江區和諧青少年協會",
        "成都市锦江区 和谐　青少年协会",
        "成都市锦江区“和谐”青少年·协会",
    ],
)
def test_the_same_name_is_refused_however_it_is_written(register_of_2010, written):
    assert ("duplicate", True) in found(written)


@pytest.mark.parametrize(
    ("status", "years", "blocked"),
    [
        (OrganizationStatus.DEREGISTERED, 2, True),
        (OrganizationStatus.REVOKED, 2, True),
        (OrganizationStatus.DEREGISTERED, 3, False),
        (OrganizationStatus.REVOKED, 4, False),
    ],
)
@pytest.mark.engines("sqlite")
def test_the_name_of_an_ended_organization_cools(register_of_2010, frozen, status, years, blocked):
    frozen("2012-06-01 09:00")
    it = organization("51510104MJW7JC9C6K")
    with atomic():
        register.change_status(it, status, by=SYSTEM)
    frozen(f"{2012 + years}-06-01 09:00")
    assert (("cooling", True) in found(it.name)) is blocked
    near = near_names("成都市锦江区和谐青年协会", A, HERE, limit=ENOUGH)
    assert (it.name in {each.name for each in near}) is blocked


@pytest.mark.engines("sqlite")
def test_a_name_that_was_given_up_cools_for_a_year(register_of_2010, frozen):
    frozen("2012-06-01 09:00")
    it = organization("51510104MJW7JC9C6K")
    before = it.name
    with atomic():
        it.name = "成都市锦江区同窗青少年协会"
        from registry.organizations import naming

        naming.write(it)
        reindex(it)
    assert ("cooling", True) in found(before)
    assert ("cooling", True) not in found(before, own_id=it.id)
    assert queries.cooling_holder(before, HERE).free_on == date(2013, 6, 1)
    frozen("2013-06-01 09:00")
    assert ("cooling", True) not in found(before)


def test_an_import_is_keyed_by_the_job_and_found_missing_before(jinjiang):
    importing.run(REGISTER, on=JUNE_2010)
    assert not keys.is_complete()
    done, clashes = keys.refresh()
    assert (done, clashes) == (378, 0)
    assert keys.is_complete()
    assert keys.refresh() == (0, 0)
    assert db.session.scalar(db.select(db.func.count()).select_from(NameKey)) == 378


def test_the_index_is_made_anew_when_folding_changed(register_of_2010):
    """As after an update: what was stored under the old folding is brought up to date."""
    it = organization("51510104MJW7JC9C6K")
    with atomic():
        it.name = "成都市錦江區和諧青少年協會"
        INDEX.replace(it.id, it.folded_name, it.name)
        it.folded_name = it.living_name = it.name
        it.name_pinyin = "OLD"
        db.session.get_one(NameIndexMark, 1).made_of = "old"
    assert search.find(Filters(q="和谐青少年协会")).total == 0
    keys.refresh()
    db.session.expire_all()
    assert list(search.find(Filters(q="和谐青少年协会")).ids) == [it.id]
    assert it.living_name == it.folded_name == "成都市锦江区和谐青少年协会"
    assert it.name_pinyin.startswith("CHENG DU")
    assert db.session.scalar(
        db.select(NameKey.core).where(NameKey.organization_id == it.id)
    ) == core_of("成都市锦江区和谐青少年协会", A)


@pytest.mark.engines("sqlite")
def test_two_names_that_now_fold_to_one_are_told(register_of_2010):
    one, other = (
        register_of_2010[0],
        next(it for it in register_of_2010[1:] if it.authority == register_of_2010[0].authority),
    )
    with atomic():
        other.name = one.name.replace("区", "區")
        db.session.get_one(NameIndexMark, 1).made_of = "old"
    assert keys.refresh() == (378, 1)
    assert clock.today()
