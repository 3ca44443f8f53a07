"""From a row of a file to what the register would say, or to what keeps the row out."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from core.exports.columns import FORMULA_STARTS
from core.search import fold
from registry.organizations import codes
from registry.organizations.importing import values
from registry.organizations.importing.clashes import REASONS, Clashes, joined
from registry.organizations.importing.columns import Columns, Field
from registry.organizations.importing.places import Places
from registry.organizations.importing.reasons import Reason
from registry.organizations.importing.rows import Entry, Findings, Refusal
from registry.organizations.importing.values import Reading, Remembering
from registry.organizations.kinds import (
    CODE_PREFIXES,
    ManagementMode,
    OrganizationStatus,
    OrganizationType,
    Track,
)

TYPE_BY_PREFIX = {prefix: kind for kind, prefix in CODE_PREFIXES.items()}
#: The longest text of a column, in characters; the others have no limit.
LENGTHS = {
    Field.NAME: 300,
    Field.NUMBER: 60,
    Field.REPRESENTATIVE: 100,
    Field.IN_CHARGE: 100,
    Field.DOMICILE: 300,
    Field.AREA: 200,
    Field.SPONSOR: 200,
}
TEXTS = frozenset({*LENGTHS, Field.CODE, Field.PURPOSE, Field.SCOPE, Field.COMMUNITY})
UNLIMITED = 1_000_000
#: A space between two Chinese characters is a slip of the finger.
_SLIP = re.compile(r"(?<=[㐀-鿿])\s+(?=[㐀-鿿])")
#: What the export puts an apostrophe before, so that no spreadsheet calculates it.
_GUARDED = re.compile("'+[" + re.escape("".join(FORMULA_STARTS)) + "]")

Read = dict[Field, Any]


class Checker:
    """Checks the rows of one file, each by itself and against what the file has twice."""

    def __init__(
        self, columns: Columns, places: Places, clashes: Clashes, sponsors: Mapping[str, int]
    ) -> None:
        """`sponsors` are the ids of offices by their name."""
        self.columns, self.places, self.sponsors = columns, places, sponsors
        self._clashes = clashes.found
        parsers: dict[Field, Callable[[str], Reading]] = {
            Field.TYPE: values.organization_type,
            Field.STATUS: values.status,
            Field.CATEGORY: values.category,
            Field.MODE: values.management_mode,
            Field.FUNDS: values.amount_in(columns.funds_unit),
            Field.INDIVIDUALS: values.count,
            Field.UNITS: values.count,
            Field.STAFF: values.count,
            Field.FOUNDED: values.past_day,
            Field.ENDED: values.past_day,
            Field.VALID: values.day,
            Field.STREET: places.street,
        }
        self._read = [
            (field, place, Remembering(parsers[field]))
            for field, place in columns.places.items()
            if field in parsers
        ]
        self._texts = [
            (field, place, LENGTHS.get(field, UNLIMITED))
            for field, place in columns.places.items()
            if field in TEXTS
        ]
        self._width = len(columns.header)

    def check(self, row: int, cells: list[str]) -> Entry | Refusal:
        """Return the row as facts, or with every reason that keeps it out."""
        if len(cells) < self._width:
            cells = cells + [""] * (self._width - len(cells))
        bad = Findings()
        if len(cells) > self._width and any(map(str.strip, cells[self._width :])):
            bad.add(Field.IGNORED, Reason.TOO_MANY_CELLS)
        for field, others in self._clashes.get(row, ()):
            bad.add(field, REASONS[field], others)
        facts = self._facts(self._cells(cells, bad), bad)
        if bad.found:
            return bad.refusal(row, cells, self.columns)
        return Entry(row, cells, facts, self._authority(facts), fold(facts["name"]))

    def _cells(self, cells: list[str], bad: Findings) -> Read:
        """Return what each cell says by itself."""
        read: Read = {}
        for field, place, limit in self._texts:
            text = cells[place].strip()
            if "'" in text and _GUARDED.match(text):
                text = text[1:]
            if "\0" in text:
                text = text.replace("\0", "")
            if len(text) > limit:
                bad.add(field, Reason.TOO_LONG)
            read[field] = text or None
        for field, place, remembered in self._read:
            text = cells[place].strip()
            if not text and field is not Field.STATUS:
                read[field] = None
                continue
            read[field], reason = remembered[text]
            if reason is not None:
                bad.add(field, reason)
        return read

    def _facts(self, read: Read, bad: Findings) -> dict[str, Any]:
        get = read.get
        name = self._name(get(Field.NAME), bad)
        code, number = self._code(get(Field.CODE), bad), joined(get(Field.NUMBER) or "")
        kind = self._type(read, code, bad)
        filed = kind is OrganizationType.COMMUNITY_ORGANIZATION
        if filed and not number:
            bad.add(Field.NUMBER, Reason.NUMBER_MISSING)
        elif not filed and not code:
            bad.add(Field.CODE, Reason.CODE_MISSING)
        street = get(Field.STREET)
        first, second = get(Field.REPRESENTATIVE), get(Field.IN_CHARGE)
        status = self._status(get(Field.STATUS, OrganizationStatus.ACTIVE), filed)
        sponsor = get(Field.SPONSOR)
        facts = {
            "name": name,
            "track": Track.FILED if filed else Track.REGISTERED,
            "status": status,
            "unified_code": code,
            "filing_number": number or None,
            "founded_on": get(Field.FOUNDED),
            "ended_on": get(Field.ENDED),
            "valid_until": get(Field.VALID),
            "division_id": self._division(read, bad),
            "street_id": street,
            "type": kind,
            "category": get(Field.CATEGORY),
            "management_mode": get(Field.MODE),
            "domicile": get(Field.DOMICILE),
            "purpose": get(Field.PURPOSE),
            "scope": get(Field.SCOPE),
            "activity_area": get(Field.AREA),
            "registered_funds": get(Field.FUNDS),
            "legal_representative": None if filed else first or second,
            "person_in_charge": (second or first) if filed else None,
            "sponsor_name": sponsor,
            "sponsor_unit_id": self.sponsors.get(sponsor) if sponsor else None,
            "individual_members": get(Field.INDIVIDUALS),
            "unit_members": get(Field.UNITS),
            "staff_count": get(Field.STAFF),
        }
        self._complete(facts, filed)
        return facts

    def _name(self, name: str | None, bad: Findings) -> str:
        if not name or not (name.isalnum() or fold(name)):
            bad.add(Field.NAME, Reason.NAME_MISSING)
            return ""
        # The quick test first: nearly all names are of one piece.
        return _SLIP.sub("", name) if len(name.split()) > 1 else name

    def _code(self, written: str | None, bad: Findings) -> str | None:
        code = codes.clean(written) if written else None
        if not code:
            return None
        fault = codes.fault_of(code)
        if fault is not None:
            bad.add(Field.CODE, Reason(fault.value))
        elif code[2:8] != self.places.code and not self._of_upper_authority(code):
            bad.add(Field.CODE, Reason.CODE_DISTRICT)
        return code

    def _of_upper_authority(self, code: str) -> bool:
        """Return whether city, province or state registered it: its seat may well be here."""
        own = self.places.code
        return code[2:8] in (f"{own[:4]}00", f"{own[:2]}0000", "100000")

    def _type(self, read: Read, code: str | None, bad: Findings) -> OrganizationType | None:
        """Return the type that is written, else what the code or the filing number tells."""
        kind: OrganizationType | None = read.get(Field.TYPE)
        by_code = TYPE_BY_PREFIX.get(code[:2]) if code else None
        # A code that is wrong, or that two rows claim, says nothing of this row's type.
        if bad.found and (bad.concern(Field.CODE) or bad.concern(Field.TYPE)):
            return kind or by_code
        if kind is not None:
            if code and kind is not by_code:
                bad.add(Field.TYPE, Reason.CODE_TYPE)
            return kind
        if code and by_code is None:  # 59 may be anything
            bad.add(Field.TYPE, Reason.TYPE_UNKNOWN)
        if code or not read.get(Field.NUMBER):
            return by_code
        return OrganizationType.COMMUNITY_ORGANIZATION

    @staticmethod
    def _status(status: OrganizationStatus | None, filed: bool) -> OrganizationStatus | None:
        """Return the status; a filing that ended was cancelled, whatever the office calls it."""
        if filed and status in (OrganizationStatus.DEREGISTERED, OrganizationStatus.REVOKED):
            return OrganizationStatus.CANCELLED
        return status

    def _division(self, read: Read, bad: Findings) -> int:
        street: int | None = read.get(Field.STREET)
        written = read.get(Field.COMMUNITY)
        if written:
            community: int | None
            community, reason = self.places.community(written, street)
            if reason is not None:
                bad.add(Field.COMMUNITY, reason)
            return community or self.places.district_id
        return street or self.places.district_id

    def _authority(self, facts: dict[str, Any]) -> str:
        """Return who keeps the organization's name from others: see `Organization.authority`."""
        if facts["track"] is Track.REGISTERED:
            code: str = facts["unified_code"]
            return code[2:8]
        street = facts["street_id"]
        return f"street:{street}" if street else f"district:{self.places.code}"

    def _complete(self, facts: dict[str, Any], filed: bool) -> None:
        """Fill in what the file says in another column than the register does."""
        if filed and facts["category"] is None and facts["scope"]:
            found, _reason = values.category(facts["scope"])
            if found:
                facts["category"], facts["scope"] = found, None
        if facts["sponsor_name"] and not filed and Field.MODE not in self.columns.places:
            facts["management_mode"] = ManagementMode.DUAL_MANAGED
