from wtforms import Form, SelectField, StringField
from wtforms.validators import Length, Optional

from core.audit.queries import Narrowing
from core.audit.wording import named_actions
from core.days import DayField
from core.forms import choices
from core.i18n import _l


class AuditSearch(Form):
    """What the record is narrowed to; it changes nothing and needs no token."""

    person = StringField(_l("Person"), [Optional(), Length(max=100)])
    action = SelectField(_l("Action"), [Optional()], choices=[], validate_choice=False)
    since = DayField(_l("From"), [Optional()])
    until = DayField(_l("Until"), [Optional()])
    case = StringField(_l("Case number"), [Optional(), Length(max=60)])

    def offer_actions(self) -> None:
        """Offer everything that can have been done, by its words."""
        self.action.choices = choices([("", _l("All")), *named_actions()])

    def narrowing(self) -> Narrowing:
        """Return what was entered; a field that makes no sense narrows nothing and says so."""
        self.validate()
        return Narrowing(
            person=(self.person.data or "").strip(),
            action=self.action.data or "",
            since=None if self.since.errors else self.since.data,
            until=None if self.until.errors else self.until.data,
            case=(self.case.data or "").strip(),
        )
