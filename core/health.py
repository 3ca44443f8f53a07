"""What a machine asks the application: is it alive, is it ready, how is it doing."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Mount the addresses of health."""
