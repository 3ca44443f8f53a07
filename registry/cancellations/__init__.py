"""Cancellation of a filing at the group's own wish."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Complete the declaration: papers and effects. The pages are the engine's own."""
    from core.workflow import engine
    from registry.cancellations import actions
    from registry.cancellations.workflow import CANCELLATION

    engine.when_moved(actions.follow)
    CANCELLATION.assert_complete()
