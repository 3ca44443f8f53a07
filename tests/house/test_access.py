"""Who may open what: every endpoint × every role, as the table of pages says."""

import re

import pytest
from flask import Flask

from core.access import OPEN_ENDPOINTS, audience_of
from core.accounts import Actor
from core.accounts.actor import PUBLIC
from tests.town import Town

PEOPLE = (
    "applicant", "choir", "sponsor", "intake", "examiner", "approver", "certificate", "street",
    "community", "supervisor", "head", "auditor", "admin",
)  # fmt: skip
ARGUMENT = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")
#: Pages that change the visit itself; they have tests of their own.
OWN_TESTS = frozenset({"accounts.sign_out", "accounts.sign_out_everywhere"})


def address(rule: str) -> str:
    """Return an address of the rule for a record that does not exist."""
    return ARGUMENT.sub(lambda m: "987654321" if m[1] == "int" else "absent", rule)


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("who", [*PEOPLE, "public"])
def test_every_page_admits_only_its_audience(app: Flask, town: Town, as_, client, who):
    actor: Actor = PUBLIC if who == "public" else getattr(town, who)
    visitor = client if who == "public" else as_(actor)
    for rule in app.url_map.iter_rules():
        if rule.endpoint in OPEN_ENDPOINTS | OWN_TESTS:
            continue
        admitted = audience_of(app, rule.endpoint).admits(actor)
        for method in (rule.methods or set()) & {"GET", "POST"}:
            answer = visitor.open(address(rule.rule), method=method)
            what = f"{who} {method} {rule.rule}: {answer.status_code}"
            assert answer.status_code < 500, what
            if admitted:
                continue
            if who == "public":
                assert answer.status_code == 302, what
                assert answer.location.startswith("/sign-in"), what
            else:
                assert answer.status_code == 403, what
