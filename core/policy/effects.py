"""What a policy value does, word for word: whoever uses it says so."""

from collections.abc import Callable

from flask import Flask, current_app

from core.errors import Words

#: Returns what a feature does with the value of a key, one sentence each.
Answer = Callable[[str], list[str]]

_ANSWERS = "policy_effects"


def when_asked(app: Flask, answer: Answer) -> None:
    """Have `answer(key)` say what a feature does with a policy value."""
    app.extensions.setdefault(_ANSWERS, []).append(answer)


def effects(key: str, help: Words = "") -> list[str]:
    """Return everything that the value of `key` does, one sentence each."""
    said = [str(help)] if help else []
    for answer in current_app.extensions.get(_ANSWERS, []):
        said += answer(key)
    return said


def in_words(key: str, help: Words = "") -> str:
    """Return what the value of `key` does as running text; nothing where its name says it all."""
    return " ".join(effects(key, help))
