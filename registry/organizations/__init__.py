"""The organizations on the register: one row, one page and one history for a whole life."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Load the tables; pages and commands join as they are built."""
    from registry.organizations import models  # noqa: F401
