"""How people write the names of divisions, and what they mean by them."""

import re
import unicodedata

#: What may stand behind a street's own name, the longest first.
_STREET_ENDINGS = ("街道办事处", "街道办", "街办", "办事处", "街道")
_ENDINGS = (*_STREET_ENDINGS, "社区居民委员会", "社区居委会", "居委会", "社区", "网格", "院落")
_STREET_SUFFIXES = ("街道", "镇", "乡")
_UPPER = re.compile(r"(.+[市区县州盟旗])$")


def plain(written: str) -> str:
    """Return `written` without spaces and with full-width letters, digits and signs made plain."""
    folded = unicodedata.normalize("NFKC", written)
    return "".join(it for it in folded if not it.isspace() and it not in "\u200b\u200c\u200d\ufeff")


def _without_endings(name: str, endings: tuple[str, ...]) -> str:
    while True:
        ending = next((it for it in endings if name.endswith(it) and len(name) > len(it)), None)
        if ending is None:
            return name
        name = name.removesuffix(ending)


def short_name(name: str) -> str:
    """Return a division's own name without its rank: 春熙路街道 → 春熙路, 锦江区 → 锦江."""
    bare = _without_endings(name, _ENDINGS)
    if bare == name and len(name) > 2 and _UPPER.match(name):
        return name[:-1]
    return bare


def street_name(written: str) -> str:
    """Return a street's full name: 书院街 → 书院街街道; 街道, 镇 and 乡 stay as they are."""
    name = plain(written)
    return name if name.endswith(_STREET_SUFFIXES) else name + "街道"


def community_name(written: str) -> str:
    """Return a community's full name: 净居寺 → 净居寺社区; a village stays one."""
    name = plain(written)
    return name if name.endswith(("社区", "村")) else name + "社区"


def street_keys(written: str) -> tuple[str, str]:
    """Return what a written street is to be compared by: its own name, and the same without a
    last 街, 乡 or 镇, which offices write once too often or leave out.
    """
    bare = _without_endings(plain(written), _STREET_ENDINGS)
    return bare, bare.rstrip("街乡镇") or bare


def community_key(written: str) -> str:
    """Return what a written community is to be compared by: its own name."""
    return _without_endings(plain(written), _ENDINGS)


def without_prefix(written: str, uppers: list[str]) -> str:
    """Return `written` without the names of `uppers` before it, as offices write them: with or
    without 市 and 区, with a province or not. `uppers` are full names, the highest first.
    """
    name = plain(written)
    for upper in uppers:
        before, found, rest = name.rpartition(upper)
        if found and rest and not before.endswith("街道"):
            name = rest
        elif name.startswith(short_name(upper)) and len(name) > len(short_name(upper)):
            name = name.removeprefix(short_name(upper))
    return name


def split_district(name: str) -> tuple[str | None, str]:
    """Return the city's and the district's name: 成都市锦江区 → 成都市, 锦江区.

    The city is None where the name does not say it.
    """
    said = re.fullmatch(r"(.+?市)(.+)", plain(name))
    return (said[1], said[2]) if said else (None, plain(name))
