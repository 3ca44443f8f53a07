"""What the record of actions calls what was done to names."""

from core.i18n import _l

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
