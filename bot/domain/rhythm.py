"""How often something happens, as people choose it: by buttons a step at a time, or in words.

What was chosen so far travels in the buttons as a short text, `said`: a pattern ("w", "m2",
"q2SA", "w2TH", "d-1"), then time, minutes and policy behind dots ("q2SA.1930.120.after"). Nothing
is kept between two taps. Pure: words come from outside.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import TypeVar

from bot.domain.moment import MomentWords, clock_in, with_figures
from bot.domain.recurrence import OnHoliday, Rule

Found = TypeVar("Found")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEK, MONTH, QUARTER, DAY = "w", "m", "q", "d"
EVERY = (WEEK, MONTH, QUARTER)  # what a button begins with; the rest is typed
NTH = (1, 2, 3, 4, -1)  # which of the weekdays of a month
TIMES = ("0700", "0900", "1400", "1600", "1900", "2000")
MINUTES = (30, 60, 90, 120, 180, 240)
LONGEST = 24 * 60  # minutes
_LAST_MONTHS = "BYMONTH=3,6,9,12"
_FURTHEST = 12  # weeks from one to the next
_PATTERN = re.compile(r"([wmqd])(-?\d{1,2})?((?:MO|TU|WE|TH|FR|SA|SU)*)")
_RULE = {
    WEEK: re.compile(r"FREQ=WEEKLY(?:;INTERVAL=(\d+))?;BYDAY=([A-Z,]+)"),
    MONTH: re.compile(r"FREQ=MONTHLY;BYDAY=(-?\d)([A-Z]{2})"),
    QUARTER: re.compile(rf"FREQ=MONTHLY;{_LAST_MONTHS};BYDAY=(-?\d)([A-Z]{{2}})"),
    DAY: re.compile(r"FREQ=MONTHLY;BYMONTHDAY=(-?\d+)()"),
}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A pattern of days: every `nth` week, the nth weekday of a month, the nth day of a month."""

    every: str
    nth: int = 0  # 0: not said yet; of weeks 0 is every one
    days: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """Return the pattern as it stands in a button."""
        return f"{self.every}{self.nth or ''}{''.join(self.days)}"

    @property
    def rule(self) -> str:
        """Return the RRULE of a whole pattern."""
        if self.every == WEEK:
            gap = f";INTERVAL={self.nth}" if self.nth else ""
            return f"FREQ=WEEKLY{gap};BYDAY={','.join(self.days)}"
        if self.every == DAY:
            return f"FREQ=MONTHLY;BYMONTHDAY={self.nth}"
        months = f"{_LAST_MONTHS};" if self.every == QUARTER else ""
        return f"FREQ=MONTHLY;{months}BYDAY={self.nth}{self.days[0]}"

    @property
    def missing(self) -> str:
        """Return what has to be asked next: "which", "weekday", or nothing."""
        if self.every != WEEK and not self.nth:
            return "which"
        return "weekday" if self.every != DAY and not self.days else ""


def rhythm_of(rule: str) -> Rhythm | None:
    """Return the pattern behind an RRULE, None for one that no button could make."""
    for every, shape in _RULE.items():
        if found := shape.fullmatch(rule):
            days = tuple(found[2].split(",")) if found[2] else ()
            return Rhythm(every, int(found[1] or 0), days)
    return None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen so far."""

    rhythm: Rhythm | None = None
    at: time | None = None
    minutes: int = 0
    policy: OnHoliday | None = None

    @property
    def said(self) -> str:
        """Return it as it travels in the buttons."""
        parts = [self.rhythm.code if self.rhythm else "", self.at and f"{self.at:%H%M}"]
        parts += [str(self.minutes or ""), self.policy and self.policy.value]
        return ".".join(part or "" for part in parts).rstrip(".")

    @property
    def step(self) -> str:
        """Return what is asked next; "check" when all is said."""
        if self.rhythm is None:
            return "every"
        if self.rhythm.missing:
            return self.rhythm.missing
        if self.at is None:
            return "at"
        if not self.minutes:
            return "lasts"
        return "policy" if self.policy is None else "check"

    def rule(self, begins: date) -> Rule:
        """Return the rule that counts from `begins`; raises ValueError while something is open."""
        if self.step != "check" or self.rhythm is None or self.at is None or self.policy is None:
            raise ValueError(f"not all is said: {self.said}")
        lasts = timedelta(minutes=self.minutes)
        monday = begins - timedelta(days=begins.weekday())
        return Rule(self.rhythm.rule, self.at, lasts, self.policy, monday)


def chosen(said: str) -> Chosen | None:
    """Return what a button carries, None for what none carries."""
    pattern, at, minutes, policy, *rest = [*said.split("."), "", "", ""]
    try:
        rhythm = _rhythm(pattern) if pattern else None
        found = Chosen(
            rhythm,
            time(int(at[:2]), int(at[2:])) if at else None,
            int(minutes or 0),
            OnHoliday(policy) if policy else None,
        )
    except (ValueError, IndexError):
        return None
    whole = not any(rest) and found.said == said and 0 <= found.minutes <= LONGEST
    return found if whole else None


def _rhythm(code: str) -> Rhythm:
    shape = _PATTERN.fullmatch(code)
    if shape is None:
        raise ValueError(code)
    days = tuple(shape[3][at : at + 2] for at in range(0, len(shape[3]), 2))
    found = Rhythm(shape[1], int(shape[2] or 0), days)
    if not _is_possible(found):
        raise ValueError(code)
    return found


def _is_possible(one: Rhythm) -> bool:
    if one.every == WEEK:
        return 0 <= one.nth <= _FURTHEST and one.nth != 1 and len(set(one.days)) == len(one.days)
    if one.every == DAY:
        return (one.nth == -1 or 0 <= one.nth <= 31) and not one.days  # noqa: PLR2004
    return one.nth in {0, *NTH} and len(one.days) <= (1 if one.nth else 0)


# --- in words ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RhythmWords:
    """The words of a language for what comes again and again."""

    every: Mapping[str, str]  # to a pattern's first letter, "w2" for every other week
    weekdays: Mapping[str, int]  # Monday is 0
    nth: Mapping[str, int]
    last_month: tuple[str, ...]  # of the quarter, which goes without saying
    last_day: tuple[str, ...]
    day: tuple[str, ...]  # behind the day of a month
    moment: MomentWords


def parse(words: str, known: RhythmWords) -> Chosen | None:
    """Return what the words say: a whole pattern, and a time if there is one; None when unsure."""
    text = unicodedata.normalize("NFKC", words).casefold().replace(" ", "")
    for one in known.last_month:
        text = text.replace(one, "")
    days, text = _weekdays(text, known.weekdays)
    every, text = _first(text, known.every)
    if every is None:
        return None
    text = with_figures(text, known.moment.digits)
    found = _pattern(every, days, text, known)
    if found is None or found.missing or not _is_possible(found):
        return None
    return Chosen(found, clock_in(text, known.moment))


def _pattern(every: str, days: tuple[str, ...], text: str, known: RhythmWords) -> Rhythm | None:
    if every.startswith(WEEK):
        return Rhythm(WEEK, int(every[1:] or 0), days)
    if days:
        nth, _ = _first(text, known.nth)
        return None if nth is None else replace(Rhythm(every, days=days[:1]), nth=nth)
    if every != MONTH:
        return None
    if any(one in text for one in known.last_day):
        return Rhythm(DAY, -1)
    on = re.search(rf"(\d{{1,2}})(?:{'|'.join(map(re.escape, known.day))})", text)
    return Rhythm(DAY, int(on[1])) if on else None


def _first(text: str, names: Mapping[str, Found]) -> tuple[Found | None, str]:
    """Return what the longest name in the text means, and the text without it."""
    for name in sorted(names, key=len, reverse=True):
        if name in text:
            return names[name], text.replace(name, "|", 1)
    return None, text


def _weekdays(text: str, names: Mapping[str, int]) -> tuple[tuple[str, ...], str]:
    """Return the weekdays in their order, and the text without them."""
    shape = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    found = {names[one] for one in re.findall(shape, text)}
    return tuple(DAYS[day] for day in sorted(found)), re.sub(shape, "|", text)
