"""The bot of the year: it is killed at awkward moments, started again, and away for a day."""

import random
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.services import budget, morning
from tests.support.offline import Offline, _who
from tests.year.phones import Recorder

_KEEP = """
CREATE TABLE IF NOT EXISTS year_cases AS SELECT * FROM cases WHERE 0;
CREATE TRIGGER IF NOT EXISTS year_new AFTER INSERT ON cases
BEGIN INSERT INTO year_cases SELECT * FROM cases
WHERE community_id = NEW.community_id AND number = NEW.number; END;
CREATE TRIGGER IF NOT EXISTS year_moved AFTER UPDATE ON cases WHEN NEW.version != OLD.version
BEGIN INSERT INTO year_cases SELECT * FROM cases
WHERE community_id = NEW.community_id AND number = NEW.number; END;
CREATE TABLE IF NOT EXISTS year_said AS SELECT * FROM callbacks WHERE 0;
CREATE TRIGGER IF NOT EXISTS year_answered AFTER UPDATE ON callbacks
WHEN NEW.answered_at IS NOT OLD.answered_at
BEGIN INSERT INTO year_said SELECT * FROM callbacks WHERE community_id = NEW.community_id
AND case_number = NEW.case_number AND round = NEW.round AND person_id = NEW.person_id; END
"""


NEVER = datetime(9999, 1, 1, tzinfo=UTC)


class Killed(BaseException):  # no fault of the bot: nothing in it may catch that
    """The process ends here."""


class Town(Offline):
    """A bot that may end between any two steps; whatever was committed is there afterwards."""

    def __init__(self, folder: Path, chance: random.Random, kills: float) -> None:
        super().__init__(folder)
        self.phones: Recorder = Recorder(self.clock)
        self.chance, self.kills = chance, kills
        self.count: Counter[str] = Counter()
        self._planned: datetime | None = None  # asked for once, until something happens

    async def settle(self) -> None:
        await super().settle()
        self._planned = None

    async def _look_into_files(self) -> bool:
        return False  # nobody sends any here

    async def start(self) -> None:
        await super().start()
        async with self.house.database.begin() as uow:  # as the house does before it serves
            await budget.hold_late(uow)
            await morning.merge_late(uow)

    async def keep_versions(self) -> None:
        """Have the database itself keep every case as each move left it, and every answer."""
        async with self.house.database.begin() as uow:
            raw: Any = await uow._connection.get_raw_connection()
            await raw.driver_connection.executescript(_KEEP)

    async def comes(self, *raw: dict[str, Any]) -> None:
        """Let updates come in and be answered; now and then the bot is killed over them."""
        self.phones.acting = {_who(one) for one in raw}
        await self.take_in(*raw)
        how = self._how("before handling", "before the commit", "before sending")
        if how == "before the commit":
            await self._killed_in(self._handle)
        elif how is not None:
            if how == "before sending":
                await self._handle()
            await self.restart()
        await self.settle()
        self.phones.acting = set()
        self.count["updates"] += len(raw)

    async def beat(self) -> None:
        """Do what is due now; now and then the bot is killed in the middle of it."""
        if self._how("in a tick") is not None:
            await self._killed_in(self.house.runner.tick)
        await self.house.runner.tick()
        await self.settle()
        self.count["ticks"] += 1

    def _how(self, *ways: str) -> str | None:
        if self.chance.random() >= self.kills:
            return None
        way = self.chance.choice(ways)
        self.count[f"killed {way}"] += 1
        self.count["kills"] += 1
        return way

    async def _killed_in(self, step: Callable[[], Awaitable[Any]]) -> None:
        """Do a step, and end the process at the moment of its first commit."""

        async def end(*_: Any) -> None:
            raise Killed

        self.house.database._writer.commit = end  # type: ignore[method-assign,assignment]
        try:
            await step()
        except Killed:
            self.count["rolled back"] += 1
        await self.restart()

    async def be_away(self, until: datetime, written: list[dict[str, Any]]) -> None:
        """Be down until an instant, and start again; Telegram keeps what is written meanwhile."""
        await self.stop()
        self.clock.instant = until
        await self.start()
        self.phones.acting = {_who(one) for one in written}
        await self.take_in(*written)
        await self.beat()
        self.phones.acting = set()
        self.clock.instant += timedelta(seconds=1)  # what people had planned meanwhile comes now

    async def start_anew(self) -> None:
        """Be stopped and started, as for an update."""
        await self.restart()
        await self.settle()
        self.count["restarts"] += 1

    async def planned(self) -> datetime:
        """Return when the bot has to do something next (UTC)."""
        if self._planned is None:
            house = self.house
            found = [await house.runner.next_due(), await house.delivery.next_due()]
            self._planned = min((one for one in found if one is not None), default=NEVER)
        return self._planned
