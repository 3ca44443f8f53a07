"""The written handbook, made from the declarations so that the two never disagree."""

from flask import Flask


def init_app(app: Flask) -> None:
    from core.handbook.cli import docs

    app.cli.add_command(docs)
