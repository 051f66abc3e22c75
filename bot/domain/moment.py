"""Times as people write them: "tomorrow at three in the afternoon", "Wednesday", "the 25th".

Pure: the words come from outside, and so does the present. What is not sure is not understood.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

_DAY = timedelta(days=1)
_WEEK = 7
_NIGHT_ENDS = 7  # an hour up to this one, said alone, is in the afternoon
_NOON, _EVENING, _MONTHS = 12, 18, 12
_TENS = 10


@dataclass(frozen=True, slots=True)
class MomentWords:
    """The words of a language for days and hours."""

    days: Mapping[str, int]  # how many days ahead
    weekdays: Mapping[str, int]  # Monday is 0
    next_week: tuple[str, ...]
    morning: tuple[str, ...]
    noon: tuple[str, ...]
    afternoon: tuple[str, ...]
    evening: tuple[str, ...]
    hour: tuple[str, ...]
    half: str
    month: tuple[str, ...]
    day: tuple[str, ...]
    year: tuple[str, ...]
    past: tuple[str, ...]  # days of which nothing can be planned any more
    later_hours: tuple[str, ...]
    later_days: tuple[str, ...]
    digits: Mapping[str, int]


def parse(said: str, words: MomentWords, now: datetime) -> datetime | None:
    """Return the instant (UTC) that is meant at `now` (aware, local); None when not sure.

    A day alone means its end of the afternoon, a morning its noon. What could have been earlier
    today is taken for the next time that the clock shows it.
    """
    text = with_figures(_tight(_dates_in_words(said, words)), words.digits)
    if _says(text, words.past):
        return None
    later = _later(text, words, now)
    if later is not None:
        return later.astimezone(UTC)
    day = _day(text, words, now.date())
    clock = clock_in(text, words)
    if day is None and (clock is None or _names_date(text, words)):
        return None
    at = datetime.combine(day or now.date(), clock or time(_EVENING), now.tzinfo)
    if day is None and at <= now:
        at += _DAY
    return at.astimezone(UTC)


def _dates_in_words(said: str, words: MomentWords) -> str:
    """Return the text with dates such as 2026-12-01 and 12/1 as they are written in words."""
    year, month, day = words.year[0], words.month[0], words.day[0]

    def written(found: re.Match[str]) -> str:
        of_year = f"{found[1]}{year}" if found[1] else ""
        return f" {of_year}{int(found[2])}{month}{int(found[3])}{day} "

    no_hours = rf"(?!\d|[-/]|\s*(?:{any_of(words.hour)}))"  # from ten to twelve
    figures = rf"(?<![\d/-])(?:(\d{{4}})[-/])?(\d{{1,2}})[-/](\d{{1,2}}){no_hours}"
    return re.sub(figures, written, unicodedata.normalize("NFKC", said))


def _names_date(text: str, words: MomentWords) -> bool:
    """Say whether a date is named, which is none."""
    return bool(re.search(rf"\d(?:{any_of((*words.month, *words.day))})", text))


def _tight(said: str) -> str:
    return unicodedata.normalize("NFKC", said).casefold().replace(" ", "")


def with_figures(text: str, digits: Mapping[str, int]) -> str:
    """Return the text with written numbers up to 99 as figures."""
    written = "".join(re.escape(one) for one, value in digits.items() if value <= _TENS)
    return re.sub(f"[{written}]+", lambda found: _figure(found[0], digits), text)


def _figure(written: str, digits: Mapping[str, int]) -> str:
    values = [digits[one] for one in written]
    if _TENS not in values:
        return "".join(map(str, values))
    at = values.index(_TENS)
    tens = values[at - 1] if at else 1
    units = values[at + 1] if at + 1 < len(values) else 0
    return str(tens * _TENS + units)


def _later(text: str, words: MomentWords, now: datetime) -> datetime | None:
    for names, span in ((words.later_hours, timedelta(hours=1)), (words.later_days, _DAY)):
        found = re.search(rf"(\d{{1,2}})(?:{any_of(names)})", text)
        if found:
            at = now + int(found[1]) * span
            return at if span < _DAY else at.replace(hour=_EVENING, minute=0, second=0)
    return None


def _day(text: str, words: MomentWords, today: date) -> date | None:
    for word in sorted(words.days, key=len, reverse=True):
        if word in text:
            return today + words.days[word] * _DAY
    for word in sorted(words.weekdays, key=len, reverse=True):
        if word in text:
            ahead = words.weekdays[word] - today.weekday()
            if any(one + tail in text for one in words.next_week for tail in (word, word[1:])):
                return today + (ahead + _WEEK) * _DAY
            return today + (ahead % _WEEK) * _DAY
    return _date(text, words, today)


def _date(text: str, words: MomentWords, today: date) -> date | None:
    year = rf"(?:(\d{{4}})(?:{any_of(words.year)}))?"
    full = re.search(rf"{year}(\d{{1,2}})(?:{any_of(words.month)})(\d{{1,2}})", text)
    if full and full[1]:
        return _that_date(int(full[1]), int(full[2]), int(full[3]))
    if full:
        return _next_date(today, int(full[3]), int(full[2]))
    alone = re.search(rf"(\d{{1,2}})(?:{any_of(words.day)})", text)
    return _next_date(today, int(alone[1])) if alone else None


def _that_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _next_date(today: date, day: int, month: int | None = None) -> date | None:
    """Return the next date with this day (and month); None when there is none in a year."""
    for ahead in range(_MONTHS + 1):
        months = today.month - 1 + ahead
        year, here = today.year + months // _MONTHS, months % _MONTHS + 1
        if month is not None and here != month:
            continue
        try:
            found = date(year, here, day)
        except ValueError:  # there is no 31st in this month
            continue
        if found >= today:
            return found
    return None


def clock_in(text: str, words: MomentWords) -> time | None:
    """Return the local time that is meant in a text without blanks, its numbers in figures."""
    part = _part(text, words)
    found = re.search(rf"(\d{{1,2}})(?:{any_of(words.hour)})(\d{{1,2}}|{words.half})?", text)
    if not found:
        return part
    hour = int(found[1])
    minute = 30 if found[2] == words.half else int(found[2] or 0)
    in_the_morning = part is not None and _says(text, words.morning)
    if hour < _NOON and part is not None and not in_the_morning and hour + _NOON > _NOON:
        hour += _NOON
    elif hour == _NOON and _says(text, words.evening):
        return None  # midnight belongs to one day for some and to the next for others
    elif part is None and 0 < hour < _NIGHT_ENDS:
        hour += _NOON
    return time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004


def names_part(text: str, words: MomentWords) -> bool:
    """Say whether a part of the day is named in a text without blanks."""
    return _part(text, words) is not None


def _part(text: str, words: MomentWords) -> time | None:
    for names, clock in (
        (words.evening, time(20)),
        (words.afternoon, time(_EVENING)),
        (words.noon, time(_NOON)),
        (words.morning, time(_NOON)),
    ):
        if _says(text, names):
            return clock
    return None


def _says(text: str, names: tuple[str, ...]) -> bool:
    return any(one in text for one in names)


def any_of(names: tuple[str, ...]) -> str:
    """Return the pattern of one of the names, the longest first."""
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
