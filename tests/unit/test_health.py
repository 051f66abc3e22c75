"""/healthz and /metrics: what waits and for how long, and nothing about anybody."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy.exc import OperationalError

from bot.clock import Clock
from bot.domain.letter import Notification, Recipient
from bot.health import Physician, health_server
from bot.pulse import STUCK, Pulse
from storage import backup, due, health, inbox, letter, meta
from storage.due import Due
from storage.inbox import Taken
from storage.unit_of_work import Database
from tests.support.database import START, HandClock


class Still(Clock):
    """Monotonic time that a test moves."""

    def __init__(self, hand: HandClock) -> None:
        super().__init__()
        self._hand = hand
        self.now = hand.now  # type: ignore[method-assign]

    def monotonic(self) -> float:  # type: ignore[override]
        return (self._hand.instant - START).total_seconds()


class Ward:
    def __init__(self, database: Database, clock: HandClock, folder: Path) -> None:
        self.database, self.heard, self.folder = database, 0.0, folder
        self.pulse = Pulse(Still(clock).monotonic)
        physician = Physician(
            database, Still(clock), {"worker": self.pulse}, lambda: self.heard, folder
        )
        self.server = health_server(physician)
        self.server.open(("127.0.0.1", 0))

    async def get(self, path: str) -> tuple[int, str]:
        address = f"http://127.0.0.1:{self.server.port}{path}"
        async with aiohttp.ClientSession() as session, session.get(address) as answer:
            return answer.status, await answer.text()

    async def figures(self) -> dict[str, float]:
        status, text = await self.get("/metrics")
        assert status == 200
        lines = [one.split() for one in text.splitlines() if not one.startswith("#")]
        return {name.removeprefix("linli_"): float(value) for name, value in lines}


@pytest.fixture
async def ward(database: Database, clock: HandClock, tmp_path: Path) -> AsyncIterator[Ward]:
    made = Ward(database, clock, tmp_path / "backups")
    yield made
    await made.server.close()


async def test_a_bot_with_nothing_to_do_is_well(ward: Ward) -> None:
    assert await ward.get("/healthz") == (200, "ok\n")
    found = await ward.figures()
    assert found["healthy"] == 1
    assert found["updates_waiting"] == found["due_late"] == found["letters_late_seconds"] == 0
    assert "backup_seconds" not in found, "there is none yet"


async def test_everything_that_waits_is_counted_with_its_age(
    ward: Ward, clock: HandClock, file: Path
) -> None:
    name = "王阿姨"
    async with ward.database.begin() as uow:
        await inbox.take_in(uow, 77, [Taken(77, 1, "person:5", f'{{"name": "{name}"}}')])
        to = Recipient(1, 7001, "zh_CN")
        letter.queue(uow, to, Notification("case.card", {"words": name}))
        due.plan_new(uow, Due(1, "kind", "13811112222", "0", START + timedelta(seconds=60)))
        await meta.put(uow, meta.DRILL, {"at": "", "backup": "", "fault": "bad"})
    backup.back_up(file, ward.folder, label="20261117T010000Z")
    clock.pass_(seconds=100)
    found = await ward.figures()
    assert found["updates_waiting"] == 1
    assert found["updates_oldest_seconds"] == found["letters_late_seconds"] == 100
    assert found['letters{state="queued"}'] == 1
    assert (found["due_late"], found["due_late_seconds"]) == (1, 40)
    assert found["telegram_seconds"] == 100
    assert found["backup_seconds"] == 700
    assert found["drill_good"] == 0
    _, text = await ward.get("/metrics")
    assert not any(one in text for one in (name, "13811112222", "7001", "east"))


async def test_a_silent_telegram_a_long_wait_and_a_stuck_loop_are_faults(
    ward: Ward, clock: HandClock
) -> None:
    async with ward.database.begin() as uow:
        await inbox.take_in(uow, 77, [Taken(77, 1, "person:5", "{}")])
    ward.pulse.works()
    clock.pass_(seconds=max(STUCK, 300) + 1)
    status, said = await ward.get("/healthz")
    assert status == 503
    assert said.splitlines() == [
        "The loop 'worker' does not go on.",
        "Telegram does not answer.",
        "An update waits for long.",
    ]
    assert (await ward.figures())["loops_stuck"] == 1


async def test_a_database_that_cannot_be_read_is_503(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_uow: object) -> None:
        raise OperationalError("", None, Exception("disk I/O error"))

    monkeypatch.setattr(health, "waiting", fails)
    assert (await ward.get("/healthz"))[0] == 503
    assert (await ward.get("/metrics"))[0] == 503


async def test_nothing_else_is_served(ward: Ward) -> None:
    assert (await ward.get("/"))[0] == 404
