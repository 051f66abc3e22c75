"""The bot as a guest of the sandbox: seeded, its clock moved, its people made from there."""

import asyncio
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from bot.app import House
from bot.clock import start_task
from bot.domain.role import Role
from bot.sandbox.control import Control
from bot.sandbox.seed import seed
from bot.services import organisation, person
from bot.services.person import Account
from storage import snapshot

EXAMPLE = Path(__file__).with_name("organisation.toml")


class Guest:
    """A house that answers its host, the sandbox."""

    def __init__(self, house: House, control: Control) -> None:
        self._house, self._control = house, control
        # By when, and by what the organisation file said: telling the past takes long.
        self._seeded: dict[tuple[str, bytes], snapshot.Snapshot] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Seed an empty database and serve until `stop`, or until the host is gone."""
        await self._seed_if_empty()
        serving = start_task(self._announce(), name="announce")
        answering = start_task(
            self._control.answer(
                {"idle": self.idle, "clock": self.clock, "grant": self.grant, "reset": self.reset}
            ),
            name="control",
            ended=lambda _: stop.set(),
        )
        try:
            await self._house.run(stop)
        finally:
            serving.cancel()
            answering.cancel()
            await asyncio.gather(serving, answering, return_exceptions=True)

    async def idle(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Say whether nothing is left to do, and when the next thing falls due."""
        del asked
        quiet, next_due = await self._house.idle()
        return {"idle": quiet, "next_due": next_due.isoformat() if next_due else None}

    async def clock(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Jump to an instant and do what is due there, as far as the disk lets it."""
        self._house.clock.jump_to(datetime.fromisoformat(asked["now"]))
        await self._house.runner.tick_or_wait()
        return {}

    async def grant(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Make a person, or give one more roles."""
        account = Account(asked["telegram_id"], asked["name"], asked["language"])
        async with self._house.database.begin() as uow:
            await person.grant(uow, account, frozenset(Role(role) for role in asked["roles"]))
        return {}

    async def reset(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Begin again from the seed, at the host's time."""
        self._house.clock.set_to(datetime.fromisoformat(asked["now"]))
        file = self._organisation()
        of = asked["now"], await asyncio.to_thread(file.read_bytes)
        async with self._house.database.begin() as uow:
            await snapshot.empty(uow)
            if of in self._seeded:
                await snapshot.put_back(uow, self._seeded[of])
            else:
                await seed(uow, file)
                snapshot.take(uow, partial(self._seeded.__setitem__, of))
        self._house.forget()
        return {}

    async def _announce(self) -> None:
        await self._house.intake.serving.wait()
        await self._control.serving()

    async def _seed_if_empty(self) -> None:
        async with self._house.database.begin() as uow:
            if await organisation.is_needed(uow):
                await seed(uow, self._organisation())

    def _organisation(self) -> Path:
        return self._house.settings.organisation or EXAMPLE
