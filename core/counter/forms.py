"""What is asked at the counter."""

from typing import Any

from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import InputRequired, Length

from core.accounts.forms import offer_reachable
from core.forms import Form, choices
from core.i18n import _l
from core.workflow.application import Guide

NEEDED = InputRequired(_l("Please fill this in."))


class StartForm(Form):
    """Who stands at the counter."""

    applicant_name = StringField(
        _l("Applicant's name"),
        [NEEDED, Length(max=100)],
        description=_l("As on the identity document."),
    )
    contact = StringField(
        _l("Applicant's e-mail or mobile number"),
        [NEEDED, Length(max=200)],
        description=_l("The code that confirms the application is sent there."),
    )
    organization = StringField(
        _l("For which organization or group"),
        [NEEDED, Length(max=300)],
        description=_l("Its full name, as on the register. The applicant must act for it here."),
    )
    present = BooleanField(
        _l(
            "The applicant is present, has shown an identity document and has been told how their personal data are used"
        ),
        [InputRequired(_l("Please tick this to confirm."))],
    )

    def values(self) -> dict[str, Any]:
        entered = super().values()
        entered.pop("present")
        return entered


class CodeForm(Form):
    code = StringField(
        _l("Code of the applicant"),
        [NEEDED, Length(max=20)],
        description=_l("Six digits, read out by the applicant."),
    )


class SendForm(Form):
    """Only the button itself."""


def start_form(guide: Guide) -> Any:
    """Return the form that starts a kind of application: the person, for whom they act where an
    organization applies, then its first questions.
    """
    one = [InputRequired(_l("Please choose one."))]
    fields = {q.key: RadioField(q.text, one, choices=choices(q.choices)) for q in guide.questions}
    form: Any = type("CounterStartForm", (StartForm,), fields)()
    offer_reachable(form.contact, _l("Applicant's e-mail"))
    if not guide.for_organizations:
        del form.organization
    return form
