"""What a machine asks the application: is it alive, is it ready, how is it doing."""

import ipaddress
import os
from collections.abc import Callable, Iterator
from functools import cache
from time import perf_counter
from typing import Any

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, Flask, Response, abort, current_app, g, jsonify, request
from flask.typing import ResponseReturnValue
from prometheus_client import REGISTRY as OF_THIS_PROCESS
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from core import clock
from core.access import anyone, page_for
from core.attachments.storage import storage
from core.config import ROOT
from core.db import db
from core.jobs import runners_seen_at
from core.jobs.queries import SILENT_AFTER
from core.messages import queries as outbox

bp = Blueprint("health", __name__)

REQUESTS = Counter("district_requests_total", "Requests answered", ["endpoint", "method", "status"])
LATENCY = Histogram(
    "district_request_seconds",
    "Time from request to answer",
    ["endpoint"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


class NotReady(Exception):
    """One thing the application needs is missing; the text says which."""


@bp.get("/healthz")
@page_for(anyone)
def alive() -> ResponseReturnValue:
    """The process answers; nothing else is asked, so that a lost database restarts nobody."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
@page_for(anyone)
def ready() -> ResponseReturnValue:
    """Whether requests should be sent here: 200, or 503 with what is missing."""
    checks = {name: _checked(check) for name, check in NEEDED.items()}
    is_ready = all(words == "ok" for words in checks.values())
    if is_ready:
        checks["jobs"] = _checked(jobs_run)  # their absence delays, it does not break a page
    return jsonify(ready=is_ready, checks=checks), 200 if is_ready else 503


def _checked(check: Callable[[], None]) -> str:
    try:
        check()
    except NotReady as missing:
        return str(missing)
    except Exception:
        current_app.logger.warning("not ready", exc_info=True)
        return "failed; see the log"
    finally:
        db.session.rollback()
    return "ok"


def _database_answers() -> None:
    db.session.execute(db.text("SELECT 1"))


@cache
def _newest_migrations() -> frozenset[str]:
    return frozenset(ScriptDirectory(str(ROOT / "migrations")).get_heads())


def _migrations_are_current() -> None:
    applied = MigrationContext.configure(db.session.connection()).get_current_heads()
    if frozenset(applied) != _newest_migrations():
        raise NotReady("the database is not migrated: flask db upgrade")


def _storage_takes_files() -> None:
    store, name = storage().store, f"ready-{os.getpid()}"
    store.put(name, b"ready")
    store.delete(name)


def jobs_run() -> None:
    """Raise NotReady where no process that runs jobs was seen lately."""
    seen_at = runners_seen_at()
    if seen_at is None or seen_at < clock.now() - SILENT_AFTER:
        when = f"since {clock.local(seen_at):%Y-%m-%d %H:%M}" if seen_at else "ever"
        raise NotReady(f"no job process was seen {when}: flask jobs run")


NEEDED: dict[str, Callable[[], None]] = {
    "database": _database_answers,
    "migrations": _migrations_are_current,
    "storage": _storage_takes_files,
}


# --- metrics


class Queues:
    """How much waits to be done, asked of the database when somebody asks for it."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        mails = GaugeMetricFamily("district_mails", "Mails not sent yet", labels=["status"])
        for status, count in outbox.depths().items():
            mails.add_metric([status], count)
        yield mails
        yield GaugeMetricFamily(
            "district_mail_waiting_seconds",
            "Age of the oldest mail that is due",
            outbox.oldest_waiting().total_seconds(),
        )
        seen_at = runners_seen_at()
        if seen_at is not None:
            yield GaugeMetricFamily(
                "district_jobs_silent_seconds",
                "Time since a job process was last seen",
                (clock.now() - seen_at).total_seconds(),
            )


@bp.get("/metrics")
@page_for(anyone)
def metrics() -> ResponseReturnValue:
    """For Prometheus on the same machine. Where PROMETHEUS_MULTIPROC_DIR is set the numbers are
    those of all web processes, else of the one that happens to answer.
    """
    if not _comes_from_this_machine():
        abort(404)
    text = generate_latest(_own_numbers())
    queues = CollectorRegistry()
    queues.register(Queues())
    return Response(text + generate_latest(queues), content_type=CONTENT_TYPE_LATEST)


def _own_numbers() -> CollectorRegistry:
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return OF_THIS_PROCESS
    shared = CollectorRegistry()
    multiprocess.MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
    return shared


def _comes_from_this_machine() -> bool:
    """Return whether nobody stands between: what a proxy passes on comes from anywhere."""
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def init_app(app: Flask) -> None:
    """Mount the addresses of health, and count what is answered."""
    app.register_blueprint(bp)

    @app.before_request
    def start() -> None:
        g.started = perf_counter()

    @app.after_request
    def count(response: Response) -> Response:
        endpoint = request.endpoint or "none"
        REQUESTS.labels(endpoint, request.method, response.status_code).inc()
        started: Any = g.get("started")
        if started is not None:
            LATENCY.labels(endpoint).observe(perf_counter() - started)
        return response
