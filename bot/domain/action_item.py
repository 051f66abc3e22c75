"""What a meeting has decided that somebody does by a day, and how it is followed.

Source: the rules of the neighbourhood, "Meetings": the same nudges as cases. Pure rules.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

WORDS = 200  # characters of what was done, or of a reason
LONGEST = 366  # days ahead
_AT = time(9)  # local
_DAY = timedelta(days=1)
_CHIPS = (3, 7, 14, 30)  # days from today, moved to a working day


class ActionStatus(StrEnum):
    """How it stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"  # the minutes were changed before they were published


class Stage(StrEnum):
    """What is said as its day comes near and goes by."""

    SOON = "soon"  # two days before
    TODAY = "today"
    LATE = "late"
    VERY_LATE = "very_late"  # five days over: the secretary hears of it


_STAGES = {Stage.SOON: -2, Stage.TODAY: 0, Stage.LATE: 1, Stage.VERY_LATE: 5}  # days


@dataclass(frozen=True, slots=True)
class ActionItem:
    """One of them; `until` is a local date, instants are UTC."""

    community_id: int
    id: int
    meeting_id: int
    item_id: int
    case_number: int | None
    what: str
    owner_id: int
    until: str
    status: ActionStatus
    version: int = 1
    half: bool = False  # the owner says that half is done
    extensions: int = 0
    reason: str | None = None  # of the last extension
    done_at: datetime | None = None
    done_words: str | None = None
    done_photo: str | None = None

    @property
    def last_day(self) -> date:
        """Return the local date by which it is to be done."""
        return date.fromisoformat(self.until)

    def was_late(self, zone: ZoneInfo) -> bool:
        """Say whether it was done after its day."""
        return self.done_at is not None and self.done_at.astimezone(zone).date() > self.last_day


def falls_due(one: ActionItem, zone: ZoneInfo) -> dict[Stage, datetime]:
    """Return when (UTC) each stage comes, in their order."""
    return {
        stage: datetime.combine(one.last_day + days * _DAY, _AT, zone)
        for stage, days in _STAGES.items()
    }


def chips(today: date, is_working_day: Callable[[date], bool]) -> list[date]:
    """Return the days that are offered for it, each a working one."""
    found = []
    for days in _CHIPS:
        day = today + days * _DAY
        while not is_working_day(day):
            day += _DAY
        if day not in found:
            found.append(day)
    return found


def may_be_until(day: date, today: date) -> bool:
    """Say whether the day can be that of an action item."""
    return today <= day <= today + LONGEST * _DAY
