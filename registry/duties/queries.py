"""Reads of duty lists: which are in force, narrowed as asked."""

from core import editions
from core.editions import Edition
from core.errors import NotFound
from core.i18n import _, ngettext
from core.offered_settings import SettingRow
from registry.duties.texts import DUTY_LIST, LISTS, Duty, level_label


def lists() -> list[tuple[str, Edition | None]]:
    """Return every duty list with the version in force."""
    held = editions.all_in_force(DUTY_LIST)
    return [(key, held.get(key)) for key in LISTS]


def access_list(key: str) -> str:
    """Return the key of a duty list; NotFound where there is none of it."""
    if key not in LISTS:
        raise NotFound(_("There is no such duty list."))
    return key


def narrowed(
    duties: list[Duty], *, words: str = "", level: str = "", passed_down: bool = False
) -> list[Duty]:
    """Return the duties that have the words, are of a level, or were passed down."""
    sought = words.lower()
    return [
        it
        for it in duties
        if sought in "\n".join(it.values()).lower()
        and (not level or it["level"] == level)
        and (it["passed_down_on"] or not passed_down)
    ]


def file_rows(key: str) -> list[dict[str, str]]:
    """Return the duties in force for a file."""
    edition = editions.in_force(DUTY_LIST, key)
    duties = edition.content["duties"] if edition else []
    return [{**it, "level": level_label(it["level"])} for it in duties]


def setting_rows() -> list[SettingRow]:
    """Return the lists for the page of all settings."""
    found = []
    for _key, edition in lists():
        if edition is not None:
            n = len(edition.content["duties"])
            said = ngettext("%(num)d duty", "%(num)d duties", n)
            found.append(SettingRow.of_edition(edition, value=said))
    return found
