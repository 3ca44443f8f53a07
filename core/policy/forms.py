"""Shape of what is entered when a value is proposed."""

from typing import Any

from wtforms import (
    DecimalField,
    Field,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length, Optional

from core.days import DayField
from core.forms import Form
from core.i18n import _l
from core.policy.declaration import Kind, Policy

_YES_NO = [SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))]


class PolicySearch(PlainForm):
    """What the list of policies is narrowed to; it changes nothing and needs no token."""

    q = StringField(_l("Words"), [Optional(), Length(max=100)])
    only = SelectField(
        _l("Show"),
        choices=[
            SelectChoice("", _l("All")),
            SelectChoice("changed", _l("Changed by the office")),
            SelectChoice("waiting", _l("With a proposal")),
            SelectChoice("unsure", _l("To be checked against its source")),
        ],
    )

    def described(self) -> str:
        """Return the narrowing in words, for the name of a file."""
        chosen = {it[0]: str(it[1]) for it in self.only.iter_choices() if it[0]}
        parts = (self.q.data or "", chosen.get(self.only.data or "", ""))
        return "，".join(part for part in parts if part)

    def narrowings(self) -> dict[str, bool]:
        """Return the arguments of `overview.chapters` besides the words."""
        return {name: name == self.only.data for name in ("changed", "waiting", "unsure")}


class ProposalForm(Form):
    """A value, its first day and its grounds; `proposal_form` adds the field for the value."""

    value: Field
    effective_from = DayField(_l("Effective from"), [InputRequired()])
    source = StringField(
        _l("Basis"),
        [InputRequired(), Length(max=300)],
        description=_l("The document or decision that sets this value, with its number."),
    )
    reason = TextAreaField(_l("Reason for the change"), [InputRequired(), Length(max=2000)])

    def values(self) -> dict[str, Any]:
        """Return what was entered; a yes or no as a truth value."""
        entered = super().values()
        if isinstance(self.value, RadioField):
            entered["value"] = entered["value"] == "yes"
        return entered


class StepForm(Form):
    """A button: confirm or withdraw."""


def _value_field(policy: Policy[Any]) -> Any:
    label, needed = _l("New value"), [InputRequired()]
    if policy.kind is Kind.INTEGER:
        return IntegerField(label, needed)
    if policy.kind is Kind.DECIMAL:
        return DecimalField(label, needed, places=None)
    if policy.kind is Kind.YES_NO:
        return RadioField(label, needed, choices=_YES_NO)
    if policy.kind is Kind.CHOICE:
        return SelectField(
            label, needed, choices=[SelectChoice(*it) for it in policy.choices.items()]
        )
    wanted = [Optional()] if policy.may_be_empty else needed
    return StringField(label, [*wanted, Length(max=500)])


def proposal_form(policy: Policy[Any], present: Any) -> ProposalForm:
    """Return the form that proposes a value of `policy`, with the present one filled in."""
    shape = type("ProposalForm", (ProposalForm,), {"value": _value_field(policy)})
    shown = ("yes" if present else "no") if policy.kind is Kind.YES_NO else present
    form: ProposalForm = shape(data={"value": shown})
    return form
