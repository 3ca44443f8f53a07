"""The register through time: who stood on it on any day, and what happened on which day."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Nothing to mount: pages, feeds and statistics ask the queries."""
