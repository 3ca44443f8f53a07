"""What a text is indexed by: its characters, and its neighbouring pairs of characters."""

from operator import add

#: A longer query is looked up by its first pairs; the comparison with the text does the rest.
MOST_GRAMS = 12


def grams_of(text: str) -> set[str]:
    """Return every character of `text` and every two that stand side by side."""
    return {*text, *map(add, text, text[1:])}


def grams_asked(query: str) -> list[str]:
    """Return what a text containing `query` is surely indexed by, without repeats."""
    if len(query) == 1:
        return [query]
    return list(dict.fromkeys(map(add, query, query[1:])))[:MOST_GRAMS]
