"""What every test may ask for: the application on both engines, visitors, a clock, a mail server.

A test that asks for `app`, or for anything that stands on it, runs once on each database engine,
unless `@pytest.mark.engines("sqlite")` says otherwise. A test of pages (one that asks for a visitor)
runs on one of them, half of these tests on each: what pages do to a database is done by actions and
queries, which have their own tests on both. `TEST_ENGINES=sqlite,postgresql` runs everything on
what it names.
Its database is a fresh copy of the migrated, empty one.
"""

import base64
import ipaddress
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from hashlib import sha512
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zlib import crc32

import flask_migrate
import hypothesis
import pytest
from aiosmtpd.controller import Controller
from flask import Flask

import wsgi
from core import clock
from core.accounts.actor import Actor
from core.accounts.models import User
from core.accounts.sessions import begin_visit
from core.config import Settings
from core.db import before_commit, db
from core.documents import rendering
from core.documents.filling import fill
from core.documents.rendering import Paper
from tests.engines import (
    ENGINES,
    Databases,
    MissingTool,
    PostgresqlDatabases,
    SqliteDatabases,
)
from tests.processes import Processes, Server, free_port
from tests.spoken import say_everything
from tests.town import town
from tests.visitors import Visitor

__all__ = ["town"]

ROOT = Path(__file__).resolve().parent.parent
SECRET_KEY = "a secret of tests, known to everybody"
DATA_KEY = base64.urlsafe_b64encode(bytes(32)).decode()

# A slow machine is no broken rule.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


before_commit.insert(0, say_everything)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        metafunc.parametrize("engine", engines_of(metafunc))


def engines_of(metafunc: pytest.Metafunc) -> list[str]:
    """Return the engines a test runs on, as the head of this file says."""
    marker = metafunc.definition.get_closest_marker("engines")
    wanted = os.environ.get("TEST_ENGINES", "")
    folder = metafunc.definition.path.relative_to(ROOT).parts[1]
    if marker:
        names = list(marker.args)
    elif folder == "browser":
        names = [ENGINES[0]]
    elif wanted or folder == "faults" or not {"as_", "client"} & set(metafunc.fixturenames):
        names = list(ENGINES)
    else:  # by its name, so that a test keeps its engine from run to run
        names = [ENGINES[crc32(metafunc.definition.name.encode()) % len(ENGINES)]]
    return [name for name in names if not wanted or name in wanted.split(",")]


def missing(tool: MissingTool) -> None:
    """Fail because something is not installed, or skip where ALLOW_SKIP=1 permits it."""
    if os.environ.get("ALLOW_SKIP") == "1":
        pytest.skip(str(tool))
    raise tool


# --- the network ends at this machine


class OutsideConnection(RuntimeError):
    """A test tried to reach another machine."""


@pytest.fixture(scope="session", autouse=True)
def _closed_sockets() -> Iterator[None]:
    def guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
        def connect_here(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6):
                host = "127.0.0.1" if address[0] == "localhost" else address[0]
                try:
                    local = ipaddress.ip_address(host).is_loopback
                except ValueError:
                    local = False
                if not local:
                    raise OutsideConnection(f"a test may not connect to {address[0]}")
            return connect(self, address)

        return connect_here

    patch = pytest.MonkeyPatch()
    for name in ("connect", "connect_ex"):
        patch.setattr(socket.socket, name, guarded(getattr(socket.socket, name)))
    yield
    patch.undo()


# --- mail


@dataclass
class Mailbox:
    """What arrived at the mail server of this test, oldest first."""

    port: int
    messages: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        message = message_from_bytes(envelope.content, _class=EmailMessage, policy=modern)
        message["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
        self.messages.append(message)
        return "250 Accepted"

    def to(self, address: str) -> list[EmailMessage]:
        """Return what was sent to `address`."""
        return [each for each in self.messages if address in each["X-Envelope-To"].split(", ")]


@pytest.fixture(scope="session")
def _mailbox() -> Iterator[Mailbox]:
    mailbox = Mailbox(free_port())
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    yield mailbox
    controller.stop()


@pytest.fixture
def mail_server(_mailbox: Mailbox) -> Mailbox:
    """A mail server that accepts everything; `.messages` and `.to(address)` show what came."""
    _mailbox.messages.clear()
    return _mailbox


# --- the application


@dataclass
class World:
    """The application on one engine, with its database, its files and its live server.

    `settings` is what its Settings were made of.
    """

    app: Flask
    databases: Databases
    processes: Processes
    files: Path
    settings: dict[str, str]
    server: Server | None = None

    def reset(self) -> None:
        """Start again from the migrated, empty database and no files."""
        self.databases.copy("template", "live")
        for left in self.files.iterdir():
            shutil.rmtree(left) if left.is_dir() else left.unlink()


@dataclass
class Worlds:
    """One world an engine, built when the first test of this process asks for it."""

    folder: Path
    mailbox: Mailbox
    built: dict[str, World] = field(default_factory=dict)

    def on(self, engine: str) -> World:
        if engine not in self.built:
            self.built[engine] = self._build(engine)
        return self.built[engine]

    def _build(self, engine: str) -> World:
        home = self.folder / engine
        files = home / "files"
        files.mkdir(parents=True)
        databases = SqliteDatabases(home) if engine == "sqlite" else PostgresqlDatabases()
        databases.create("live")
        settings = {
            "APP_ENV": "testing",
            "DATABASE_URL": databases.url("live"),
            "SECRET_KEY": SECRET_KEY,
            "DATA_KEY": DATA_KEY,
            "STORAGE_URL": files.as_uri(),
            "MAIL_URL": f"smtp://127.0.0.1:{self.mailbox.port}",
        }
        app = wsgi.create_app(Settings(**settings))  # type: ignore[arg-type]
        app.config["WTF_CSRF_ENABLED"] = False  # forged posts have their own tests, with it on
        app.test_client_class = Visitor
        with app.app_context():
            if list((ROOT / "migrations").glob("versions/*.py")):
                flask_migrate.upgrade()
            else:
                db.create_all()
            db.session.remove()
            db.engine.dispose()
        databases.copy("live", "template")
        # Served as to a person: with TESTING an error would end the process, not become a page.
        processes = Processes({**settings, "APP_ENV": "development"}, home)
        return World(app, databases, processes, files, settings)

    def end(self) -> None:
        for world in self.built.values():
            world.processes.stop()
            with world.app.app_context():
                db.engine.dispose()
            world.databases.stop()


@pytest.fixture(scope="session")
def _worlds(tmp_path_factory: pytest.TempPathFactory, _mailbox: Mailbox) -> Iterator[Worlds]:
    worlds = Worlds(tmp_path_factory.mktemp("worlds"), _mailbox)
    yield worlds
    worlds.end()


@pytest.fixture
def world(engine: str, _worlds: Worlds) -> World:
    """The application on one engine, as it was before any test."""
    try:
        world = _worlds.on(engine)
    except MissingTool as tool:
        missing(tool)
    world.reset()
    return world


@pytest.fixture
def app(world: World) -> Iterator[Flask]:
    """The application, its context pushed: `db.session` works in the test itself."""
    with world.app.app_context():
        yield world.app
        db.session.rollback()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def proofs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers are filled in but not laid out: for tests that look at no paper.

    A fact that a paper lacks is missed all the same; printing itself has its own tests, and the
    journeys and stories print. Setting type is most of what a case costs on its way to a decision.
    """

    def proof(template: str, context: Any, facts: Any, *, one_page: bool = False) -> Paper:
        words = fill(template, {**context, "facts": SimpleNamespace(**facts), "size": 0})
        return Paper(f"%PDF-1.7\n% {sha512(words.encode()).hexdigest()}\n%%EOF\n".encode(), 1)

    monkeypatch.setattr(rendering, "print_paper", proof)


@pytest.fixture
def storage(world: World) -> Path:
    """The folder where the application keeps attachments and documents."""
    return world.files


@pytest.fixture
def client(app: Flask) -> Visitor:
    """Somebody who has not signed in."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def as_(app: Flask) -> Callable[[User | Actor], Visitor]:
    """Return `as_(who)`: a visitor signed in as a user, or as an actor for the actor's body."""

    def sign_in(who: User | Actor) -> Visitor:
        user = who.user if isinstance(who, Actor) else who
        assert user is not None, "nobody signs in as the system or the public"
        visitor: Visitor = app.test_client()  # type: ignore[assignment]
        agent = visitor.environ_base["HTTP_USER_AGENT"]
        db.session.flush()
        visit = begin_visit(user, "127.0.0.1", agent, with_code=False)
        db.session.commit()  # whatever the test rolls back before its first request
        with visitor.session_transaction() as session:
            session["visit"], session["noted_at"] = visit.id, int(clock.now().timestamp())
            session["_user_id"] = user.get_id()
            session["_fresh"] = True
            session["_id"] = sha512(f"127.0.0.1|{agent}".encode()).hexdigest()
            if isinstance(who, Actor):
                session["acting"] = who.body_id or 0
        return visitor

    return sign_in


@pytest.fixture
def frozen() -> Iterator[Callable[[datetime | str], None]]:
    """Return `frozen(moment)`: hold the clock there until the test ends, or until the next call.

    A text or a moment without a zone is the office's wall clock: frozen("2026-03-02 09:00").
    """
    with ExitStack() as held:

        def hold(moment: datetime | str) -> None:
            then = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
            if then.tzinfo is None:
                then = then.replace(tzinfo=clock.OFFICE_ZONE)
            held.enter_context(clock.frozen(then))

        yield hold


# --- the application in service


@pytest.fixture
def live_server(app: Flask, world: World) -> Server:
    """The real web server on this test's database; `.url` is its address.

    One server an engine serves all tests of a process, since its database is reset under it.
    """
    if world.server is None or world.server.process.poll() is not None:
        world.server = world.processes.web(workers=1)
    return world.server


@pytest.fixture
def processes(app: Flask, world: World, tmp_path: Path) -> Iterator[Processes]:
    """Start servers and commands of one's own on this test's database: to kill, to race, to starve.

    `processes.web()` is a web server, `processes.flask("jobs", "run")` any command.
    """
    own = Processes(world.processes.environment, tmp_path)
    yield own
    own.stop()
