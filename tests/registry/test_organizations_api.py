"""The public register for programs."""

import re

import pytest

from registry.organizations import importing
from tests.registry.test_import import JUNE_2010, REGISTER

LIST = "/api/v1/organizations"


@pytest.fixture
def register(jinjiang):
    importing.run(REGISTER, on=JUNE_2010)


def answer(client, url, **asked):
    response = client.get(url, query_string=asked)
    assert response.status_code == 200, response.text
    return response.json


def test_the_register_is_searched_and_paged(client, register):
    first = answer(client, LIST, q="志愿", limit=10)
    assert set(first) == {"items", "next", "total", "total_is_capped"}
    assert len(first["items"]) == 10
    assert first["total_is_capped"] is False
    read, page = first["items"], first
    while page["next"]:
        page = answer(client, LIST, q="志愿", limit=10, cursor=page["next"])
        read += page["items"]
    assert len(read) == first["total"]
    assert all("志愿" in it["name"] for it in read)


def test_filters_are_those_of_the_page(client, register):
    asked = {
        "track": "registered",
        "type": "foundation",
        "status": "active",
        "street": "盐市口",
        "founded_from": "1990-01-01",
        "founded_to": "2010-01-01",
    }
    for it in answer(client, LIST, **asked)["items"]:
        assert (it["track"], it["type"], it["status"]) == ("registered", "foundation", "active")
        assert it["street"] == "盐市口街道"


def test_one_organization_by_code_and_by_number(client, register):
    it = answer(client, f"{LIST}/51510104MJW7JC9C6K")
    assert it["name"] == "成都市锦江区和谐青少年协会"
    assert it["registered_funds"] == "30000.00"
    assert it["legal_representative"] == "冯娟"
    assert it["sponsor_unit"] == "锦江区文化馆"
    assert it["founded_on"] == "1995-09-27"
    filed = answer(client, f"{LIST}/锦社备2010-0065")
    assert filed["category"] == "culture_and_sport"
    assert (filed["person_in_charge"], filed["legal_representative"]) == (None, None)
    assert "曹芬红" not in client.get(f"{LIST}/锦社备2010-0065").text


def test_an_unknown_number_is_not_found(client, register):
    response = client.get(f"{LIST}/51510104MJQ0000155")
    assert response.status_code == 404
    assert response.content_type == "application/problem+json"


@pytest.mark.parametrize(
    "asked", [{"kind": "x"}, {"type": "club"}, {"street": "南京路"}, {"cursor": "nonsense"}]
)
def test_what_cannot_be_meant_is_refused(client, register, asked):
    response = client.get(LIST, query_string=asked)
    assert response.status_code == 400
    assert response.content_type == "application/problem+json"


def _described(schema, found):
    """Collect every description and summary below `schema`."""
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key in ("description", "summary") and isinstance(value, str):
                found.append(value)
            else:
                _described(value, found)
    elif isinstance(schema, list):
        for each in schema:
            _described(each, found)
    return found


@pytest.mark.engines("sqlite")
def test_every_field_is_described_in_the_language_asked_for(client):
    chinese, english = (
        client.get(f"/api/v1/openapi.json?lang={lang}").json for lang in ("zh_Hans", "en")
    )
    for described in (chinese, english):
        for name, schema in described["components"]["schemas"].items():
            for field, shape in schema.get("properties", {}).items():
                assert shape.get("description"), f"{name}.{field} is not described"
        for path in described["paths"].values():
            for parameter in path["get"]["parameters"]:
                assert parameter["description"], parameter["name"]
    plain = {"Bad Request", "Not Found", "Too Many Requests"}  # as HTTP names them
    for words in _described(chinese, []):
        assert words in plain or not words or re.search("[\u4e00-\u9fff]", words), words
    for words in _described(english, []):
        assert not re.search("[\u4e00-\u9fff]", words), words
