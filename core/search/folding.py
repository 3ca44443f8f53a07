"""One spelling for all the ways a name may be typed: width, case, spaces, punctuation, script."""

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from unicodedata import category, normalize

#: White space, control characters and marks that print nothing.
_UNSEEN = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+"
)
_VARIANTS = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−─", "-"),
        **dict.fromkeys("·•‧∙⋅・", "·"),
        **dict.fromkeys("“”„‟「」『』«»", '"'),
        **dict.fromkeys("‘’‚‛", "'"),
        **dict.fromkeys("〈《", "<"),
        **dict.fromkeys("〉》", ">"),
        **dict.fromkeys("【〔〖", "["),
        **dict.fromkeys("】〕〗", "]"),
        **dict.fromkeys("、﹑", ","),
        **dict.fromkeys("。｡", "."),
    }
)
#: Where Chinese characters are: the basic block, extension A, the supplementary planes.
_BLOCKS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x323B0))
#: What this module does to a text, counted up when it changes; see `version`.
_STEPS = 2


def fold(text: str) -> str:
    """Return `text` as it is compared: half width, lower case, simplified, no spaces.

    Every character is folded by itself, so that a part of a text folds to a part of the folded
    text. Searching and the test for a name already taken both compare folded texts.
    """
    script = _script()
    if script.plain.fullmatch(text):
        return text
    narrow = _UNSEEN.sub("", normalize("NFKC", text).casefold())
    # Without its spaces an accent may join the letter before it.
    joined = normalize("NFKC", normalize("NFKC", narrow).casefold())
    return joined.translate(_VARIANTS).translate(script.simplified)


def bare(text: str) -> str:
    """Return `text` folded and without punctuation, as names are held to be the same or not.

    What consists of punctuation only stays as it is folded.
    """
    folded = fold(text)
    if folded.isalnum():
        return folded
    return "".join(it for it in folded if not category(it).startswith("P")) or folded


def simplified(text: str) -> str:
    """Return `text` in simplified characters, everything else as it is written."""
    return text.translate(_script().simplified)


@cache
def version() -> str:
    """Return a mark of what `fold` makes of texts: another mark, and stored texts are old."""
    pairs = sorted(_script().simplified.items())
    return f"{_STEPS}-{sha256(repr(pairs).encode()).hexdigest()[:12]}"


@dataclass(frozen=True)
class _Script:
    """Which character stands for which, and what needs no folding at all."""

    simplified: dict[int, str]
    plain: re.Pattern[str]


@cache
def _script() -> _Script:
    """Ask OpenCC once for every character by itself: phrases would depend on the neighbours."""
    from opencc import OpenCC

    letters = "".join(chr(code) for block in _BLOCKS for code in block)
    asked = "\n".join(letters)
    convert = OpenCC("t2s").convert
    told = convert(asked).split("\n")
    first = {ord(a): b for a, b in zip(letters, told, strict=True) if a != b and len(b) == 1}
    # 薴 → 苧 → 苎: to the end, so that folding twice changes nothing.
    final = {code: first.get(ord(to), to) for code, to in first.items()}
    kept = "".join(chr(code) for code in _BLOCKS[1] if code not in final)
    return _Script(final, re.compile(f"[a-z0-9{kept}]*"))
