"""The short yearly report of a filed group: one page that shows that it lives."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Complete the declaration and the reminders. The pages are the engine's own."""
    from registry.activity_reports import actions, jobs
    from registry.activity_reports.workflow import REPORT

    assert actions and jobs
    REPORT.assert_complete()
