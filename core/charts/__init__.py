"""Pictures of figures, drawn by the server."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Mount the feature."""
