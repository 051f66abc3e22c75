"""One year: people live it, the bot is killed and away, and everything is held against the rules."""

import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from tests.support.offline import listening
from tests.year import habits, record, recount, regular
from tests.year.account import Account, Auditor, by_kind
from tests.year.people import RESIDENT, People
from tests.year.surveys import Surveys
from tests.year.town import Town

_MONTH = timedelta(days=365) / 12
_AWAY_AFTER, _AWAY_FOR = 0.45, timedelta(days=1)  # a part of the whole; how long
_RESTARTS = 3  # a month, besides the kills
_WRITTEN = 6  # reports that come while the bot is away
_SHOWN = 5  # of what is wrong, and of the kinds of letters three times as many


@dataclass(frozen=True, slots=True)
class Plan:
    """What kind of year it is to be; `kills` is a part of all updates and ticks."""

    seed: int
    months: int
    residents: int
    cases: int
    kills: float


@dataclass
class Story:
    """What came of it."""

    account: Account
    figures: list[str]
    defects: list[str]
    count: Counter[str]
    cases: int
    moves: Counter[str]
    kinds: list[tuple[str, int]]
    seconds: float

    @property
    def broken(self) -> bool:
        """Say whether any promise was broken."""
        return self.account.broken or bool(self.figures or self.defects)

    def tell(self) -> None:
        """Print the table, and the first of each kind of trouble."""
        for name, value in self._rows():
            print(f"{name:28}{value}")
        troubles = (self.account.missing, self.account.doubled, self.account.at_night)
        for one in (*troubles, self.account.deadlines, self.figures, self.defects):
            for sentence in one[:_SHOWN]:
                print("  !", sentence)

    def _rows(self) -> Iterator[tuple[str, object]]:
        account = self.account
        yield from (("cases", self.cases), ("moves", self.moves.total()))
        yield from (("updates", self.count["updates"]), ("ticks", self.count["ticks"]))
        yield from (("restarts", self.count["restarts"]), ("kills", self.count["kills"]))
        for name, n in sorted(self.count.items()):
            if name.startswith("killed "):
                yield f"  {name}", n
        yield "letters", sum(n for _, n in self.kinds)
        for name, n in self.kinds[: 3 * _SHOWN]:
            yield f"  {name}", n
        yield "had to be written", account.expected
        yield "  overtaken by news", account.overtaken
        yield "  told with others", account.together
        yield "  beyond three alerts", account.not_rung
        yield from (("missing", len(account.missing)), ("doubled", len(account.doubled)))
        yield "out of hours", len(account.at_night)
        yield "deadline differences", len(account.deadlines)
        yield "roll-up differences", len(self.figures)
        yield "defects logged", len(self.defects)
        yield "seconds", f"{self.seconds:.0f}"


async def live(plan: Plan) -> Story:
    """Live the year; return what came of it."""
    started = time.monotonic()
    with listening(), tempfile.TemporaryDirectory(prefix="year") as folder:
        town = Town(Path(folder), random.Random(plan.seed), plan.kills)
        await town.start()
        await town.keep_versions()
        begin, days = town.clock.instant, (plan.months * _MONTH).days
        people = People(town, plan.residents)
        people.plan_reports(plan.cases, begin, days)
        end = begin + timedelta(days=days)
        for _ in range(_RESTARTS * plan.months):
            people.at(begin + town.chance.random() * (end - begin), town.start_anew)
        gone = begin + _AWAY_AFTER * (end - begin)
        await people.live(gone)
        back = await _be_away(town, plan)
        await people.live(end)
        story = await _told(town, await record.read(town, begin, (gone, back)))
        await town.stop()
    story.seconds = time.monotonic() - started
    return story


async def _be_away(town: Town, plan: Plan) -> datetime:
    """Be down for a day in which some people write; return its end."""
    back = town.clock.instant + _AWAY_FOR
    town.clock.instant += _AWAY_FOR / 2
    whose = town.chance.sample(range(plan.residents), _WRITTEN)
    words = [town.chance.choice(habits.PLACES) + town.chance.choice(habits.WORDS) for _ in whose]
    written = [town.message(RESIDENT + n, said) for n, said in zip(whose, words, strict=True)]
    await town.be_away(back, written)
    return back


async def _told(town: Town, found: record.Record) -> Story:
    arrived = town.phones.arrived
    auditor = Auditor(found, arrived)
    auditor.check_cases()
    auditor.check_hours()
    Surveys(found).check(arrived, auditor.account)
    regular.check_mornings(found, arrived, auditor.account)
    regular.check_months(found, arrived, auditor.account)
    return Story(
        auditor.account,
        figures=await recount.differences(town, found),
        defects=list(town.defects),
        count=town.count,
        cases=len(found.cases),
        moves=Counter(row["move"] for rows in found.cases.values() for row in rows),
        kinds=list(by_kind(arrived)),
        seconds=0.0,
    )
