"""The two database engines tests run on: a template each, and a fresh copy for every test.

The template is made once in a process by the migrations; a copy of it is a file copied in place
(SQLite) or `CREATE DATABASE … TEMPLATE` (PostgreSQL), which takes some hundredths of a second.
"""

import ctypes
import os
import pwd
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

import psycopg
from psycopg import sql

ENGINES = ("sqlite", "postgresql")
PREFIX = "district-test-pg-"
ROOM = 2 * 1024**3


class MissingTool(RuntimeError):
    """Something that `make setup-test` installs is not there."""


def memory_folder() -> str | None:
    """Return where files live in memory, if there is room: copying a database is 10 times faster."""
    memory = Path("/dev/shm")
    if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM:
        return str(memory)
    return None


def die_with_parent() -> None:
    """Ask the kernel (Linux) to end this process at once when the tests are killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGQUIT)


class Databases(ABC):
    """Databases of one engine, by name; `url` is what DATABASE_URL takes."""

    engine: str

    @abstractmethod
    def url(self, name: str) -> str: ...

    @abstractmethod
    def create(self, name: str) -> None:
        """Make an empty database."""

    @abstractmethod
    def copy(self, template: str, name: str) -> None:
        """Make `name` equal to `template`, whatever it held, and whoever is connected to it."""

    @abstractmethod
    def drop(self, name: str) -> None: ...

    @abstractmethod
    def stop(self) -> None:
        """Take everything away again."""


class SqliteDatabases(Databases):
    engine = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        return self.folder / f"{name}.db"

    def url(self, name: str) -> str:
        return f"sqlite:///{self.path(name)}"

    def create(self, name: str) -> None:
        self.drop(name)

    def copy(self, template: str, name: str) -> None:
        # Through SQLite, not over it: a server that holds the file open sees the new content.
        source, target = (sqlite3.connect(self.path(each)) for each in (template, name))
        try:
            target.execute("PRAGMA synchronous = OFF")
            source.backup(target)
        finally:
            source.close()
            target.close()

    def drop(self, name: str) -> None:
        for suffix in ("", "-wal", "-shm", "-journal"):
            Path(f"{self.path(name)}{suffix}").unlink(missing_ok=True)

    def stop(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


class PostgresqlDatabases(Databases):
    """A server of its own: on a socket in a temporary folder, without a port, gone afterwards."""

    engine = "postgresql"
    user = "tester"
    options: ClassVar[dict[str, str]] = {
        "listen_addresses": "",
        "max_connections": "60",
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "autovacuum": "off",
        "jit": "off",
        "max_wal_size": "4GB",
        "timezone": "UTC",
    }

    def __init__(self) -> None:
        self.bin = self._find_programs()
        self._sweep()
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=self.place()))
        self.account = self._account()
        if self.account:
            shutil.chown(self.folder, self.account)
        self._run("initdb", "--pgdata", self._cluster, "--username", self.user, "--auth=trust",
                  "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        options = {**self.options, "unix_socket_directories": str(self.folder)}
        settings = [f"--{name}={value}" for name, value in options.items()]
        with (self.folder / "log").open("wb") as log:
            self._server = subprocess.Popen(
                [str(self.bin / "postgres"), "-D", self._cluster, *settings],
                user=self.account,
                group=self.account,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C reaches the tests; they stop the server
                preexec_fn=die_with_parent,
            )
        self._admin = self._connect()

    def place(self) -> str | None:
        """Return the folder to work in, None for the usual temporary one."""
        return memory_folder()

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://{self.user}@/{name}?host={quote(str(self.folder), safe='')}"

    def create(self, name: str) -> None:
        self.drop(name)
        self._admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def copy(self, template: str, name: str) -> None:
        self.drop(name)
        self._admin.execute(
            # Copying files is twice as fast as logging them, and nobody needs this log.
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )

    def drop(self, name: str) -> None:
        self._admin.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )

    def stop(self) -> None:
        self._admin.close()
        self._server.send_signal(signal.SIGQUIT)  # at once: nothing is worth keeping
        self._server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _cluster(self) -> str:
        return str(self.folder / "data")

    def _connect(self) -> psycopg.Connection:
        for _attempt in range(300):
            try:
                return psycopg.connect(
                    host=str(self.folder), user=self.user, dbname="postgres", autocommit=True
                )
            except psycopg.OperationalError:
                try:  # not listening yet: wait for a moment, or for its end
                    self._server.wait(0.05)
                except subprocess.TimeoutExpired:
                    continue
                break
        raise RuntimeError("PostgreSQL does not start:\n" + (self.folder / "log").read_text())

    @staticmethod
    def _sweep() -> None:
        """Remove what runs that were killed outright have left."""
        for folder in Path(memory_folder() or tempfile.gettempdir()).glob(f"{PREFIX}*"):
            if not (folder / "log").exists():
                continue  # still being made: what makes it comes and goes under other numbers
            try:
                pid = int((folder / "data" / "postmaster.pid").read_text().split()[0])
                os.kill(pid, 0)
            except ProcessLookupError:
                shutil.rmtree(folder, ignore_errors=True)
            except (OSError, ValueError, IndexError):
                continue  # another run that is just starting, or another person's

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self.bin / program), *arguments],
            user=self.account,
            group=self.account,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{done.stdout}")

    @staticmethod
    def _account() -> str | None:
        """The account to run as: PostgreSQL refuses to run as root."""
        if os.geteuid() != 0:
            return None
        try:
            return pwd.getpwnam("postgres").pw_name
        except KeyError:
            return "nobody"

    @staticmethod
    def _find_programs() -> Path:
        folders = sorted(
            Path("/usr/lib/postgresql").glob("*/bin"),
            key=lambda folder: float(folder.parent.name),
            reverse=True,
        )
        found = shutil.which("initdb")
        if found:
            folders.append(Path(found).resolve().parent)
        for folder in folders:
            if (folder / "initdb").exists() and (folder / "postgres").exists():
                return folder
        raise MissingTool("PostgreSQL is not installed: run `make setup-test`.")
