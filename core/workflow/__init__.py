"""Cases and the one engine that moves them."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Mount the feature."""
