"""What is asked when people sign in, sign up and look after their account."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.validators import EqualTo, InputRequired, Length, Optional, ValidationError

from core.accounts import passwords
from core.accounts.models import BodyKind, User
from core.accounts.roles import ROLE_LABELS, Role
from core.accounts.rules import NO_CONTACT, NO_TEXTS, email_of, mobile_of
from core.config import settings
from core.days import DayField
from core.errors import RuleBroken, Words
from core.forms import Form, choices
from core.i18n import _, _l

NEEDED = InputRequired(_l("Please fill this in."))


def offer_reachable(field: StringField, without_texts: Words) -> None:
    """Ask for what messages can reach: where no text messages are sent, an e-mail address alone."""
    if not settings().SMS_URL:
        field.label.text = without_texts


class SignInForm(FlaskForm):
    login = StringField(_l("Sign-in name, e-mail or mobile number"), [NEEDED, Length(max=200)])
    password = PasswordField(_l("Password"), [NEEDED, Length(max=1000)])


class SignUpForm(Form):
    display_name = StringField(
        _l("Your name"),
        [NEEDED, Length(max=100)],
        description=_l("As on your identity card. It stands on the applications you hand in."),
    )
    contact = StringField(
        _l("E-mail or mobile number"),
        [NEEDED, Length(max=200)],
        description=_l("You sign in with it, and we write to it about your applications."),
    )
    password = PasswordField(_l("Password"), [NEEDED, Length(max=1000)])
    again = PasswordField(
        _l("The same password again"),
        [NEEDED, EqualTo("password", _l("The two passwords differ. Please enter them again."))],
    )
    notice_read = BooleanField(
        _l("I have read how my personal data are used"),
        [InputRequired(_l("Please read the notice and confirm it."))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_reachable(self.contact, _l("E-mail"))

    def validate_contact(self, field: StringField) -> None:
        mail, mobile = email_of(field.data or ""), mobile_of(field.data or "")
        if mail is None and not settings().SMS_URL:
            whole = _("Please enter a complete e-mail address.")
            raise ValidationError(str(NO_TEXTS) if mobile else whole)
        if mail is None and mobile is None:
            raise ValidationError(str(NO_CONTACT))

    def validate_password(self, field: PasswordField) -> None:
        """Say it together with all else that is wrong; the action checks it again."""
        try:
            passwords.check(field.data or "", self.display_name.data or "", self.contact.data or "")
        except RuleBroken as refused:
            raise ValidationError(str(refused)) from refused

    def values(self) -> dict[str, Any]:
        return _without(super().values(), "again", "notice_read")


class ContactForm(Form):
    display_name = StringField(_l("Your name"), [NEEDED, Length(max=100)])
    email = StringField(_l("E-mail"), [Length(max=200)])
    phone = StringField(
        _l("Mobile number"),
        [Length(max=30)],
        description=_l("Kept encrypted. Only used to write to you about your cases."),
    )


class PasswordForm(Form):
    current = PasswordField(_l("Present password"), [NEEDED, Length(max=1000)])
    password = PasswordField(_l("New password"), [NEEDED, Length(max=1000)])
    again = PasswordField(
        _l("The new password again"),
        [NEEDED, EqualTo("password", _l("The two passwords differ. Please enter them again."))],
    )

    def values(self) -> dict[str, Any]:
        return _without(super().values(), "again")


class ClosingForm(Form):
    """That it is really the person who wants the account closed."""

    current = PasswordField(_l("Present password"), [NEEDED, Length(max=1000)])


class EverywhereForm(Form):
    """Only the question itself."""


class SignInCodeForm(FlaskForm):
    code = StringField(
        _l("One-time code"),
        [NEEDED, Length(max=40)],
        description=_l("The six digits that your phone shows now, or one of your recovery codes."),
    )


class CodeForm(Form):
    code = StringField(
        _l("One-time code"),
        [NEEDED, Length(max=40)],
        description=_l("The six digits that your phone shows now."),
    )


class ResetAskForm(FlaskForm):
    login = StringField(_l("Sign-in name, e-mail or mobile number"), [NEEDED, Length(max=200)])


class NewPasswordForm(Form):
    password = PasswordField(_l("New password"), [NEEDED, Length(max=1000)])
    again = PasswordField(
        _l("The new password again"),
        [NEEDED, EqualTo("password", _l("The two passwords differ. Please enter them again."))],
    )

    def values(self) -> dict[str, Any]:
        return _without(super().values(), "again")


def _without(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}


class MemberForm(Form):
    """Whom to invite into one's organization."""

    display_name = StringField(_l("Full name"), [NEEDED, Length(max=100)])
    address = StringField(_l("E-mail"), [NEEDED, Length(max=200)])
    role = RadioField(
        _l("Role"),
        [InputRequired(_l("Please choose one."))],
        choices=choices((role.value, ROLE_LABELS[role]) for role in (Role.HANDLER, Role.OWNER)),
        default=Role.HANDLER.value,
    )


class OfferForm(Form):
    """To whom an organization's account is handed over."""

    to_id = SelectField(_l("To whom"), [InputRequired(_l("Please choose one."))], coerce=int)
    stay = BooleanField(_l("I stay as a handler"), default=True)

    def offer(self, people: Iterable[User]) -> None:
        self.to_id.choices = choices((user.id, user.display_name) for user in people)


class InvitedForm(Form):
    """A new account for an invited address."""

    display_name = StringField(_l("Your name"), [NEEDED, Length(max=100)])
    password = PasswordField(_l("Password"), [NEEDED, Length(max=1000)])
    again = PasswordField(
        _l("The same password again"),
        [NEEDED, EqualTo("password", _l("The two passwords differ. Please enter them again."))],
    )
    notice_read = BooleanField(
        _l("I have read how my personal data are used"),
        [InputRequired(_l("Please read the notice and confirm it."))],
    )

    def values(self) -> dict[str, Any]:
        return _without(super().values(), "again", "notice_read")


class RoleRequestForm(Form):
    """A role for somebody, which another administrator confirms."""

    person = StringField(
        _l("Sign-in name or e-mail"),
        [NEEDED, Length(max=200)],
        description=_l(
            "The sign-in name stands in the list of people. Somebody without an account is invited by mail: enter their e-mail address."
        ),
    )
    display_name = StringField(
        _l("Full name"), [Length(max=100)], description=_l("Only for somebody without an account.")
    )
    body_id = SelectField(
        _l("Body"),
        [InputRequired(_l("Please choose one."))],
        coerce=lambda key: int(key) if key else 0,
    )
    role = SelectField(_l("Role"), [InputRequired(_l("Please choose one."))])
    from_on = DayField(_l("From"), [InputRequired(_l("Please fill this in."))])
    to_on = DayField(_l("Until"), [Optional()], description=_l("Empty: without an end."))
    reason = StringField(_l("Reason"), [NEEDED, Length(max=500)])

    def offer(self, bodies: Iterable[tuple[BodyKind, int, str]]) -> None:
        """Offer bodies under the name of their kind, and roles; nothing is chosen beforehand."""
        nothing = _l("Please choose")
        self.body_id.choices = choices([("", nothing)])
        for kind, found in groupby(bodies, key=lambda it: it[0]):
            self.body_id.choices += choices([(key, name) for _kind, key, name in found], kind.label)
        self.role.choices = choices([("", nothing), *ROLE_LABELS.items()])


class RoleAnswerForm(Form):
    """Why a role is not given."""

    answer = StringField(_l("Reason"), [NEEDED, Length(max=500)])
