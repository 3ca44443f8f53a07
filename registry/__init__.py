"""The register: organizations, how they come to be on it, and what the public sees."""

import importlib

from flask import Flask

FEATURES = (
    "organizations",
    "chronicle",
    "people",
    "names",
    "registrations",
    "filings",
    "tracks",
    "certificates",
    "duties",
    "upgrades",
    "portal",
    "statistics",
    "following",
    "demo",
)


def init_app(app: Flask) -> None:
    """Mount the room, feature by feature."""
    for name in FEATURES:
        importlib.import_module(f"registry.{name}").init_app(app)
