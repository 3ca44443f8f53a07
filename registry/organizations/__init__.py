"""The organizations on the register: one row, one page and one history for a whole life."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Load the tables and the commands; pages join as they are built."""
    from registry.organizations import models, search  # noqa: F401
    from registry.organizations.cli import group

    app.cli.add_command(group)
