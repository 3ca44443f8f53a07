"""What is entered about bodies and memberships."""

from typing import Any

from wtforms import Form as PlainForm
from wtforms import SearchField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from core import clock, divisions
from core.accounts import BodyKind, Role
from core.bodies.queries import AccountState, PersonFilter
from core.days import DayField
from core.divisions.queries import access_division, standing
from core.forms import Form
from core.i18n import _, _l


class BodySearch(PlainForm):
    q = SearchField(_l("Name"))
    kind = SelectField(_l("Kind"))

    def __init__(self, asked: Any) -> None:
        super().__init__(asked)
        self.kind.choices = [("", _("All")), *((it.value, it.label) for it in BodyKind)]

    @property
    def asked_kind(self) -> BodyKind | None:
        """The kind asked for; None where none or an unknown one was."""
        return BodyKind(self.kind.data) if self.kind.data in set(BodyKind) else None


class PersonSearch(PlainForm):
    q = SearchField(_l("Name or sign-in name"))
    body = SearchField(_l("Body"))
    role = SelectField(_l("Role"))
    state = SelectField(_l("Account"))

    def __init__(self, asked: Any) -> None:
        super().__init__(asked)
        self.role.choices = [("", _("All")), *((it.value, it.label) for it in Role)]
        self.state.choices = [("", _("All")), *((it.value, it.label) for it in AccountState)]

    @property
    def wanted(self) -> PersonFilter:
        """What was asked for, without what is unknown."""
        return PersonFilter(
            words=(self.q.data or "").strip()[:100],
            body=(self.body.data or "").strip()[:100],
            role=Role(self.role.data) if self.role.data in set(Role) else None,
            state=AccountState(self.state.data) if self.state.data in set(AccountState) else None,
        )


class BodyForm(Form):
    kind = SelectField(_l("Kind"), [InputRequired()])
    name = StringField(_l("Name"), [InputRequired(), Length(max=300)])
    division_id = SelectField(_l("Division"), coerce=int)

    def __init__(self) -> None:
        super().__init__()
        kinds = [it for it in BodyKind if it is not BodyKind.ORGANIZATION]
        self.kind.choices = [(it.value, it.label) for it in kinds]
        places = [(it.id, divisions.path(it)) for it in standing()]
        self.division_id.choices = [(0, _("None")), *places]

    def values(self) -> dict[str, Any]:
        """Return the kind, the name and the division itself."""
        place = access_division(self.division_id.data) if self.division_id.data else None
        return {"kind": self.kind.data, "name": self.name.data, "division": place}


class NameForm(Form):
    name = StringField(_l("New name"), [InputRequired(), Length(max=300)])
    from_on = DayField(_l("From"), [InputRequired()], default=clock.today)
    source = StringField(
        _l("Basis"),
        [InputRequired(), Length(max=300)],
        description=_l("The document or decision behind this change, with its number."),
    )


class EndForm(Form):
    last_day = DayField(_l("Last day"), [InputRequired()], default=clock.today)


class ReasonForm(Form):
    """Why an account is stopped, is let in again, or stays stopped."""

    reason = StringField(
        _l("Reason"), [InputRequired(_l("Please give the reason.")), Length(max=500)]
    )


class QuestionForm(Form):
    """Only the question itself."""
