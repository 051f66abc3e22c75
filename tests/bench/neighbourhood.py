"""A neighbourhood after years, written straight into the tables: N cases and all of theirs.

The rules are the real ones where a figure depends on them: what a case adds is reckoned once for
each of a few lives, places and days vary.

It is the same large street at each size, 100,000 cases a year, some years later: what grows is
the past. Open at any time are 3,000, which is what comes in in eleven days, all of them of the
last ten weeks; so three in a hundred of one year's cases, three in a thousand of ten years'.
"""

import random
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate, chain
from typing import Any

from bot.domain import figures as rules
from bot.domain.callback import Callback
from bot.domain.case import CLOCKS, Status
from bot.domain.case_record import Case
from bot.domain.search import pieces_of
from bot.sandbox.guest import EXAMPLE
from bot.services.organisation_file import read_toml
from storage.case_row import values_of

S = Status
NOW = datetime(2026, 11, 17, 1, 10, tzinfo=UTC)  # a Tuesday, ten past nine in Shanghai
FIRST, ESTATES = 1001, ("east", "west")
CATEGORIES, BUILDINGS, UNITS = 40, 40, 6
A_YEAR, OPEN = 100_000, 3_000  # cases that come in, and that are open at any time
LATELY = 20_000  # the newest cases, those of ten weeks: among them are the open ones
PEOPLE, WORKERS = 20_000, 60  # who report, and who work
_EPOCH, _H, _LOCAL = datetime(1970, 1, 1, tzinfo=UTC), timedelta(hours=1), timedelta(hours=8)
_THINGS = [
    "电梯",
    "路灯",
    "水管",
    "门禁",
    "楼道",
    "垃圾桶",
    "停车位",
    "井盖",
    "健身器",
    "绿化带",
    "对讲机",
    "消防栓",
    "扶手",
    "信箱",
    "屋顶",
]
_FAULTS = [
    "坏了",
    "不亮",
    "漏水",
    "打不开",
    "很脏",
    "满了",
    "被占",
    "松动",
    "有异响",
    "没人修",
    "堵住",
    "裂开",
    "生锈",
    "倒了",
    "太吵",
]
RARE = "麒麟"
_RARELY = 50_000  # of so many cases one says it


@dataclass(frozen=True, slots=True)
class Life:
    """What became of a case: how often in a thousand, and after how many hours."""

    often: int
    status: Status
    resolved: float | None = None
    closed: float | None = None
    said: str | None = None  # whether it is solved, by the reporter

    def case(self) -> Case:
        """Return such a case, reported at the beginning of time."""

        def after(hours: float | None) -> datetime | None:
            return None if hours is None else _EPOCH + hours * _H

        begun = self.status not in {S.SUBMITTED, S.NEEDS_INFO, S.DECLINED}
        at_work = begun and self.status not in {S.OFFERED, S.MERGED, S.WITHDRAWN}
        return Case(
            community_id=1,
            number=0,
            status=self.status,
            version=5,
            category="",
            place="",
            words="",
            channel="chat",
            urgent=False,
            reporter_id=1,
            reported_at=_EPOCH,
            handler_id=2 if at_work else None,
            audience="pool" if self.status is S.OFFERED else None,
            claimed_at=after(2 if at_work else None),
            first_contact_at=after(5 if at_work else None),
            responded_at=after(5 if at_work else None),
            dispatched_at=after(1 if begun else None),
            resolved_at=after(self.resolved),
            done_at=after(self.resolved),
            closed_at=after(self.closed),
            dispatch_due=after(24),
            claim_due=after(28),
            contact_due=after(24),
            solution_due=after(72),
            original_due=after(72),
            clock_from=_EPOCH,
            hold_until=after(200) if CLOCKS.get(self.status) == "hold_until" else None,
            lead_id=2 if at_work else None,
            due_on="day",
        )

    def asked(self) -> list[Callback]:
        """Return what was asked about it."""
        if self.resolved is None:
            return []
        status = "answered" if self.said else "asked"
        asked_at = _EPOCH + 48 * _H
        one = Callback(1, 0, 0, 1, status, asked_at, asked_at)
        if self.said is None:
            return [one]
        at = _EPOCH + 50 * _H
        return [replace(one, solved=self.said, satisfied=self.said, answered_at=at)]


_CLOSED = (
    *(Life(700, S.CLOSED_SOLVED, 20, 70, "yes"), Life(130, S.CLOSED_SOLVED, 40, 200)),
    *(Life(70, S.CLOSED_SOLVED, 100, 150, "yes"), Life(30, S.CLOSED_UNSOLVED, 60, 160, "no")),
    *(Life(20, S.CLOSED_SOLVED, 30, 80, "half"), Life(20, S.DECLINED, None, 3)),
    *(Life(20, S.MERGED, None, 2), Life(10, S.WITHDRAWN, None, 5)),
)
_OPEN = (
    *(Life(100, S.SUBMITTED), Life(50, S.NEEDS_INFO), Life(150, S.OFFERED)),
    *(Life(300, S.IN_PROGRESS), Life(100, S.ON_HOLD), Life(50, S.RETURNED)),
    *(Life(180, S.RESOLVED, 20), Life(20, S.RESOLVED, 20, None, "no")),
    Life(50, S.REOPEN_REQUESTED, 20, None, "no"),
)
LIVES = (*_CLOSED, *_OPEN)


def organisation() -> dict[str, Any]:
    """Return the example with as many categories and buildings as a large one has."""
    document = dict(read_toml(EXAMPLE).document)
    shape = document["categories"][0]
    document["categories"] += [
        {
            **shape,
            "code": "k_" + chr(97 + n),
            "name": {"zh_CN": f"{_THINGS[n % 15]}{n}", "en": f"Kind {n}"},
        }
        for n in range(CATEGORIES - len(document["categories"]))
    ]
    known = document["buildings"]
    document["buildings"] = known + [
        {"code": f"{n}", "estate": ESTATES[n % 2], "name": f"{n}号楼", "units": UNITS, "floors": 6}
        for n in range(100, 100 + BUILDINGS - len(known))
    ]
    return document


class Town:
    """What is written: `size` cases of the years that end now."""

    def __init__(self, size: int) -> None:
        self.size, self.chance = size, random.Random(size)
        held = organisation()
        self.kinds = [one["code"] for one in held["categories"]]
        self.names = [one["name"]["zh_CN"] for one in held["categories"]]
        self.buildings = [(one["code"], one["estate"]) for one in held["buildings"]]
        self.people, self.workers = PEOPLE, WORKERS
        self.phrases = [thing + fault for thing in _THINGS for fault in _FAULTS]
        self.found_by: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
        self.rows = [self._row(life) for life in LIVES]
        self.adds = [self._adds(life) for life in LIVES]

    @staticmethod
    def _adds(life: Life) -> dict[str, Any]:
        """Return what such a case adds to the figures, by the rules."""
        added = rules.contribution(life.case(), life.asked())
        if added is None:
            raise ValueError(f"{life} counts nowhere")
        return {"hours": added.hours} | {name: int(n) for name, n in asdict(added.counts).items()}

    @staticmethod
    def _row(life: Life) -> dict[str, Any]:
        """Return the row of such a case, with microseconds for instants."""
        return {
            name: (value - _EPOCH) // timedelta(microseconds=1)
            if isinstance(value, datetime) else value
            for name, value in values_of(life.case()).items()
        }  # fmt: skip

    def cases(self) -> Iterator[tuple[dict[str, Any], int]]:
        """Yield the row of each case, in the order of their numbers, and which life it has."""
        pick, lately = self.chance, self.size - LATELY
        step = timedelta(days=365) / A_YEAR
        ends = [list(accumulate(one.often for one in held)) for held in (_CLOSED, _OPEN)]
        for at in range(self.size):
            is_open = at >= lately and pick.random() < OPEN / LATELY
            held = ends[is_open]
            life = bisect(held, pick.randrange(held[-1])) + is_open * len(_CLOSED)
            when, ended = NOW - (self.size - at) * step, LIVES[life].closed
            if ended is not None:  # nothing was closed in the future
                when = min(when, NOW - (ended + 100 * pick.random()) * _H)
            yield self._case(FIRST + at, when, life), life

    def _case(self, number: int, when: datetime, life: int) -> dict[str, Any]:
        pick = self.chance
        kind, (building, estate) = pick.randrange(len(self.kinds)), pick.choice(self.buildings)
        unit, shift = pick.randrange(UNITS) + 1, (when - _EPOCH) // timedelta(microseconds=1)
        phrase = min(pick.randrange(225), pick.randrange(225), pick.randrange(225))
        place = f"{building}号楼{unit}单元"
        row = {name: value + shift if name in _INSTANTS and value is not None else value
               for name, value in self.rows[life].items()}  # fmt: skip
        worker = 2 + pick.randrange(self.workers)
        row |= {
            "number": number,
            "category": self.kinds[kind],
            "words": self.phrases[phrase],
            "place": place,
            "place_key": f"{building}/{unit}",
            "building": building,
            "estate": estate,
            "grid": f"{estate}-1",
            "company": "anju",
            "urgent": pick.random() < 0.01,
            "reporter_id": self.resident(),
            "handler_id": row["handler_id"] and worker,
            "lead_id": row["lead_id"] and worker,
            "due_on": (when + 72 * _H + _LOCAL).date().isoformat(),
        }
        for key in (("words", phrase), ("kind", kind), (place, 0)):
            self.found_by[key].append(number)
        return row

    def resident(self) -> int:
        """Return the id of somebody who reports."""
        return 2 + self.workers + self.chance.randrange(self.people)

    def pieces(self) -> Iterator[tuple[int, str, int]]:
        """Yield the rows by which the cases are found, in the order of their key."""
        by_piece: defaultdict[str, list[list[int]]] = defaultdict(list)
        for (what, at), numbers in self.found_by.items():
            said = {"words": self.phrases, "kind": self.names}.get(what)
            for piece in pieces_of([said[at] if said else what]):
                by_piece[piece].append(numbers)
        every = range(FIRST, FIRST + self.size)
        by_piece[RARE] = [list(every[:: min(_RARELY, self.size // 5)])]
        for number in every:
            by_piece[str(number)].append([number])
        for piece in sorted(by_piece):
            for number in sorted(set(chain.from_iterable(by_piece[piece]))):
                yield 1, piece, number


_INSTANTS = {
    *("reported_at", "claimed_at", "first_contact_at", "resolved_at", "closed_at", "dispatch_due"),
    *("claim_due", "contact_due", "solution_due", "hold_until", "original_due", "clock_from"),
    *("dispatched_at", "responded_at", "done_at"),
}
