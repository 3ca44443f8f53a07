"""Refusals for programs: application/problem+json (RFC 9457) in the caller's language."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response, g
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.api.wording import about
from core.i18n import _, _l


class BadParameter(BaseModel):
    """One parameter that was refused, and why."""

    model_config = ConfigDict(
        json_schema_extra=about(_l("One parameter that was refused, and why"))
    )

    parameter: str = Field(examples=["limit"], json_schema_extra=about(_l("Its name")))
    reason: str = Field(json_schema_extra=about(_l("What is wrong with it")))


class Problem(BaseModel):
    """Why a request was refused."""

    model_config = ConfigDict(json_schema_extra=about(_l("Why a request was refused")))

    type: str = Field("about:blank", json_schema_extra=about(_l("Kind of problem (RFC 9457)")))
    title: str = Field(examples=["Bad Request"], json_schema_extra=about(_l("The status in words")))
    status: int = Field(examples=[400], json_schema_extra=about(_l("The status as a number")))
    detail: str = Field(
        json_schema_extra=about(_l("What to do about it, in the language asked for"))
    )
    request_id: str = Field(
        json_schema_extra=about(_l("Name this when asking the office for help"))
    )
    errors: list[BadParameter] = Field(
        [], json_schema_extra=about(_l("The parameters that were refused"))
    )


#: What pydantic calls a mistake → what a caller is told.
REASONS = {
    "extra_forbidden": _l("is not a parameter of this address"),
    "repeated": _l("may be given only once"),
    "missing": _l("must be given"),
    "int_parsing": _l("must be a whole number"),
    "int_parsing_size": _l("must be a whole number"),
    "bool_parsing": _l("must be true or false"),
    "decimal_parsing": _l("must be a number"),
    "float_parsing": _l("must be a number"),
    "date_from_datetime_parsing": _l("must be a day, such as 2026-03-01"),
    "date_parsing": _l("must be a day, such as 2026-03-01"),
    "datetime_parsing": _l("must be a moment, such as 2026-03-01T09:30:00+08:00"),
    "datetime_from_date_parsing": _l("must be a moment, such as 2026-03-01T09:30:00+08:00"),
    "timezone_aware": _l("must be a moment with its time zone, such as 2026-03-01T09:30:00+08:00"),
    "enum": _l("must be one of: %(expected)s"),
    "literal_error": _l("must be one of: %(expected)s"),
    "greater_than": _l("must be more than %(gt)s"),
    "greater_than_equal": _l("must be at least %(ge)s"),
    "less_than": _l("must be less than %(lt)s"),
    "less_than_equal": _l("must be at most %(le)s"),
    "string_too_short": _l("must have at least %(min_length)s characters"),
    "string_too_long": _l("may have at most %(max_length)s characters"),
    "string_pattern_mismatch": _l("does not have the form %(pattern)s"),
    "too_long": _l("may be given at most %(max_length)s times"),
}


def reason_of(kind: str, context: Mapping[str, Any]) -> str:
    """Return what a mistake of `kind` means, with the bounds found in `context`."""
    if kind == "value_error":  # raised by a feature's own validator, in its own words
        return str(context["error"])
    words = REASONS.get(kind)
    if words is None:
        return _("is not a value this address understands")
    filled = dict(context)
    if "expected" in filled:
        filled["expected"] = str(filled["expected"]).replace(" or ", ", ")
    text = str(words)
    return text % filled if filled else text


def problem(status: int, detail: str = "", errors: list[BadParameter] | None = None) -> Response:
    """Return a refusal for programs."""
    body = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        request_id=g.get("request_id", ""),
        errors=errors or [],
    )
    return Response(body.model_dump_json(), status, content_type="application/problem+json")


def bad_parameters(refused: ValidationError) -> Response:
    """Return 400 with every refused parameter and its reason."""
    errors = [
        BadParameter(
            parameter=str(mistake["loc"][0]) if mistake["loc"] else "",
            reason=reason_of(mistake["type"], mistake.get("ctx", {})),
        )
        for mistake in refused.errors(include_url=False, include_input=False)
    ]
    return problem(400, _("Some parameters cannot be used. Each is named below."), errors)
