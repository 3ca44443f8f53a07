"""The demo district's guides: one for every matter that can be applied for, complete and checked."""

import tomllib
from pathlib import Path

import pytest

import registry.demo
from core.guides import GUIDE
from core.guides.texts import LANGUAGES, PARTS
from core.workflow import declared
from registry.demo.texts import make_texts
from tests.pages import go

FILE = Path(registry.demo.__file__).with_name("guides.toml")
GUIDES = tomllib.loads(FILE.read_text("utf-8"))


def matters():
    return [guide for workflow in declared() for guide in workflow.guides]


@pytest.mark.engines("sqlite")
def test_every_matter_has_its_guide_and_every_guide_is_complete(app):
    with app.test_request_context("/"):
        led_to = [content["online"] for content in GUIDES.values() if content["online"]]
        assert sorted(led_to) == sorted(guide.key for guide in matters())
        for key, content in GUIDES.items():
            kept = GUIDE.check(key, {**content, "offered": True})  # raises what cannot stand
            assert all(set(kept[locale]) == set(PARTS) for locale in LANGUAGES), key


@pytest.mark.engines("sqlite")
def test_the_choice_of_matters_leads_to_the_guides_and_back(town, client):
    make_texts()
    page = client.get("/apply/?lang=en").text
    assert "What another authority decides" not in page  # this district registers foundations
    for key, content in GUIDES.items():
        if content["online"]:
            assert f"/guides/{key}" in page, key
            guide = go(client, f"/guides/{key}?lang=en").link("Apply online")
            assert guide.path == f"/apply/{content['online']}"
    assert client.get("/guides/foundation-registration").status_code == 200
    assert client.get("/guides/filing-to-registration").status_code == 200
