"""What the neighbourhood begins with, what its people say and send, and what came of it all."""

import asyncio
import json
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from sqlite3 import connect
from typing import Any

from telegram.error import BadRequest, NetworkError

from bot.domain.letter import Button, Drawing
from tests.support.busy_town import GROUP, TO_SUPERVISE, in_group, make_busy
from tests.support.offline import Offline, offline
from tests.unit.matrix_room import STRANGER, THEIRS, found_another_community
from tests.unit.test_pictures import png

OUTSIDE, GROUPS = {STRANGER, THEIRS}, (GROUP, TO_SUPERVISE)
ELSEWHERE = "别处的灯不亮了"  # in the other community: nobody else may ever read it
WORDS = (
    *("3楼灯不亮了", "3号楼2单元电梯停了", "垃圾没人收", "在吗", "楼道有煤气味", "谢谢"),
    *("3号楼2单元502门口灯不亮", "5号楼1单元", "1", "2", "0", "好了", "没好", "不报了"),
    *("/start", "/my", "/todo", "/tasks", "换了502门口的灯,今天上午来"),
    *("/help", "/settings", "/cancel", "/nonsense", "修好了", "<b>&", "\u202e倒", "长" * 4000),
    *("📝 报问题", "📋 我的事", "☎ 找人帮忙", "建议装路灯", "明天下午3点", "The light is broken"),
)
FILES: dict[str, bytes | Exception] = {
    "paper": b"%PDF-1.7",
    "iPhone": b"\x00\x00\x00\x18ftypheic",
    "out of reach": NetworkError("no line"),
    "gone": BadRequest("wrong file_id"),
    "picture": png(8, 8),
}
SPANS = (
    *(timedelta(seconds=5), timedelta(minutes=2), timedelta(minutes=11), timedelta(hours=2)),
    *(timedelta(hours=14), timedelta(days=1), timedelta(days=3), timedelta(days=6)),
)
Shown = tuple[int, int, Button]  # the chat, the message in it, and a button of that
_READ_DRAFTS = "SELECT id, facts FROM drafts WHERE status = 'open' ORDER BY id"


@dataclass
class Beginning:
    """A bot that has been at work for a while, to be copied."""

    database: Path
    instant: datetime
    update: int
    message: int
    chats: dict[int, dict[int, Drawing]]
    said: list[dict[str, Any]]

    def give(self, bot: Offline) -> None:
        """Let the bot of another folder, not started yet, go on from here."""
        copy = bot.folder / self.database.name
        with closing(connect(self.database)) as source, closing(connect(copy)) as made:
            source.backup(made)  # with what is still in the log
        bot.clock.instant, bot._update, bot.phones._last = self.instant, self.update, self.message
        bot.phones.chats = {chat: dict(shown) for chat, shown in self.chats.items()}


_ready: list[Beginning] = []


def ready() -> Beginning:
    """Return a busy neighbourhood, made once, with another community beside it."""
    if not _ready:
        _ready.append(asyncio.run(_make()))
    return _ready[0]


async def _make() -> Beginning:
    folder = Path(tempfile.mkdtemp(prefix="neighbourhood"))
    async with offline(folder) as bot:
        await found_another_community(bot)
        await bot.take_in(bot.message(THEIRS, ELSEWHERE))
        await bot.settle()
        message_id, button = next(iter(bot.phones.buttons(THEIRS)))
        await bot.take_in(bot.press(THEIRS, message_id, button.data))
        said = await make_busy(bot)
        now, last, chats = bot.clock.instant, bot.phones._last, bot.phones.chats
        return Beginning(folder / "linli.db", now, bot._update, last, chats, said)


def pressed(bot: Offline, who: int, shown: Shown) -> dict[str, Any]:
    """Return the update of a press, in whatever chat the button stands."""
    chat, message_id, button = shown
    raw = bot.press(who, message_id, button.data)
    return raw if chat > 0 else in_group(raw, chat)


def buttons(bot: Offline, *chats: int) -> list[Shown]:
    """Return all buttons that stand in the chats now."""
    return [(chat, *one) for chat in chats for one in bot.phones.buttons(chat)]


def by_verb(found: list[Shown], pick: int) -> Shown:
    """Return one of the buttons: each verb is as likely as the others, however rare it is."""
    verbs = sorted({_verb(one) for one in found})
    verb = verbs[pick % len(verbs)]
    same = [one for one in found if _verb(one) == verb]
    return same[pick // len(verbs) % len(same)]


def _verb(shown: Shown) -> str:
    return ":".join(shown[2].data.split(":")[1:3])


@dataclass
class Seen:
    """What all examples together came to; without it they might try nothing."""

    moves: Counter[str] = field(default_factory=Counter)
    did: Counter[str] = field(default_factory=Counter)
    verbs: set[str] = field(default_factory=set)

    async def note(self, bot: Offline, since: int) -> None:
        """Count what one example has done, apart from its beginning."""
        made = await bot.rows("SELECT move, update_id FROM case_history")
        self.moves.update(
            row["move"] for row in made if row["update_id"] is None or row["update_id"] > since
        )
        self.did["groups"] += len(await bot.rows("SELECT chat_id FROM groups"))

    def pressed(self, chat: int, button: Button) -> None:
        """Count a press."""
        self.did["press" if chat > 0 else "press in a group"] += 1
        self.verbs.add(":".join(button.data.split(":")[1:3]))

    def __str__(self) -> str:
        return f"{dict(self.did)}\n{len(self.verbs)} buttons\n{len(self.moves)} {dict(self.moves)}"


async def drafts(bot: Offline) -> dict[int, str]:
    """Return what stands in every open draft."""
    return {row["id"]: row["facts"] for row in await bot.rows(_READ_DRAFTS)}


def to_edit(written: list[dict[str, Any]], opened: dict[int, str], pick: int) -> dict[str, Any]:
    """Return a message of an open draft; now and then, or when there is none, of the latest."""
    said = {one for facts in opened.values() for one, _ in json.loads(facts).get("said", [])}
    parts = [one for one in written if one["message_id"] in said]
    found = parts if parts and pick % 3 else written[-6:]
    return found[pick // 3 % len(found)]
