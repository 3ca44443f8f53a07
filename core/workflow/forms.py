"""Forms that the declarations make: one for a step, one for a check, one for a question."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from core.accounts import User
from core.days import DayField
from core.eligibility import Outcome
from core.figures import MOST, MOST_YUAN, MoneyField, NumberField
from core.forms import Form, choices
from core.i18n import _, _l
from core.workflow.application import Guide
from core.workflow.models import Case
from core.workflow.steps import Ask, Transition


class LinesField(TextAreaField):
    """One thing a line; `data` is the list of lines that hold something."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0] if valuelist else ""
        lines = [line.strip() for line in text.splitlines()]
        self.data = [line for line in lines if line]  # type: ignore[assignment]

    def _value(self) -> str:
        return "\n".join(self.data or [])


class FewestLines:
    """Refuses fewer lines than `ask` wants; none at all is for the other validators."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask

    def __call__(self, form: BaseForm, field: Field) -> None:
        if field.data and (fault := self.ask.fault(field.data)):
            raise ValidationError(str(fault))


class SeenForm(Form):
    """A form about a case, which remembers the version of it that the person looks at."""

    seen = HiddenField()


class StepForm(SeenForm):
    """Base of the forms of steps."""

    def values(self) -> dict[str, Any]:
        entered = super().values()
        seen = entered.pop("seen", "") or ""
        return {**entered, "seen": int(seen) if seen.isdigit() else None}


def _needed(kind: str) -> InputRequired:
    """Return the validator of something that must be given, in words that fit its kind."""
    if kind == "yes":
        return InputRequired(_l("Please tick this to confirm."))
    if kind == "choice":
        return InputRequired(_l("Please choose one."))
    return InputRequired(_l("Please fill this in."))


def _chosen(value: Any) -> str | None:
    """Return a choice as text, None where nothing was chosen."""
    return None if value in (None, "", "None") else str(value)


def _field_for(ask: Ask, case: Case | None) -> Field:
    needed = [_needed(ask.kind) if ask.required else Optional()]
    shape: dict[str, Any] = {"description": ask.hint}
    if ask.kind == "long":
        return TextAreaField(ask.label, [*needed, Length(max=ask.most or 4000)], **shape)
    if ask.kind == "number":
        return NumberField(ask.label, needed, most=ask.most or MOST, **shape)
    if ask.kind == "lines":
        return LinesField(ask.label, [*needed, FewestLines(ask)], **shape)
    if ask.kind == "date":
        return DayField(ask.label, needed, **shape)
    if ask.kind == "money":
        return MoneyField(ask.label, needed, most=ask.most or MOST_YUAN, **shape)
    if ask.kind == "yes":
        return BooleanField(ask.label, needed, **shape)
    if ask.kind == "choice":
        offered = choices(ask.options(case))
        return RadioField(ask.label, needed, choices=offered, coerce=_chosen, **shape)
    return StringField(ask.label, [*needed, Length(max=ask.most or 300)], **shape)


def asked_form(asks: Iterable[Ask], case: Case, **sent: Any) -> SeenForm:
    """Return the form of a section that is made of its asks; a draft may leave each open."""
    fields = {ask.name: _field_for(replace(ask, required=False), case) for ask in asks}
    kind: type[SeenForm] = type("AskedForm", (SeenForm,), fields)
    return kind(data={name: case.told(name) for name in fields}, **sent)


def step_form(
    step: Transition, case: Case, *, blank: bool = False, filled: Mapping[str, Any] | None = None
) -> StepForm:
    """Return the form of a step: its reason, what it asks for, and the version of the case.

    `blank` leaves aside what the present request sends: another step's form was sent with it. It
    begins with what is `filled` in.
    """
    fields: dict[str, Any] = {ask.name: _field_for(ask, case) for ask in step.asks}
    if step.reason:
        label = step.reason_label or _("Reason")
        fields["note"] = TextAreaField(label, [_needed("long"), Length(max=4000)])
    sent: dict[str, Any] = {"formdata": None, "data": filled} if blank else {}
    form: StepForm = type("StepForm", (StepForm,), fields)(**sent)
    if blank or not form.is_submitted():
        form.seen.data = str(case.version)
    return form


class CheckForm(Form):
    """What the examiner found on one condition."""

    outcome = RadioField(
        _l("Finding"),
        [_needed("choice")],
        choices=choices([(Outcome.PASS.value, _l("Met")), (Outcome.FAIL.value, _l("Not met"))]),
    )
    check_note = TextAreaField(
        _l("Remark (required where not met)"), [Optional(), Length(max=2000)]
    )

    def values(self) -> dict[str, Any]:
        note = self.check_note.data or ""
        return {**super().values(), "check_note": note, "outcome": Outcome(self.outcome.data)}


class TakeForm(Form):
    """Nothing but the proof that the button was pressed on our page."""


class AssignForm(Form):
    """Who gets a case; 0 is nobody in particular."""

    user_id = SelectField(_l("To whom"), [_needed("choice")], coerce=int)

    def offer(self, people: Iterable[User], *, taken: bool) -> None:
        """Let one choose among `people`; a case that is `taken` may go back to the pile."""
        named = [(user.id, user.display_name) for user in people]
        pile = [(0, _("Back to the office's pile"))] if taken else []
        self.user_id.choices = choices([*named, *pile])

    def values(self) -> dict[str, Any]:
        return {"user_id": self.user_id.data or None}


class RecuseForm(Form):
    """Why a person has nothing to do with a case."""

    reason = TextAreaField(_l("Reason"), [_needed("long"), Length(max=2000)])


def eligibility_form(guide: Guide, known: Mapping[str, str]) -> Form:
    """Return the form with the questions a newcomer answers before starting.

    `known` are answers that were given on the way here; they are chosen already.
    """
    fields = {
        q.key: RadioField(q.text, [_needed("choice")], choices=choices(q.choices))
        for q in guide.questions
    }
    form: Form = type("EligibilityForm", (Form,), fields)(data=known)
    return form
