"""The right track, row by row: what was answered, what comes of it, by which article."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import clock
from core.db import atomic
from core.eligibility import Outcome
from core.policy.actions import confirm_value, propose_value
from core.workflow.declaration import declared
from registry.organizations.kinds import OrganizationType, Track
from registry.registrations.types import typed
from registry.registrations.types.association import INDIVIDUAL_MEMBERS
from registry.tracks.questions import QUESTIONS, Activity, Answers, read_answers
from registry.tracks.rules import CARRIED, WAYS, decide

pytestmark = pytest.mark.engines("sqlite")
A, S = OrganizationType.ASSOCIATION, OrganizationType.SERVICE_INSTITUTION
REGISTERED, FILED = Track.REGISTERED, Track.FILED

CHOIR = {
    "activity": "together",
    "people": 12,
    "units": 0,
    "staff": 0,
    "funds": Decimal(800),
    "place": "shared",
    "wish": "no",
    "sponsor": "neither",
}
TRADE = {
    "activity": "together",
    "people": 10,
    "units": 40,
    "staff": 1,
    "funds": Decimal(30000),
    "place": "secured",
    "wish": "yes",
    "sponsor": "direct",
}
CARE = {
    "activity": "services",
    "people": 4,
    "staff": 6,
    "sector": "elderly_care",
    "funds": Decimal(100000),
    "nonstate": "yes",
    "place": "secured",
    "wish": "yes",
    "sponsor": "dual_managed",
}

#: Answers, what is changed in them, the track and the article that is named for what is missing.
TABLE = [
    (TRADE, {}, REGISTERED, ""),
    (TRADE, {"units": 30, "people": 0}, REGISTERED, ""),
    (TRADE, {"units": 0, "people": 50}, REGISTERED, ""),
    (TRADE, {"units": 20, "people": 30}, REGISTERED, ""),
    (TRADE, {"units": 20, "people": 29}, FILED, "社会团体登记管理条例第十条第一项"),
    (TRADE, {"units": None, "people": None}, FILED, "社会团体登记管理条例第十条第一项"),
    (TRADE, {"staff": 0}, FILED, "社会团体登记管理条例第十条第四项"),
    (TRADE, {"funds": Decimal("29999.99")}, FILED, "社会团体登记管理条例第十条第五项"),
    (TRADE, {"place": "none"}, FILED, "社会团体登记管理条例第十条第三项"),
    (TRADE, {"sponsor": "neither"}, FILED, "社会团体登记管理条例第三条"),
    (TRADE, {"sponsor": "open"}, FILED, "社会团体登记管理条例第三条"),
    (CHOIR, {}, FILED, "社会团体登记管理条例第十条第一项"),
    (CARE, {}, REGISTERED, ""),
    (CARE, {"funds": Decimal(99999)}, FILED, "民办非企业单位登记管理暂行条例第八条第四项"),
    (CARE, {"staff": 0}, FILED, "民办非企业单位登记管理暂行条例第八条第三项"),
    (CARE, {"place": "short"}, FILED, "民办非企业单位登记管理暂行条例第八条第五项"),
    (CARE, {"place": "shared"}, FILED, "民办非企业单位登记管理暂行条例第八条第五项"),
    (CARE, {"nonstate": "no"}, FILED, "民办非企业单位登记暂行办法第五条"),
    (CARE, {"sector": "culture", "funds": Decimal(30000)}, REGISTERED, ""),
    (CARE, {"activity": "donations"}, FILED, "基金会管理条例第六条"),
]


@pytest.fixture
def words(app):
    with app.test_request_context():
        yield


@pytest.mark.parametrize(("given", "changed", "track", "article"), TABLE)
def test_answers_lead_to_a_track_by_its_article(words, given, changed, track, article):
    verdict = decide(Answers({**given, **changed}))
    assert verdict.track is track
    if article:
        assert any(str(it.source).startswith(article) for it in verdict.other_missing)
    else:
        assert verdict.type in (A, S)
        assert all(it.outcome is Outcome.PASS for it in verdict.reasons)


@pytest.mark.parametrize(
    ("changed", "missing"),
    [({"people": 5}, []), ({"people": 4}, ["founders"]), ({"people": 4, "place": "none"},
     ["founders", "place"])],
)  # fmt: skip
def test_a_filing_says_what_it_still_asks(words, changed, missing):
    verdict = decide(Answers({**CHOIR, **changed}))
    assert [it.key for it in verdict.missing] == missing
    assert all("四川省社区社会组织管理规定" in str(it.source) for it in verdict.missing)


@pytest.mark.parametrize("activity", ["owners", "business"])
def test_what_is_neither_is_told_why(words, activity):
    answers = Answers({"activity": activity})
    assert answers.next is None, "nothing further is asked"
    verdict = decide(answers)
    assert verdict.track is None
    assert verdict.reasons and verdict.reasons[0].reason and verdict.reasons[0].source


def test_numbers_are_those_of_the_policies(town):
    """Nothing is hard-coded: another number in force, another answer."""
    few = Answers({**TRADE, "units": 0, "people": 20})
    assert decide(few).track is FILED
    with atomic():
        proposed = propose_value(
            INDIVIDUAL_MEMBERS,
            value=20,
            effective_from=clock.today(),
            source="扬州市的做法",
            reason="社区社会组织放宽条件",
            by=town.admin,
        )
        confirm_value(proposed, by=town.admin2)
    assert decide(few).track is REGISTERED


WRITTEN = {
    it.key: st.one_of(
        st.none(),
        st.sampled_from([key for key, _words in it.choices])
        if it.choices
        else st.one_of(st.just(""), st.integers(0, it.most).map(str)),
    )
    for it in QUESTIONS
}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(written=st.fixed_dictionaries(WRITTEN), activity=st.sampled_from(list(Activity)))
def test_every_set_of_answers_has_an_answer_with_reasons(words, written, activity):
    answers = read_answers({**written, "activity": activity.value}.get)
    verdict = decide(answers)
    assert verdict.reasons
    for it in (*verdict.reasons, *verdict.missing, *verdict.other_missing):
        assert str(it.label) and str(it.source)
        assert it.outcome is Outcome.PASS or str(it.reason)
    if verdict.track is None:
        return
    guide = next(g for w in declared() for g in w.guides if g.key == verdict.matter)
    assert guide.is_open
    chosen = {it.key: dict(it.choices) for it in guide.questions}
    for name, said in verdict.carried.items():
        assert name in CARRIED or said in chosen[name]
    if verdict.track is REGISTERED:
        assert not verdict.missing
        stops = {it.key: it.stops for it in guide.questions}
        assert not any(said in stops.get(name, ()) for name, said in verdict.carried.items())
    else:
        assert verdict.other_missing, "whoever meets the conditions of registration is registered"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(more=st.integers(0, 1000), key=st.sampled_from(["people", "units", "staff", "funds"]))
def test_more_of_anything_never_takes_registration_away(words, more, key):
    assert decide(Answers({**TRADE, key: TRADE[key] + more})).track is REGISTERED


def test_what_is_judged_and_asked_is_declared(app):
    for way in WAYS.values():
        conditions = {it.key for it in typed(way.type).conditions}
        assert set(way.judged) <= conditions
        assert set(way.answers(way, Answers())) <= {it.key for it in way.guide.questions}


@pytest.mark.parametrize(
    ("key", "written", "answer"),
    [
        ("people", "１２人", 12),
        ("people", " 1,200 ", 1200),
        ("people", "", None),
        ("funds", "3万", Decimal(30000)),
        ("funds", "2.5万元", Decimal(25000)),
        ("funds", "30,000.50", Decimal("30000.50")),
    ],
)
def test_numbers_are_understood_as_people_write_them(app, key, written, answer):
    found = read_answers({key: written}.get)
    assert not found.faults and found.given[key] == answer


@pytest.mark.parametrize(
    ("key", "written"),
    [("people", "-1"), ("people", "几个"), ("people", "1.5"), ("people", "2000001"),
     ("funds", "NaN"), ("funds", "1e99"), ("activity", "other"), ("place", "")],
)  # fmt: skip
def test_what_is_no_answer_is_a_fault_and_kept(app, key, written):
    found = read_answers({key: written}.get)
    assert key in found.faults and key not in found.given
