"""Commands of the house itself; each room adds its own."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Nothing yet: features register their own groups."""
