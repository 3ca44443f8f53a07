"""Registration of an association: from eligibility to the certificate."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Mount the feature."""
