"""Chromium on the real server: two screens, Chinese, no error in its console, axe at hand.

A browser test asks for `page` (and `live_server` for the address). It runs on a phone's and on a
desk's screen unless `@pytest.mark.viewports("wide")` narrows that, and on SQLite unless
`@pytest.mark.engines(...)` says more: what the engines do differently, faster tests have seen.
A picture of every failure is left in test-results/.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha512
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, ViewportSize, expect

from core.accounts.actor import Actor
from core.accounts.models import User
from core.db import atomic, db
from tests.conftest import missing
from tests.engines import MissingTool
from tests.processes import Server

SCREENS: dict[str, ViewportSize] = {
    "narrow": {"width": 390, "height": 844},
    "wide": {"width": 1280, "height": 900},
}
#: Milliseconds: papers are printed while a person waits, and machines may be slow.
PATIENCE = 60_000
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "screen" in metafunc.fixturenames:
        marker = metafunc.definition.get_closest_marker("viewports")
        metafunc.parametrize("screen", marker.args if marker else tuple(SCREENS))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium: nothing is downloaded."""
    found = [path for path in map(shutil.which, CHROMIUM) if path]
    if not found:
        missing(MissingTool("Chromium is not installed: run `make setup-test`."))
    return {**browser_type_launch_args, "executable_path": found[0]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


@pytest.fixture
def context(screen: str, live_server: Server, new_context: Any) -> BrowserContext:
    """One person's browser on one screen; paths are relative to the server's address."""
    context: BrowserContext = new_context(viewport=SCREENS[screen], base_url=live_server.url)
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    return context


@pytest.fixture
def complaints(context: BrowserContext) -> list[str]:
    """What the browser complains about on any page of this test: errors and warnings."""
    heard: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        address = message.location.get("url", "")
        # A refused form answers 422 and says so on the page; the console need not repeat it.
        refused = message.text.startswith("Failed to load resource") and "/static/" not in address
        if message.type in ("error", "warning") and not refused:
            heard.append(f"{message.type}: {message.text} ({address})")

    context.on("console", listen)
    context.on("weberror", lambda error: heard.append(str(error.error)))
    return heard


@pytest.fixture
def page(context: BrowserContext, complaints: list[str]) -> Iterator[Page]:
    """A page that must not complain: script errors and blocked content fail the test."""
    yield context.new_page()
    assert not complaints, complaints


@pytest.fixture
def sign_in(
    as_: Callable[[User | Actor], Any], context: BrowserContext, live_server: Server, app: Flask
) -> Callable[[User | Actor], None]:
    """Return `sign_in(who)`: this browser is then signed in, without the sign-in page."""

    def enter(who: User | Actor) -> None:
        db.session.commit()  # what was read before the server wrote would stand in the way
        with atomic():  # the server must know this session
            visitor = as_(who)
        probe = context.new_page()
        agent = probe.evaluate("navigator.userAgent")
        probe.close()
        with visitor.session_transaction() as session:
            session["_id"] = sha512(f"127.0.0.1|{agent}".encode()).hexdigest()
        name = app.config["SESSION_COOKIE_NAME"]
        cookie = visitor.get_cookie(name)
        context.add_cookies([{"name": name, "value": cookie.value, "url": live_server.url}])

    return enter


@pytest.fixture
def axe(complaints: list[str]) -> Callable[..., None]:
    """Return `axe(page)`: fail on anything axe holds against the page as it stands.

    `axe(page, rules=[…])` asks only about these rules.
    """

    def check(page: Page, rules: Sequence[str] = ()) -> None:
        before = len(complaints)
        options: dict[str, Any] = {"resultTypes": ["violations"]}
        if rules:
            options["runOnly"] = {"type": "rule", "values": list(rules)}
        found = Axe().run(page, options=options).response["violations"]
        del complaints[before:]  # axe tries inline styles, which the page rightly refuses
        assert not found, "\n".join(
            f"{each['id']}: {each['help']}{os.linesep}  "
            + f"{os.linesep}  ".join(node["html"][:200] for node in each["nodes"][:5])
            for each in found
        )

    return check
