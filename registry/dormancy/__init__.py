"""Dormancy: what follows when a filed group is silent, until its street cancels the filing."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Complete the declaration, the watch and the follower; the pages are the engine's own."""
    from core import ui
    from core.workflow import when_moved
    from registry.dormancy import actions, jobs, panels
    from registry.dormancy.workflow import DORMANT_CANCELLATION

    assert jobs
    DORMANT_CANCELLATION.assert_complete()
    when_moved(actions.follow)
    ui.fill_panel(app, "case", panels.of_case)
    ui.fill_panel(app, "verification", panels.of_verification)
