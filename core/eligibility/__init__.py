"""Named conditions that answer pass, fail or unknown, with reason, source and fact."""

from flask import Flask

from core.eligibility.rules import Condition, Outcome, Result, evaluate

__all__ = ["Condition", "Outcome", "Result", "evaluate"]


def init_app(app: Flask) -> None:
    """Nothing to mount: conditions are declared by rooms and shown by their pages."""
