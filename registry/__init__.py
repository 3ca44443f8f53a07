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
    "renewals",
    "activity_reports",
    "cancellations",
    "dormancy",
    "tracks",
    "certificates",
    "changes",
    "duties",
    "upgrades",
    "portal",
    "groups",
    "statistics",
    "following",
    "demo",
)


def init_app(app: Flask) -> None:
    """Mount the room, feature by feature."""
    for name in FEATURES:
        importlib.import_module(f"registry.{name}").init_app(app)
