"""Which track, of which type, and why: asked of the declared conditions and questions, not told anew.

Numbers, articles and words are those of the types and of the filing; here stands only what an
answer of a newcomer means to them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core import policy
from core.eligibility import Outcome, Result
from core.errors import Words
from core.i18n import _, _l
from core.workflow import Guide, Question
from registry.filings.guide import GUIDE as FILING
from registry.filings.policy import FOUNDERS
from registry.organizations.kinds import OrganizationType, Track
from registry.registrations.supposing import judged, supposed
from registry.registrations.types import typed
from registry.registrations.types.service_institution import PREMISES_MONTHS
from registry.tracks.questions import ELSEWHERE, Activity, Answers

CIVIL_CODE = "中华人民共和国民法典第九十条、第九十二条"
BELOW = "民政部关于大力培育发展社区社会组织的意见（民发〔2017〕191号）"

NO_PERSON = _l(
    "Only what is registered is a legal person and can open an account, sign contracts and employ "
    "people in its own name. A filed group cannot."
)
A_PERSON = _l("Registered, it is a legal person: account, contracts and employees in its own name.")
FOR_SMALLER = _l(
    "Who meets the conditions of registration is registered; filing is for groups below."
)
FOR_NOW = _l(
    "Filing is open to groups that do not meet the conditions of registration yet. Once they are "
    "met, the filing is turned into a registration and nothing has to be entered again."
)

#: What was said in so many words, and need not be said again.
CARRIED = ("individual_members", "unit_members", "staff_count", "registered_funds", "sector")


@dataclass(frozen=True)
class Way:
    """A type of registered organization that an activity leads to.

    `judged` are the conditions that a newcomer's answers can tell something of, `told` what the
    answers say to them, `answers` what they say to the eligibility check.
    """

    type: OrganizationType
    judged: tuple[str, ...]
    told: Callable[[Answers], Mapping[str, Any]]
    answers: Callable[["Way", Answers], dict[str, str | None]]

    @property
    def guide(self) -> Guide:
        return typed(self.type).guide


@dataclass(frozen=True)
class Verdict:
    """The answer: the track, or None where neither is right; of which matter and type, and why.

    `reasons` say why with their source. `missing` is what this track still asks, `other_missing`
    what the other one would; `carried` goes on to the start page of the matter.
    """

    track: Track | None
    matter: str = ""
    type: OrganizationType | None = None
    reasons: list[Result] = field(default_factory=list)
    missing: list[Result] = field(default_factory=list)
    other: Track | None = None
    other_type: OrganizationType | None = None
    other_missing: list[Result] = field(default_factory=list)
    carried: dict[str, str] = field(default_factory=dict)


def _said(label: Words, reason: Words, source: Words, outcome: Outcome = Outcome.PASS) -> Result:
    return Result("", label, source, outcome, reason, "", None)


def _yes(fact: bool | None) -> str | None:
    return None if fact is None else "yes" if fact else "no"


def _members(answers: Answers) -> Mapping[str, Any]:
    return {
        "individual_members": answers.people,
        "unit_members": answers.units,
        "staff_count": answers.staff,
        "registered_funds": answers.funds,
    }


def _premises(answers: Answers) -> Mapping[str, Any]:
    long = int(policy.value(PREMISES_MONTHS))
    rights: dict[str | None, tuple[str, int | None]] = {
        "owned": ("owned", None),
        "secured": ("leased", long),
        "short": ("leased", 0),
        "shared": ("lent", 0),
    }
    premises, months = rights.get(answers.place, (None, None))
    share = {"yes": answers.funds, "no": 0}.get(answers.nonstate)
    return {
        "sector": answers.sector,
        "staff_count": answers.staff,
        "registered_funds": answers.funds,
        "nonstate_funds": share,
        "premises": premises,
        "premises_months": months,
    }


def _donated(answers: Answers) -> Mapping[str, Any]:
    return {
        "fundraising": "non_public",
        "staff_count": answers.staff,
        "registered_funds": answers.funds,
    }


def _management(answers: Answers) -> str | None:
    return None if answers.sponsor == "open" else answers.sponsor


def _association_check(way: Way, answers: Answers) -> dict[str, str | None]:
    found = {it.key: it.outcome for it in _judged(way, answers)}
    return {
        "enough_members": _known(found["members"]),
        "enough_funds": _known(found["funds"]),
        "management": _management(answers),
    }


def _institution_check(way: Way, answers: Answers) -> dict[str, str | None]:
    found = {it.key: it.outcome for it in _judged(way, answers)}
    return {
        "own_services": "yes",
        "without_profit": "yes",
        "premises": _known(found["premises"]),
        "management": _management(answers),
    }


def _foundation_check(way: Way, answers: Answers) -> dict[str, str | None]:
    found = {it.key: it.outcome for it in _judged(way, answers)}
    return {
        "enough_funds": _known(found["funds"]),
        "public_benefit": "yes",
        "management": _management(answers),
    }


def _known(outcome: Outcome) -> str | None:
    return None if outcome is Outcome.UNKNOWN else _yes(outcome is Outcome.PASS)


WAYS = {
    Activity.TOGETHER: Way(
        OrganizationType.ASSOCIATION,
        ("members", "domicile", "staff", "funds"),
        _members,
        _association_check,
    ),
    Activity.SERVICES: Way(
        OrganizationType.SERVICE_INSTITUTION,
        ("staff", "funds", "nonstate", "premises"),
        _premises,
        _institution_check,
    ),
    Activity.DONATIONS: Way(
        OrganizationType.FOUNDATION,
        ("authority", "funds", "staff", "domicile"),
        _donated,
        _foundation_check,
    ),
}


def decide(answers: Answers) -> Verdict:
    """Return which track these answers lead to, and why. Every answer may be open but the activity.

    Registration where its conditions are met as far as they were asked; else the filing, for which
    something may be missing too; neither where the law has no place for it here.
    """
    activity = Activity(answers.activity)
    filing = _filing(answers)
    if activity in ELSEWHERE:
        return Verdict(None, reasons=[it for it in filing if it.outcome is Outcome.FAIL])
    way = WAYS[activity]
    registration = _registration(way, answers)
    lacks, lacks_filing = _open(registration), _open(filing)
    wish: list[Result] = []
    if lacks:
        if answers.wish != "no":
            wish = [_said(_("A name of its own in law"), NO_PERSON, CIVIL_CODE, Outcome.UNKNOWN)]
        return Verdict(
            Track.FILED,
            FILING.key or "filing",
            OrganizationType.COMMUNITY_ORGANIZATION,
            [
                _said(_("A group of its neighbourhood"), FOR_NOW, BELOW),
                *(it for it in filing if it.outcome is Outcome.PASS),
                *wish,
            ],
            lacks_filing,
            Track.REGISTERED,
            way.type,
            lacks,
            _carried(_filing_check(answers), {}),
        )
    if answers.wish != "no":
        wish = [_said(_("A name of its own in law"), A_PERSON, CIVIL_CODE)]
    return Verdict(
        Track.REGISTERED,
        way.guide.key,
        way.type,
        [
            *registration,
            *wish,
            _said(_("Registration comes before filing"), FOR_SMALLER, BELOW),
        ],
        [],
        Track.FILED,
        OrganizationType.COMMUNITY_ORGANIZATION,
        lacks_filing,
        _carried(way.answers(way, answers), way.told(answers)),
    )


def _judged(way: Way, answers: Answers) -> list[Result]:
    """Return what the conditions of a type say of the answers."""
    placed = answers.place not in (None, "none")
    place = {"division_id": 0, "domicile": _("A place is there")} if placed else {}
    return judged(supposed(way.type, way.told(answers), **place), way.judged)


def _registration(way: Way, answers: Answers) -> list[Result]:
    """Return the conditions of a type, and the questions of its matter that were answered too."""
    if not way.guide.is_open:
        label, source = way.guide.matter or way.guide.title, way.guide.closed_source
        return [_said(label, way.guide.closed, source, Outcome.FAIL)]
    asked = next(it for it in way.guide.questions if it.key == "management")
    return [*_judged(way, answers), _asked(asked, _management(answers))]


def _filing(answers: Answers) -> list[Result]:
    """Return what the questions of the filing say of the answers."""
    said = _filing_check(answers)
    return [_asked(it, said[it.key]) for it in FILING.questions if it.key in said]


def _filing_check(answers: Answers) -> dict[str, str | None]:
    kinds = {Activity.OWNERS: "owners", Activity.BUSINESS: "business"}
    kind = kinds.get(Activity(answers.activity), "residents")
    if Activity(answers.activity) in ELSEWHERE:
        return {"kind": kind}
    enough = None if answers.people is None else answers.people >= int(policy.value(FOUNDERS))
    placed = None if answers.place is None else answers.place != "none"
    return {"kind": kind, "founders": _yes(enough), "place": _yes(placed)}


def _asked(question: Question, answer: str | None) -> Result:
    """Return what a question of an eligibility check comes to with this answer."""
    words = dict(question.choices)
    if answer is None:
        outcome, reason, fact = Outcome.UNKNOWN, question.because, ""
    elif answer in question.stops:
        outcome, reason, fact = Outcome.FAIL, question.because, words[answer]
    else:
        outcome, reason, fact = Outcome.PASS, "", words[answer]
    return Result(question.key, question.text, question.source, outcome, reason, fact, None)


def _open(results: list[Result]) -> list[Result]:
    return [it for it in results if it.outcome is not Outcome.PASS]


def _carried(check: Mapping[str, str | None], told: Mapping[str, Any]) -> dict[str, str]:
    """Return what goes on to the start page: answers of the check, and facts of the application."""
    facts = {name: told.get(name) for name in CARRIED}
    return {name: str(it) for name, it in {**check, **facts}.items() if it is not None}
