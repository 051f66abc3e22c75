"""What a notice says will be off, and from when to when: "building 3 without water, 9 to 17".

Pure: the words come from outside. What is not sure is not understood: whoever writes the notice
sees what was understood, and can say no.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.moment import MomentWords, any_of, clock_in, names_part, parse, with_figures
from bot.domain.outage import LONGEST

_DAY, _HALF_DAY, _WAYS = timedelta(days=1), timedelta(hours=12), (-1, 1)
_STOP = "\u3002"  # the full stop of Chinese
_BEFORE, _BETWEEN = 24, 8  # characters before a time in which its day is named


@dataclass(frozen=True, slots=True)
class SaidWords:
    """The words of a language for what is off, and for what comes back."""

    off: Mapping[str, tuple[str, ...]]  # by code of what is off
    not_off: tuple[str, ...]  # with one of these nothing is
    to: tuple[str, ...]  # between two times
    back: tuple[str, ...]  # behind the time at which it is on again
    minute: tuple[str, ...]
    places: str  # a pattern of what has figures and is no time: "building 3"
    moment: MomentWords


@dataclass(frozen=True, slots=True)
class Announced:
    """What is off, from when until when (UTC); None for times that are not clear."""

    what: str
    since: datetime | None = None
    until: datetime | None = None

    def stored(self) -> dict[str, Any]:
        """Return it as JSON."""
        since, until = (at.isoformat() if at else None for at in (self.since, self.until))
        return {"what": self.what, "since": since, "until": until}

    @classmethod
    def read(cls, held: Mapping[str, Any]) -> "Announced":
        """Return what was stored."""
        since, until = (
            datetime.fromisoformat(held[name]) if held[name] else None
            for name in ("since", "until")
        )
        return cls(held["what"], since, until)


def outage_in(text: str, words: SaidWords, now: datetime) -> Announced | None:
    """Return what the text, read at `now` (aware, local), says is off; None for nothing clear."""
    tight = unicodedata.normalize("NFKC", text).casefold().replace(" ", "")
    off = [what for what, said in words.off.items() if any(one in tight for one in said)]
    if len(off) != 1 or any(one in tight for one in words.not_off):
        return None
    since, until = _span(
        re.sub(words.places, "", with_figures(tight, words.moment.digits)), words, now
    )
    if since is None or until is None or not now < until <= now + LONGEST or until <= since:
        return Announced(off[0])
    return Announced(off[0], since.astimezone(UTC), until.astimezone(UTC))


def _span(held: str, words: SaidWords, now: datetime) -> tuple[datetime | None, datetime | None]:
    """Return from when to when, local; from now on when only its end is said."""
    clock = _clock(words)
    between = re.search(
        rf"(.{{0,{_BEFORE}}}?{clock})(?:{any_of(words.to)})(.{{0,{_BETWEEN}}}?{clock})", held
    )
    if between:
        return _from_to(held[: between.end(1)], between[2], words.moment, now)
    back = rf"(.{{0,{_BEFORE}}}{clock})[^\d,;\n{_STOP}]{{0,6}}(?:{any_of(words.back)})"
    ends = re.search(back, held)
    until = parse(ends[1], words.moment, now) if ends else None
    return (now, until.astimezone(now.tzinfo)) if until else (None, None)


def _from_to(
    first: str, last: str, words: MomentWords, now: datetime
) -> tuple[datetime | None, datetime | None]:
    start = parse(re.split(rf"[;\n{_STOP}]", first)[-1], words, now)
    clock = clock_in(last, words)
    if start is None or clock is None:
        return None, None
    since = start.astimezone(now.tzinfo)
    named = parse(last, words, now) if _names_day(last, words) else None
    days = [named.astimezone(now.tzinfo).date()] if named else [since.date(), since.date() + _DAY]
    # Which half of the day is meant is seldom said twice: "from ten in the evening to six".
    ends = [datetime.combine(day, clock, now.tzinfo) for day in days]
    ends += (
        [] if names_part(last, words) else [at + way * _HALF_DAY for at in ends for way in _WAYS]
    )
    return since, min((at for at in ends if at > since), default=None)


def _names_day(text: str, words: MomentWords) -> bool:
    named = (*words.days, *words.weekdays, *words.month, *words.day)
    return any(one in text for one in named)


def _clock(words: SaidWords) -> str:
    hour, half, minute = any_of(words.moment.hour), words.moment.half, any_of(words.minute)
    return rf"\d{{1,2}}(?:{hour})(?:\d{{1,2}}|{half})?(?!\d)(?:{minute})?"
