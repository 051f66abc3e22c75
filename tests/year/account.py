"""Holds what had to be said against what arrived: none missing, none twice, none at night."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from tests.support.invariants import in_circles
from tests.year.days import rings_at
from tests.year.expected import KINDS, PROGRESS, Course, Letter
from tests.year.phones import Arrival
from tests.year.record import Record

_MERGED_BY = timedelta(minutes=2)  # what waited for the morning is put together for a minute
_MOST_ALERTS = 3
_ALWAYS = ("admin.", "common.", "toast.", "refusal.", "menu.", "case.urgent", "desk.urgent")
TOGETHER = "case.morning"


@dataclass
class Account:
    """What was found; each list is of sentences."""

    expected: int = 0
    overtaken: int = 0  # waited for the morning, and something newer was said instead
    together: int = 0  # told with others in one message
    not_rung: int = 0  # the fourth alert about a case: the live card has to do
    missing: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    at_night: list[str] = field(default_factory=list)
    deadlines: list[str] = field(default_factory=list)

    @property
    def broken(self) -> bool:
        """Say whether a promise was not kept."""
        return bool(self.missing or self.doubled or self.at_night or self.deadlines)


class Auditor:
    """Compares; letters that redraw a message, and answers, are nobody's news."""

    def __init__(self, record: Record, arrived: list[Arrival]) -> None:
        self._record = record
        self.account = Account()
        self._news: dict[tuple[int, int], list[Arrival]] = defaultdict(list)
        self._arrived = arrived
        for one in arrived:
            for number in () if one.edits else one.numbers:
                self._news[one.chat, number].append(one)

    def check_cases(self) -> None:
        """Compare all that the clock had to say about cases."""
        wanted: dict[tuple[int, int], list[Letter]] = defaultdict(list)
        for rows in self._record.cases.values():
            course = Course(self._record, rows)
            for one in course.letters():
                wanted[one.chat, one.number].append(one)
            self.account.deadlines += course.wrong
            if in_circles([row["move"] for row in rows]):
                self.account.doubled.append(f"case {rows[0]['number']} is asked about in circles")
        for about in wanted.keys() | self._news.keys():
            letters = sorted(wanted[about], key=lambda one: (one.at, one.kind))
            self._compare(letters, self._news[about])

    def _compare(self, wanted: list[Letter], news: list[Arrival]) -> None:
        self.account.expected += len(wanted)
        left = [one for one in news if one.kind in KINDS]
        for one in wanted:
            goes = self._goes(one)
            found = next((a for a in left if a.kind == one.kind and _fits(one, goes, a)), None)
            if found is not None:
                left.remove(found)
            elif goes < self._record.end and not self._excused(one, goes, wanted, news):
                self.account.missing.append(f"{one} by {goes}")
        self.account.doubled += [f"{one}" for one in left]

    def _goes(self, one: Letter) -> datetime:
        """Return when it may ring; what would have while the bot was away, when it is back."""
        if one.urgent:
            return one.at
        noon = one.chat not in self._record.staff
        return rings_at(self._record.done_at(rings_at(one.at, noon=noon)), noon=noon)

    def _excused(
        self, one: Letter, goes: datetime, wanted: list[Letter], news: list[Arrival]
    ) -> bool:
        """Say whether it rightly never rang, and count why."""
        account = self.account
        if one.kind in PROGRESS:
            if any(a.kind == TOGETHER and goes <= a.at <= goes + _MERGED_BY for a in news):
                account.together += 1
                return True
            if self._rung(one.at, goes, news) >= _MOST_ALERTS:
                account.not_rung += 1
                return True
        if goes > one.at and self._is_overtaken(one, goes, wanted, news):
            account.overtaken += 1
            return True
        return False

    def _rung(self, at: datetime, until: datetime, news: list[Arrival]) -> int:
        """Count the alerts of progress since the result was last told, those that wait as well."""
        told = [one.at for one in news if one.kind == "survey.result" and one.at <= at]
        since = max(told, default=self._record.begin)
        last = until + _MERGED_BY
        return sum(one.kind in _ALERTS and since <= one.at <= last for one in news)

    def _is_overtaken(
        self, one: Letter, goes: datetime, wanted: list[Letter], news: list[Arrival]
    ) -> bool:
        """Say whether something newer about the case came up while it waited for the morning."""
        rows = self._record.cases[one.number]
        back = self._record.away[1]  # much is done then at one instant, in its order
        for before, after in pairwise(rows):
            meanwhile = one.at < after["at"] <= goes or one.at == after["at"] == back
            if meanwhile and before["status"] != after["status"]:
                return True
        later = any(one.at <= o.at <= goes and o is not one for o in wanted)
        return later or any(one.at < a.at <= goes + _MERGED_BY for a in news)

    def check_hours(self) -> None:
        """Look for what rang at somebody in their quiet hours, though they had done nothing."""
        for one in self._arrived:
            if not one.rings or one.answers or one.urgent or one.kind.startswith(_ALWAYS):
                continue
            if one.chat > 0 and rings_at(one.at, noon=one.chat not in self._record.staff) > one.at:
                self.account.at_night.append(f"{one}")


_ALERTS = {
    *("case.taken", "case.promised", "case.promise_moved", "case.extended", "case.unmerged"),
    *PROGRESS,
    TOGETHER,
}


def _fits(one: Letter, goes: datetime, found: Arrival) -> bool:
    return goes <= found.at <= goes + (_MERGED_BY if goes > one.at else timedelta())


def by_kind(arrived: list[Arrival]) -> Iterator[tuple[str, int]]:
    """Yield how many new messages there were of each kind, the most frequent first."""
    count: dict[str, int] = defaultdict(int)
    for one in arrived:
        count[one.kind] += not one.edits
    yield from sorted(count.items(), key=lambda pair: -pair[1])
