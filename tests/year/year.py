"""One year: people live it, the bot is killed and away, and all is held against the rules."""

import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.parts import rest_the_collector
from tests.support.offline import listening
from tests.year import habits, record, recount, regular
from tests.year.account import Account, Auditor, by_kind
from tests.year.people import RESIDENT, People
from tests.year.phones import Arrival
from tests.year.surveys import Surveys
from tests.year.town import Town

_MONTH = timedelta(days=365) / 12
_AWAY_AFTER, _AWAY_FOR = 0.45, timedelta(days=1)  # a part of the whole; how long
_RESTARTS = 3  # a month, besides the kills
_WRITTEN = 6  # reports that come while the bot is away
# Kills are played within the process: no disk has to be waited for.
_MEMORY = next((one for one in (Path("/dev/shm"),) if one.is_dir()), None)
_SHOWN = 5  # of what is wrong; of the kinds of letters four times as many


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

    record: record.Record
    arrived: list[Arrival]
    account: Account
    figures: list[str]
    defects: list[str]
    count: Counter[str]
    seconds: float = 0.0

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
        account, cases = self.account, self.record.cases.values()
        yield from (("cases", len(cases)), ("moves", sum(len(rows) for rows in cases)))
        for name in ("updates", "ticks", "restarts", "kills"):
            yield name, self.count[name]
        for name in sorted(name for name in self.count if name.startswith("killed")):
            yield f"  {name}", self.count[name]
        kinds = list(by_kind(self.arrived))
        yield "letters", sum(n for _, n in kinds)
        yield from ((f"  {name}", n) for name, n in kinds[: 4 * _SHOWN])
        yield "had to be written", account.expected
        yield "  overtaken by news", account.overtaken
        yield "  told with others", account.together
        yield "  beyond three alerts", account.not_rung
        yield from (("missing", len(account.missing)), ("doubled", len(account.doubled)))
        yield from (("out of hours", len(account.at_night)), ("defects", len(self.defects)))
        yield "deadline differences", len(account.deadlines)
        yield "roll-up differences", len(self.figures)
        yield "seconds", f"{self.seconds:.0f}"


async def live(plan: Plan) -> Story:
    """Live the year; return what came of it."""
    started = time.monotonic()
    rest_the_collector()  # as the bot does
    with listening(), tempfile.TemporaryDirectory(prefix="year", dir=_MEMORY) as folder:
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
    return Story(
        *(found, arrived, audit(found, arrived)),
        figures=await recount.differences(town, found),
        defects=list(town.defects),
        count=town.count,
    )


def audit(found: record.Record, arrived: list[Arrival]) -> Account:
    """Hold everything that arrived against the rules."""
    auditor = Auditor(found, arrived)
    auditor.check_cases()
    auditor.check_hours()
    Surveys(found).check(arrived, auditor.account)
    regular.check_mornings(found, arrived, auditor.account)
    regular.check_months(found, arrived, auditor.account)
    return auditor.account
