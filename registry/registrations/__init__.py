"""Registration of organizations of every type: from eligibility to the certificate."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Complete the declaration: forms and effects. The pages are the engine's own."""
    from registry.registrations import actions, forms, screening
    from registry.registrations.workflow import REGISTRATION

    assert actions and forms and screening
    REGISTRATION.assert_complete()
