"""Word lists as CSV: the columns, and reading a file back with every mistake named."""

import csv
import io
from collections.abc import Iterator
from datetime import date

from core import clock
from core.errors import RuleBroken
from core.exports import Column, Kind
from core.i18n import _, _l
from registry.names.kinds import Effect, WordKind
from registry.names.lexicon import Listed
from registry.organizations.kinds import OrganizationType

#: Mistakes that are named; a file with more is another file.
MOST_NAMED = 20
LONGEST_WORD, LONGEST_SOURCE = 60, 300

COLUMNS = (
    Column("kind", lambda it: it.kind.value),
    Column("word", "word"),
    Column("type", lambda it: it.type.value if it.type else ""),
    Column("effect", lambda it: it.effect.value if it.effect else ""),
    Column("source", "source", width=60),
    Column("from_on", "from_on", Kind.DAY),
    Column("to_on", "to_on", Kind.DAY),
    Column(_l("Word list"), lambda it: it.kind.label),
)
READ = ("kind", "word", "type", "effect", "source", "from_on")


def read_words(raw: bytes) -> list[Listed]:
    """Return the words of a file, UTF-8 or GB18030, that have not ended.

    Raises RuleBroken("file") with every mistake and its line.
    """
    reader = csv.DictReader(io.StringIO(_decoded(raw), newline=""))
    lacking = [name for name in READ if name not in (reader.fieldnames or ())]
    if lacking:
        raise RuleBroken(_("Columns are missing: %(names)s.", names=", ".join(lacking)), "file")
    found: list[Listed] = []
    mistakes: list[str] = []
    for line, row in enumerate(reader, 2):
        cells = {name: (row.get(name) or "").strip().removeprefix("'") for name in READ}
        wrong = list(_mistakes(cells))
        if wrong:
            mistakes.append(_("Line %(n)d: %(what)s", n=line, what=" ".join(wrong)))
        elif not (row.get("to_on") or "").strip():
            found.append(_listed(cells))
    if mistakes:
        raise RuleBroken("\n".join(mistakes[:MOST_NAMED]), field="file")
    if not found:
        raise RuleBroken(_("There is no word in the file."), field="file")
    return found


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RuleBroken(_("The file is neither UTF-8 nor GB18030."), field="file")


def _mistakes(cells: dict[str, str]) -> Iterator[str]:
    kinds = {it.value for it in WordKind}
    if cells["kind"] not in kinds:
        yield _("There is no list “%(name)s”.", name=cells["kind"])
    elif WordKind(cells["kind"]).forbids and cells["effect"] not in {it.value for it in Effect}:
        yield _("The effect is block or advise.")
    elif cells["kind"] == WordKind.FORM and not cells["type"]:
        yield _("A form needs its type of organization.")
    if cells["type"] and cells["type"] not in {it.value for it in OrganizationType}:
        yield _("There is no type “%(name)s”.", name=cells["type"])
    if not 0 < len(cells["word"]) <= LONGEST_WORD:
        yield _("The word is missing or too long.")
    if not 0 < len(cells["source"]) <= LONGEST_SOURCE:
        yield _("The source is missing or too long.")
    try:
        date.fromisoformat(cells["from_on"] or clock.today().isoformat())
    except ValueError:
        yield _("“%(day)s” is no day.", day=cells["from_on"])


def _listed(cells: dict[str, str]) -> Listed:
    return Listed(
        kind=WordKind(cells["kind"]),
        word=cells["word"],
        source=cells["source"],
        type=OrganizationType(cells["type"]) if cells["type"] else None,
        effect=Effect(cells["effect"]) if cells["effect"] else None,
        from_on=date.fromisoformat(cells["from_on"]) if cells["from_on"] else clock.today(),
    )
