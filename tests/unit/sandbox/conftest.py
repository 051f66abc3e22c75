"""A running sandbox for each test, and hands to drive it with over real HTTP."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.sandbox.server import Sandbox, build_state

TOKEN = "7000000009:a-token_for-TESTS_only-0123456789"
RESIDENT, DISPATCHER, VOLUNTEER = 1001, 1002, 1003
GROUP = -4_000_000_001
STAFF = -1_004_000_000_002
NOW = datetime.fromisoformat("2026-11-17T09:10:00+08:00")
ORGANISATION = """
[community]
name = "幸福社区"
time_zone = "Asia/Shanghai"

[[people]]
telegram_id = 1001
name = "王阿姨"
roles = ["resident"]
language = "zh"
home = "3-2-301"

[[people]]
telegram_id = 1002
name = "李调度"
roles = ["dispatcher"]
language = "zh"

[[people]]
telegram_id = 1003
name = "Zhang"
roles = ["volunteer"]
language = "en"
"""


class Hands:
    """Plays people (`sim`) and a bot (`api`) against one sandbox."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self.sandbox, self.session = sandbox, session
        self.url = sandbox.address.rstrip("/")

    async def sim(
        self, method: str, path: str, body: Any = None, /, *, status: int = 200, **query: Any
    ) -> Any:
        async with self.session.request(
            method, f"{self.url}/sim/{path}", json=body, params=query
        ) as answer:
            told = await answer.json()
            assert answer.status == status, told
            return told

    async def call(self, method: str, **given: Any) -> dict[str, Any]:
        form = {k: v if isinstance(v, str) else json.dumps(v) for k, v in given.items()}
        async with self.session.post(f"{self.url}/bot{TOKEN}/{method}", data=form) as answer:
            told: dict[str, Any] = await answer.json()
            assert answer.status == told.get("error_code", 200)
            return told

    async def api(self, method: str, **given: Any) -> Any:
        told = await self.call(method, **given)
        assert told["ok"], told
        return told["result"]

    async def refused(self, method: str, **given: Any) -> str:
        told = await self.call(method, **given)
        assert not told["ok"], told
        return f"{told['error_code']} {told['description']}"

    async def say(self, person: int, text: str, **more: Any) -> int:
        told = await self.sim("POST", "message", {"from": person, "text": text, **more})
        return int(told["message_ids"][0])

    async def chat(self, chat: int, after: int = 0) -> Any:
        return await self.sim("GET", f"chats/{chat}", after=after)

    async def until_polled(self) -> None:
        async with asyncio.timeout(10):
            await self.sandbox.state.world.updates.polled.wait()

    async def updates(self, **given: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self.api("getUpdates", **given)
        return found


@pytest.fixture
def organisation(tmp_path: Path) -> Path:
    path = tmp_path / "organisation.toml"
    path.write_text(ORGANISATION, encoding="utf-8")
    return path


@pytest.fixture
async def sandbox(organisation: Path) -> AsyncIterator[Sandbox]:
    running = Sandbox(build_state(organisation, NOW, None))
    running.listen(0)
    yield running
    await running.close()


@pytest.fixture
async def hands(sandbox: Sandbox) -> AsyncIterator[Hands]:
    async with asyncio.timeout(60), aiohttp.ClientSession() as session:
        yield Hands(sandbox, session)
