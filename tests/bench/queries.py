"""Queries of a neighbourhood with 100,000 cases, and with 1,000,000: does size cost anything?

`python -m tests.bench.queries` prints a table and a line a goal. SIZES="10000 100000" is a quick
look; KEPT names a folder in which the filled files stay for the next time (a million takes long).

A figure is the median of calls with arguments that vary, in process, through the real services,
with what opening a transaction reads anew; each is made five times, of which the fastest counts.
Of what a person waits for, the slowest statement is held to a millisecond: to the driver and
back, rows and all. The whole answer (its statements, the change of threads for each, Python)
stands beside it; and it may not grow with the past.
"""

import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from bot.texts import words
from storage.migrate import migrate
from storage.unit_of_work import Database
from tests.bench.filling import fill
from tests.bench.goals import line
from tests.bench.neighbourhood import NOW, Town
from tests.bench.questions import IN_THE_BACKGROUND, WAITED_FOR, Ask, Asker
from tests.support.database import VAULT

SIZES = tuple(int(one) for one in os.environ.get("SIZES", "100000 1000000").split())
CALLS = int(os.environ.get("CALLS", "200"))
KEPT = os.environ.get("KEPT")
GROWTH, STATEMENT, ANSWER = 2.0, 1.0, 3.0  # times; milliseconds
_WARM, _PATIENCE = 5, 20  # calls that do not count; seconds, then it is plainly slow
_TIMES = 5  # the same is asked


@dataclass(slots=True)
class Clocked:
    """How long the statements took since the last look, in milliseconds."""

    took: list[float] = field(default_factory=list)
    _since: float = 0

    def begin(self, *_: Any) -> None:
        """Note that a statement goes to the driver."""
        self._since = time.perf_counter()

    def end(self, *_: Any) -> None:
        """Note that its rows are there."""
        self.took.append((time.perf_counter() - self._since) * 1000)


@contextmanager
def _clocked() -> Iterator[Clocked]:
    found = Clocked()
    hooks = (("before_cursor_execute", found.begin), ("after_cursor_execute", found.end))
    for name, hook in hooks:
        event.listen(Engine, name, hook)
    try:
        yield found
    finally:
        for name, hook in hooks:
            event.remove(Engine, name, hook)


@dataclass(frozen=True, slots=True)
class Figure:
    """What one question costs: milliseconds, medians."""

    statements: int
    slowest: float
    answer: float


async def measured(file: Path, town: Town) -> dict[str, Figure]:
    """Return what each question costs."""
    place = words()["place"]
    database = Database(
        f"sqlite+aiosqlite:///{file}", lambda: NOW, vault=VAULT,
        given={"place_words": place, "chance": lambda: 0.5},
    )  # fmt: skip
    await database.open()
    one = Asker(town, random.Random(1))
    found = {}
    try:
        with _clocked() as clocked:
            for name, ask in (WAITED_FOR | IN_THE_BACKGROUND).items():
                found[name] = await _median(database, ask, one, clocked)
    finally:
        await database.close()
    return found


async def _median(database: Database, ask: Ask, one: Asker, clocked: Clocked) -> Figure:
    took, begun = list[Figure](), time.perf_counter()
    for at in range(CALLS + _WARM):
        took.append(await _fastest(database, ask, one, clocked))
        if at >= 2 * _WARM and time.perf_counter() - begun > _PATIENCE:
            break
    counted = took[_WARM:]
    return Figure(
        round(statistics.median(each.statements for each in counted)),
        statistics.median(each.slowest for each in counted),
        statistics.median(each.answer for each in counted),
    )


async def _fastest(database: Database, ask: Ask, one: Asker, clocked: Clocked) -> Figure:
    """Ask the same some times; return the fastest, which nobody else on the machine held up."""
    same, took = one.chance.getstate(), list[Figure]()
    for _ in range(_TIMES):
        one.chance.setstate(same)
        async with database.looking() as uow:
            clocked.took.clear()
            start = time.perf_counter()
            await ask(uow, one)
            answer = (time.perf_counter() - start) * 1000
            took.append(Figure(len(clocked.took), max(clocked.took, default=0), answer))
    return min(took, key=lambda each: each.answer)


def _at_size(size: int, folder: Path) -> dict[str, Figure]:
    file, town = folder / f"linli-{size}.db", Town(size)
    begun = time.perf_counter()
    if file.exists():
        asyncio.run(migrate(f"sqlite+aiosqlite:///{file}", folder / "backups"))
    else:
        fill(file, town)
    took = time.perf_counter() - begun
    print(f"  {size} cases are there after {took:.0f} s ...", file=sys.stderr, flush=True)
    return asyncio.run(measured(file, town))


def run() -> int:
    """Fill, measure and print; return how many goals are missed."""
    found = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            found[size] = _at_size(size, Path(KEPT or folder))
    small, large = found[SIZES[0]], found[SIZES[-1]]
    print(f"{'milliseconds, p50':30}{'the slowest statement':>25}{'the whole answer':>35}")
    ends = f"{SIZES[0]:>10}{SIZES[-1]:>10}"
    print(f"{'':30}{'n':>5}{ends}{'':5}{ends}{'growth':>10}")
    for name, held in small.items():
        at = large[name]
        print(
            f"{name:30}{at.statements:5}{held.slowest:10.2f}{at.slowest:10.2f}{'':5}"
            f"{held.answer:10.2f}{at.answer:10.2f}{at.answer / held.answer:10.1f}"
        )
    lines = [line(f"{name}, growth", large[name].answer / held.answer, GROWTH, at_most=True)
             for name, held in small.items()]  # fmt: skip
    for name in WAITED_FOR:
        at = large[name]
        lines.append(line(f"{name}, slowest statement, ms", at.slowest, STATEMENT, at_most=True))
        lines.append(line(f"{name}, answer, ms", at.answer, ANSWER, at_most=True))
    print("\n".join(lines), flush=True)
    return sum(one.startswith("short") for one in lines)


if __name__ == "__main__":
    run()
