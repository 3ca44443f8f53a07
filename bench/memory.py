"""How much memory a process takes: an export (G5), and a web process after many requests (G10)."""

import json
import re
import subprocess
import sys
from itertools import cycle, islice
from pathlib import Path
from typing import Any

#: What visitors ask for, in turn; {} is the number of an organization.
ASKED = (
    "/", "/register", "/register?q=志愿", "/register?q=协会&sort=name", "/register?q=zyfw",
    "/register?track=filed&status=active", "/register/{}", "/register/{}?lang=en", "/sign-in",
    "/api/v1/organizations?q=养老", "/api/v1/organizations/{}", "/healthz", "/register?q=无此名",
    "/register.csv?q=太极&founded_from=2015", "/register/510000000000000000",
)  # fmt: skip


def resident() -> dict[str, int]:
    """Return this process's memory in MB: now, at its peak, and how it divides.

    `private` is what only this process has; `shared` is also in others (libraries, and what was
    loaded before a fork). The peak is counted since this program began, not since a parent did.
    """
    status = Path("/proc/self/status").read_text()
    rollup = Path("/proc/self/smaps_rollup").read_text()

    def megabytes(name: str, text: str) -> int:
        return sum(int(it) for it in re.findall(rf"^{name}:\s+(\d+) kB", text, re.M)) // 1024

    return {
        "now": megabytes("VmRSS", status),
        "peak": megabytes("VmHWM", status),
        "private": megabytes("Private_(?:Clean|Dirty)", rollup),
        "shared": megabytes("Shared_(?:Clean|Dirty)", rollup),
    }


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
