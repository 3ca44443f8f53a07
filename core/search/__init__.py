"""Full text search that answers one character as well as five, on both engines."""

from flask import Flask

from core.search.folding import bare, fold

__all__ = ["bare", "fold", "init_app"]


def init_app(app: Flask) -> None:
    """Nothing to mount: the tables that are searched declare their index."""
