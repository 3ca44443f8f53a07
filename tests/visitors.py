"""Browsers as the application sees them: cookies and requests, without a screen."""

from contextvars import copy_context
from typing import Any

from flask.globals import _cv_app
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from core.db import db


class Visitor(FlaskClient):
    """A test client whose every request lives in a context of its own, as in service.

    The test's own context stays open around its requests. Shared with them, it would lend them
    its session and remember who was signed in. What the test has prepared is committed before a
    request, so that the application sees it, and read again after one.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send one request; see werkzeug.test.Client.open."""
        db.session.commit()
        try:
            return copy_context().run(self._open_alone, *args, **kwargs)
        finally:
            db.session.rollback()

    def _open_alone(self, *args: Any, **kwargs: Any) -> TestResponse:
        _cv_app.set(None)  # type: ignore[arg-type]
        kwargs.setdefault("buffered", True)  # a streamed answer ends in the context it began in
        return super().open(*args, **kwargs)
