"""Why a row of a file cannot land: stable keys, with the words people read."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.i18n import _, _l
from registry.organizations.importing.columns import Field


class Reason(StrEnum):
    """What is wrong with a cell. The codes' own faults keep their keys."""

    NAME_MISSING = "name_missing"
    NAME_TWICE = "name_twice"
    NAME_TAKEN = "name_taken"
    CODE_MISSING = "code_missing"
    CODE_LENGTH = "code_length"
    CODE_CHARACTER = "code_character"
    CODE_PREFIX = "code_prefix"
    CODE_INNER = "code_inner"
    CODE_CHECK = "code_check"
    CODE_TYPE = "code_type"
    CODE_DISTRICT = "code_district"
    CODE_TWICE = "code_twice"
    NUMBER_MISSING = "number_missing"
    NUMBER_TWICE = "number_twice"
    NUMBER_TAKEN = "number_taken"
    TYPE_UNKNOWN = "type_unknown"
    STATUS_UNKNOWN = "status_unknown"
    CATEGORY_UNKNOWN = "category_unknown"
    MODE_UNKNOWN = "mode_unknown"
    NOT_A_DATE = "not_a_date"
    DATE_IN_FUTURE = "date_in_future"
    NOT_AN_AMOUNT = "not_an_amount"
    NOT_A_NUMBER = "not_a_number"
    STREET_UNKNOWN = "street_unknown"
    COMMUNITY_UNKNOWN = "community_unknown"
    TOO_LONG = "too_long"
    TOO_MANY_CELLS = "too_many_cells"

    @property
    def label(self) -> str:
        return str(LABELS[self])


LABELS = {
    Reason.NAME_MISSING: _l("name missing"),
    Reason.NAME_TWICE: _l("name used twice"),
    Reason.NAME_TAKEN: _l("name belongs to another living organization"),
    Reason.CODE_MISSING: _l("code missing"),
    Reason.CODE_LENGTH: _l("not 18 characters"),
    Reason.CODE_CHARACTER: _l("character not allowed in a code"),
    Reason.CODE_PREFIX: _l("not the code of a social organization"),
    Reason.CODE_INNER: _l("check digit of the organization code wrong"),
    Reason.CODE_CHECK: _l("check character wrong"),
    Reason.CODE_TYPE: _l("type disagrees with code"),
    Reason.CODE_DISTRICT: _l("code of another district"),
    Reason.CODE_TWICE: _l("code used twice"),
    Reason.NUMBER_MISSING: _l("filing number missing"),
    Reason.NUMBER_TWICE: _l("filing number used twice"),
    Reason.NUMBER_TAKEN: _l("filing number belongs to another organization"),
    Reason.TYPE_UNKNOWN: _l("type unknown"),
    Reason.STATUS_UNKNOWN: _l("status unknown"),
    Reason.CATEGORY_UNKNOWN: _l("category unknown"),
    Reason.MODE_UNKNOWN: _l("way of management unknown"),
    Reason.NOT_A_DATE: _l("not a date"),
    Reason.DATE_IN_FUTURE: _l("date in the future"),
    Reason.NOT_AN_AMOUNT: _l("not an amount"),
    Reason.NOT_A_NUMBER: _l("not a whole number"),
    Reason.STREET_UNKNOWN: _l("street not in this district"),
    Reason.COMMUNITY_UNKNOWN: _l("community not in this street"),
    Reason.TOO_LONG: _l("text too long"),
    Reason.TOO_MANY_CELLS: _l("more cells than columns"),
}


def place_of(row: int) -> str:
    """Return where a row stands, in words: its number, and its sheet where they are several."""
    sheet = getattr(row, "sheet", "")
    if not sheet:
        return _("row %(line)d", line=row)
    return _("row %(line)d of sheet %(sheet)s", line=getattr(row, "line", row), sheet=sheet)


@dataclass(frozen=True)
class Problem:
    """One cell that keeps its row out. `row` is the file's own row, its header counted.

    `column` is the header as the file writes it; `others` are the rows that clash with this one,
    `holder` names the organization of the register that does.
    """

    row: int
    field: Field
    column: str
    value: str
    reason: Reason
    others: Sequence[int] = ()
    holder: str = ""

    @property
    def words(self) -> str:
        """The reason in words, with what it clashes with."""
        words = self.reason.label
        if self.others:
            rows = _(", ").join(map(place_of, self.others))
            words = _("%(reason)s (also %(rows)s)", reason=words, rows=rows)
        if self.holder:
            words = _("%(reason)s (%(holder)s)", reason=words, holder=self.holder)
        return words
