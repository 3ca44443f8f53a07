"""Where a row says it is: streets and communities on the map of the file's time."""

from datetime import date

from core import divisions
from core.divisions import Division
from registry.organizations.importing.reasons import Reason
from registry.organizations.importing.values import Reading


class Places:
    """The district's map for one import; every spelling is looked up once.

    A street is looked for among those of the register's day, then among those of any time.
    """

    def __init__(self, on: date | None) -> None:
        """Raises RuleBroken where no district is loaded."""
        self.on = on
        district = divisions.require_district()
        self.district_id = district.id
        self.code = district.code or ""
        self._streets: dict[int, Division] = {}
        self._communities: dict[tuple[int | None, str], Reading] = {}

    def street(self, written: str) -> Reading:
        """Return the id of a written street."""
        found = divisions.find_street(written, self.on) if self.on else None
        found = found or divisions.find_street(written)
        if found is None:
            return None, Reason.STREET_UNKNOWN
        self._streets[found.id] = found
        return found.id, None

    def community(self, written: str, street_id: int | None) -> Reading:
        """Return the id of a written community of a street, or of the district."""
        key = (street_id, written)
        if key not in self._communities:
            street = self._streets.get(street_id) if street_id else None
            found = divisions.find_community(written, street)
            self._communities[key] = (found.id, None) if found else (None, Reason.COMMUNITY_UNKNOWN)
        return self._communities[key]
