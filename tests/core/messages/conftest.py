"""Two people, two messages, and a mail server that answers as a test tells it."""

import re

import pytest
from aiosmtpd.controller import Controller

from core import messages
from core.db import atomic
from core.i18n import _l
from core.messages import wording
from tests.core.messages.people import person
from tests.processes import free_port


@pytest.fixture
def template():
    """A message that only this test knows."""
    made = messages.MessageTemplate(
        key="test.invited",
        subject=_l("%(title)s: %(day)s"),
        body=_l("Come on %(day)s and bring %(sum)s for %(title)s."),
    )
    yield made
    del wording.templates["test.invited"]


@pytest.fixture
def secret():
    made = messages.MessageTemplate(
        key="test.secret", subject=_l("Link"), body=_l("Use %(link)s"), secret=True
    )
    yield made
    del wording.templates["test.secret"]


@pytest.fixture
def wei(app):
    with atomic():
        return person("wei", display_name="王伟")


@pytest.fixture
def ann(app):
    with atomic():
        return person("ann", locale="en")


class Clerk:
    """A mail server that answers as a test tells it."""

    def __init__(self):
        self.port = free_port()
        self.recipient = self.text = "250 OK"
        self.ids = []
        self.hangs_up = False

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        found = re.search(rb"^Message-ID: (\S+)", envelope.content, re.M)
        self.ids.append(found and found[1])
        if self.hangs_up:
            server.transport.abort()
        return self.text


@pytest.fixture
def clerk(app):
    clerk = Clerk()
    controller = Controller(clerk, hostname="127.0.0.1", port=clerk.port)
    controller.start()
    kept = app.extensions["settings"]
    app.extensions["settings"] = kept.model_copy(
        update={"MAIL_URL": f"smtp://127.0.0.1:{clerk.port}"}
    )
    yield clerk
    app.extensions["settings"] = kept
    controller.stop()
