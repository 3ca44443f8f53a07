"""One spelling for all the ways a name may be typed: width, case, spaces, punctuation."""

import re
from unicodedata import normalize

#: Most names are Chinese characters only: they need no folding.
_PLAIN = re.compile(r"[一-鿿a-z0-9]*")
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


def fold(text: str) -> str:
    """Return `text` as it is compared: half width, lower case, no spaces, plain punctuation.

    Searching and the test for a name already taken both compare folded texts.
    """
    if _PLAIN.fullmatch(text):
        return text
    narrow = _UNSEEN.sub("", normalize("NFKC", text).casefold())
    # Without its spaces an accent may join the letter before it.
    return normalize("NFKC", normalize("NFKC", narrow).casefold()).translate(_VARIANTS)
