"""The people an application names: promoters, representative, officers, persons in charge."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Load the table."""
    from registry.people import models  # noqa: F401
