from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired

from core.forms import Form, choices
from core.i18n import _l
from core.messages.models import WISH_LABELS


class WishForm(Form):
    mail = RadioField(
        _l("What do you want to get by mail?"),
        [InputRequired()],
        choices=choices((wish.value, words) for wish, words in WISH_LABELS.items()),
        description=_l("Every message stands in your inbox in any case."),
    )
    sms = BooleanField(
        _l("Also send me a short text message"),
        description=_l("It names the subject only. The words stand in your inbox."),
    )
