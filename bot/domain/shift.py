"""A shift, who is on it and how they stand to it, and the search for somebody who goes instead.

Source: the rules of the neighbourhood, "Rosters and patrols". Instants are UTC, days local.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

HAZARDS = ("passage", "fire_gear", "charging", "lights", "doors", "height")
WHY = ("away", "unwell", "unsaid")  # why somebody asks for cover


class ShiftStatus(StrEnum):
    """How a shift stands."""

    DRAFT = "draft"  # the leader may still change who goes; nobody was told
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Shift:
    """One time of a roster; known by its planned local date."""

    community_id: int
    id: int
    roster_id: int
    planned: date
    starts: datetime
    ends: datetime
    needed: int
    status: ShiftStatus = ShiftStatus.DRAFT
    version: int = 1
    moved: bool = False  # to another time, by hand: what the template says counts no more

    def changed(self, **changes: object) -> "Shift":
        """Return it changed, one version further."""
        return replace(self, version=self.version + 1, **changes)  # type: ignore[arg-type]


class DutyStatus(StrEnum):
    """How somebody stands to a shift."""

    ASKED = "asked"  # has not said yet
    COMING = "coming"
    SEEKING = "seeking"  # cannot come; somebody else is being looked for
    GIVEN = "given"  # somebody else goes instead
    OFF = "off"  # taken off by hand, or the shift was cancelled
    CAME = "came"
    MISSED = "missed"  # known to the leader alone


ON = frozenset({DutyStatus.ASKED, DutyStatus.COMING, DutyStatus.SEEKING, DutyStatus.CAME})
EXPECTED = frozenset({DutyStatus.ASKED, DutyStatus.COMING, DutyStatus.SEEKING})
UNSURE = frozenset({DutyStatus.ASKED, DutyStatus.SEEKING})


@dataclass(frozen=True, slots=True)
class Duty:
    """Somebody on a shift."""

    community_id: int
    id: int
    shift_id: int
    person_id: int
    status: DutyStatus = DutyStatus.ASKED
    stands_in_for: int | None = None
    came_at: datetime | None = None
    minutes: int = 0  # served; kept for what comes later of them
    hazards: tuple[str, ...] = ()  # ticked on the list
    version: int = 1
    reported: Mapping[str, int] = field(default_factory=dict, hash=False)  # hazard: its case

    def changed(self, **changes: object) -> "Duty":
        """Return it changed, one version further."""
        return replace(self, version=self.version + 1, **changes)  # type: ignore[arg-type]


class SwapStatus(StrEnum):
    """How the search for somebody else stands."""

    OPEN = "open"
    FOUND = "found"
    NOBODY = "nobody"  # all were asked
    OVER = "over"  # comes after all, was replaced by hand, or the shift is over


class Answer(StrEnum):
    """What somebody said who was asked to stand in."""

    YES = "yes"
    NO = "no"
    NOT_THIS_MONTH = "not_this_month"
    SILENT = "silent"  # two hours have passed


@dataclass(frozen=True, slots=True)
class Swap:
    """The search for somebody who goes instead."""

    community_id: int
    id: int
    duty_id: int
    why: str
    begun_at: datetime
    status: SwapStatus = SwapStatus.OPEN
