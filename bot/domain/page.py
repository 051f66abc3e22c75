"""A page of a list that may be long: how far to read for it, and what is said of the rest.

Nobody turns a thousand pages. What lies further on than anybody looks is not counted either: the
list is of "more than 99", and goes on as one turns its pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

One = TypeVar("One")
AHEAD = 100  # entries that are read from a page on; where so many are found there may be more
_FURTHEST = 10_000  # pages


@dataclass(frozen=True, slots=True)
class Page:
    """The page `at`, the first is 0, of `size` entries."""

    at: int
    size: int
    ahead: int = AHEAD

    @property
    def most(self) -> int:
        """Return how many entries to read, from the first one on."""
        return min(self.at, _FURTHEST) * self.size + self.ahead

    def cut(self, found: Sequence[One]) -> tuple[Sequence[One], dict[str, Any]]:
        """Return what stands on the page, the last one if there is none so far, and its facts."""
        pages = max(1, -(-len(found) // self.size))
        at = min(self.at, pages - 1)
        facts = {"page": at, "pages": pages, "total": len(found), "beyond": len(found) == self.most}
        return found[at * self.size : (at + 1) * self.size], facts
