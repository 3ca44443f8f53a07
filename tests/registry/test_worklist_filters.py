"""What a worklist is narrowed to: by the address, over pages and files, and inside by words."""

import csv
from datetime import timedelta
from io import StringIO
from typing import Any, cast

import pytest
from sqlalchemy import Table, text

from core import clock, divisions
from core.accounts import SYSTEM, Role
from core.accounts.actions import grant_membership
from core.accounts.actor import acting_for
from core.db import atomic, db
from core.workflow import actions, piling
from core.workflow.listing import NOBODY, Due, WorklistFilter, list_worklist, page_of_worklist
from core.workflow.models import SOUGHT, Case, CaseSeat
from core.workflow.parties import Seat
from core.workflow.piles import Pile, count_piles
from core.workflow.worklist_filters import wanted_of
from registry.demo import cases, driver
from registry.organizations.kinds import FilingCategory
from tests.pages import go
from tests.registry.test_worklists import some_cases
from tests.statements import statements
from tests.town import numeral

SQLITE = pytest.mark.engines("sqlite")
PILES = (Pile.OFFICE, Pile.WAITING, Pile.CLOSED)


def listed(actor, **asked) -> list[int]:
    db.session.rollback()
    return [case.id for case in db.session.scalars(list_worklist(WorklistFilter(**asked), actor))]


def the(case_id: int) -> Case:
    db.session.rollback()
    return db.session.get_one(Case, case_id)


def associations(state: str, *names: str, **more) -> list[int]:
    ids = []
    for place, name in enumerate(names):
        ids.append(cases._association(name, 60, place))
        driver.drive(ids[-1], state, days_ago=0, **more)
    return ids


def test_each_filter_lists_what_a_look_at_every_case_finds(town):
    some_cases()
    with atomic():
        for case in db.session.scalars(db.select(Case).where(Case.state == "submitted")):
            actions.take(case, by=town.intake)
    everything = {case.id: case for case in db.session.scalars(db.select(Case))}
    home = next(case.division_id for case in everything.values() if case.division_id)
    below = divisions.subtree_ids(db.session.get_one(divisions.Division, home))
    now, office = clock.now(), town.intake.body_id
    later = next(c.due_at for c in everything.values() if c.due_at) + timedelta(days=400)
    tries = [
        ({"kind": "filing"}, lambda c: c.kind == "filing"),
        ({"kind": "registration"}, lambda c: c.kind == "registration"),
        ({"state": "submitted"}, lambda c: c.state == "submitted"),
        ({"kind": "filing", "state": "street_review"}, lambda c: c.state == "street_review"),
        ({"state": "nowhere"}, lambda c: False),
        ({"assignee": town.intake.user_id}, lambda c: c.assignee_id == town.intake.user_id),
        ({"assignee": 0}, lambda c: c.assignee_id is None),
        (
            {"office": office},
            lambda c: (c.office_id if c.closed_at else c.waiting_body_id) == office,
        ),
        ({"place": home}, lambda c: c.division_id in below),
        ({"place": 10**6}, lambda c: False),
        ({"due": Due.NONE}, lambda c: c.due_at is None or c.closed_at is not None),
        ({"due": Due.OVERDUE}, lambda c: c.closed_at is not None or (c.due_at and c.due_at <= now)),
    ]
    for login in ("intake", "approver", "street", "supervisor", "head", "auditor"):
        actor = getattr(town, login)
        for pile in (*PILES, Pile.OPEN):
            there = listed(actor, pile=pile)
            assert len(set(there)) == len(there)
            for asked, rule in tries:
                wanted = [it for it in there if rule(everything[it])]
                assert sorted(listed(actor, pile=pile, **asked)) == sorted(wanted), (login, asked)
        both = sorted(listed(actor, pile=Pile.OFFICE) + listed(actor, pile=Pile.WAITING))
        assert sorted(listed(actor, pile=Pile.OPEN)) == both
        counted = count_piles(actor)
        assert counted[Pile.WAITING] == len(listed(actor, pile=Pile.WAITING)), login
        assert counted[Pile.OFFICE] == len(listed(actor, pile=Pile.OFFICE)), login
    with clock.frozen(later):
        assert listed(town.intake, due=Due.OVERDUE) == listed(town.intake)


def test_pages_of_a_pile_follow_each_other_in_one_order(town):
    names = [f"翻页{numeral(n)}" for n in range(7)]
    associations("submitted", *names)
    for pile, actor in (
        (Pile.OFFICE, town.intake),
        (Pile.WAITING, town.head),
        (Pile.OPEN, town.auditor),
    ):
        tries: tuple[dict[str, Any], ...] = ({}, {"kind": "registration"}, {"text": "翻页"})
        for asked in tries:
            wanted = WorklistFilter(pile=pile, **asked)
            whole, seen, after = listed(actor, pile=pile, **asked), [], None
            while True:
                found = page_of_worklist(wanted, actor, size=3, after=after)
                seen += [case.id for case in found.items]
                after = found.next
                if after is None:
                    break
            assert sorted(seen) == sorted(whole)
            assert len(seen) == len(names)
            if not asked:
                keys = [(the(it).due_key, it) for it in seen]
                assert keys == sorted(keys)


@SQLITE
def test_a_body_at_two_seats_of_a_case_has_it_once(town):
    (case_id,) = associations("deciding", "两席")
    bureau = town.head.body
    with atomic():
        case = db.session.get_one(Case, case_id)
        for seat in case.seats:
            if seat.seat in (Seat.OFFICE, Seat.OVERSIGHT):
                seat.body_id = bureau.id
        case.waiting_body_id = bureau.id
        for role in (Role.EXAMINER, Role.SUPERVISOR):
            grant_membership(town.head.user, bureau, role, by=SYSTEM)
    head = acting_for(town.head.user, bureau.id)
    assert listed(head, pile=Pile.WAITING) == [case_id]
    assert count_piles(head)[Pile.WAITING] == 1
    assert listed(head, pile=Pile.OPEN) == [case_id]
    with atomic():
        grant_membership(town.head.user, bureau, Role.APPROVER, by=SYSTEM)
    head = acting_for(town.head.user, bureau.id)
    assert (listed(head), listed(head, pile=Pile.WAITING)) == ([case_id], [])
    assert count_piles(head)[Pile.OFFICE] == 1


@SQLITE
def test_the_pile_follows_every_way_a_case_moves(town):
    def piles() -> dict[str, str]:
        return {s.seat.value: s.pile for s in the(case_id).seats}

    case_id = cases._association("去向", 60, 1)
    assert set(piles().values()) == {"unseen"}
    driver.drive(case_id, "sponsor_review", days_ago=0)
    assert piles()["sponsor"] == "sponsor_officer"
    assert piles()["office"] == piles()["oversight"] == "elsewhere"
    driver.drive_on(case_id, "sponsor_agree")
    assert piles()["office"] == "intake"
    with atomic():
        case = db.session.get_one(Case, case_id)
        case.due_at = None
    assert {s.sort_at for s in the(case_id).seats} == {the(case_id).due_key}
    assert the(case_id).due_key.year == 9999
    driver.drive_on(case_id, "withdraw")
    assert set(piles().values()) == {"closed"}
    assert {s.sort_at for s in the(case_id).seats} == {the(case_id).closed_at}


@pytest.mark.parametrize(
    "written", ["拾光", "拾光志愿服務", "ＲＥＧ", "reg-", "张敏", " 张 敏 ", "張敏", "光"]
)
@SQLITE
def test_inside_is_searched_by_number_name_and_applicant_folded(town, written):
    (sought, other) = associations("submitted", "拾光志愿服务", "暮云")
    with atomic():
        the(sought)
        case = db.session.get_one(Case, sought)
        case.number = f"REG-{case.number}"
    found = listed(town.intake, text=written)
    assert sought in found
    assert (other in found) == ("敏" in written.replace("張", "张"))
    assert listed(town.intake, text="没有这样的") == []
    assert listed(town.intake, text="％") == []


@SQLITE
def test_what_is_found_follows_the_name(town):
    (case_id,) = associations("submitted", "旧名字")
    with atomic():
        db.session.get_one(Case, case_id).title = "新称呼协会"
    assert listed(town.intake, text="旧名字") == []
    assert listed(town.intake, text="新称呼") == [case_id]
    with atomic():  # as a file would load it
        table = cast(Table, Case.__table__)
        old = db.session.get_one(Case, case_id).sought
        db.session.execute(table.update().values(sought="").where(table.c.id == case_id))
        SOUGHT.remove([(case_id, old)])
    assert listed(town.intake, text="新称呼") == []
    assert piling.index_left_out() == 1
    assert piling.index_left_out() == 0
    assert listed(town.intake, text="新称呼") == [case_id]


@SQLITE
def test_what_an_address_asks_that_nobody_knows_counts_as_not_asked(town):
    asked = {"pile": "x", "kind": "x", "due": "x", "place": "x", "office": "-1", "assignee": "²"}
    assert wanted_of(asked, town.intake) == WorklistFilter()
    known = {
        "pile": "open",
        "step": "submitted",
        "due": "overdue",
        "office": "12",
        "assignee": "me",
    }
    assert wanted_of(known, town.intake) == WorklistFilter(
        pile=Pile.OPEN,
        state="submitted",
        due=Due.OVERDUE,
        office=12,
        assignee=town.intake.user_id,
    )
    assert wanted_of({"assignee": "none"}, town.intake).assignee == 0


@SQLITE
def test_filters_are_kept_over_pages_and_files_and_come_off_one_by_one(town, as_):
    associations("submitted", *[f"二十{numeral(n)}" for n in range(22)])
    group = cases._group("总府社区一队", FilingCategory.OTHER, 60)
    driver.drive(group, "street_review", days_ago=0)
    auditor = as_(town.auditor)
    narrow = "/worklist?pile=open&kind=registration&state=submitted&office={}&assignee=none"
    page = go(auditor, narrow.format(town.intake.body_id))
    assert rows_on(page) == 20
    second = page.link("下一页")
    assert rows_on(second) == 2
    for shown in (page, second):
        file = auditor.get(href(shown, "CSV")).get_data(as_text=True)
        assert len(list(csv.reader(StringIO(file)))) == 1 + 22
    without = href(page, "办理机构")
    assert "office=" not in without
    assert "kind=registration" in without


def rows_on(page) -> int:
    return sum(1 for head in page.root.iter("th") if head.get("scope") == "row")


def href(page, words: str) -> str:
    found: str = next(a.get("href") for a in page.root.iter("a") if words in "".join(a.itertext()))
    return found


@SQLITE
def test_an_address_does_not_name_whoever_is_no_officer(town, as_):
    applicant = town.as_themselves("applicant")
    page = go(as_(town.intake), f"/worklist?assignee={applicant.user_id}")
    assert applicant.name not in page.text
    assert town.examiner.name in go(as_(town.intake), "/worklist?more=1").text


@SQLITE
def test_every_filter_together_costs_no_more_than_a_fixed_number_of_queries(town, as_):
    some_cases()
    visitor = as_(town.intake)
    asked = "/worklist?pile=open&kind=filing&state=street_review&due=soon&place=3&office=4&assignee=5&q=x"
    visitor.get(asked)
    with statements() as found:
        assert visitor.get(asked).status_code == 200
    assert len([it for it in found if it != "BEGIN"]) <= 12


def test_two_indexes_lead_through_a_pile(town):
    """No sorting of a whole pile, on either engine: the first page is read off an index."""
    associations("submitted", "一件")
    wanted = WorklistFilter(pile=Pile.OFFICE)
    names = {index.name for index in cast(Table, CaseSeat.__table__).indexes}
    assert "ix_case_seat_body_id_seat_pile_sort_at_case_id" in names
    if db.engine.dialect.name == "sqlite":
        query = list_worklist(wanted, town.intake, limit=20)
        sql = str(query.compile(db.engine, compile_kwargs={"literal_binds": True}))
        plan = [
            row[-1] for row in db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")
        ]
        assert any("ix_case_seat_body_id_seat_pile_sort_at_case_id" in line for line in plan), plan


@pytest.fixture
def heap(town):
    """Two thousand cases on one pile, all of one kind and all taken, beside one."""
    (first,) = associations("submitted", "一件")
    with atomic():
        actions.take(the(first), by=town.intake)
    case, seat = cast(Table, Case.__table__), cast(Table, CaseSeat.__table__)
    with atomic():
        one = dict(db.session.execute(db.select(case).where(case.c.id == first)).mappings().one())
        seats = [
            dict(it) for it in db.session.execute(
                db.select(seat).where(seat.c.case_id == first)
            ).mappings()
        ]  # fmt: skip
        top = max(it["id"] for it in seats)
        many = range(1, 2001)
        db.session.execute(
            case.insert(),
            [{**one, "id": first + n, "number": f"堆-{n}", "sole_key": None} for n in many],
        )
        db.session.execute(
            seat.insert(),
            [
                {**it, "id": top + n * len(seats) + place, "case_id": first + n}
                for n in many
                for place, it in enumerate(seats)
            ],
        )
    db.session.execute(text("ANALYZE"))
    db.session.commit()
    return first


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({"kind": "filing"}, "kind"),
        ({"kind": "filing", "due": Due.LATER}, "kind"),
        ({"assignee": NOBODY}, "taken"),
    ],
)
def test_what_a_pile_holds_none_of_is_not_looked_for_along_it(town, heap, asked, name):
    """A filter without a hit reads no case of a pile of two thousand, on either engine."""
    wanted = WorklistFilter(pile=Pile.OFFICE, **asked)
    query = list_worklist(wanted, town.intake, limit=20)
    sql = str(query.compile(db.engine, compile_kwargs={"literal_binds": True}))
    sqlite = db.engine.dialect.name == "sqlite"
    how = "EXPLAIN QUERY PLAN" if sqlite else "EXPLAIN"
    plan = [row[-1] for row in db.session.connection().exec_driver_sql(f"{how} {sql}")]
    index = f"ix_case_seat_body_id_seat_pile_{name}_sort_at_case_id"
    assert any(index in line for line in plan), plan
    read = [line for line in plan if "case_seat" in line and "ix_case_seat" not in line]
    assert not any("SCAN" in line.upper().split("(")[0] for line in read), plan
    assert db.session.scalars(query).all() == []


def test_a_case_is_found_as_taken_or_nobodys_at_once(town):
    (case_id,) = associations("submitted", "一件")
    assert listed(town.intake, assignee=NOBODY) == [case_id]
    with atomic():
        actions.take(the(case_id), by=town.intake)
    assert listed(town.intake, assignee=NOBODY) == []
    assert listed(town.intake, kind="registration") == [case_id]
    assert listed(town.intake, kind="filing") == []
    with atomic():
        actions.assign(the(case_id), by=town.intake, user_id=None)
    assert listed(town.intake, assignee=NOBODY, kind="registration") == [case_id]
