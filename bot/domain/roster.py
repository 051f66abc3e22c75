"""Rosters: who is on patrol when, by a fair rule that anybody can be told.

A place of a shift goes first to those whose last duty is two weeks ago or longer, then to one week,
then to less; among them to whoever had fewest in half a year, then to the least recent, then to
who is here longest. So absences and swaps even out within weeks, and nobody makes up for a long
absence at once. Only those are looked at who can: not away, not on a weekday that they have ruled
out, not more often in four weeks than they wish, with the skill that is wanted, and never two
duties that begin within 24 hours of each other. Couples go together or not at all.

Source: the rules of the neighbourhood, "Rosters and patrols". Instants are UTC; weekdays and days
away are local.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from bot.domain.calendar import Calendar
from bot.domain.recurrence import Rule
from bot.domain.shift import Shift

REST = timedelta(hours=24)  # from the beginning of one duty to that of the next
MONTH = timedelta(weeks=4)  # in which a person's limit counts
HALF_A_YEAR = timedelta(weeks=26)
_WEEK = timedelta(weeks=1)
_LONG_AGO = 2  # weeks after which somebody is as good as anybody else
SHORT = timedelta(minutes=30)  # an overlap up to this long is asked about
MOST_NEEDED = 8
NAME_LIMIT = 16
LIMITS = (0, 1, 2, 4)  # duties in four weeks that can be wished for; 0: no limit
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Roster:
    """A template: what is done again and again, where, and by how many."""

    community_id: int
    id: int
    name: str
    place: str  # the code of a spot, or "3-2": where they meet, and whose code they scan
    rule: Rule
    needed: int
    leader_id: int
    skills: tuple[str, ...] = ()  # one of them is wanted of everybody; none: anybody can
    version: int = 1
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a roster, and what they have wished for."""

    person_id: int
    most: int = 0  # duties in four weeks; 0: no limit
    not_on: frozenset[int] = frozenset()  # local weekdays; Monday is 0
    partner_id: int | None = None  # goes along, or neither goes
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Absence:
    """Local days, both included, on which somebody cannot come; or will not be asked for cover."""

    person_id: int
    first: date
    last: date
    only_cover: bool = False  # "do not ask me this month"


# --- who goes ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Served:
    """A duty that counts: served, or planned."""

    person_id: int
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that the rule looks at; `fill` adds to `served` as it goes."""

    calendar: Calendar
    members: Sequence[Member]
    absences: Collection[Absence]
    served: list[Served] = field(default_factory=list)

    def of(self, person_id: int) -> list[datetime]:
        """Return when the person's duties begin."""
        return sorted(one.starts for one in self.served if one.person_id == person_id)

    def can(self, one: Member, starts: datetime, skills: Collection[str] = ()) -> bool:
        """Say whether the person can be on a shift that begins at `starts`."""
        day = self.calendar.local(starts).date()
        held = self.of(one.person_id)
        return (
            day.weekday() not in one.not_on
            and not self.is_away(one.person_id, day)
            and all(abs(other - starts) >= REST for other in held)
            and not _too_many(held, starts, one.most)
            and (not skills or not one.skills.isdisjoint(skills))
        )

    def is_away(self, person_id: int, day: date, *, cover: bool = False) -> bool:
        """Say whether they are away on the local day; with `cover` also who is not to be asked."""
        return any(
            one.person_id == person_id
            and one.first <= day <= one.last
            and (cover or not one.only_cover)
            for one in self.absences
        )

    def turn(self, person_id: int, starts: datetime) -> tuple[int, int, datetime, int]:
        """Return what people are ordered by for a shift that begins at `starts`."""
        held = self.of(person_id)
        last = held[-1] if held else _NEVER
        weeks = min((starts - last) // _WEEK, _LONG_AGO)
        lately = sum(starts - HALF_A_YEAR < one for one in held)
        return (-weeks, lately, last, person_id)


def _too_many(held: Sequence[datetime], starts: datetime, most: int) -> bool:
    """Say whether one more at `starts` would be more than `most` in any four weeks."""
    if not most:
        return False
    all_ = sorted([*held, starts])
    return any(
        sum(first <= one < first + MONTH for one in all_) > most
        for first in all_
        if first <= starts < first + MONTH
    )


def fill(
    book: Book,
    shift: Shift,
    on: Collection[int],
    skills: Collection[str] = (),
    but: Collection[int] = (),
) -> list[int]:
    """Return who joins those who are `on` the shift already, so that as many go as are needed.

    Nobody of `but`, and fewer when nobody else can. Who was chosen counts for the next shift.
    """

    def turn(party: Sequence[int]) -> tuple[int, int, datetime, int]:
        return max(book.turn(one, shift.starts) for one in party)

    chosen: list[int] = []
    able = {
        one.person_id
        for one in book.members
        if one.person_id not in {*on, *but} and book.can(one, shift.starts, skills)
    }
    for party in sorted(_parties(book.members, able), key=turn):
        if len(party) <= shift.needed - len(on) - len(chosen):
            chosen += party
    book.served.extend(Served(one, shift.starts, shift.ends) for one in chosen)
    return chosen


def _parties(members: Iterable[Member], able: Collection[int]) -> set[tuple[int, ...]]:
    """Return who goes together: one alone, or two; whose other half cannot come, stays too."""
    known = {one.person_id: one for one in members}
    found: set[tuple[int, ...]] = set()
    for one in known.values():
        other = known.get(one.partner_id) if one.partner_id is not None else None
        party: tuple[int, ...] = (one.person_id,)
        if other is not None and other.partner_id == one.person_id:
            party = tuple(sorted((one.person_id, other.person_id)))
        if all(person in able for person in party):
            found.add(party)
    return found


# --- standing in ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could stand in."""

    member: Member
    asked_at: datetime | None  # when they were last asked to stand in for anybody
    distance: int  # 0: same building, 1: same estate, 2: farther


def cover(
    book: Book, shift: Shift, candidates: Iterable[Candidate], skills: Collection[str] = ()
) -> list[int]:
    """Return whom to ask to stand in, one after another: least recently asked, then nearest."""
    day = book.calendar.local(shift.starts).date()
    able = [
        one
        for one in candidates
        if book.can(one.member, shift.starts, skills)
        and not book.is_away(one.member.person_id, day, cover=True)
    ]
    able.sort(key=lambda one: (one.asked_at or _NEVER, one.distance, one.member.person_id))
    return [one.member.person_id for one in able]


class Overlap(StrEnum):
    """How a shift meets another duty of the same person."""

    NONE = "none"
    SHORT = "short"  # asked about
    HARD = "hard"  # refused


def overlap(shift: Shift, others: Iterable[Served]) -> Overlap:
    """Return the worst overlap of the shift with the person's other duties."""
    longest = max(
        (min(shift.ends, one.ends) - max(shift.starts, one.starts) for one in others),
        default=timedelta(0),
    )
    if longest <= timedelta(0):
        return Overlap.NONE
    return Overlap.SHORT if longest <= SHORT else Overlap.HARD


def rest_of_month(person_id: int, day: date) -> Absence:
    """Return that somebody is not to be asked for cover until the end of the local month."""
    following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return Absence(person_id, day, following - timedelta(days=1), only_cover=True)
