"""What a refusal of the database means to a person: constraint name → field and words."""

from typing import Any

from sqlalchemy.exc import IntegrityError

from core.errors import RuleBroken, Words

_meanings: dict[str, tuple[str | None, Words]] = {}


def explain(constraint: str, words: Words, field: str | None = None) -> None:
    """Say what breaking `constraint` means, and beside which form field to say it."""
    _meanings[constraint] = (field, words)


def name_of(refused: IntegrityError) -> str:
    """Return the name of the broken constraint, by the naming convention on SQLite."""
    diagnosis: Any = getattr(refused.orig, "diag", None)
    if diagnosis is not None:
        return diagnosis.constraint_name or ""
    text = str(refused.orig)
    kind, _, columns = text.partition(" constraint failed: ")
    if kind == "UNIQUE" and not columns.startswith("index"):
        table, _, _ = columns.partition(".")
        names = "_".join(column.strip().split(".")[1] for column in columns.split(","))
        return f"uq_{table}_{names}"
    return columns.removeprefix("index ").strip("'")


def meaning(refused: IntegrityError) -> RuleBroken | None:
    """Return the refusal in words, or None where nobody has said what it means."""
    known = _meanings.get(name_of(refused))
    return RuleBroken(known[1], field=known[0]) if known else None
