"""Words into the templates of papers."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, current_app
from jinja2 import Environment, StrictUndefined, UndefinedError

from core.documents import drawing
from core.documents.facts import FILTERS


class IncompleteFacts(ValueError):
    """A template asked for a fact that was not given."""


def environment_of(app: Flask) -> Environment:
    """Return the application's templates as papers see them: a fact that is missing is an error."""
    environment = app.jinja_env.overlay(undefined=StrictUndefined)
    environment.filters = {**environment.filters, **FILTERS}
    environment.globals = {**environment.globals, "frame": drawing.frame, "seal": drawing.seal}
    return environment


def fill(template: str, context: Mapping[str, Any]) -> str:
    """Return `templates/pdf/<template>.html` filled. Raises IncompleteFacts."""
    environment: Environment = current_app.extensions["papers"]
    try:
        return environment.get_template(f"pdf/{template}.html").render(context)
    except UndefinedError as missing:
        raise IncompleteFacts(f"{template}: {missing.message}") from None
