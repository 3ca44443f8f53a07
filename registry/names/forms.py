"""What is entered about names: the name itself, checked while it is typed; a check, a reservation."""

from datetime import date
from typing import Any

from flask import render_template, url_for
from markupsafe import Markup
from wtforms import Form as PlainForm
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from core import clock
from core.attachments.forms import UploadField
from core.days import DayField
from core.forms import Form, choices
from core.i18n import _, _l
from core.workflow.models import Case
from registry.names import checking, queries
from registry.names.kinds import Effect, WordKind
from registry.organizations.kinds import OrganizationType
from registry.organizations.offered import offered_types

TYPES = tuple(OrganizationType)


def fragment(report: checking.Report) -> Markup:
    """Return what is to be said of a name, as it stands below the field."""
    return Markup(render_template("names/findings.html", report=report))  # noqa: S704 - own template


class NameField(StringField):
    """The proposed name of an organization in a section of an application.

    The form's `prepare` gives it the case; it is then checked while it is typed, and what is
    entered already is answered below the field.
    """

    case: Case | None = None

    def prepare(self, case: Case) -> None:
        self.case = case
        kind = getattr(case, "type", None)
        reserved = queries.names_to_use(case.applicant_id, kind) if kind else []
        if reserved and not checking.name_in(case):
            words = _("You have reserved: %(names)s.", names=_(", ").join(reserved))
            self.description = f"{self.description} {words}"

    @property
    def live_check(self) -> str | None:
        return url_for("names.findings", case=self.case.id) if self.case else None

    @property
    def live_answer(self) -> Markup:
        if self.case is None or not (self.data or "").strip():
            return Markup("")
        return fragment(checking.report(checking.proposed_in(self.case, str(self.data).strip())))


def _type(value: Any) -> OrganizationType | None:
    return OrganizationType(value) if value in {it.value for it in TYPES} else None


class CheckForm(PlainForm):
    """The public question whether a name is free; it changes nothing and needs no token."""

    name = StringField(_l("Name"), [Optional(), Length(max=100)])
    type = SelectField(
        _l("Type"), [Optional()], coerce=lambda v: _type(v) or OrganizationType.ASSOCIATION
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.type.choices = choices((it, it.label) for it in offered_types())


class ReserveForm(Form):
    name = StringField(
        _l("Name to reserve"), [InputRequired(_l("Please fill this in.")), Length(max=100)]
    )
    type = SelectField(
        _l("Type"),
        [InputRequired(_l("Please choose one."))],
        coerce=lambda v: _type(v) or OrganizationType.ASSOCIATION,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.type.choices = choices((it, it.label) for it in offered_types())


class ButtonForm(Form):
    """Nothing but the proof that the button was pressed on our page."""


class ReservationSearch(PlainForm):
    q = StringField(_l("Name"), [Optional(), Length(max=100)])
    show = SelectField(
        _l("Show"),
        choices=choices(
            [("", _l("Held now")), ("ended", _l("Ended")), ("all", _l("All"))],
        ),
        validate_choice=False,
    )


class WordSearch(PlainForm):
    """What the word lists are narrowed to; it changes nothing and needs no token."""

    q = StringField(_l("Word or source"), [Optional(), Length(max=100)])
    kind = SelectField(_l("Word list"), validate_choice=False)
    show = SelectField(
        _l("Show"),
        choices=choices(
            [
                ("", _l("In force")),
                ("waiting", _l("Waiting for a second person")),
                ("ended", _l("Ended")),
                ("all", _l("All")),
            ]
        ),
        validate_choice=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = choices([("", _l("All")), *((it.value, it.label) for it in WordKind)])


def _kind(value: Any) -> WordKind | None:
    return WordKind(value) if value in {it.value for it in WordKind} else None


class WordForm(Form):
    """A word for a list, with its source."""

    kind = SelectField(_l("Word list"), [InputRequired(_l("Please choose one."))], coerce=_kind)
    word = StringField(_l("Word"), [InputRequired(_l("Please fill this in.")), Length(max=60)])
    type = SelectField(
        _l("Type of organization"),
        [Optional()],
        coerce=_type,
        description=_l("For organizational forms only."),
    )
    effect = RadioField(
        _l("What a hit does"),
        [Optional()],
        coerce=lambda v: Effect(v) if v in {it.value for it in Effect} else None,
        description=_l("For lists that forbid; the others only help to read a name."),
    )
    source = StringField(
        _l("Source"),
        [InputRequired(_l("Please fill this in.")), Length(max=300)],
        description=_l("The law, document or decision, with its number."),
    )
    from_on = DayField(_l("Effective from"), [InputRequired(_l("Please fill this in."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("from_on", _today())
        super().__init__(*args, **kwargs)
        self.kind.choices = choices((it, it.label) for it in WordKind)
        self.type.choices = choices([("", "—"), *((it, it.label) for it in TYPES)])
        self.effect.choices = choices((it, it.label) for it in Effect)


def _today() -> date:
    return clock.today()


class EndForm(Form):
    """On what basis a word counts no more."""

    end_source = StringField(
        _l("Basis"), [InputRequired(_l("Please fill this in.")), Length(max=300)]
    )


class WordFileForm(Form):
    file = UploadField(
        _l("Word lists as a CSV file"),
        [InputRequired(_l("Please choose a file."))],
        description=_l("With the columns of the exported file; each word needs its source."),
    )

    def values(self) -> dict[str, Any]:
        return {"raw": self.file.data.content}
