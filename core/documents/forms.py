"""What the verification page asks for."""

from wtforms import Form as PlainForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length, Optional

from core.attachments.forms import UploadField
from core.days import DayField
from core.forms import Form
from core.i18n import _l


class VerifyForm(Form):
    """A number, as printed on the paper."""

    class Meta:
        csrf = False  # asks, changes nothing, and its address may be passed on

    number = StringField(
        _l("Document number"),
        [InputRequired(_l("Please enter the number.")), Length(max=120)],
        description=_l("As printed on the document; brackets of any kind are accepted."),
    )
    on = DayField(_l("On which day?"), [Optional()], description=_l("Left empty: today."))


class OnForm(PlainForm):
    """On which day a paper is to be judged; none is today. Asked by address, changes nothing."""

    on = DayField(_l("On which day?"), [Optional()], description=_l("Left empty: today."))


class CompareForm(Form):
    """A PDF to compare with the one that was issued."""

    upload = UploadField(
        _l("PDF file"),
        [InputRequired(_l("Please choose a file."))],
        description=_l("The file is compared and not kept."),
        render_kw={"accept": ".pdf"},
    )
