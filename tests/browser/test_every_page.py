"""Every page as it stands: nothing to hold against it, on a telephone and at a desk.

The pages are found through the address map, so a page that is added is looked at; those that need
a case are named below, one of each kind for everybody who sees it. A picture of each page that
something is held against is left in test-results/pages/.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from flask import Flask
from playwright.sync_api import Page

from core.accounts import codes
from core.db import atomic, db
from core.demo import PASSWORD
from core.documents import Instrument
from core.notices.models import PublicNotice
from core.workflow.models import Case
from registry.demo import cases
from registry.filings.states import FilingState as F
from registry.registrations.states import RegistrationState as R
from tests.browser.conftest import SCREENS
from tests.browser.hands import go_on
from tests.conftest import ROOT

PICTURES = ROOT / "test-results" / "pages"
#: One case of each look that the pages of a case have.
SHOWN = (R.DRAFT, R.CORRECTION, R.EXAMINING, R.DECIDING, R.CERTIFIED)
GROUPS = (F.DRAFT, F.STREET_REVIEW, F.FILED)
#: Answers that are no pages; a reference of programs is English everywhere.
NO_PAGES = ("static", "api.", "bootstrap.", "development.", "names.findings")
#: Addresses on the way of signing in, which lead on: only who is half way in sees a page there.
PASSED_BY = ("/sign-in/code", "/sign-in/identity", "/sign-in/identity/back")
#: Latin words that belong on a Chinese page.
WORDS = {"Atom", "Ctrl", "English", "Excel", "Word"}
#: Heads and values of a CSV file, as they are to be written in it.
WORDS |= {"day", "kind", "name", "holiday", "working"}
#: Written letters of a page in the language of the page, attributes that are read out included.
LETTERS = """() => {
  const words = [document.title];
  const other = e => e.closest("[lang]").lang !== document.documentElement.lang;
  const silent = "script, noscript, style, code, pre, textarea, .number, [hidden]";
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const parent = walk.currentNode.parentElement;
    if (!parent.closest(silent) && !other(parent)) words.push(walk.currentNode.data.trim());
  }
  for (const e of document.querySelectorAll("[aria-label], [placeholder], [title], [alt]"))
    if (!other(e))
      for (const name of ["aria-label", "placeholder", "title", "alt"])
        words.push((e.getAttribute(name) || "").trim());
  return words.filter(Boolean);
}"""
#: Rules of axe that one screen may break and another keep.
BY_WIDTH = ("scrollable-region-focusable", "target-size")
#: Screens between the telephone and the desk.
BETWEEN = (768, 1024)
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def busy_town(world: Any, town: Any) -> Any:
    """The town with cases in the states that look different, made once a process."""
    if not getattr(world, "busy", False):
        cases.make_cases(
            [each for each in cases.ASSOCIATIONS if each[1] in SHOWN],
            [each for each in cases.GROUPS if each[2] in GROUPS],
        )
        db.session.remove()
        db.engine.dispose()
        world.databases.copy("live", "busy")
        world.busy = True
    db.session.remove()
    db.engine.dispose()
    world.databases.copy("busy", "live")
    return town


def plain_pages(app: Flask) -> list[str]:
    """Return the address of every page that needs no argument."""
    return sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and not rule.arguments
        and not rule.endpoint.startswith(NO_PAGES)
        and rule.rule not in PASSED_BY
    )


def case_in(state: R | F) -> str:
    """Return the address of the newest case in a state."""
    query = db.select(Case.id).where(Case.state == state.value).order_by(Case.id.desc())
    if state.value == "draft":
        kind = "filing" if isinstance(state, F) else "registration"
        query = query.where(Case.kind == kind)
    return f"/cases/{db.session.scalars(query).first()}"


def pages_of_cases() -> dict[str, list[str]]:
    """Return what stands on one case or paper, under the login of somebody who reads it."""
    draft, group = case_in(R.DRAFT), case_in(F.DRAFT)
    paper = db.session.scalars(
        db.select(Instrument.number).where(Instrument.kind == "certificate_original")
    ).first()
    notice = db.session.scalars(db.select(PublicNotice.id)).first()
    return {
        "": [
            "/apply/association",
            "/apply/certificate_replacement",
            f"/verify/{paper}",
            f"/notices/{notice}",
            "/verify/none",
        ],
        "applicant": [
            "/apply/association/eligibility",
            draft,
            f"{draft}/sections/management",
            f"{draft}/sections/people",
            f"{draft}/sections/documents",
            f"{draft}/answers",
            case_in(R.CORRECTION),
            case_in(R.CERTIFIED),
            f"{case_in(R.CERTIFIED)}/receipt",
        ],
        "choir": [group, f"{group}/sections/group", f"{group}/answers", case_in(F.FILED)],
        "examiner": [case_in(R.EXAMINING), f"{case_in(R.EXAMINING)}/recusal"],
        "approver": [case_in(R.DECIDING)],
        "street": ["/worklist", case_in(F.STREET_REVIEW)],
        "supervisor": [case_in(F.FILED)],
    }


def readers(app: Flask, town: Any, as_: Any, client: Any) -> dict[str, list[str]]:
    """Return every page under somebody who may read it: nobody in particular if anyone may."""
    found = pages_of_cases()
    people = {"": client, "applicant": as_(town.applicant), "examiner": as_(town.examiner)}
    people |= {name: as_(getattr(town, name)) for name in ("head", "auditor", "admin", "street")}
    unread = []
    for address in plain_pages(app):
        for login, visitor in people.items():
            answer = visitor.get(address)
            if answer.status_code == 200:
                if answer.mimetype == "text/html":
                    found.setdefault(login, []).append(address)
                break
        else:
            unread.append(address)
    assert unread == [], "nobody may read them"
    return found


def english_in(words: list[str]) -> set[str]:
    """Return the words of a Chinese page that only an English one should have."""
    tokens = {t for text in words for t in re.findall(r"[\w.@/:=&?#%+-]+", text, re.ASCII)}
    return {t for t in tokens if re.fullmatch(r"[A-Za-z]?[a-z]{2,}[.:?]?", t)} - WORDS


@pytest.mark.parametrize("audience", ["anyone", "applicants", "officers"])
def test_nothing_is_held_against_any_page(
    page: Page, app, busy_town, as_, client, sign_in, axe, audience, screen
):
    everybody = readers(app, busy_town, as_, client)
    mine = {"anyone": ("",), "applicants": ("applicant", "choir")}
    logins = mine.get(audience) or sorted(set(everybody) - {"", "applicant", "choir"})
    held: list[str] = []
    for login in logins:
        page.context.clear_cookies()
        if login:
            sign_in(getattr(busy_town, login))
        for address in everybody[login]:
            against = look_at(page, address, axe, screen)
            if against:
                name = re.sub(r"\W+", "-", f"{login or 'anyone'}{address}-{screen}")
                PICTURES.mkdir(parents=True, exist_ok=True)
                Path(PICTURES, f"{name}.txt").write_text("\n".join(against), "utf-8")
                page.screenshot(path=Path(PICTURES, f"{name}.png"), full_page=True)
                held += [f"{login or 'anyone'} {address}: {words}" for words in against]
    assert not held, "\n".join(held)


def look_at(page: Page, address: str, axe: Any, screen: str) -> list[str]:
    """Open a page and return what is to be held against it.

    The words and the tree of a page are the same on both screens: what does not depend on its
    width is looked at once, on the wide one.
    """
    page.goto(address)
    held = []
    language = page.locator("html").get_attribute("lang")
    if language != "zh-Hans-CN":
        held.append(f"it says it is in {language}")
    held += too_wide(page, screen)
    if english := english_in(page.evaluate(LETTERS)):
        held.append(f"English: {', '.join(sorted(english))}")
    try:
        axe(page, () if screen == "wide" else BY_WIDTH)
    except AssertionError as found:
        held.append(str(found))
    return held


def too_wide(page: Page, screen: str) -> list[str]:
    """Return where the page is wider than its screen; at a desk also on a laptop, or one zoomed in."""
    held = []
    for width in BETWEEN if screen == "wide" else ():
        page.set_viewport_size({"width": width, "height": 800})
        if (wider := page.evaluate(WIDER)) > 0:
            held.append(f"it is {wider} px wider than a screen of {width}")
    page.set_viewport_size(SCREENS[screen])
    if (wider := page.evaluate(WIDER)) > 0:
        held.append(f"it is {wider} px wider than the screen")
    return held


def test_nor_against_the_page_between_password_and_code(page: Page, town, axe, screen):
    person = town.as_themselves("applicant")
    with atomic():
        codes.confirm(
            person.user, code=codes.code_now(codes.begin(person.user, by=person)), by=person
        )
    page.goto("/sign-in")
    go_on(page, login="applicant", password=PASSWORD)
    assert page.url.endswith("/sign-in/code")
    held = look_at(page, "/sign-in/code", axe, screen)
    page.goto("/sign-in/code?lang=en")
    held += sorted(words_of_the_platform() & set(page.evaluate(LETTERS)))
    assert not held, "\n".join(held)


def words_of_the_platform() -> set[str]:
    """Return what the platform itself says in Chinese."""
    with (ROOT / "translations/zh_Hans/LC_MESSAGES/messages.po").open("rb") as file:
        said = {m.string for m in read_po(file) if m.id and isinstance(m.string, str)}
    return {words for words in said if re.search(r"[\u4e00-\u9fff]{2}", words)}


@pytest.mark.viewports("wide")
def test_english_pages_have_no_chinese_words_of_the_platform(
    page: Page, app, busy_town, as_, client, sign_in
):
    """Names and what people wrote stay Chinese; what the platform itself says does not."""
    everybody = readers(app, busy_town, as_, client)
    said = words_of_the_platform()
    held: list[str] = []
    for login in sorted(everybody):
        page.context.clear_cookies()
        if login:
            sign_in(getattr(busy_town, login))
        page.goto("/?lang=en")
        for address in everybody[login]:
            page.goto(f"{address}?lang=en")
            if page.locator("html").get_attribute("lang") != "en":
                held.append(f"{address} does not say that it is in English")
            found = said & set(page.evaluate(LETTERS))
            held += [f"{login or 'anyone'} {address}: {words}" for words in sorted(found)]
    assert not held, "\n".join(held)
