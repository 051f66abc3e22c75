"""Pieces of words: what is kept of a case so that it is found again, and what a query looks for.

Chinese is written without blanks, so each two neighbouring characters are a piece; a word or a
number in ASCII counts as one character. Found is what has every piece of the query.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

MOST_BYTES = 33  # of a query: it has to fit into a button, with a page and a number
READ = 1000  # characters of each text that can be found again
_LONGEST = 24  # characters of a word
_TOKEN = re.compile(r"[a-z0-9]+|[^\W_]")


def pieces_of(texts: Iterable[str]) -> frozenset[str]:
    """Return the pieces under which a case with these texts is found."""
    found: set[str] = set()
    for text in texts:
        for run in _runs(text[:READ]):
            found.update(run)
            found.update(_pairs(run))
    return frozenset(found)


def wanted(query: str) -> frozenset[str]:
    """Return the pieces that a case must have; none when the query says nothing."""
    found: set[str] = set()
    for run in _runs(query):
        found.update(_pairs(run) if len(run) > 1 else run)
    return frozenset(found)


def tidy(query: str) -> str:
    """Return the query without marks, as it goes into a button; cut to `MOST_BYTES`."""
    plain = " ".join("".join(run) for run in _runs(query))
    return plain.encode()[:MOST_BYTES].decode(errors="ignore").strip()


def _runs(text: str) -> Iterator[list[str]]:
    """Yield what stands together without a blank or a mark between, each as its tokens."""
    run: list[str] = []
    end = -1
    for token in _TOKEN.finditer(unicodedata.normalize("NFKC", text).casefold()):
        if run and token.start() != end:
            yield run
            run = []
        run.append(token.group()[:_LONGEST])
        end = token.end()
    if run:
        yield run


def _pairs(run: list[str]) -> Iterator[str]:
    """Yield each two that stand together; a number also with the two behind it.

    So building 3 is not found where there is a building 5 with a door 3.
    """
    yield from (left + right for left, right in pairwise(run))
    yield from (
        "".join(three) for three in zip(run, run[1:], run[2:], strict=False) if three[0].isdecimal()
    )
