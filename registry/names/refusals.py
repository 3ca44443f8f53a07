"""What was refused is on record too: the refused transaction leaves nothing, so this is another."""

from core import audit
from core.accounts import Actor
from core.db import Model, atomic
from core.forms import Form


def keep_refusal(action: str, form: Form, *, by: Actor, subject: Model | None = None) -> None:
    """Note in the record of actions why a form was refused, in the words the person read."""
    reasons = [str(it) for errors in form.errors.values() for it in errors]
    if reasons:
        with atomic():
            audit.record(action, subject, by=by, note="；".join(reasons)[:2000])
