"""Dated values that the district sets, each with its unit and source."""

from flask import Flask

from core.i18n import _l
from core.policy.declaration import Kind, Policy, chapter, declaration, declared, register
from core.policy.queries import history, since, snapshot, spoken, thaw, value
from core.policy.units import Unit

__all__ = [
    "Kind",
    "Policy",
    "Unit",
    "chapter",
    "declaration",
    "declared",
    "history",
    "register",
    "since",
    "snapshot",
    "spoken",
    "thaw",
    "value",
]

chapter("accounts", _l("Signing in"))
chapter("attachments", _l("Files"))
chapter("messages", _l("Messages"))
chapter("notices", _l("Public notices"))
chapter("workflow", _l("Cases"))


def init_app(app: Flask) -> None:
    """Mount the feature."""
