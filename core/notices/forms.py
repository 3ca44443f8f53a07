import re
from typing import Any

from wtforms import Form as PlainForm
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from core.forms import Form, choices
from core.i18n import _, _l
from core.notices import kinds

MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
PHONE = re.compile(r"\+?[\d \-]{7,20}")


class NoticeSearch(PlainForm):
    """What the list of notices is narrowed to."""

    q = StringField(_l("Words of the title"), [Optional(), Length(max=100)])
    kind = SelectField(_l("Kind of matter"), choices=[], validate_choice=False)
    year = SelectField(_l("Year"), choices=[], validate_choice=False)
    only = SelectField(
        _l("Show"), choices=choices([("", _l("All")), ("open", _l("Open for objections"))])
    )

    def offer(self, years: list[int]) -> "NoticeSearch":
        """Offer what there is to choose from."""
        self.kind.choices = choices([("", _l("All")), *kinds.named()])
        self.year.choices = choices([("", _l("All")), *((str(y), str(y)) for y in years)])
        return self

    def described(self) -> str:
        """Return the narrowing in words, for the name of a file."""
        chosen = self.narrowing()
        return "，".join(
            part
            for part in (
                chosen["words"],
                kinds.label_of(chosen["kind"]) if chosen["kind"] else "",
                str(chosen["year"] or ""),
                _("Open for objections") if chosen["only_open"] else "",
            )
            if part
        )

    def narrowing(self) -> dict[str, Any]:
        """Return the arguments of `queries.list_notices`; what makes no sense narrows nothing."""
        year, kind = self.year.data or "", self.kind.data or ""
        return {
            "words": (self.q.data or "").strip()[:100],
            "kind": kind if kinds.is_known(kind) else "",
            "year": int(year) if re.fullmatch(r"(19|20)\d\d", year) else None,
            "only_open": self.only.data == "open",
        }


class ObjectionForm(Form):
    text = TextAreaField(
        _l("What is wrong, and how do you know?"), [DataRequired(), Length(max=4000)]
    )
    name = StringField(_l("Your name"), [DataRequired(), Length(max=60)])
    contact = StringField(
        _l("E-mail or telephone"),
        [DataRequired(), Length(max=120)],
        description=_l("Only the office that answers sees it. With e-mail you are written to."),
    )

    def validate_contact(self, field: StringField) -> None:
        entered = (field.data or "").strip()
        if not (MAIL.fullmatch(entered) or PHONE.fullmatch(entered)):
            raise ValidationError(_("Enter an e-mail address or a telephone number."))


class AnswerForm(Form):
    upheld = RadioField(
        _l("Is the objection right?"),
        [InputRequired()],
        choices=choices([("yes", _l("Yes, it is right")), ("no", _l("No, it is not right"))]),
    )
    answer = TextAreaField(
        _l("Answer"),
        [DataRequired(), Length(max=4000)],
        description=_l("The person reads this. Name the facts and the article."),
    )


class RevealForm(Form):
    reason = StringField(
        _l("Why do you need it?"),
        [DataRequired(), Length(max=200)],
        description=_l("It is recorded who looked, when and why."),
    )
