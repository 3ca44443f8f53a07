"""The organizations on the register: one row, one page and one history for a whole life."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Mount the commands and the endpoints for programs; the tables come with them."""
    from core import api
    from registry.organizations import api as organizations_api
    from registry.organizations import words_of_record
    from registry.organizations.cli import group

    words_of_record.declare()
    app.cli.add_command(group)
    api.mount(app, organizations_api)
