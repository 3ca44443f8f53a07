"""The keys of near names, kept in step with the register: one name at a time, or all by a job.

What is imported in bulk, and everything when folding, word lists or divisions changed, is done by
`refresh`, which goes on where it stopped.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any, cast

from sqlalchemy import Table, select, update

from core import clock
from core.accounts import Body
from core.bulk import bulk_insert, next_ids
from core.db import atomic, db
from core.search import bare, fold
from core.search.folding import version
from registry.names import queries
from registry.names.models import NameIndexMark, NameKey
from registry.names.parts import sound_of, take_apart
from registry.organizations import naming, syllables
from registry.organizations.index import INDEX, read_anew
from registry.organizations.kinds import OrganizationType
from registry.organizations.models import Organization
from registry.organizations.readings import readings

#: Organizations done in one transaction.
BATCH = 2000
#: Transactions of one run of the job; a register of a district is done in the first.
BATCHES = 200
_KEY, _BODY = cast(Table, NameKey.__table__), cast(Table, Body.__table__)
_ORGANIZATION = cast(Table, Organization.__table__)
_COLUMNS = ("id", "organization_id", "name", "bare", "place", "size", "core", "sound", "mirror")


def keep(organization: Organization) -> None:
    """Key an organization under its name; a name it had before keeps its key until today."""
    values = key_of(organization.name, organization.type, organization.authority)
    present = db.session.scalar(
        select(NameKey).where(
            NameKey.organization_id == organization.id, NameKey.until_on.is_(None)
        )
    )
    if present is not None and present.bare == values["bare"]:
        for name, value in values.items():
            setattr(present, name, value)
        return
    if present is not None:
        present.until_on = clock.today()
        db.session.flush()
    db.session.add(NameKey(organization_id=organization.id, **values))


naming.when_named(keep)


def key_of(name: str, type: OrganizationType | None, authority: str) -> dict[str, Any]:
    """Return the columns of the key of a name."""
    core = take_apart(name, queries.lexicon(), queries.all_places(), type).core
    sound, mirror = sound_of(core)
    return {
        "name": name,
        "bare": bare(name),
        "place": authority,
        "size": len(core),
        "core": core,
        "sound": sound,
        "mirror": mirror,
    }


def made_of() -> str:
    """Return a mark of everything that keys and folded names depend on."""
    read = (
        version(),
        queries.lexicon().mark,
        sorted(queries.all_places().words),
        len(readings().single),
        sorted(syllables.known()),
    )
    return sha256(repr(read).encode()).hexdigest()[:32]


def is_complete() -> bool:
    """Return whether every organization has its key as names are taken apart today."""
    mark = db.session.get(NameIndexMark, 1)
    reached = mark.reached if mark is not None and mark.made_of == made_of() else 0
    keyed = select(_KEY.c.id).where(_KEY.c.organization_id == _ORGANIZATION.c.id)
    # The few after the mark were entered one by one, with their keys, unless a file came in.
    missing = select(_ORGANIZATION.c.id).where(_ORGANIZATION.c.id > reached, ~keyed.exists())
    return db.session.execute(missing.limit(1)).first() is None


def refresh(batches: int = BATCHES) -> tuple[int, int]:
    """Make what is missing or old, up to `batches` transactions; return (done, clashes).

    Folded names, the search index and pinyin are brought up to date on the way. A clash is a
    living name that folds to another's since folding changed: it stays as it was kept, and a
    person has to look.
    """
    done = clashes = 0
    for _turn in range(batches):
        with atomic():
            rows = _next()
            clashes += _bring_up(rows)
            done += len(rows)
        if len(rows) < BATCH:
            break
    return done, clashes


def _next() -> Sequence[Any]:
    """Return the next organizations to be done, and note that they are."""
    mark = db.session.get(NameIndexMark, 1, with_for_update=True)
    if mark is None:
        mark = NameIndexMark(id=1, made_of="", reached=0)
        db.session.add(mark)
    wanted = made_of()
    if mark.made_of != wanted:
        mark.made_of, mark.reached = wanted, 0
    o, b = _ORGANIZATION.c, _BODY.c
    rows = db.session.execute(
        select(
            o.id,
            b.name,
            o.type,
            o.authority,
            o.status,
            o.folded_name,
            o.living_name,
            o.name_pinyin,
            o.name_initials,
            o.name_syllables,
        )
        .join(_BODY, o.id == b.id)
        .where(o.id > mark.reached)
        .order_by(o.id)
        .limit(BATCH)
    ).all()
    if rows:
        mark.reached = rows[-1].id
    db.session.flush()
    return rows


def _bring_up(rows: Sequence[Any]) -> int:
    """Fold and key these organizations anew; return the clashes."""
    clashes = 0
    new: list[tuple[Any, ...]] = []
    present = _present([row.id for row in rows])
    for row in rows:
        clashes += _fold_anew(row)
        values = key_of(row.name, row.type, row.authority)
        key = present.get(row.id)
        if key is None:
            new.append((row.id, *(values[name] for name in _COLUMNS[2:])))
        elif any(key[name] != value for name, value in values.items()):
            db.session.execute(update(_KEY).where(_KEY.c.id == key["id"]).values(**values))
    ids = next_ids(_KEY, len(new))
    bulk_insert(_KEY, _COLUMNS, [(id, *rest) for id, rest in zip(ids, new, strict=True)])
    return clashes


def _present(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    if not ids:
        return {}
    query = select(_KEY).where(
        _KEY.c.organization_id.between(ids[0], ids[-1]), _KEY.c.until_on.is_(None)
    )
    return {row["organization_id"]: dict(row) for row in db.session.execute(query).mappings()}


def _fold_anew(row: Any) -> int:
    """Bring one organization's stored spellings up to date; return 1 for a clash."""
    changed: dict[str, Any] = {}
    folded, living = fold(row.name), naming.living_name(row.name, row.status)
    read = naming.spelled(row.name)
    clash = 0
    if folded != row.folded_name:
        INDEX.replace(row.id, row.folded_name or "", folded)
        changed["folded_name"] = folded
    if read != (row.name_pinyin, row.name_initials, row.name_syllables):
        read_anew(row.id, (row.name_initials, row.name_syllables), read)
        changed |= {f"name_{part}": text for part, text in read._asdict().items()}
    if living != row.living_name:
        other = living and queries.living_holder(row.name, row.authority, row.id)
        clash = int(bool(other))
        if not other:
            changed["living_name"] = living
    if changed:
        db.session.execute(
            update(_ORGANIZATION).where(_ORGANIZATION.c.id == row.id).values(**changed)
        )
    return clash
