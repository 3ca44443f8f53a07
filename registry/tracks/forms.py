"""The form of one question. Asked by GET, so that an address says it all and nothing is kept."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, RadioField, StringField

from core.figures import money_words, whole_number_words
from core.forms import choices
from core.i18n import _
from registry.tracks.questions import Answers, Asked


class QuestionForm(FlaskForm):
    """One question, under the name of its key."""

    class Meta:
        csrf = False


def question_form(asked: Asked, answers: Answers, *, sent: bool) -> Any:
    """Return the form of a question with the answer that is there; `sent` says it was just asked."""
    form: Any = type("AskedForm", (QuestionForm,), {asked.key: _field(asked)})(
        formdata=None, data={asked.key: _written(asked, answers)}
    )
    if asked.key in answers.faults:
        words = _("Please choose one.") if asked.choices else _number_words(asked)
        form[asked.key].errors = (words,)
    elif sent and asked.key not in answers.given:
        form[asked.key].errors = (_("Please choose one."),)
    return form


def _field(asked: Asked) -> Field:
    if asked.choices:
        return RadioField(asked.text, choices=choices(asked.choices))
    unknown = _("Leave it empty if you do not know yet.")
    hint = f"{asked.hint} {unknown}" if asked.open else asked.hint
    field: Field = StringField(asked.text, description=hint, render_kw={"inputmode": "decimal"})
    return field


def _written(asked: Asked, answers: Answers) -> str:
    if asked.key in answers.faults:
        return answers.faults[asked.key]
    kept = answers.given.get(asked.key)
    return "" if kept is None else str(kept)


def _number_words(asked: Asked) -> str:
    return money_words() if asked.money else whole_number_words(0, asked.most)
