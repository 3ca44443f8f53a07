"""Renewal of a filing: every few years the group says that it goes on, and gets a new receipt."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Complete the declaration: forms, effects and reminders. The pages are the engine's own."""
    from registry.renewals import actions, forms, jobs, keeping
    from registry.renewals.workflow import RENEWAL

    assert actions and forms and jobs
    RENEWAL.assert_complete()
    keeping.declare()
