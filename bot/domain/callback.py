"""Callback: when residents are asked about the work, what their answers mean, what they decide.

Source: the rules of the neighbourhood, "Callback", and the two-thirds rule below "Moves".
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from bot.domain.budget import Hours, quiet_until
from bot.domain.calendar import Calendar

YES, HALF, NO, SO_SO = "yes", "half", "no", "so_so"
SOLVED, SATISFIED = (YES, HALF, NO), (YES, SO_SO, NO)  # in the order of the buttons
SAID = ("thanks", "untidy", "again")  # ready answers to the third question
NOTHING = "nothing"
AGAIN, LEAVE, CALL = "again", "leave", "call"
WISHES = (AGAIN, LEAVE, CALL)
GOOD, BROKEN, NEVER = "good", "broken", "never"
LATER = (GOOD, BROKEN, NEVER)
PLANNED, ASKED, PHONE, ANSWERED, VOID = "planned", "asked", "phone", "answered", "void"
OPEN = frozenset({PLANNED, ASKED, PHONE})
WANTED, DONE = "wanted", "done"  # a personal call by the supervisor
CHAT, BY_PHONE = "chat", "phone"

ASK_AT = time(10)  # local
APART = timedelta(days=1)  # between two surveys to one person
REMIND_AFTER = timedelta(hours=48)
MOST_ASKED = (
    2  # the questions and one reminder; the result itself was the first to be met by silence
)
DISSENT_STANDS = timedelta(days=1)  # then the reporter's "no" asks for reopening by itself
WRITE_WITHIN = timedelta(hours=1)  # then what is sent is a report again
LATER_AFTER = timedelta(days=28)
LATER_CATEGORIES = frozenset({"utilities", "lift", "parking", "noise"})
CHECK_RATE = 0.1
_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Callback:
    """What one person is asked about one round of a case, and what they said; instants are UTC."""

    community_id: int
    case_number: int
    round: int
    person_id: int
    status: str
    shown_at: datetime
    asked_at: datetime | None = None
    asked_times: int = 0
    solved: str | None = None
    satisfied: str | None = None
    words: str | None = None
    wish: str | None = None
    answered_at: datetime | None = None
    answered_by: int | None = None
    channel: str | None = None
    later: str | None = None
    later_at: datetime | None = None
    check_status: str | None = None
    check_solved: str | None = None
    check_satisfied: str | None = None
    checked_at: datetime | None = None
    checked_by: int | None = None

    @property
    def dissents(self) -> bool:
        """Say whether the answer is one that offers to do it again."""
        return self.solved in {HALF, NO} or self.satisfied == NO

    @property
    def differs(self) -> bool:
        """Say whether the personal call heard something else than the bot."""
        if self.check_status != DONE:
            return False
        heard = (self.check_solved, self.check_satisfied)
        return heard != (self.solved, self.satisfied)


def step_of(one: Callback) -> str:
    """Return the question that comes next: q1, q2, q3, reopen; or thanks, when it is over.

    Whoever says "no" to the result, before anything was asked, is offered at once to have it
    done again.
    """
    if one.solved is None:
        return "q1"
    if one.wish is not None:
        return "thanks"
    at_once = one.dissents and one.asked_at is None
    if one.satisfied is None and not at_once:
        return "q2"
    if one.dissents:
        return "reopen"
    return "q3" if one.words is None else "thanks"


def first_asked(calendar: Calendar, resolved_at: datetime) -> datetime:
    """Return when (UTC) to ask about what was done at `resolved_at`: next day at ten, local."""
    return _at_ten(calendar, resolved_at, timedelta(days=1))


def later_asked(calendar: Calendar, closed_at: datetime) -> datetime:
    """Return when (UTC) to ask whether it is still good: 28 days after it was closed, at ten."""
    return _at_ten(calendar, closed_at, LATER_AFTER)


def next_morning(calendar: Calendar, after: datetime) -> datetime:
    """Return the first ten o'clock (UTC) that is not before `after`."""
    today = _at_ten(calendar, after, timedelta())
    return today if today >= after else _at_ten(calendar, after, timedelta(days=1))


def _at_ten(calendar: Calendar, day_of: datetime, ahead: timedelta) -> datetime:
    day = calendar.local(day_of).date() + ahead
    opened = max(ASK_AT, calendar.opens)  # where nobody serves at ten, as soon as somebody does
    return datetime.combine(day, opened, calendar.zone).astimezone(day_of.tzinfo)


def may_ask_from(
    calendar: Calendar, now: datetime, last_survey: datetime | None, quiet: Collection[Hours]
) -> datetime:
    """Return when (UTC) the person may be asked: now, or on a later morning.

    Nobody is asked outside service hours or in their quiet hours, nor twice within a day. The
    minute of the last survey counts, so that ten o'clock is a day after ten o'clock.
    """
    if last_survey is not None:
        free = last_survey.replace(second=0, microsecond=0) + APART
        if free > now:
            return _quiet_over(calendar, next_morning(calendar, free), quiet)
    if is_polite(calendar, now, quiet):
        return now
    return _quiet_over(calendar, next_morning(calendar, now + _MOMENT), quiet)


def _quiet_over(calendar: Calendar, at: datetime, quiet: Collection[Hours]) -> datetime:
    """Return the instant, or the end of the quiet hours in which it lies."""
    return quiet_until(at, calendar.zone, quiet) or at


def is_polite(calendar: Calendar, now: datetime, quiet: Collection[Hours]) -> bool:
    """Say whether people may be asked at `now`."""
    return calendar.is_service_time(now) and quiet_until(now, calendar.zone, quiet) is None


class Verdict(StrEnum):
    """What the answers to one round decide."""

    SOLVED = "solved"  # it closes
    WAIT = "wait"  # an answer that is still out may change it
    OPEN = "open"  # they do not close it: the supervisor decides


def verdict(reporter_id: int, asked: Collection[Callback]) -> Verdict:
    """Return what the answers decide: two thirds of those who answered, never against the reporter.

    A tie is a no. As soon as what is still out cannot change it, it is decided.
    """
    said = [one for one in asked if one.solved is not None]
    out = [one for one in asked if one.solved is None and one.status in {PLANNED, ASKED}]
    own = next((one for one in asked if one.person_id == reporter_id), None)
    if own is not None and own.solved not in {None, YES}:
        return Verdict.OPEN
    good = sum(one.solved == YES for one in said)
    if any(one.person_id == reporter_id for one in out):
        return Verdict.WAIT
    if not said:
        return Verdict.WAIT
    whole = len(said) + len(out)
    if _two_thirds(good, whole):
        return Verdict.SOLVED
    return Verdict.WAIT if _two_thirds(good + len(out), whole) else Verdict.OPEN


def _two_thirds(part: int, whole: int) -> bool:
    return 3 * part >= 2 * whole


def is_drawn(chance: float, rate: float) -> bool:
    """Say whether an answered case goes to the list of personal calls; `chance` is in [0, 1)."""
    return chance < rate
