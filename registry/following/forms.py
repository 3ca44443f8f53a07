from wtforms import RadioField
from wtforms.validators import InputRequired

from core.forms import Form, choices
from core.i18n import _l
from registry.following.models import PACE_LABELS


class PaceForm(Form):
    """How somebody wants to be told."""

    pace = RadioField(
        _l("How do you want to be told?"),
        [InputRequired()],
        choices=choices((it.value, words) for it, words in PACE_LABELS.items()),
    )
