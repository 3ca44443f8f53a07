"""What can go wrong, in the words of the domain."""

from collections.abc import Callable
from typing import TypeAlias

from core.i18n import LazyWords

Words: TypeAlias = str | LazyWords


class DomainError(Exception):
    """A refusal that a person is told about in their own language.

    `status` is the HTTP status the one error handler answers with. `on_record`, where something
    set it, notes the refusal in the record of actions once the transaction is undone.
    """

    status = 422
    on_record: Callable[[], None] | None = None

    def __init__(self, message: Words) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class RuleBroken(DomainError):
    """A business rule refused the request; `field` names the form field to blame."""

    def __init__(self, message: Words, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class WrongState(DomainError):
    """The case has moved on, or is not where this step starts."""

    status = 409


class NotAllowed(DomainError):
    """The person is known and the thing may be seen, but this they may not do.

    `as_body` says for which body of theirs they may (0: for themselves), where there is one.
    """

    status = 403

    def __init__(self, message: Words, *, as_body: int | None = None) -> None:
        super().__init__(message)
        self.as_body = as_body


class NotFound(DomainError):
    """Absent, or hidden from this person: the two look the same."""

    status = 404
