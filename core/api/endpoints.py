"""An endpoint: an address, the parameters it takes, what it answers, and who may ask."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_origin

from flask import Response, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError
from werkzeug.datastructures import MultiDict

from core.access import Audience, anyone, page_for
from core.api import problems
from core.api.wording import about
from core.errors import Words
from core.i18n import _l
from core.limits import limited

Handler = Callable[..., BaseModel]


class Query(BaseModel):
    """The parameters of an address: these and no others. Base of every `query`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lang: Literal["zh_Hans", "en"] = Field(
        "zh_Hans", json_schema_extra=about(_l("Language of labels and refusals"))
    )


class PageQuery(Query):
    """The parameters of a list: how many a page, and behind which cursor."""

    limit: int = Field(50, ge=1, le=200, json_schema_extra=about(_l("Entries a page")))
    cursor: str | None = Field(
        None,
        max_length=500,
        json_schema_extra=about(_l("`next` of the page before; the first page without it")),
    )


@dataclass(frozen=True)
class Endpoint:
    """What is declared about one address of the interface."""

    rule: str
    handler: Handler
    query: type[Query]
    answer: type[BaseModel]
    summary: Words
    tags: tuple[str, ...]
    description: Words = ""
    path: Mapping[str, Words] = field(default_factory=dict)
    example: BaseModel | None = None
    audience: Audience = anyone

    @property
    def name(self) -> str:
        return self.handler.__name__

    def __call__(self, query: Query, **path: Any) -> BaseModel:
        """Answer as a function, without HTTP."""
        return self.handler(query, **path)

    def view(self) -> Callable[..., ResponseReturnValue]:
        """Return the page that checks the parameters, asks the handler and writes JSON."""

        @page_for(self.audience)
        @limited("api")
        def answer(**path: Any) -> ResponseReturnValue:
            try:
                asked = read_query(self.query, request.args)
            except ValidationError as refused:
                return problems.bad_parameters(refused)
            body = self.handler(asked, **path).model_dump_json(by_alias=True)
            response = Response(body, mimetype="application/json")
            response.set_etag(hashlib.sha256(body.encode()).hexdigest()[:32])
            return response.make_conditional(request)

        return answer


def endpoint(
    rule: str,
    *,
    query: type[Query] = Query,
    answer: type[BaseModel],
    summary: Words,
    tags: Sequence[str],
    description: Words = "",
    path: Mapping[str, Words] | None = None,
    example: BaseModel | None = None,
    audience: Audience = anyone,
) -> Callable[[Handler], Endpoint]:
    """Declare the function below as the answer to GET /api/v1`rule`.

    It is called with the checked `query` and the parts of the path by name, and returns an
    `answer`. `path` says in words what each part of the path is.
    """

    def declare(handler: Handler) -> Endpoint:
        return Endpoint(
            rule,
            handler,
            query,
            answer,
            summary,
            tuple(tags),
            description,
            path or {},
            example,
            audience,
        )

    return declare


def read_query(model: type[Query], arguments: "MultiDict[str, str]") -> Query:
    """Return the arguments of an address as `model`. Raises pydantic's ValidationError."""
    many = {
        info.alias or name
        for name, info in model.model_fields.items()
        if get_origin(info.annotation) in (list, tuple, set, frozenset)
    }
    given: dict[str, Any] = {}
    repeated: list[InitErrorDetails] = []
    for name, values in arguments.lists():
        given[name] = values if name in many else values[-1]
        if len(values) > 1 and name not in many:
            mistake = PydanticCustomError("repeated", "given more than once")
            repeated.append(InitErrorDetails(type=mistake, loc=(name,), input=values))
    if repeated:
        raise ValidationError.from_exception_data(model.__name__, repeated)
    return model.model_validate(given)
