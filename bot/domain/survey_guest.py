"""Somebody whom a survey asks: whether they took part, never when and never what they said."""

from dataclasses import dataclass
from datetime import datetime

WAITS, SILENT, LEFT_OUT, ANSWERED = "waits", "silent", "left_out", "answered"
COUNTED = frozenset({SILENT, ANSWERED, LEFT_OUT})  # as asked


@dataclass(frozen=True, slots=True)
class Guest:
    """One person of a survey; `asked_at` (UTC) is when they were asked last.

    waits: is still to be asked; silent: was asked; left_out: would rather not, or cannot be
    reached; answered: has handed in a paper.
    """

    community_id: int
    survey_id: int
    person_id: int
    building: str
    status: str = WAITS
    asked_at: datetime | None = None
    asked_times: int = 0
    case_number: int | None = None
