"""When something may ring, and how often: quiet hours and the alerts that a resident gets.

Source: dialogues, "Limits on every text". Quiet hours hold only what the person did not just
cause; silent edits and emergencies pass. All instants are aware.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

MOST_ALERTS = 3  # about one case, before the resident is asked whether it is solved
# Progress: what the live card shows as well. Questions, results and decisions always ring.
PROGRESS = frozenset(
    {
        *("case.taken", "case.promised", "case.promise_moved", "case.promise_missed"),
        *("case.extended", "case.unmerged", "case.still"),
    }
)
PICTURES = frozenset({"case.photos", "case.file"})
# Alarms, answers that came late, and what makes no sound.
_ALWAYS = ("admin.", "common.", "toast.", "refusal.", "menu.commands", "group.place")
_URGENT = frozenset({"case.urgent", "desk.urgent"})
_DAY = timedelta(days=1)


MOST_A_WEEK = 2  # messages of organizers to a resident; more become the daily digest
WEEK = timedelta(days=7)
DIGEST_AT = time(18)  # local
_FRIDAY = 4


class Notices(StrEnum):
    """How often somebody wants to hear what is said to many."""

    EACH = "each"
    DAILY = "daily"
    LESS = "less"  # once a week


class Sort(StrEnum):
    """What is said to many, by kind; each person says of each how often. Names of settings."""

    NOTICE = "notices"
    RECURRING = "recurring"  # what comes again and again
    SURVEY = "surveys"  # invitations, reminders, results


_FEWER = {Notices.EACH: Notices.DAILY, Notices.DAILY: Notices.LESS, Notices.LESS: Notices.LESS}


def fewer(wish: Notices) -> Notices:
    """Return one step less: from each to once a day to once a week."""
    return _FEWER[wish]


class Reason(StrEnum):
    """Why a letter is due when it is."""

    OWN = "own"  # the answer to what the person just did
    EDIT = "edit"  # redraws silently what is there
    URGENT = "urgent"
    NEWS = "news"
    QUIET = "quiet"  # waits for the end of the quiet hours


@dataclass(frozen=True, slots=True)
class Hours:
    """A span of local time that may pass midnight; equal ends are no time at all."""

    begins: time
    ends: time

    def end_after(self, local: datetime) -> datetime | None:
        """Return when (UTC) the span ends that the aware local time lies in, None outside."""
        clock = local.time().replace(tzinfo=None)
        overnight = self.begins > self.ends
        if overnight:
            inside = clock >= self.begins or clock < self.ends
        else:
            inside = self.begins <= clock < self.ends
        if not inside:
            return None
        day = local.date() + (_DAY if overnight and clock >= self.begins else timedelta(0))
        return datetime.combine(day, self.ends, local.tzinfo).astimezone(UTC)


def quiet_until(now: datetime, zone: ZoneInfo, hours: Iterable[Hours]) -> datetime | None:
    """Return when (UTC) the quiet hours end in which `now` lies, None outside of them.

    Spans that overlap or follow each other are one.
    """
    spans, at = tuple(hours), now
    for _ in spans:
        ends = [end for one in spans if (end := one.end_after(at.astimezone(zone))) is not None]
        if not ends:
            break
        at = max(ends)
    return at if at > now else None


def always_passes(kind: str, *, urgent: bool) -> bool:
    """Say whether a letter of `kind` rings at any hour; `urgent` says that its case is."""
    return urgent or kind in _URGENT or kind.startswith(_ALWAYS)


def may_ring(kind: str, *, alerts: bool, rung: int) -> bool:
    """Say whether an alert may ring at all; else the silent live card has to do.

    `alerts`: the person wants to hear of progress; `rung`: how often they were told so far.
    """
    return kind not in PROGRESS or (alerts and rung < MOST_ALERTS)


def is_told_at_once(
    wish: Notices, told: Iterable[datetime], at: datetime, zone: ZoneInfo, *, serves: bool
) -> bool:
    """Say whether what is said to many reaches a person by itself at `at`, or in their digest.

    `told` is when (UTC) they got such messages and digests lately. A resident gets two a week,
    and one a day; whoever serves gets what they need for it.
    """
    if wish is not Notices.EACH or serves:
        return wish is Notices.EACH
    near = [one for one in told if abs(one - at) < WEEK]
    return len(near) < MOST_A_WEEK and not is_told_on(near, at, zone)


def is_told_on(told: Iterable[datetime], at: datetime, zone: ZoneInfo) -> bool:
    """Say whether one of the instants `told` lies on the local day of `at`."""
    day = at.astimezone(zone).date()
    return any(one.astimezone(zone).date() == day for one in told)


def digest_after(wish: Notices, at: datetime, zone: ZoneInfo) -> datetime:
    """Return when (UTC) the next digest is due after `at`: that of a day, or of the week."""
    local = at.astimezone(zone)
    day = local.date() + (_DAY if local.time() >= DIGEST_AT else timedelta(0))
    while wish is Notices.LESS and day.weekday() != _FRIDAY:
        day += _DAY
    return datetime.combine(day, DIGEST_AT, zone).astimezone(UTC)
