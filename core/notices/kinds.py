"""What notices are about; rooms may name more."""

from core.errors import Words
from core.i18n import _l

_kinds: dict[str, Words] = {
    "registration": _l("Registration"),
    "filing": _l("Filing"),
    "supervision": _l("Supervision"),
    "penalty": _l("Administrative penalty"),
    "credit": _l("Credit information"),
    "grading": _l("Evaluation"),
    "tenancy": _l("Incubator"),
    "purchasing": _l("Purchase of services"),
    "subsidy": _l("Award-based subsidy"),
    "other": _l("Other matters"),
}


def name_kind(kind: str, words: Words) -> None:
    """Say what notices of `kind` are about."""
    _kinds[kind] = words


def is_known(kind: str) -> bool:
    return kind in _kinds


def label_of(kind: str) -> str:
    """Return what notices of `kind` are about, in words."""
    return str(_kinds.get(kind, kind))


def named() -> list[tuple[str, Words]]:
    """Return every kind with its words, in the order of declaration."""
    return list(_kinds.items())
