"""What changed between two versions of some words: for pages that set old and new side by side."""

import re
from difflib import SequenceMatcher

#: A number or a Latin word is one piece, every other character stands for itself.
PIECE = re.compile(r"[A-Za-z0-9.,]+|.", re.DOTALL)


def differences(old: object, new: object) -> list[tuple[str, str]]:
    """Return the way from `old` to `new` as (kind, words); kind is "same", "gone" or "come".

    Joining "same" and "gone" gives `old`, joining "same" and "come" gives `new`.
    None counts as no words.
    """
    before = PIECE.findall("" if old is None else str(old))
    after = PIECE.findall("" if new is None else str(new))
    steps = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            steps.append(("same", "".join(before[i:j])))
            continue
        if j > i:
            steps.append(("gone", "".join(before[i:j])))
        if m > k:
            steps.append(("come", "".join(after[k:m])))
    return steps
