"""Incubator: tenancy, purchase of services, award-based subsidies and community projects."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Mount the room."""
