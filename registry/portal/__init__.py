"""What the public sees: home, register, organization pages."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Mount the feature."""
