"""The append-only record of who did what, chained so that no change goes unseen."""

from flask import Flask

from core.audit.actions import record

__all__ = ["record"]


def init_app(app: Flask) -> None:
    """Mount the commands of the record."""
