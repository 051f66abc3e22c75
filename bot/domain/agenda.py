"""What a meeting speaks of: items from rules and from residents, and what became of them.

Source: the rules of the neighbourhood, "Meetings": overdue cases, three neighbours and more,
reopened twice; residents' topics are decided by the secretary, with an answer either way.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

CO_SIGNERS = 3  # neighbours from whom on a case comes onto the weekly agenda
TOPIC, MANY, AGAIN, CLIMBED = "topic", "neighbours", "again", "climbed"  # kinds, beside the rules'
MOST = 12  # items of one meeting; what is left waits for the next
TITLE = 60  # characters of a topic by which it is known
_PAIRS = 2  # characters that are compared together
_ALIKE = 0.34  # of the pairs of the shorter topic that both have


class ItemStatus(StrEnum):
    """How an item stands."""

    PROPOSED = "proposed"  # by a resident: the secretary decides
    WAITING = "waiting"  # for the next meeting of its series
    PLACED = "placed"  # on the agenda of a meeting
    TOGETHER = "together"  # goes along with another one that is alike
    REFUSED = "refused"
    DROPPED = "dropped"  # the case was settled before the meeting
    DONE = "done"  # the meeting has concluded


class Conclusion(StrEnum):
    """What a meeting concludes about an item."""

    AGREED = "agreed"  # somebody does it by a day
    AGAIN = "again"  # the next meeting of the series
    CLIMB = "climb"  # the series above
    PROPOSAL = "proposal"  # needs money or a decision of all
    NOTED = "noted"  # told, nothing to do


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be spoken of: about which case, why, since when (UTC), whose company's."""

    community_id: int
    id: int
    series: str
    kind: str
    case_number: int | None
    company: str | None
    at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict, hash=False)
    status: ItemStatus = ItemStatus.WAITING
    version: int = 1
    meeting_id: int | None = None
    words: str | None = None  # of a topic
    voice: str | None = None  # the file of a topic that was spoken
    person_id: int | None = None  # who proposed it
    with_id: int | None = None  # the item with which it goes along
    answer: str | None = None  # to who proposed it
    conclusion: Conclusion | None = None
    said: str | None = None  # the conclusion in words

    @property
    def is_whole(self) -> bool:
        """Say whether nothing is missing: who does it, and by when, where somebody does."""
        does = self.conclusion is Conclusion.AGREED
        return self.conclusion is not None and (not does or {"owner", "until"} <= set(self.facts))


def choices_in(series_above: str | None, *, proposals: bool) -> tuple[Conclusion, ...]:
    """Return what may be concluded: the weekly lets it climb, the others make it a proposal."""
    last = Conclusion.CLIMB if series_above else Conclusion.PROPOSAL
    usual = (Conclusion.AGREED, Conclusion.AGAIN, last, Conclusion.NOTED)
    return usual if series_above or proposals else (*usual[:2], usual[-1])


def _pairs(words: str) -> set[str]:
    plain = "".join(one for one in words.lower() if one.isalnum())
    return {plain[at : at + _PAIRS] for at in range(len(plain) - 1)}


def alike(words: str, others: Mapping[int, str]) -> int | None:
    """Return the topic, by id, that speaks of much the same; None when none does.

    It only groups what the secretary decides about together, so a miss does no harm.
    """
    mine = _pairs(words)
    best: tuple[float, int] | None = None
    for id_, said in sorted(others.items()):
        theirs = _pairs(said)
        least = min(len(mine), len(theirs))
        share = len(mine & theirs) / least if least else 0.0
        if share >= _ALIKE and (best is None or share > best[0]):
            best = (share, id_)
    return best[1] if best else None
