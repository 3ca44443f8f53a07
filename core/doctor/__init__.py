"""What is wrong with a set-up: each finding one sentence with what to do."""

from flask import Flask


def init_app(app: Flask) -> None:
    from core.doctor import cli

    app.cli.add_command(cli.doctor)
