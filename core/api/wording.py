"""What the description of the interface says, in the language it is asked for in."""

from collections.abc import Callable, Iterable, Iterator
from enum import EnumMeta
from typing import Any, get_args

from pydantic import BaseModel

from core.db import JsonDict
from core.errors import Words


def about(words: Words) -> Callable[[JsonDict], None]:
    """Return what pydantic takes as `json_schema_extra`, for a field or a whole model.

    A description given to pydantic itself is one text for good; this one is read anew each time:

        track: Track | None = Field(None, json_schema_extra=about(_l("Registered or filed")))
    """

    def describe(schema: JsonDict) -> None:
        schema["description"] = str(words)

    return describe


def name_values(models: Iterable[type[BaseModel]], schemas: JsonDict) -> None:
    """Let the schema of every enumeration in `models` say what its values stand for."""
    for kind in {kind for model in models for kind in _enumerations(model)}:
        if kind.__name__ in schemas and all(hasattr(member, "label") for member in kind):
            schemas[kind.__name__]["description"] = "; ".join(
                f"{member.value}: {member.label}" for member in kind
            )


def _enumerations(model: type[BaseModel]) -> Iterator[Any]:
    for field in model.model_fields.values():
        for part in _parts(field.annotation):
            if isinstance(part, EnumMeta):
                yield part
            elif isinstance(part, type) and issubclass(part, BaseModel):
                yield from _enumerations(part)


def _parts(annotation: Any) -> Iterator[Any]:
    inner = get_args(annotation)
    if inner:
        for part in inner:
            yield from _parts(part)
    else:
        yield annotation
