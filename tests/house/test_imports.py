"""Who may import whom: the contracts in pyproject.toml hold, and each catches what it forbids."""

from copy import deepcopy
from functools import cache
from typing import Any

import grimp
import pytest
from importlinter import api
from importlinter.contracts.acyclic_siblings import AcyclicSiblingsContract
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.independence import IndependenceContract
from importlinter.contracts.layers import LayersContract
from importlinter.domain.contract import Contract

from tests.conftest import ROOT

KINDS: dict[str, type[Contract]] = {
    "acyclic_siblings": AcyclicSiblingsContract,
    "forbidden": ForbiddenContract,
    "independence": IndependenceContract,
    "layers": LayersContract,
}
#: For each contract an import that somebody might write in a hurry.
FORBIDDEN = {
    "rooms": ("core.workflow.engine", "registry.filings.policy"),
    "features": ("registry.filings.models", "registry.filings.actions"),
    "siblings": ("registry.organizations.models", "registry.filings.models"),
    "core-features": ("core.calendar.queries", "core.workflow.models"),
    "core-frame": ("core.db", "core.policy.queries"),
    "registry-features": ("registry.filings.rules", "registry.registrations.rules"),
}


@cache
def settings() -> dict[str, Any]:
    return api.read_configuration(config_filename=str(ROOT / "pyproject.toml"))


@cache
def graph() -> grimp.ImportGraph:
    options = settings()["session_options"]
    return grimp.build_graph(
        *options["root_packages"], exclude_type_checking_imports=True, cache_dir=None
    )


def contract(name: str) -> Contract:
    options = next(c for c in settings()["contracts_options"] if c["id"] == name)
    return KINDS[options["type"]](
        name=name, session_options=settings()["session_options"], contract_options=options
    )


def test_every_contract_has_an_import_that_breaks_it():
    assert {c["id"] for c in settings()["contracts_options"]} == FORBIDDEN.keys()


@pytest.mark.parametrize("name", FORBIDDEN)
def test_a_contract_holds_and_catches_a_forbidden_import(name):
    importer, imported = FORBIDDEN[name]
    assert contract(name).check(deepcopy(graph()), verbose=False).kept
    changed = deepcopy(graph())
    changed.add_import(importer=importer, imported=imported, line_number=1, line_contents="")
    assert not contract(name).check(changed, verbose=False).kept
