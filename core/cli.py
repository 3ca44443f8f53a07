"""Commands of the house itself; each room adds its own."""

from flask import Flask

from core import demo, handbook


def init_app(app: Flask) -> None:
    """Add `flask demo` and `flask docs`; features register their own groups."""
    demo.init_app(app)
    handbook.init_app(app)
