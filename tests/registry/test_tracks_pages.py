"""The questions as pages: an address says it all, going back changes nothing, nothing is kept."""

from urllib.parse import parse_qs, urlsplit

import pytest

from core.db import db
from core.demo import PASSWORD
from core.workflow.models import Case
from registry.registrations.models import Registration
from tests.pages import fields, go
from tests.statements import statements

pytestmark = pytest.mark.engines("sqlite")
CARE = (
    "activity=services&people=6&staff=4&sector=elderly_care&funds=100000&nonstate=yes"
    "&place=secured&wish=yes&sponsor=dual_managed"
)
TRADE = (
    "activity=together&people=10&units=40&staff=2&funds=3万&place=owned&wish=later&sponsor=direct"
)


def test_the_questions_are_found_from_home_and_from_the_list_of_matters(town, client):
    for door in ("/", "/apply/"):
        page = go(client, door).link("帮我选一选")
        assert page.path == "/apply/track" and page.title == "您打算做什么？"


def test_a_question_at_a_time_with_the_answers_in_the_address(town, client):
    page = go(client, "/apply/track?activity=together&people=12")
    assert page.title == "有多少家企业或其他单位愿意入会？" and "第3题，共8题" in page.text
    back = page.link("上一题")
    assert back.title == "一共有多少人参加？"
    [form] = [it for it in back.forms() if str(it.get("action")).endswith("/track")]
    assert fields(form)["people"] == "12", "what was answered is still there"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("asked=activity", "请选择一项"),
        ("activity=together&asked=people&people=-3", "请填写0至1,000,000之间的整数"),
        ("activity=together&people=1&units=1&staff=0&asked=funds&funds=很多", "请填写金额"),
    ],
)
def test_what_is_no_answer_is_told_beside_its_question(town, client, query, words):
    page = go(client, f"/apply/track?{query}")
    assert page.status == 422 and words in page.text
    typed = parse_qs(query).get(parse_qs(query)["asked"][0], [""])[0]
    assert typed in page.answer.text


@pytest.mark.parametrize(
    "rubbish", ["activity=../etc", "change=nothing", "people=9&x=1", "activity="]
)
def test_any_address_is_a_page(town, client, rubbish):
    assert go(client, f"/apply/track?{rubbish}").status in (200, 422)


def test_the_answer_names_track_type_and_every_article(town, client):
    page = go(client, f"/apply/track?{CARE}")
    assert page.title == "登记为民办非企业单位（社会服务机构）"
    for article in ("第八条第三项", "第八条第四项", "第八条第五项", "登记暂行办法第五条", "第三条"):
        assert article in page.text
    assert "民法典第九十条" in page.text
    changed = page.link("修改")
    assert changed.title == "您打算做什么？", "every answer can be changed"


def test_the_answers_go_along_into_the_application(town, as_):
    applicant = as_(town.applicant)
    page = go(applicant, f"/apply/track?{TRADE}")
    assert page.title == "登记为社会团体"
    start = page.link("查看办事指南并开始办理")
    assert start.path == "/apply/association"
    check = start.link("开始申请")
    chosen = fields(check.form(""))
    assert (chosen["enough_members"], chosen["enough_funds"], chosen["management"]) == (
        "yes",
        "yes",
        "direct",
    )
    address = check.answer.request.full_path
    values = fields(check.form(""))
    values["full_capacity"] = "yes"
    assert "unit_members=40" in urlsplit(address).query
    answer = applicant.post(address, data=values)
    assert answer.status_code == 302
    case = db.session.scalars(db.select(Registration)).one()
    assert (case.individual_members, case.unit_members, case.staff_count) == (10, 40, 2)
    assert case.registered_funds == 30000 and case.management_mode == "direct"


def test_signing_in_on_the_way_forgets_no_answer(town, client):
    start = go(client, f"/apply/track?{TRADE}").link("查看办事指南并开始办理")
    page = start.link("开始申请").submit(login="applicant", password=PASSWORD)
    chosen = fields(page.form(""))
    assert (chosen["enough_members"], chosen["management"]) == ("yes", "direct")


def test_what_an_address_tells_wrongly_is_left_open(town, as_):
    applicant = as_(town.applicant)
    address = (
        "/apply/association/eligibility?staff_count=many&registered_funds=-5&individual_members=7"
        "&title=x&state=certified&enough_members=perhaps&_scheme=javascript"
    )
    page = go(applicant, address)
    values = fields(page.form(""))
    assert "enough_members" not in values
    values.update(
        {"enough_members": "yes", "enough_funds": "yes", "full_capacity": "yes",
         "management": "direct"}
    )  # fmt: skip
    assert applicant.post(address, data=values).status_code == 302
    case = db.session.scalars(db.select(Registration)).one()
    assert (case.individual_members, case.staff_count, case.registered_funds) == (7, None, None)
    assert (case.title, case.state) == ("", "draft")


def test_nothing_is_kept_and_little_is_asked_of_the_database(town, client):
    go(client, f"/apply/track?{CARE}")
    with statements() as asked:
        client.get(f"/apply/track?{CARE}")
    written = [it for it in asked if it.split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert not written and len(asked) <= 6, asked
    assert db.session.scalar(db.select(db.func.count()).select_from(Case)) == 0


def test_an_english_reader_reads_english(town, client):
    client.post("/language", data={"lang": "en"})
    page = go(client, f"/apply/track?{TRADE}")
    assert page.title == "Registration: Association" and "Your answers" in page.text
