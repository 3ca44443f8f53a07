"""A web process is killed while it answers: nothing is half-written, the others go on."""

import os
import signal
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from threading import Event
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

import html5lib
import pytest

from core.audit.models import AuditEntry
from core.db import db
from core.messages.models import Message
from core.receipts import FormReceipt
from core.workflow.models import Case
from registry.demo import cases
from registry.organizations.kinds import FilingCategory
from tests.faults.test_cases import count
from tests.pages import fields
from tests.processes import Server

pytestmark = pytest.mark.timeout(240)


class Person:
    """Somebody at a browser, signed in as a test client is."""

    def __init__(self, server: Server, visitor) -> None:
        self.server = server
        cookie = visitor.get_cookie("district")
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.opener.addheaders = [
            ("User-Agent", visitor.environ_base["HTTP_USER_AGENT"]),
            ("Cookie", f"district={cookie.value}"),
        ]

    def get(self, path: str) -> str:
        with self.opener.open(self.server.url + path, timeout=60) as answer:
            cookie = answer.headers.get("Set-Cookie", "").partition(";")[0]
            if cookie.startswith("district="):
                self.opener.addheaders[1] = ("Cookie", cookie)
            words: bytes = answer.read()
            return words.decode()

    def post(self, path: str, values) -> str:
        """Send a form and return where it led."""
        sent = urlencode(list(values.items(multi=True))).encode()
        with self.opener.open(self.server.url + path, sent, timeout=60) as answer:
            return str(answer.url)


def submission(page: str, path: str):
    """Return what the form that submits the case would send, the declaration ticked."""
    root: Element = html5lib.parse(page, namespaceHTMLElements=False)
    form = next(f for f in root.iter("form") if (f.get("action") or "").split("#")[0] == path)
    values = fields(form)
    values["declared"] = "y"
    return values


def held(mark: Path) -> int:
    """Return the number of the process that stopped in the middle, once there is one."""
    for _look in range(600):
        if mark.exists() and (told := mark.read_text()).endswith("\n"):
            return int(told)
        Event().wait(0.1)
    pytest.fail("no request got as far as its commit")


def test_a_killed_web_process_leaves_nothing_half_written(town, as_, processes, tmp_path):
    case_id = cases._group("总府社区断网队", FilingCategory.OTHER, 30)
    before = count(AuditEntry), count(Message), count(FormReceipt)
    visitor = as_(town.choir)
    mark = tmp_path / "held"
    server = processes.web(workers=2, app="tests.faults.holding:app", HOLD_AT=str(mark))
    try:
        person = Person(server, visitor)
        path = f"/cases/{case_id}/submit"
        values = submission(person.get(f"/cases/{case_id}/answers"), path)
        with ThreadPoolExecutor(1) as pool:
            sending = pool.submit(person.post, path, values)
            victim = held(mark)
            assert victim != server.pid
            os.kill(victim, signal.SIGKILL)
            with pytest.raises((urllib.error.URLError, HTTPException, ConnectionError)):
                sending.result(60)
        assert person.get("/healthz") == "ok\n"
        case = db.session.get_one(Case, case_id)
        assert (case.state, case.number, case.submitted_at) == ("draft", None, None)
        assert (count(AuditEntry), count(Message), count(FormReceipt)) == before
        # The very same form, sent again, is the first one that takes effect.
        assert person.post(path, values).endswith(f"/cases/{case_id}/receipt")
        db.session.rollback()
        case = db.session.get_one(Case, case_id)
        assert (case.state, str(case.number)[-7:]) == ("community_review", "-000001")
        assert [event.step for event in case.events] == ["open", "submit"]
        assert server.process.poll() is None
    finally:
        server.kill()
