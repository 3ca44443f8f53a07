"""Style sheets and scripts: an address names the version of the file, so browsers may keep it."""

import os
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, current_app, request, url_for
from werkzeug.security import safe_join

#: For addresses that change with the file; any other address is asked for anew each time.
KEPT_SECONDS = 365 * 24 * 3600


@lru_cache(maxsize=512)
def _version(path: str, changed_ns: int) -> str:
    return sha256(Path(path).read_bytes()).hexdigest()[:10]


def version_of(app: Flask, filename: str) -> str | None:
    """Return a short name for the present content of a static file; None if there is no such."""
    path = safe_join(str(app.static_folder), filename)
    try:
        return _version(path, Path(path).stat().st_mtime_ns) if path else None
    except OSError:
        return None


_place = lru_cache(maxsize=512)(safe_join)


@lru_cache(maxsize=512)
def _address(root: str, path: str, filename: str, changed_ns: int) -> str:
    """Return the address of a version; asked by `root`, below which an application is mounted."""
    return url_for("static", filename=filename, v=_version(path, changed_ns))


def static_url(filename: str) -> str:
    """Return what `url_for("static", filename=…)` does, once a version: a page has a dozen."""
    path = _place(str(current_app.static_folder), filename)
    try:
        changed = os.stat(path).st_mtime_ns if path else 0
    except OSError:
        changed = 0
    if not path or not changed:
        return url_for("static", filename=filename)
    return _address(request.script_root, path, filename, changed)


def init_app(app: Flask) -> None:
    app.add_template_global(static_url)

    @app.url_defaults
    def name_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "filename" in values:
            values.setdefault("v", version_of(app, values["filename"]))

    def age(filename: str | None) -> int | None:
        asked = request.args.get("v")
        return KEPT_SECONDS if filename and asked and asked == version_of(app, filename) else None

    app.get_send_file_max_age = age  # type: ignore[method-assign]
