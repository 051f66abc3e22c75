"""A bound group that becomes a supergroup goes on serving, under its new number."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.offline import Offline, offline

OLD, NEW = -4001, -1_000_000_004_001
LI, DESK = 7_000_001, 7_000_006


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Offline]:
    async with offline(tmp_path) as made:
        yield made


def in_group(raw: dict[str, Any], chat: int) -> dict[str, Any]:
    """Return the update as if it had come in the group."""
    held = raw.get("message") or raw["callback_query"]["message"]
    held["chat"] = {"id": chat, "type": "group", "title": "工作群"}
    return raw


async def do(bot: Offline, *raw: dict[str, Any]) -> None:
    await bot.take_in(*raw)
    await bot.settle()


async def report(bot: Offline, words: str) -> None:
    await do(bot, bot.message(LI, words))
    (where, button) = next(one for one in bot.phones.buttons(LI) if "✅" in one[1].label)
    await do(bot, bot.press(LI, where, button.data))


def cards(bot: Offline, chat: int) -> list[str]:
    return [
        drawing.text
        for drawing in bot.phones.chats.get(chat, {}).values()
        if "待派单" in drawing.text
    ]


async def test_what_it_serves_and_what_waits_for_it_goes_along(bot: Offline) -> None:
    command = {"entities": [{"type": "bot_command", "offset": 0, "length": 5}]}
    await do(bot, in_group(bot.message(DESK, "/bind", **command), OLD))
    where, button = next(one for one in bot.phones.buttons(OLD) if "dispatch" in one[1].data)
    await do(bot, in_group(bot.press(DESK, where, button.data), OLD))
    await report(bot, "3楼灯不亮了")
    assert len(cards(bot, OLD)) == 1

    moved = in_group(bot.message(DESK, migrate_to_chat_id=NEW), OLD)
    await do(bot, moved)
    assert len(cards(bot, NEW)) == 1
    bound = "SELECT chat_id, purpose FROM groups WHERE ended_at IS NULL"
    assert [dict(one) for one in await bot.rows(bound)] == [{"chat_id": NEW, "purpose": "dispatch"}]
    await do(bot, moved)
    assert len(cards(bot, NEW)) == 1, "told twice, done once"
    await report(bot, "垃圾桶满了没人收")
    assert (len(cards(bot, OLD)), len(cards(bot, NEW))) == (1, 2)
    assert bot.defects == []
