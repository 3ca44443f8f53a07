"""What the record of actions calls what was done to names."""

from flask import url_for

from core import audit
from core.i18n import _l
from registry.names.kinds import LABELS, Ending, WordKind
from registry.names.models import NameReservation, NameWord

ACTIONS = {
    "name:reserve": _l("Reserved a name"),
    "name:reserve_refused": _l("Was refused a reservation of a name"),
    "name:renew": _l("Renewed a reserved name"),
    "name:renew_refused": _l("Was refused the renewal of a reserved name"),
    "name:hold": _l("Held a name for an application"),
    "name:let_go": _l("Let a reserved name go"),
    "name_word:load": _l("Took over the word lists of the program"),
    "name_word:propose": _l("Proposed a word for a list"),
    "name_word:confirm": _l("Confirmed a word of a list"),
    "name_word:confirm_refused": _l("Was refused the confirmation of a word"),
    "name_word:import_refused": _l("Was refused an import of words"),
    "name_word:withdraw": _l("Withdrew a proposal for a word list"),
    "name_word:propose_end": _l("Proposed to end a word of a list"),
    "name_word:end": _l("Ended a word of a list"),
}
SUBJECTS = {
    "NameReservation": _l("Reserved name"),
    "NameWord": _l("Word of a list"),
}


def declare_fields() -> None:
    """Say what changed fields are called, and which name or word an entry is about."""
    audit.name_fields(
        "name",
        {
            "name": audit.Field(_l("Name")),
            "expires_on": audit.Field(_l("Until"), audit.day),
            "case": audit.Field(_l("Case"), audit.record_of(audit.CASE)),
            "ending": audit.Field(_l("Why it ended"), audit.one_of(Ending)),
        },
    )
    lists = {kind.value: audit.Field(LABELS[kind]) for kind in WordKind}
    audit.name_fields("name_word", {"words": audit.Field(_l("Words of the lists")), **lists})
    audit.name_records("NameReservation", audit.rows(NameReservation, lambda it: it.name))
    audit.name_records(
        "NameWord",
        audit.rows(
            NameWord,
            lambda it: it.word,
            lambda it, actor: (
                url_for("name_words.word_detail", word_id=it.id) if actor.is_staff else ""
            ),
        ),
    )
