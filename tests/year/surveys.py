"""Who had to be asked about the work, and when; told from what was done and what they answered.

Source: the rules of the neighbourhood, "Callback": the next day at ten, once more after 48 hours,
after the third silence by telephone; 28 days later for some; never two surveys within a day.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from heapq import heappop, heappush

from tests.year.account import Account
from tests.year.days import DAY, ZONE, at, rings_at
from tests.year.phones import Arrival
from tests.year.record import Record, Row

_TEN, _AGAIN, _WEEKS = 10, timedelta(hours=48), 28 * DAY
_SERVES = range(8, 20)
ASK, LATER = "survey.q1", "survey.later"  # at the same minute in this order


@dataclass
class Call:
    """One person who is asked about one round of a case."""

    number: int
    chat: int
    since: datetime  # the work was said to be done
    until: datetime  # it was answered, or nothing is to be asked any more
    good: tuple[datetime, datetime] | None  # closed as solved, of a kind asked about weeks after
    by_phone: bool  # so the tables say
    times: int = 0
    asked: datetime | None = None
    phoned: bool = False


@dataclass
class Asked:
    """What one person had to be sent: when, of which kind, about how many cases."""

    sent: list[tuple[datetime, str, int]] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)


def _ten(day: date) -> datetime:
    return at(day, _TEN)


def _local(instant: datetime) -> date:
    return instant.astimezone(ZONE).date()


class Surveys:
    """All that people had to be asked."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self.people: dict[int, Asked] = defaultdict(Asked)
        for row in record.callbacks:
            one = self._call(row)
            self.people[one.chat].calls.append(one)
        for asked in self.people.values():
            self._ask(asked)

    def _call(self, row: Row) -> Call:
        """Return from when until when somebody could be asked."""
        rows = [
            one for one in self._record.cases[row["case_number"]] if one["round"] == row["round"]
        ]
        begin = next(n for n, one in enumerate(rows) if one["status"] == "resolved")
        left = [one for one in rows[begin:] if one["status"] != "resolved"]
        after = self._record.cases[row["case_number"]][rows[-1]["version"] :]
        ends = [one["at"] for one in (*left[:1], *after[:1])] + [self._record.end + DAY]
        said = row["said_at"]
        closed = next((o["at"] for o in left if o["status"] == "closed_solved"), None)
        good = None
        if closed is not None and rows[0]["category"] in self._record.later:
            left_again = [one["at"] for one in (*rows, *after) if one["at"] > closed
                          and one["status"] != "closed_solved"]  # fmt: skip
            good = (closed, min(left_again, default=self._record.end + DAY))
        until = min(ends[0], said or ends[0])
        phone = row["status"] == "phone"
        return Call(row["case_number"], row["chat"], rows[begin]["at"], until, good, phone)

    def _ask(self, asked: Asked) -> None:
        """Go through a person's planned questions in the order of time."""
        plans: list[tuple[datetime, bool, int]] = []
        for n, one in enumerate(asked.calls):
            heappush(plans, (_ten(_local(one.since) + DAY), False, n))
            if one.good is not None:
                heappush(plans, (_ten(_local(one.good[0]) + _WEEKS), True, n))
        last: datetime | None = None
        while plans:
            due, weeks_after, n = heappop(plans)
            kind = LATER if weeks_after else ASK
            now, one = self._record.done_at(due), asked.calls[n]
            if now >= self._record.end or not self._is_open(one, kind, now):
                continue
            if kind == ASK and one.times == 2:
                one.phoned = True
                continue
            may = self._may(now, last, noon=one.chat not in self._record.staff)
            if may > now:
                heappush(plans, (may, weeks_after, n))
                continue
            last = now
            batch = [n] if kind == LATER else [n, *self._also(asked, n, now)]
            for each in batch if kind == ASK else ():
                asked.calls[each].asked, asked.calls[each].times = now, asked.calls[each].times + 1
                heappush(plans, (now + _AGAIN, False, each))
            asked.sent.append((now, kind, len(batch)))

    def _is_open(self, one: Call, kind: str, now: datetime) -> bool:
        if kind == LATER:
            return one.good is not None and now < one.good[1]
        overtaken = one.asked is not None and now - one.asked < _AGAIN / 2
        return now < one.until and not overtaken and not one.phoned

    def _also(self, asked: Asked, first: int, now: datetime) -> list[int]:
        """Return what else of the person is due by now: it follows in the same message."""
        found = []
        for n, one in enumerate(asked.calls):
            other = one.number != asked.calls[first].number
            if not other or one.since > now or one.until <= now or one.phoned or one.times == 2:
                continue
            due = _ten(_local(one.since) + DAY) if one.asked is None else one.asked + _AGAIN
            found += [n] if due <= now else []
        return found

    def _may(self, now: datetime, last: datetime | None, *, noon: bool) -> datetime:
        """Return when the person may be asked: never twice in a day, nor when nothing may ring."""
        if last is not None and (free := last.replace(second=0, microsecond=0) + DAY) > now:
            ten = _ten(_local(free))
            return ten if ten >= free else _ten(_local(free) + DAY)
        if now.astimezone(ZONE).hour in _SERVES and rings_at(now, noon=noon) <= now:
            return now
        ten = _ten(_local(now))
        return ten if ten > now else _ten(_local(now) + DAY)

    def check(self, arrived: list[Arrival], account: Account) -> None:
        """Compare with what was sent to each person."""
        found: dict[int, list[tuple[datetime, str, int]]] = defaultdict(list)
        for one in arrived:
            if one.kind in {ASK, LATER} and not one.edits and not one.answers:
                found[one.chat].append((one.at, one.kind, 1 + one.others))
        for chat in self.people.keys() | found.keys():
            wanted, sent = Counter(self.people[chat].sent), Counter(found[chat])
            account.expected += wanted.total()
            account.missing += [f"survey to {chat}: {one}" for one in (wanted - sent).elements()]
            account.doubled += [f"survey to {chat}: {one}" for one in (sent - wanted).elements()]
            for call in self.people[chat].calls:
                waits = call.until > self._record.end
                if waits and call.phoned != call.by_phone:
                    account.missing.append(f"{call} by telephone: {call.by_phone}")
