"""What is asked before a number is shown."""

from wtforms import StringField
from wtforms.validators import InputRequired, Length

from core.forms import Form
from core.i18n import _l


class RevealForm(Form):
    reason = StringField(
        _l("Why do you need it?"),
        [InputRequired(_l("Please give the reason.")), Length(max=300)],
        description=_l("It stands on record with your name."),
    )


class OwnDataForm(Form):
    """Only the button itself."""
