"""The street's list of filed groups, and what a group reads on top of its own page."""

import csv
import io
from datetime import date

import pytest

from core import clock
from core.accounts import SYSTEM
from core.db import atomic, db
from core.workflow.models import Case
from registry.demo import groups
from registry.dormancy.actions import fall_dormant
from registry.dormancy.queries import silence_of
from registry.organizations.models import Organization
from tests.pages import go
from tests.registry.filed import done, filed, group
from tests.statements import statements
from tests.town import numeral

pytestmark = pytest.mark.engines("sqlite")
STREET = "春熙路街道总府社区"


@pytest.fixture
def three(town, frozen):
    """A choir due for renewal, one overdue and silent, one dormant; it is 10 February 2026."""
    due = filed(f"{STREET}甲合唱队", 1, on="2024-03-05")
    overdue = filed(f"{STREET}乙合唱队", 2, on="2023-06-01")
    dormant = filed(f"{STREET}丙合唱队", 3, on="2023-01-10")
    frozen("2026-02-10 10:00")
    with atomic():
        fall_dormant(group(dormant), by=SYSTEM)
    return due, overdue, dormant


def names(page):
    return [name for name in ("甲", "乙", "丙") if f"{STREET}{name}合唱队" in page.text]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["甲", "乙", "丙"]),
        ("need=renewal_due", ["甲"]),
        ("need=renewal_overdue", ["乙"]),
        ("need=report_due", ["甲", "乙"]),
        ("need=silent", ["乙"]),
        ("need=dormant", ["丙"]),
        ("text=甲合唱", ["甲"]),
        ("text=-0002", ["乙"]),
        ("text=没有", []),
        ("need=x&place=y&sort=z", ["甲", "乙", "丙"]),
    ],
)
def test_the_street_narrows_its_list(three, as_, town, query, found):
    done(three[0], "activity_report", "handed_in", on="2025-02-10")  # so only one is silent
    page = go(as_(town.street), f"/groups?{query}")
    assert page.status == 200
    assert names(page) == found
    if not found:
        assert "没有符合条件的组织" in page.text


def test_the_list_is_sorted_and_taken_away(three, as_, town):
    street = as_(town.street)

    def order(sort):
        sheet = street.get(f"/groups/export.csv?sort={sort}").data.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(sheet)))
        return rows, "".join(row["名称"][len(STREET)] for row in rows)

    rows, by_end = order("ending")
    assert by_end == "丙乙甲"
    assert [row["休眠"] for row in rows] == ["是", "否", "否"]
    assert [row["待延续"] for row in rows] == ["否", "否", "是"]
    assert order("newest")[1] == "丙乙甲"
    assert order("pressing")[1] == order("")[1] == "乙甲丙", "overdue and silent, due, dormant"
    assert sorted(order("name")[1]) == sorted("甲乙丙")
    assert street.get("/groups/export.xlsx").data.startswith(b"PK")
    assert street.get("/groups/export.pdf").status_code == 404


def test_what_was_taken_over_gives_no_sign_of_life_by_that(three, as_, town):
    with atomic():
        for organization_id, founded in ((three[0], date(2010, 1, 8)), (three[1], None)):
            taken_over = group(organization_id)
            taken_over.founded_on, taken_over.valid_until = founded, None
            taken_over.recorded_at = clock.now()
    text = go(as_(town.street), "/groups").text
    assert "2010年1月8日" in text
    assert "2026年2月10日" not in text
    assert "有效期未记载" in text and "正常" not in text
    assert names(go(as_(town.street), "/groups?need=term_unknown")) == ["甲", "乙"]
    assert silence_of(group(three[0])).since == date(2026, 2, 10), "silence counts from here on"


def test_only_who_looks_after_groups_sees_them(three, as_, town, client):
    for who in (town.supervisor, town.head, town.auditor):
        assert names(go(as_(who), "/groups")) == ["甲", "乙", "丙"]
    for who in (town.choir, town.intake, town.community, town.admin):
        assert as_(who).get("/groups").status_code == 403
    assert client.get("/groups").status_code == 302
    with atomic():
        for organization_id in three:
            group(organization_id).street_id = None
    assert names(go(as_(town.street), "/groups")) == []
    assert as_(town.street).post(f"/groups/{three[2]}/cancellation").status_code == 404


def test_a_page_of_many_asks_no_more_than_a_page_of_one(town, as_, frozen):
    frozen("2024-03-05 10:00")
    groups.found_group(f"{STREET}{numeral(0)}队", 1)
    frozen("2026-02-10 10:00")
    street = as_(town.street)
    street.get("/groups")
    with statements() as few:
        street.get("/groups")
    frozen("2024-03-05 10:00")
    for n in range(2, 34):
        groups.found_group(f"{STREET}{numeral(n)}队", n)
    frozen("2026-02-10 10:00")
    with statements() as many:
        page = go(street, "/groups")
    assert len(many) == len(few)
    following = page.link("下一页")
    assert following.status == 200
    assert len(page.root.findall(".//tbody/tr")) == 30
    assert len(following.root.findall(".//tbody/tr")) == 3


def test_a_group_reads_what_is_due_and_starts_it_with_one_button(three, as_, town):
    visitor = as_(town.as_themselves("choir"))
    page = go(visitor, f"/register/{group(three[0]).number}")
    assert "本组织需要办理的事项" in page.text
    assert "2026年3月4日前" in page.text and "2026年3月31日前" in page.text
    draft = page.submit("/filing_renewal")
    case = db.session.scalars(db.select(Case).order_by(Case.id.desc()).limit(1)).one()
    assert draft.path == f"/cases/{case.id}"
    assert case.subject_body_id == three[0]
    again = go(visitor, f"/register/{group(three[0]).number}").submit(f"/cases/{case.id}")
    assert again.path == draft.path


def test_a_dormant_group_reads_how_to_wake(three, as_, town):
    page = go(as_(town.choir), f"/register/{group(three[2]).number}")
    assert "延续备案后即恢复正常" in page.text
    assert page.submit("/filing_renewal").path.startswith("/cases/")


def test_too_early_is_said_on_the_groups_own_page(three, as_, town):
    done(three[0], "filing_renewal", "renewed")
    visitor = as_(town.choir)
    number = group(three[0]).number
    page = go(visitor, f"/register/{number}")
    assert "2028年1月4日起可以申请延续" in page.text
    answer = visitor.post(f"/groups/{three[0]}/filing_renewal", follow_redirects=True)
    assert "2028年1月4日起可以申请延续" in answer.text


def test_others_see_nothing_of_it_and_start_nothing(three, as_, town, client):
    number = group(three[0]).number
    for visitor in (client, as_(town.applicant), as_(town.intake)):
        assert "需要办理的事项" not in visitor.get(f"/register/{number}").text
    assert as_(town.applicant).post(f"/groups/{three[0]}/filing_renewal").status_code == 404
    assert as_(town.applicant).post(f"/groups/{three[0]}/cases/1").status_code == 404
    assert as_(town.choir).post(f"/groups/{three[0]}/filing").status_code == 404
    assert as_(town.choir).post("/groups/987654321/filing_renewal").status_code == 404


def test_the_street_begins_to_cancel_a_dormant_group(three, as_, town):
    street = as_(town.street)
    due, dormant = group(three[0]).number, group(three[2]).number
    assert "启动注销程序" not in go(street, f"/register/{due}").text
    page = go(street, f"/register/{dormant}")
    case = page.submit(f"/groups/{three[2]}/cancellation")
    assert "待公示" in case.text and "依职权启动" in case.text
    assert "启动注销程序" not in go(street, f"/register/{dormant}").text
    refused = street.post(f"/groups/{three[0]}/cancellation", follow_redirects=True)
    assert "该组织不处于休眠状态" in refused.text
    assert len(db.session.scalars(db.select(Case)).all()) == 1


def test_a_registered_organization_has_no_such_panel(three, as_, town):
    from registry.demo.certificates import found_association

    found = found_association("成都市锦江区社区书画协会", 777)
    number = db.session.get_one(Organization, found).number
    assert "需要办理的事项" not in go(as_(town.applicant), f"/register/{number}").text


def test_what_is_due_stands_beside_ones_cases(three, as_, town):
    choir = as_(town.as_themselves("choir"))
    page = go(choir, "/cases/")
    for letter in "甲乙丙":
        assert f"{STREET}{letter}合唱队：本组织需要办理的事项" in page.text
    assert page.link("备案转登记").path.startswith("/upgrades/")
    draft = page.submit(f"/groups/{three[0]}/filing_renewal")
    assert "延续备案" in draft.text
    assert "本组织需要办理的事项" not in go(as_(town.applicant), "/cases/").text
    words = go(choir, "/certificates/own").text
    assert "延续备案后可在此查看" in words
    assert "补领" not in words
