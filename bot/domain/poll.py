"""A poll of the messenger's own: what is asked, and how its votes stand, without names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

_AT_LEAST = timedelta(minutes=1)  # for which a poll has to be open when it goes


@dataclass(frozen=True, slots=True)
class Poll:
    """What is asked. `right` names the right options of a quiz, from 0.

    It ends `seconds` after it was sent, or `until` (a Unix second); without both never by itself.
    `marks` are the messenger's own marks in the explanation.
    """

    question: str
    options: tuple[str, ...]
    quiz: bool = False
    anonymous: bool = True
    multiple: bool = False
    revoting: bool = True
    right: tuple[int, ...] = ()
    explanation: str = ""
    marks: tuple[Mapping[str, Any], ...] = ()
    seconds: int | None = None
    until: int | None = None
    closed: bool = False  # nobody can vote: only to be seen before it goes

    def stored(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "question": self.question,
            "options": list(self.options),
            "quiz": self.quiz,
            "anonymous": self.anonymous,
            "multiple": self.multiple,
            "revoting": self.revoting,
            "right": list(self.right),
            "explanation": self.explanation,
            "marks": [dict(one) for one in self.marks],
            "seconds": self.seconds,
            "until": self.until,
        }

    @classmethod
    def read(cls, held: Mapping[str, Any]) -> "Poll":
        """Return what was stored."""
        lists = {name: tuple(held[name]) for name in ("options", "right", "marks")}
        return cls(**{**held, **lists})

    def ends_before(self, at: datetime) -> bool:
        """Say whether it would have ended when it goes at `at` (UTC)."""
        return self.until is not None and self.until < (at + _AT_LEAST).timestamp()


@dataclass(frozen=True, slots=True)
class Votes:
    """How many chose each option, how many voted, and when (UTC) it was closed."""

    counts: tuple[int, ...]
    voters: int = 0
    closed_at: datetime | None = None
