"""Forms of opinions: ask, answer, take back, and what the list is narrowed to."""

from typing import Any

from wtforms import Form as PlainForm
from wtforms import (
    RadioField,
    SearchField,
    SelectField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from core import attachments, policy
from core.attachments.forms import UploadField
from core.attachments.rules import is_personal, slot_named
from core.errors import NotFound
from core.figures import NumberField
from core.forms import Form, TickField, choices
from core.i18n import _, _l
from core.opinions import listing, queries
from core.opinions.actions import ANSWER_PAPER
from core.opinions.listing import OpinionFilter, Shown
from core.opinions.models import STANCE_LABELS, OpinionStatus
from core.opinions.policy import DAYS, MOST_DAYS
from core.workflow.models import Case

FILL_IN = _l("Please fill this in.")


class AskForm(Form):
    """A question to other bodies, and what of the case they may read for it."""

    question = TextAreaField(
        _l("What do you ask?"),
        [InputRequired(FILL_IN), Length(max=2000)],
        description=_l(
            "Say what you need to know, so that an answer of a few sentences is enough."
        ),
    )
    near = TickField(
        _l("Bodies of this place"), [Optional()], coerce=int, default=(), validate_choice=False
    )
    others = TickField(
        _l("Other bodies"), [Optional()], coerce=int, default=(), validate_choice=False
    )
    days = NumberField(_l("Time to answer"), [InputRequired(FILL_IN)], least=1, most=60)
    sections = TickField(
        _l("What they may read of the application"), [Optional()], default=(), validate_choice=False
    )
    papers = TickField(
        _l("Which papers they may open"),
        [Optional()],
        coerce=int,
        default=(),
        validate_choice=False,
    )

    def prepare(self, case: Case) -> "AskForm":
        """Offer the bodies, sections and papers of this case; nothing is chosen for the officer."""
        near, others = queries.askable(case)
        self.near.choices = choices((it.id, it.name) for it in near)
        self.others.choices = choices((it.id, it.name) for it in others)
        told = [it for it in case.workflow.sections_of(case) if not it.documents]
        self.sections.choices = choices((it.key, it.title) for it in told)
        self.papers.choices = choices(
            (it.id, f"{_label(it.slot)}{_(': ')}{it.name}")
            for it in attachments.list_attachments(case_id=case.id)
        )
        self.days.description = _(
            "At most %(n)d working days, today not counted.", n=policy.value(MOST_DAYS)
        )
        if not self.is_submitted():
            self.days.data = policy.value(DAYS)
        return self

    def values(self) -> dict[str, Any]:
        entered = super().values()
        bodies = [*entered.pop("near"), *entered.pop("others")]
        return {**entered, "bodies": bodies}


def _label(slot: str) -> str:
    """Return what a paper is, and whether it tells of private persons."""
    try:
        label = str(slot_named(slot).label)
    except NotFound:
        label = _("Paper")
    return _("%(paper)s (personal)", paper=label) if is_personal(slot) else label


class AnswerForm(Form):
    """What a body thinks, with its reasons and a paper."""

    stance = RadioField(_l("Our opinion"), [InputRequired(_l("Please choose one."))])
    answer = TextAreaField(
        _l("Reasons or remarks"),
        [Optional(), Length(max=4000)],
        description=_l(
            "Needed where you object. The office that asked reads them, the applicant does not."
        ),
    )
    upload = UploadField(_l("Paper with the opinion"), [Optional()])

    def __init__(self, *args: Any, **sent: Any) -> None:
        super().__init__(*args, **sent)
        self.stance.choices = choices((it.value, words) for it, words in STANCE_LABELS.items())
        self.upload.take(ANSWER_PAPER)


class WithdrawForm(Form):
    """Why a question is taken back."""

    reason = TextAreaField(_l("Reason"), [InputRequired(FILL_IN), Length(max=1000)])


class OpinionSearch(PlainForm):
    """What the list is narrowed to; it changes nothing and needs no token."""

    q = SearchField(_l("Number or name"), [Optional(), Length(max=100)])
    show = SelectField(_l("State"), [Optional()], choices=[], validate_choice=False)
    sort = SelectField(_l("Order"), [Optional()], choices=[], validate_choice=False)

    def wanted(self) -> OpinionFilter:
        """Return what was chosen; what makes no sense narrows nothing."""
        self.show.choices = choices(
            [*((it.value, it.label) for it in OpinionStatus), (Shown.ALL.value, _("All"))]
        )
        self.sort.choices = choices(listing.SORTS.items())
        show = self.show.data or ""
        self.show.data = show if show in set(Shown) else Shown.ASKED.value
        return OpinionFilter(
            Shown(self.show.data), (self.q.data or "").strip()[:100], self.sort.data == "newest"
        )
