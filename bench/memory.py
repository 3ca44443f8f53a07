"""How much memory a process takes: an export (G5), and a web process after many requests (G10)."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from threading import Event, Thread
from typing import Any

#: What visitors ask for, in turn; {} is the number of an organization.
ASKED = (
    "/", "/register", "/register?q=志愿", "/register?q=协会&sort=name", "/register?q=zyfw",
    "/register?track=filed&status=active", "/register/{}", "/register/{}?lang=en", "/sign-in",
    "/api/v1/organizations?q=养老", "/api/v1/organizations/{}", "/healthz", "/register?q=无此名",
    "/register.csv?q=太极&founded_from=2015", "/register/510000000000000000",
)  # fmt: skip


def resident() -> dict[str, int]:
    """Return this process's memory in MB: now, and how it divides.

    `private` is what only this process has; `shared` is also in others (libraries, and what was
    loaded before a fork). What is mapped of the database counts in neither: it lies in the
    system's cache, of any size, and leaves it for whoever needs the room.
    """
    smaps = Path("/proc/self/smaps").read_text()
    parts = re.findall(r"^\w+-\w+ (.*)\n((?:\w+: .*\n)+)", smaps, re.M)
    own = "".join(figures for head, figures in parts if not head.rstrip().endswith(".db"))

    def megabytes(name: str) -> int:
        return sum(int(it) for it in re.findall(rf"^{name}:\s+(\d+) kB", own, re.M)) // 1024

    return {
        "now": megabytes("Rss"),
        "private": megabytes("Private_(?:Clean|Dirty)"),
        "shared": megabytes("Shared_(?:Clean|Dirty)"),
    }


def held() -> int:
    """Return what this process holds itself, in MB, without the files it maps.

    A database of gigabytes is mapped, lies in the system's cache and leaves it for others.
    """
    found = re.search(r"^RssAnon:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.M)
    assert found is not None
    return int(found[1]) // 1024


@contextmanager
def watched() -> Iterator[list[int]]:
    """Give a list that grows, while the block works, by what the process holds, in MB."""
    seen, over = [held()], Event()

    def look() -> None:
        while not over.wait(0.02):
            seen.append(held())

    watcher = Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


def alone(module: str, function: str, *arguments: str) -> dict[str, Any]:
    """Return what a function answers in a process of its own."""
    code = (
        f"import json, sys; from {module} import {function}; "
        f"print(json.dumps({function}(*sys.argv[1:])))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def serve_alone(url: str, requests: str) -> dict[str, Any]:
    """Answer so many mixed requests in this process; return its memory before and after."""
    from sqlalchemy import select

    from bench.worlds import application_at
    from core.db import db
    from registry.organizations.listing import TABLE

    app = application_at(url)
    with app.app_context():
        query = select(TABLE.c.unified_code).where(TABLE.c.unified_code.is_not(None)).limit(50)
        numbers = db.session.scalars(query).all()
        db.session.remove()
    client, started = app.test_client(), resident()
    pairs = zip(cycle(ASKED), cycle(numbers), strict=False)
    refused = 0
    for path, number in islice(pairs, int(requests)):
        answer = client.get(path.format(number))
        answer.get_data()
        answer.close()
        refused += answer.status_code >= 500
    return {"requests": int(requests), "started": started, "ended": resident(), "failed": refused}
