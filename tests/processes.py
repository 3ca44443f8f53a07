"""The real application in processes of its own, as it runs in service."""

import http.client
import os
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    """Return a port of the loopback interface on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class ProcessEnded(RuntimeError):
    """A process that should have answered did not, or is no more."""


def await_answer(port: int, process: "subprocess.Popen[Any]") -> None:
    """Return once somebody answers /healthz on `port`, while `process` lives.

    Raises ProcessEnded where it ended before, or has not answered in some minutes.
    """
    for _attempt in range(600):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            return
        except OSError:
            try:  # not listening yet: wait a tenth of a second, or for its end
                process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
            raise ProcessEnded(f"the process ended with {process.returncode}") from None
        finally:
            connection.close()
    raise ProcessEnded("the process does not answer")


@dataclass
class Server:
    """A gunicorn with its worker processes, answering at `url`."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def pid(self) -> int:
        return self.process.pid

    def words(self) -> str:
        """Return what the server has written so far."""
        return self.log.read_text(errors="replace")

    def stop(self) -> None:
        """End it in order, or at once if it does not listen."""
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def kill(self) -> None:
        """End it as a power cut would: the master and every worker, with no last word."""
        os.killpg(self.process.pid, 9)
        self.process.wait()


@dataclass
class Processes:
    """Starts processes of the application in one environment and ends those still running.

    `environment` is what the settings are read from: DATABASE_URL and so on.
    """

    environment: dict[str, str]
    folder: Path
    servers: list[Server] = field(default_factory=list)
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def web(self, workers: int = 2, app: str = "wsgi:app", **environment: str) -> Server:
        """Start a web server on a free port and return it once it answers.

        `app` is what it serves, as MODULE:NAME.
        """
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        log = self.folder / f"web-{port}.log"
        with log.open("wb") as written:
            process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", app],
                cwd=ROOT,
                env={
                    **os.environ,
                    **self.environment,
                    "PORT": str(port),
                    "PUBLIC_URL": url,
                    "WEB_CONCURRENCY": str(workers),
                    **environment,
                },
                stdin=subprocess.DEVNULL,
                stdout=written,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        server = Server(url, process, log)
        self.servers.append(server)
        try:
            await_answer(port, process)
        except ProcessEnded as ended:
            raise ProcessEnded(f"{ended}:\n{server.words()}") from None
        return server

    def flask(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        """Start `flask ARGUMENTS`; its output is piped, both streams in one."""
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", *arguments],
            cwd=ROOT,
            env={**os.environ, **self.environment, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.started.append(process)
        return process

    def stop(self) -> None:
        """End what still runs."""
        for server in self.servers:
            if server.process.poll() is None:
                server.stop()
        for process in self.started:
            if process.poll() is None:
                process.kill()
            process.communicate()
