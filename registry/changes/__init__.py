"""Change of registration: what the register says of an organization becomes something else."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Complete the declaration: forms and effects. The pages are the engine's own."""
    from registry.changes import actions, forms
    from registry.changes.workflow import CHANGE

    assert actions and forms
    CHANGE.assert_complete()
