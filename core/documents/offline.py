"""Checking papers without a connection: the page, what it keeps, and the published keys."""

import hashlib
import json
from pathlib import Path

from flask import Blueprint, Response, current_app, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue

from core import i18n
from core.access import anyone, page_for
from core.documents import signing
from core.documents.payload import Flaw
from core.ui import page

bp = Blueprint("offline", __name__, url_prefix="/verify")


@bp.get("/offline")
@page_for(anyone)
def offline() -> ResponseReturnValue:
    """Read a signed payload and check it by script alone; the payload is in the address."""
    return page("documents/offline.html", keys=signing.published(), flaws=tuple(Flaw))


@bp.get("/keys.json")
@page_for(anyone)
def keys() -> ResponseReturnValue:
    """Every public key there was, as JSON Web Keys with their dates. Open to other programs too."""
    answer = jsonify(keys=signing.published(), flaws=tuple(Flaw))
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@bp.get("/worker.js")
@page_for(anyone)
def worker() -> ResponseReturnValue:
    """The service worker: keeps page and keys, and answers where the network does not."""
    kept = _kept()
    script = render_template(
        "documents/offline_worker.js",
        kept=json.dumps(kept),
        version=hashlib.sha256(json.dumps(kept).encode()).hexdigest()[:12],
        page=json.dumps(url_for(".offline", lang=_language())),
        keys=json.dumps(url_for(".keys")),
    )
    answer = Response(script, mimetype="text/javascript")
    answer.headers["Service-Worker-Allowed"] = url_for("documents.verify")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _language() -> str:
    return i18n.LOCALES[0] if i18n.is_chinese() else i18n.LOCALES[1]


def _kept() -> list[str]:
    """Return the addresses that the worker keeps, as the page asks for them.

    Scripts import each other by name, without the version that the page's own addresses carry.
    """
    static = Path(str(current_app.static_folder))
    styles = ("css/tokens.css", "css/theme.css", "css/components/*.css", "img/favicon.svg")
    found = [path for pattern in styles for path in static.glob(pattern)]
    versioned = [*found, static / "js" / "main.js"]
    parts = sorted(path for path in static.glob("js/*.js") if path.name != "main.js")
    return [
        url_for(".offline", lang=_language()),
        url_for(".keys"),
        url_for("bootstrap.static", filename="css/bootstrap.min.css"),
        *(url_for("static", filename=_name(path, static)) for path in sorted(versioned)),
        *(url_for("static", filename=_name(path, static), v=None) for path in parts),
    ]


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()
