"""Putting a district file into the tree: what is there already is kept and brought up to date."""

from dataclasses import dataclass
from datetime import date

from core import audit
from core.accounts import Actor
from core.db import db
from core.divisions import queries
from core.divisions.district_file import DistrictFile, Figure
from core.divisions.models import Division, DivisionFact, DivisionSuccession, Level
from core.errors import RuleBroken
from core.i18n import _, day


@dataclass
class Loaded:
    """What a file changed, in numbers of rows."""

    added: int = 0
    changed: int = 0


def load_district(file: DistrictFile, *, by: Actor) -> Loaded:
    """Make the tree say what `file` says. Loading the same file again changes nothing.

    Divisions the file does not name are left alone. Raises RuleBroken where this installation
    serves another district, or a reform is on record that the file knows nothing of.
    """
    loading = _Loading(file)
    loading.run()
    db.session.flush()
    if loading.done.added or loading.done.changed:
        changes = {"added": [0, loading.done.added], "changed": [0, loading.done.changed]}
        audit.record("district:load", loading.district, by=by, changes=changes, note=file.name)
    return loading.done


class _Loading:
    def __init__(self, file: DistrictFile) -> None:
        self.file = file
        self.done = Loaded()
        self.district: Division | None = None

    def run(self) -> None:
        present = queries.the_district()
        if present is not None and self.file.code != present.code:
            words = _("This installation serves %(name)s already.", name=queries.district_name())
            raise RuleBroken(words, field="code")
        city = None
        if self.file.city:
            city = self._keep(None, self.file.city, Level.CITY, code=self.file.code[:4] + "00")
        self.district = self._keep(
            city, self.file.name, Level.DISTRICT, code=self.file.code, known=present
        )
        streets = self._streets(self.district)
        for street, names in self.file.communities.items():
            for parent in streets.get(street, []):
                for position, name in enumerate(names):
                    self._keep(
                        parent,
                        name,
                        Level.COMMUNITY,
                        position=position,
                        valid_from=parent.valid_from,
                        valid_to=parent.valid_to,
                    )
        self._successions(streets)
        for figure in self.file.figures:
            for division in self._places(figure, streets):
                self._figure(division, figure)

    def _streets(self, district: Division) -> dict[str, list[Division]]:
        """Return the file's streets by name: one node each, more where one was founded anew."""
        kept: dict[str, list[Division]] = {}
        for node in sorted(self.file.streets, key=lambda it: it.valid_from):
            street = self._keep(
                district,
                node.name,
                Level.STREET,
                position=node.position,
                valid_from=node.valid_from,
                valid_to=node.valid_to,
            )
            kept.setdefault(node.name, []).append(street)
        return kept

    def _keep(
        self,
        parent: Division | None,
        name: str,
        level: Level,
        *,
        code: str | None = None,
        position: int = 0,
        valid_from: date | None = None,
        valid_to: date | None = None,
        known: Division | None = None,
    ) -> Division:
        """Return the division, added if it was missing and changed where it differed."""
        parent_id = parent.id if parent else None
        division = known or self._find(parent_id, name, valid_from)
        if division is not None and division.valid_to is not None and valid_to is None:
            self._refuse_to_revive(division, division.valid_to)
        wanted = {
            "parent_id": parent_id,
            "name": name,
            "level": level,
            "code": code,
            "position": position,
            "valid_from": valid_from,
            "valid_to": valid_to,
        }
        if division is None:
            division = Division(**wanted)
            db.session.add(division)
            db.session.flush()
            self.done.added += 1
        elif any(getattr(division, field) != value for field, value in wanted.items()):
            for field, value in wanted.items():
                setattr(division, field, value)
            self.done.changed += 1
        return division

    def _refuse_to_revive(self, division: Division, ended_on: date) -> None:
        """Raise RuleBroken where the file is from before a reform: it would undo what that moved."""
        new = queries.successors(division)
        if not new:
            return
        words = _(
            "The file is older than a reform: %(name)s ended on %(day)s and went into %(new)s. "
            "Write this into the file, or leave the file alone.",
            name=division.name,
            day=day(ended_on),
            new=_(", ").join(it.name for it in new),
        )
        raise RuleBroken(words, field="streets")

    def _find(self, parent_id: int | None, name: str, valid_from: date | None) -> Division | None:
        """Return the node of that name and first day, or the only one of that name."""
        same = db.session.scalars(
            db.select(Division).where(Division.parent_id == parent_id, Division.name == name)
        ).all()
        exact = next((it for it in same if it.valid_from == valid_from), None)
        in_file = sum(it.name == name for it in self.file.streets)
        return exact or (same[0] if len(same) == 1 and in_file < 2 else None)

    def _successions(self, streets: dict[str, list[Division]]) -> None:
        for old_name, new_names in self.file.successors.items():
            old = streets[old_name][-1]
            for new_name in new_names:
                new = streets[new_name][-1]
                both = {"from_id": old.id, "to_id": new.id}
                known = db.session.scalar(db.select(DivisionSuccession).filter_by(**both))
                if known is None:
                    assert old.valid_to
                    on = max(old.valid_to, new.valid_from or date.min)
                    db.session.add(DivisionSuccession(**both, on=on))
                    self.done.added += 1

    def _places(self, figure: Figure, streets: dict[str, list[Division]]) -> list[Division]:
        """Return what a figure is of: the district, or the street of that name on that day."""
        assert self.district
        if not figure.street:
            return [self.district]
        same = streets[figure.street]
        return [it for it in same if figure.on and it.stands_on(figure.on)] or same[-1:]

    def _figure(self, district: Division, figure: Figure) -> None:
        known = db.session.scalar(
            db.select(DivisionFact).where(
                DivisionFact.division_id == district.id,
                DivisionFact.key == figure.key,
                DivisionFact.on == figure.on,
            )
        )
        if known is None:
            fact = {"key": figure.key, "on": figure.on, "value": figure.value}
            db.session.add(DivisionFact(division_id=district.id, source=figure.source, **fact))
            self.done.added += 1
        elif (known.value, known.source) != (figure.value, figure.source):
            known.value, known.source = figure.value, figure.source
            self.done.changed += 1
