"""Which estate words speak of: by its name, or by what tells it from the others."""

from collections.abc import Mapping
from itertools import takewhile


def named_in(words: str, names: Mapping[str, str]) -> frozenset[str]:
    """Return the codes of the estates that `words` name; `names` are the names by code.

    "East court" is also just "east" where all the names begin alike.
    """
    columns = takewhile(lambda signs: len(set(signs)) == 1, zip(*names.values(), strict=False))
    shared = len([*columns]) if len(names) > 1 else 0
    found: set[str] = set()
    for code, name in names.items():
        rest = name[shared:].strip()
        if name in words or (len(rest) > 1 and rest.casefold() in words.casefold()):
            found.add(code)
    return frozenset(found)
