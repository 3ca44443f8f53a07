"""The grounds of a new version; the form of each kind of text adds its own fields before them."""

from typing import Any

from flask import request
from markupsafe import Markup
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from core import clock
from core.accounts import current_actor
from core.days import DayField
from core.db import JsonDict
from core.editions import actions
from core.editions.declaration import EditionKind
from core.errors import RuleBroken
from core.forms import Form
from core.i18n import _l

GROUNDS = ("effective_from", "source", "reason")


class EditionForm(Form):
    """A new version. A kind of text gives `content()`, which reads its fields as plain JSON."""

    effective_from = DayField(_l("Effective from"), [InputRequired()], default=clock.today)
    source = StringField(
        _l("Basis"),
        [InputRequired(), Length(max=300)],
        description=_l("The document or decision behind this change, with its number."),
    )
    reason = TextAreaField(_l("Reason for the change"), [InputRequired(), Length(max=2000)])

    def content(self) -> JsonDict:
        """Return what was entered as the content of a version."""
        raise NotImplementedError

    def values(self) -> dict[str, Any]:
        """Return the content and its grounds."""
        return {"content": self.content(), **{name: self[name].data for name in GROUNDS}}

    def handled(self, kind: EditionKind, key: str) -> tuple[bool, Markup | None]:
        """Do what the pressed button asks: return whether a proposal was kept, and the preview.

        A preview asks for the text only, not yet for its grounds, and keeps nothing.
        """
        if "preview" not in request.form:
            return self.perform(actions.propose, kind, key, by=current_actor()), None
        self.validate_on_submit()
        for name in GROUNDS:
            self[name].errors = []
        if self.errors:
            return False, None
        try:
            return False, kind.shown(key, kind.check(key, self.content()))
        except RuleBroken as broken:
            self.blame(broken)
            return False, None


class StepForm(Form):
    """A button: confirm or withdraw."""
