"""Application factory: knows how to mount a room, never which rooms exist."""

import importlib
from collections.abc import Iterable
from contextlib import suppress
from types import ModuleType

from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_bootstrap import Bootstrap5
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, OperationalError
from werkzeug.exceptions import HTTPException

from core import access, audit, cli, i18n, limits, logs, office, policy, security, ui
from core.api import problems
from core.config import ROOT, Settings
from core.db import db
from core.errors import DomainError, RuleBroken
from core.i18n import _
from core.ui import bare_page, page

#: In the order of their dependence; each has an `init_app`.
FEATURES = (
    "api",
    "audit",
    "accounts",
    "divisions",
    "calendar",
    "policy",
    "jobs",
    "messages",
    "editions",
    "attachments",
    "documents",
    "notices",
    "search",
    "exports",
    "charts",
    "eligibility",
    "workflow",
    "opinions",
    "oversight",
    "counter",
    "privacy",
    "backups",
    "bodies",
    "wordings",
    "guides",
    "administration",
    "health",
    "doctor",
)

#: Seconds after which a browser may ask again while the database is away.
RETRY_AFTER = "30"


def create_app(settings: Settings, rooms: Iterable[ModuleType]) -> Flask:
    """Return the application: core, then `rooms` from the lowest to the highest."""
    app = Flask(
        "district",
        root_path=str(ROOT),
        template_folder="templates",
        static_folder="static",
        instance_path=str(ROOT / "instance"),
    )
    app.config.update(
        ROOT=ROOT,
        ENV_NAME=settings.APP_ENV.value,
        TESTING=settings.APP_ENV == "testing",
        SECRET_KEY=settings.SECRET_KEY.get_secret_value(),
        SQLALCHEMY_DATABASE_URI=settings.DATABASE_URL,
        BOOTSTRAP_SERVE_LOCAL=True,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["settings"] = settings
    logs.init_app(app, settings)
    security.init_app(app, settings)
    limits.init_app(app, settings)
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True, compare_type=True)
    CSRFProtect(app)
    Bootstrap5(app)
    i18n.init_app(app)
    office.init_app(app)
    ui.init_app(app)
    cli.init_app(app)
    for name in FEATURES:
        importlib.import_module(f"core.{name}").init_app(app)
    for room in rooms:
        room.init_app(app)
    access.install(app)
    cli.speak_plainly(app)
    _answer_errors(app)
    return app


def refuse(
    status: int, words: str, field: str | None = None, *, as_body: int | None = None
) -> ResponseReturnValue:
    """Return a refusal: a page with its words, or problem+json for the API.

    `as_body` is the body for which the person need but act to be let in (0: themselves).
    """
    if request.path.startswith("/api/"):
        errors = [problems.BadParameter(parameter=field, reason=words)] if field else None
        return problems.problem(status, words, errors)
    if request.headers.get("X-Autosave") and words:
        return {"refused": words}, status  # read by static/js/autosave.js
    known = status if status in (400, 403, 404, 409, 413, 429) else 500 if status >= 500 else 400
    said = {"words": words, "request_id": g.get("request_id"), "as_body": as_body}
    way_back = page_above() if known in (400, 403, 409) else None
    # Who is kept out of a page may be kept out of what is above it; a case is open to its parties.
    if way_back and (known != 403 or way_back[0] == "cases.case_detail"):
        said["way_back"] = way_back
    if known == 413:
        said["largest"] = policy.value("attachments.size_limit_mb")
    try:
        return page(f"errors/{known}.html", status, **said)
    except DBAPIError:
        # Every page knows who reads it, so it asks the database: without one, the bare frame.
        current_app.logger.exception("the database does not answer")
        undo()
        return (*bare_page("errors/500.html", 503, **said), {"Retry-After": RETRY_AFTER})


def page_above() -> tuple[str, str] | None:
    """Return endpoint and address of the page that what was asked for belongs to.

    /cases/5/steps/accept belongs to /cases/5, the nearest address above it that can be opened;
    None where nothing stands above it but the home page.
    """
    adapter = current_app.create_url_adapter(request)
    known = (request.view_args or {}).items()
    parts = request.path.strip("/").split("/")
    while adapter is not None and len(parts) > 1:
        parts.pop()
        for above in (f"/{'/'.join(parts)}", f"/{'/'.join(parts)}/"):
            with suppress(HTTPException):
                endpoint, arguments = adapter.match(above, method="GET")
                # Else /policies/proposals would be taken for the policy of that key.
                if arguments.items() <= known:
                    return endpoint, request.script_root + above
    return None


def undo() -> None:
    """End the transaction without its writes, also where the database is gone."""
    with suppress(DBAPIError):
        db.session.rollback()


def _answer_errors(app: Flask) -> None:
    """One handler for every refusal."""

    @app.errorhandler(DomainError)
    def domain(error: DomainError) -> ResponseReturnValue:
        undo()
        audit.keep_refusal(error)
        if isinstance(error, RuleBroken):
            return refuse(400, str(error), error.field)
        return refuse(error.status, str(error), as_body=getattr(error, "as_body", None))

    @app.errorhandler(CSRFError)
    def forged(error: CSRFError) -> ResponseReturnValue:
        return refuse(400, _("This page was open too long. Go back, reload it and send it again."))

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> ResponseReturnValue:
        if error.code is None or error.code < 400:
            return error
        answer = app.make_response(refuse(error.code, ""))
        for name, value in error.get_headers():
            if name in ("Allow", "Retry-After"):
                answer.headers[name] = value
        return answer

    @app.errorhandler(Exception)
    def crash(error: Exception) -> ResponseReturnValue:
        undo()
        app.logger.exception("request failed")
        if app.testing and app.config.get("PROPAGATE_EXCEPTIONS") is not False:
            raise error
        if isinstance(error, OperationalError):  # the database is away, or does not come to it
            return app.make_response(refuse(503, "")), {"Retry-After": RETRY_AFTER}
        return refuse(500, "")
