"""The demo district counts what the district counted in June 2010."""

import pytest

from registry.demo import cases, certificates, keeping, register, upgrades
from registry.organizations import tally
from registry.portal import queries

pytestmark = pytest.mark.engines("sqlite")
#: What other parts of the demo do with the organizations that are there by then.
LATER = (certificates.make_replacements, keeping.make_keeping, upgrades.make_upgrades)
GRANTED = (cases.F.FILED, cases.F.RECORDED, cases.R.CERTIFIED)


@pytest.mark.printed
def test_the_front_page_says_what_june_2010_said(town, client):
    register.make_register()
    cases.make_cases(
        [("社区书画", cases.R.EXAMINING, 1)]
        + [it for it in cases.ASSOCIATIONS if it[1] in GRANTED],
        [it for it in cases.GROUPS if it[2] in GRANTED],
        [it for it in cases.INSTITUTIONS if it[1] in GRANTED],
    )
    _rows, whole = tally.counts()
    assert whole
    assert tally_of_both() == [register.REGISTERED, register.FILED] == [231, 169]
    front = client.get("/").text
    assert ">231<" in front
    assert ">169<" in front
    for make in LATER:
        make()
    assert tally_of_both() == [register.REGISTERED, register.FILED]


def tally_of_both():
    """Return how many organizations are registered and filed, as the front page says."""
    return [number for number, _words, _note in queries.district_figures()][:2]


def test_the_register_of_june_2010_is_whole(town):
    rows = list(register.rows())
    street = register.HEADERS.index("所属街道")
    filed = rows[register.REGISTERED :]
    assert (len(rows) - len(filed), len(filed)) == (231, 169)
    assert sum(row[street] == "春熙路街道" for row in filed) == register.FILED_AT_CHUNXI
    left_out = len(rows) - len(list(register.taken_over()))
    assert left_out == sum(cases.granted()) == 4
