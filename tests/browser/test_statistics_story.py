"""Anybody reads the figures, a report, the register of another day, and asks to be told."""

import io

from lxml import etree
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from core import clock
from core.accounts import SYSTEM
from core.db import atomic
from registry.statistics import actions
from tests.browser.hands import fill_in, leave
from tests.browser.test_every_page import BY_WIDTH
from tests.registry import lives

ATOM = "{http://www.w3.org/2005/Atom}"
OLD, NEW = "锦江区春熙路10号", "锦江区总府路18号"


def make_register() -> None:
    """Enter two associations and a group that moved, and issue last month's report of them."""
    today = clock.today()
    first = today.replace(year=today.year - 2, month=1, day=1)
    with atomic():
        lives.enter(1, "成都市锦江区晨曦书画协会", founded_on=first)
        lives.enter(2, "成都市锦江区暖冬助残协会", founded_on=first)
        group = lives.enter(
            3, "春熙路街道莲花社区青禾合唱队", filed=True, founded_on=first, domicile=OLD
        )
        lives.change(group, first.replace(month=6), domicile=NEW)
    with atomic():
        actions.issue_report(month=f"{actions.month_before(today):%Y-%m}", by=SYSTEM)


def test_figures_times_past_and_news(page: Page, town, sign_in, axe, screen):
    held = () if screen == "wide" else BY_WIDTH
    make_register()
    year = clock.today().year - 2
    page.goto(f"/statistics?year={year}")
    figures = page.locator("figure.chart")
    assert figures.count() >= 8
    figure = figures.first
    expect(figure.locator("figcaption")).to_contain_text("登记")
    figure.locator("summary").click()
    expect(figure.locator("table tbody tr").last).to_be_visible()
    axe(page, held)
    with page.expect_download() as saved:
        figure.locator("a[download]").click()
    text = saved.value.path().read_text("utf-8-sig")
    assert text.splitlines()[0].split(",")[-2:] == ["登记", "备案"]
    assert f"{year}年1月,2,1" in text

    leave(page, page.get_by_role("link", name="统计月报"))
    axe(page, held)
    report = page.locator("main .rows a", has_text="PDF")
    answer = page.request.get(str(report.get_attribute("href")))
    words = "".join(each.extract_text() for each in PdfReader(io.BytesIO(answer.body())).pages)
    assert "登记社会组织2家" in "".join(words.split())

    page.goto(f"/register?as_of={year}-03-31")
    expect(page.locator("h1")).to_contain_text(f"{year}年3月31日")
    axe(page, held)
    leave(page, page.get_by_role("link", name="青禾合唱队").first)
    expect(page.locator("main")).to_contain_text(OLD)
    fill_in(page.locator("form.days"), since=f"{year}-03-31", as_of=f"{year}-12-31")
    leave(page, page.locator("form.days button"))
    expect(page.locator(".sentences li")).to_contain_text(f"{year}年6月1日")
    expect(page.locator(".sentences ins").first).to_contain_text("总府")
    axe(page, held)

    sign_in(town.applicant)
    leave(page, page.locator("main a", has_text="查看今天的登载").first)
    leave(page, page.locator("section.follow button"))
    expect(page.locator("main .sheet h2")).to_contain_text("青禾合唱队")
    axe(page, held)
    leave(page, page.locator("main .sheet h2 a"))
    feed = page.request.get(
        str(page.locator("section.follow a", has_text="Atom").get_attribute("href"))
    )
    entries = etree.fromstring(feed.body()).findall(f"{ATOM}entry")
    assert any(NEW in "".join(each.itertext()) for each in entries)
