"""Hears an emergency in words: gas, fire, somebody trapped, a burst main, a live wire.

The words come in from outside. They are tested for misses: a false alarm costs one tap ("not
urgent"), a miss may cost a life. So a denial is not looked for either: "there is no fire, only
smoke" is an emergency here. It never replaces the telephone call.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

BOTH = "+"  # "lift+trapped": each part has to be there, in any order


def is_urgent(words: str, urgent_words: Iterable[str], calm_words: Iterable[str] = ()) -> bool:
    """Say whether any of `urgent_words` is in `words`, however they are spaced or punctuated.

    `calm_words`, such as a fire extinguisher, are taken out of `words` before.
    """
    said = _plain(words)
    for calm in sorted(map(_listed, calm_words), key=len, reverse=True):
        said = said.replace(calm, " ") if calm else said
    return any(_has(said, entry) for entry in urgent_words)


def _has(said: str, entry: str) -> bool:
    parts = [_listed(part) for part in entry.split(BOTH)]
    return all(parts) and all(part in said for part in parts)


def _plain(words: str) -> str:
    """Return letters, figures and signs only, in one width and without capitals."""
    return "".join(
        sign
        for sign in unicodedata.normalize("NFKC", words).casefold()
        if unicodedata.category(sign)[0] not in "ZPSC"
    )


@lru_cache(maxsize=4096)
def _listed(word: str) -> str:
    """Return a word of the lists, plain; they are the same at each call."""
    return _plain(word)
