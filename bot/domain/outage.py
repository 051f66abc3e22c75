"""Outages: something is off in several homes until a time, and everybody who asks joins one case.

Source: the rules of the neighbourhood, "Same problem, several neighbours". What lies there is
said in scopes (area.py); words are handed in from outside.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from bot.domain.area import ESTATE, Area, scope
from bot.domain.calendar import Calendar

LONGEST = timedelta(days=7)  # from now on; further ahead is a slip of the pen
SHOWN = timedelta(days=3)  # for which the desk sees what was answered
SUPPLY = "supply"  # what is off is not clear from the words
_KINDS, _CATEGORIES = frozenset({"utility"}), frozenset({"lift"})
SINGLE = frozenset({"lighting"})  # one lamp that is out is seldom an outage
_EVENING, _MORNING = time(18), time(8)
_DAY, _SOON = timedelta(days=1), timedelta(minutes=30)


class Said(StrEnum):
    """What somebody answers when it is over."""

    BACK = "back"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Outage:
    """One outage; its master case is `case_number`. Instants are UTC.

    `what` is off: a code for which there is a text. `version` grows with each change. Of one that
    a notice has announced there is no case, and no category, until somebody reports. The last
    three count who was asked at its end, and what they said.
    """

    community_id: int
    id: int
    version: int
    case_number: int | None
    category: str | None
    what: str
    scopes: tuple[str, ...]
    until: datetime
    started_at: datetime
    started_by: int
    ended_at: datetime | None = None
    asked: int = 0
    back: int = 0
    not_yet: int = 0
    broadcast_id: int | None = None  # the notice

    def lasts(self, now: datetime) -> bool:
        """Say whether it has begun and is still on."""
        return self.ended_at is None and self.started_at <= now < self.until

    def covers(self, area: Area) -> bool:
        """Say whether the place lies in it."""
        return not area.scopes.isdisjoint(self.scopes)

    @property
    def is_whole_estate(self) -> bool:
        """Say whether it is on in an estate, and not in some buildings."""
        return any(one.startswith(scope(ESTATE, "")) for one in self.scopes)

    def changed(self, **changes: datetime | int | str | None) -> "Outage":
        """Return it as it is after a change."""
        return replace(self, version=self.version + 1, **changes)  # type: ignore[arg-type]


def may_be(category: str, kind: str) -> bool:
    """Say whether a category, of a kind, is one that may be off: water, power, light, a lift."""
    return kind in _KINDS or category in _CATEGORIES


def heard_in(words: str, known: Mapping[str, Sequence[str]]) -> str | None:
    """Return what the words say is off, one of `known`; None when nothing or several things."""
    found = [what for what, said in known.items() if any(one in words for one in said)]
    return found[0] if len(found) == 1 else None


def named(words: str, category: str, known: Mapping[str, Sequence[str]]) -> str:
    """Return what is off by the words of a case and its category, `SUPPLY` when not clear."""
    if category in known:
        return category
    return heard_in(words, known) or SUPPLY


def meant(
    held: Iterable[Outage],
    category: str | None,
    area: Area,
    heard: str | None,
    now: datetime,
) -> Outage | None:
    """Return the outage that a report means; the one of a building goes before an estate's.

    `heard` is what its words say is off: who says that the power is off does not mean the water.
    Where no category is known yet, they have to say it outright.
    """
    there = [
        one
        for one in held
        if one.lasts(now)
        and one.covers(area)
        and (one.what == heard if category is None else _fits(one, category, heard))
    ]
    there.sort(key=lambda one: (one.is_whole_estate, -one.id))
    return there[0] if there else None


def _fits(one: Outage, category: str, heard: str | None) -> bool:
    if one.category is None:  # nobody has reported it yet: it has to be said outright
        return one.what == heard
    return one.category == category and (heard is None or one.what in {heard, SUPPLY})


def chips(calendar: Calendar, now: datetime) -> Iterator[datetime]:
    """Yield the ends (UTC) that are offered: this evening, and the next morning."""
    local = calendar.local(now)
    evening = datetime.combine(local.date(), _EVENING, calendar.zone)
    morning = datetime.combine(local.date(), _MORNING, calendar.zone)
    if morning - local < _SOON:
        morning = datetime.combine(local.date() + _DAY, _MORNING, calendar.zone)
    for at in sorted((evening, morning)):
        if at - local >= _SOON:
            yield at.astimezone(UTC)
