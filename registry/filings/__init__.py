"""Filing of a community group at its street: from a short form to the receipt."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Mount the feature."""
