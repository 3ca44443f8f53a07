"""The page that helps newcomers to choose: a question at a time, then the answer with its reasons.

Everything stands in the address: going back is going back, and the answer can be sent to others.
"""

from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from core.access import anyone, page_for
from core.eligibility import Outcome
from core.i18n import _
from core.ui import page
from registry.organizations.kinds import Track
from registry.tracks.forms import question_form
from registry.tracks.questions import BY_KEY, Answers, Asked, read_answers
from registry.tracks.rules import Verdict, decide

bp = Blueprint("tracks", __name__, url_prefix="/apply/track")


@bp.get("")
@page_for(anyone)
def track() -> ResponseReturnValue:
    answers = read_answers(request.args.get)
    wanted = BY_KEY.get(request.args.get("change", ""))
    asked = wanted if wanted in answers.asked else answers.next
    return _question(asked, answers) if asked else _answer(answers)


def _question(asked: Asked, answers: Answers) -> ResponseReturnValue:
    """Show one question; what was answered before goes along unseen."""
    form = question_form(asked, answers, sent=request.args.get("asked") == asked.key)
    place = answers.asked.index(asked)
    before = answers.asked[place - 1] if place else None
    known = len(answers.asked) > 1
    return page(
        "registry/tracks/question.html",
        422 if form.errors else 200,
        asked=asked,
        form=form,
        kept=[(name, it) for name, it in _written(answers) if name != asked.key],
        place=place + 1,
        number=len(answers.asked) if known else None,
        back=_address(answers, change=before.key) if before else None,
    )


def _answer(answers: Answers) -> ResponseReturnValue:
    verdict = decide(answers)
    carried: dict[str, Any] = {**verdict.carried}
    return page(
        "registry/tracks/answer.html",
        verdict=verdict,
        title=_title(verdict),
        start=url_for("apply.apply_start", matter=verdict.matter, **carried)
        if verdict.track
        else None,
        failing=[it for it in verdict.missing if it.outcome is Outcome.FAIL],
        rows=[
            {
                "label": it.text,
                "value": it.spoken(answers.given[it.key]),
                "change_url": _address(answers, change=it.key),
            }
            for it in answers.asked
        ],
    )


def _title(verdict: Verdict) -> str:
    if verdict.track is None:
        return _("Neither registration nor filing")
    if verdict.track is Track.FILED:
        return _("Filing at your street")
    assert verdict.type
    return _("Registration: %(type)s", type=verdict.type.label)


def _written(answers: Answers) -> list[tuple[str, str]]:
    """Return the answers as the address has them."""
    return [(key, "" if it is None else str(it)) for key, it in answers.given.items()]


def _address(answers: Answers, **more: Any) -> str:
    asked: dict[str, Any] = {**dict(_written(answers)), **more}
    return url_for(".track", **asked)
