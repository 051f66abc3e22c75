"""What points at a root cause: many alike in a building, undone work, many neighbours, delays.

Source: the rules of the neighbourhood, "Same problem, several neighbours" and "Moves". A signal
is raised once per occurrence; what it says can be put on the next meeting's agenda or noted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum


class SignalKind(StrEnum):
    """What was noticed."""

    ALIKE = "alike"  # several cases of one category in one building
    REOPENED = "reopened"  # one thing was done again and again
    NEIGHBOURS = "neighbours"  # many have the same problem
    PROMISES = "promises"  # the time that was said was moved and moved


class Answer(StrEnum):
    """What somebody did about a signal."""

    AGENDA = "agenda"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From how many on something is a signal; the organisation file may say otherwise."""

    alike: int = 3
    alike_within: timedelta = timedelta(days=14)
    reopened: int = 2
    neighbours: int = 5
    promises: int = 2


_NEW_HANDLER = frozenset({"assign", "claim", "return_", "overrule_return", "transfer", "reopen"})
_BETWEEN = "/"


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal; `subject` and `occurrence` with its kind are unique in the community.

    The subject is the number of a case, or of ALIKE building and category; `case_number` is the
    case that raised it. Instants are UTC.
    """

    community_id: int
    id: int
    kind: SignalKind
    subject: str
    occurrence: str
    case_number: int
    n: int  # how many there were when it was raised
    raised_at: datetime
    closed_at: datetime | None = None
    closed_by: int | None = None
    answer: Answer | None = None

    @property
    def spot(self) -> tuple[str, str]:
        """Return building and category of a signal of kind ALIKE, as codes."""
        building, _, category = self.subject.partition(_BETWEEN)
        return building, category


def numbered(one: Signal, id_: int) -> Signal:
    """Return the signal with its id."""
    return replace(one, id=id_)


def subject_of(building: str, category: str) -> str:
    """Return the subject under which what is alike in a building is counted."""
    return f"{building}{_BETWEEN}{category}"


def moved_promises(moves: Iterable[str]) -> int:
    """Return how often whoever has a case moved their promise since it was last reopened.

    `moves` are the names of its history, oldest first. The first promise of a new handler moves
    nothing.
    """
    moved, promised = 0, False
    for name in moves:
        if name == "promise":
            moved, promised = moved + promised, True
        elif name in _NEW_HANDLER:
            promised = False
            moved = 0 if name == "reopen" else moved
    return moved


def first_of_enough(
    reported: Sequence[tuple[int, datetime]], since: datetime, least: int
) -> int | None:
    """Return the first of the cases reported after `since`, when there are `least` of them.

    `reported` are number and instant (UTC) of what is alike.
    """
    counted = sorted(number for number, at in reported if at > since)
    return counted[0] if len(counted) >= least else None
