"""Hears an emergency in words: gas, fire, somebody trapped, a burst main, a live wire.

The words come in from outside. They are tested for misses: a false alarm costs one tap ("not
urgent"), a miss may cost a life. So a denial is not looked for either: "there is no fire, only
smoke" is an emergency here. It never replaces the telephone call.
"""

import re
import unicodedata
from collections.abc import Iterable

BOTH = "+"  # "lift+trapped": each part has to be there, in any order
_NEVER = re.compile(r"(?!)")


class UrgentWords:
    """The words of a community, made ready once: every message is looked through."""

    def __init__(self, urgent: Iterable[str], calm: Iterable[str] = ()) -> None:
        entries = [[_plain(part) for part in entry.split(BOTH)] for entry in urgent]
        self._alone = _any_of(parts[0] for parts in entries if len(parts) == 1)
        self._together = [parts for parts in entries if len(parts) > 1 and all(parts)]
        self._begun = _any_of({parts[0] for parts in self._together})
        self._calm = _any_of(map(_plain, calm))

    def heard_in(self, words: str) -> bool:
        """Say whether the words sound urgent, however they are spaced or punctuated.

        Calm words, such as a fire extinguisher, are taken out before.
        """
        said = self._calm.sub(" ", _plain(words))
        if self._alone.search(said):
            return True
        if not self._begun.search(said):
            return False
        return any(all(part in said for part in parts) for parts in self._together)


def is_urgent(words: str, urgent_words: Iterable[str], calm_words: Iterable[str] = ()) -> bool:
    """Say whether any of `urgent_words` is in `words`; for lists that are used once."""
    return UrgentWords(urgent_words, calm_words).heard_in(words)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of any of the words, the longest first."""
    found = sorted(filter(None, words), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, found))) if found else _NEVER


def _plain(words: str) -> str:
    """Return letters, figures and signs only, in one width and without capitals."""
    return "".join(
        sign
        for sign in unicodedata.normalize("NFKC", words).casefold()
        if unicodedata.category(sign)[0] not in "ZPSC"
    )
