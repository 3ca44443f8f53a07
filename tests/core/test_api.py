"""The interface for programs: parameters, refusals, ETags, limits and its own description."""

from datetime import date, timedelta
from enum import StrEnum
from types import ModuleType

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from pydantic import BaseModel, Field

from core import api, clock
from core.api import PageQuery, Query, endpoint
from core.app import create_app
from core.config import Settings
from core.errors import NotFound, RuleBroken
from tests.conftest import DATA_KEY, SECRET_KEY


class Shape(StrEnum):
    ROUND = "round"
    SQUARE = "square"


class StoneQuery(PageQuery):
    """Stones by their looks."""

    shape: Shape | None = Field(None, description="Its outline")
    colour: list[str] = Field([], max_length=2)
    found_from: date | None = Field(None, alias="from")


class Stone(BaseModel):
    name: str
    shape: Shape


class StonesAnswer(BaseModel):
    stones: list[Stone]
    next: str | None


JADE = Stone(name="玉", shape=Shape.ROUND)


@endpoint(
    "/stones",
    query=StoneQuery,
    answer=StonesAnswer,
    summary="List stones",
    tags=("stones",),
    example=StonesAnswer(stones=[JADE], next=None),
)
def stones(query: StoneQuery) -> StonesAnswer:
    if query.cursor == "broken":
        raise RuleBroken("此页地址不完整。", field="cursor")
    return StonesAnswer(stones=[JADE] * min(query.limit, 2), next=None)


@endpoint(
    "/stones/<int:number>",
    answer=Stone,
    summary="Show a stone",
    tags=("stones",),
    path={"number": "Its number"},
)
def stone(query: Query, number: int) -> Stone:
    if number != 1:
        raise NotFound("没有这块石头。")
    return JADE


def room():
    """Return a room with the two endpoints."""
    made = ModuleType(__name__)
    vars(made).update(stones=stones, stone=stone, init_app=lambda app: api.mount(app, made))
    return made


def build(tmp_path, **changes):
    settings = Settings(
        APP_ENV="testing",
        DATABASE_URL=f"sqlite:///{tmp_path / 'api.db'}",
        SECRET_KEY=SECRET_KEY,
        DATA_KEY=DATA_KEY,
        **changes,
    )
    return create_app(settings, (room(),))


@pytest.fixture
def client(tmp_path):
    return build(tmp_path).test_client()


def refusals(answer):
    assert answer.content_type == "application/problem+json"
    return {each["parameter"]: each["reason"] for each in answer.json["errors"]}


def test_answer_is_utf8_json_of_the_declared_shape(client):
    answer = client.get("/api/v1/stones?limit=1&shape=round&from=2026-03-01")
    assert answer.status_code == 200
    assert answer.content_type == "application/json"
    assert answer.json == {"stones": [{"name": "玉", "shape": "round"}], "next": None}
    assert "玉".encode() in answer.data


def test_unknown_parameter_is_refused_by_name(client):
    answer = client.get("/api/v1/stones?colr=red&lang=en")
    assert answer.status_code == 400
    assert refusals(answer) == {"colr": "is not a parameter of this address"}
    assert answer.json["request_id"]


def test_every_bad_value_is_named_with_its_reason(client):
    answer = client.get("/api/v1/stones?limit=999&shape=oval&from=gestern&lang=en")
    assert answer.status_code == 400
    assert refusals(answer) == {
        "limit": "must be at most 200",
        "shape": "must be one of: 'round', 'square'",
        "from": "must be a day, such as 2026-03-01",
    }


def test_scalar_given_twice_is_refused_and_a_list_is_not(client):
    assert refusals(client.get("/api/v1/stones?limit=1&limit=2&lang=en")) == {
        "limit": "may be given only once"
    }
    assert client.get("/api/v1/stones?colour=red&colour=green").status_code == 200
    assert refusals(client.get("/api/v1/stones?colour=a&colour=b&colour=c&lang=en")) == {
        "colour": "may be given at most 2 times"
    }


def test_broken_rule_names_its_parameter(client):
    answer = client.get("/api/v1/stones?cursor=broken")
    assert answer.status_code == 400
    assert refusals(answer) == {"cursor": "此页地址不完整。"}


def test_absent_record_and_absent_address_are_404_problems(client):
    record = client.get("/api/v1/stones/2")
    assert (record.status_code, record.json["detail"]) == (404, "没有这块石头。")
    address = client.get("/api/v1/pebbles")
    assert (address.status_code, address.content_type) == (404, "application/problem+json")
    wrong_method = client.post("/api/v1/stones")
    assert wrong_method.status_code == 405
    assert "GET" in wrong_method.headers["Allow"]


def test_unchanged_answer_is_304(client):
    first = client.get("/api/v1/stones/1")
    again = client.get("/api/v1/stones/1", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get("/api/v1/stones?limit=1", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_limit_refuses_and_says_when_to_come_back(tmp_path, frozen):
    frozen("2026-03-02 09:00")
    client = build(tmp_path, RATE_LIMITS=True, API_LIMIT="2 per minute").test_client()
    assert [client.get("/api/v1/stones").status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get("/api/v1/stones/1")
    assert refused.content_type == "application/problem+json"
    assert refused.headers["Retry-After"] == "60"
    other = client.get("/api/v1/stones", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert other.status_code == 200
    with clock.frozen(clock.now() + timedelta(seconds=60)):
        assert client.get("/api/v1/stones").status_code == 200


def test_ipv6_neighbours_share_one_limit(tmp_path):
    client = build(tmp_path, RATE_LIMITS=True, API_LIMIT="1 per day").test_client()

    def ask(address):
        return client.get("/api/v1/stones", environ_base={"REMOTE_ADDR": address}).status_code

    assert ask("2001:db8::1") == 200
    assert ask("2001:db8::2") == 429
    assert ask("2001:db8:0:1::1") == 200


def test_limits_rest_in_tests(client):
    assert {client.get("/api/v1/stones/1").status_code for _ in range(130)} == {200}


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_description_is_valid_openapi(client, language):
    described = client.get(f"/api/v1/openapi.json?lang={language}").json
    OpenAPIV31SpecValidator(described).validate()
    listing = described["paths"]["/stones"]["get"]
    assert [p["name"] for p in listing["parameters"]] == [
        "lang", "limit", "cursor", "shape", "colour", "from",
    ]  # fmt: skip
    assert set(listing["responses"]) == {"200", "304", "400", "429"}
    example = listing["responses"]["200"]["content"]["application/json"]["example"]
    assert example["stones"] == [{"name": "玉", "shape": "round"}]
    one = described["paths"]["/stones/{number}"]["get"]
    assert one["parameters"][0]["schema"] == {"type": "integer"}
    assert "404" in one["responses"]
    problem = described["components"]["responses"]["Problem400"]["content"]
    assert problem["application/problem+json"]["example"]["errors"]


def test_description_answers_304(client):
    etag = client.get("/api/v1/openapi.json").headers["ETag"]
    again = client.get("/api/v1/openapi.json", headers={"If-None-Match": etag})
    assert again.status_code == 304


def test_reference_is_a_page_for_a_browser_and_the_footer_leads_there(client):
    answer = client.get("/api/v1/?lang=en", headers={"Accept": "text/html,*/*;q=0.8"})
    assert answer.mimetype == "text/html" and "Accept" in answer.headers["Vary"]
    for words in ("Show a stone", "Its number", "/api/v1/openapi.json", "/api/v1/stones/{number}"):
        assert words in answer.text
    assert 'href="/api/v1/"' in client.get("/verify").text


def test_reference_names_every_address(client):
    answer = client.get("/api/v1/?lang=en")
    assert answer.mimetype == "text/plain"
    assert "/api/v1/stones/{number}\n    Show a stone\n    number *  Its number" in answer.text
