"""What kinds of text there are, and what each says of its own content."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from core.accounts import Role
from core.db import JsonDict
from core.errors import Words

#: Who edits texts and confirms what another one has written.
SETTERS = (Role.BUREAU_HEAD, Role.ADMINISTRATOR)


@dataclass(frozen=True, eq=False)
class EditionKind:
    """A kind of text. Content is plain JSON; only the kind knows what stands in it.

    `check(key, content)` returns the content as it is kept, or raises RuleBroken beside a field.
    `title(key)` names the text; `address(key)` is the page where it is edited. `rows(key, content)`
    lists what it says as (label, words), for differences; `shown(key, content)` draws it as
    readers will see it. `shipped(key)` is what holds before the first version, where anything does.
    """

    name: str
    label: Words
    check: Callable[[str, JsonDict], JsonDict]
    title: Callable[[str], str]
    address: Callable[[str], str]
    rows: Callable[[str, JsonDict], list[tuple[Words, str]]]
    shown: Callable[[str, JsonDict], Markup]
    shipped: Callable[[str], JsonDict] | None = None

    def __post_init__(self) -> None:
        if _kinds.setdefault(self.name, self) is not self:
            raise ValueError(f"two kinds of text are called {self.name}")


_kinds: dict[str, EditionKind] = {}


def edition_kind(name: str) -> EditionKind:
    """Return the kind of text called `name`. Raises KeyError for one that nobody declared."""
    return _kinds[name]
