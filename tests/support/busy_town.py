"""A neighbourhood in the middle of its day: cases in several statuses and a bound group.

Everything is made by messages and presses, as people would; for tests that go on from there.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from bot.domain.case import Status
from tests.support.offline import Offline

LI, ZHOU, XIAOLI, NEW, EMMA = 7000001, 7000002, 7000003, 7000004, 7000005
DESK, LIU, CHEN, WANG, SUN, ZHAO = 7000006, 7000007, 7000008, 7000009, 7000010, 7000011
GROUP, TITLE = -4001, "工作群"  # of the staff
TO_SUPERVISE = -4002
A_MINUTE = timedelta(minutes=1)  # nobody floods
PHOTO = {"file_id": "done", "file_unique_id": "done", "width": 9, "height": 9}


def in_group(raw: dict[str, Any], group: int = GROUP) -> dict[str, Any]:
    """Return the update as if it had come in a group of the staff."""
    held = raw.get("message") or raw["callback_query"]["message"]
    held["chat"] = {"id": group, "type": "group", "title": TITLE}
    return raw


class People:
    """People who write and press what stands on the newest button."""

    def __init__(self, bot: Offline) -> None:
        self.bot = bot
        self.said: list[dict[str, Any]] = []  # messages that can still be edited

    async def _comes(self, raw: dict[str, Any]) -> None:
        await self.bot.take_in(raw)
        await self.bot.settle()

    async def says(self, who: int, text: str | None = None, **more: Any) -> None:
        """Let somebody write in private."""
        raw = self.bot.message(who, text, **more)
        self.said.append(raw["message"])
        await self._comes(raw)

    async def commands(self, who: int, command: str, group: int) -> None:
        """Let somebody write a command in a group."""
        entities = [{"type": "bot_command", "offset": 0, "length": len(command)}]
        await self._comes(in_group(self.bot.message(who, command, entities=entities), group))

    async def presses(
        self, who: int, *labels: str, about: int | str = "", group: int | None = None
    ) -> None:
        """Let somebody press one button after another; the newest with such a label counts.

        `about` is the number of the case to which the first of them belongs.
        """
        for label, number in zip(labels, [str(about), *[""] * len(labels)], strict=False):
            chat = who if group is None else group
            shown = self.bot.phones.buttons(chat)
            buttons = [one for one in shown if label in one[1].label and number in one[1].data]
            assert buttons, f"{who} has no button {label}: {self._labels(chat)}"
            message_id, button = max(buttons, key=lambda one: one[0])
            raw = self.bot.press(who, message_id, button.data)
            await self._comes(raw if group is None else in_group(raw, group))

    def _labels(self, chat: int) -> list[str]:
        return [button.label for _, button in self.bot.phones.buttons(chat)]


async def make_busy(bot: Offline) -> list[dict[str, Any]]:
    """Let cases be reported and brought along; return the messages that people wrote."""
    people = People(bot)
    await _report_some(people)
    await _bring_along(people)
    await _bind(people, GROUP, "📥 待派")
    await people.says(EMMA, "11号楼1单元502的灯不亮了")
    await people.presses(EMMA, "✅")
    await _bind(people, TO_SUPERVISE, "🔎 督办")
    await people.says(NEW, "楼道灯坏了")  # is still asked where
    found = {row["status"] for row in await bot.rows("SELECT status FROM cases")}
    assert {Status.SUBMITTED, Status.OFFERED, Status.IN_PROGRESS, Status.RESOLVED} <= found
    assert {Status.NEEDS_INFO, Status.ON_HOLD, Status.REOPEN_REQUESTED} <= found
    return people.said


async def _report_some(people: People) -> None:
    reports: Iterable[tuple[int, str]] = (
        *((LI, "3楼灯不亮了"), (ZHOU, "5号楼1单元垃圾没人收"), (XIAOLI, "电梯停了不动")),
        *(
            (LI, "3号楼2单元水管漏水"),
            (ZHOU, "2号楼1单元502门口灯不亮了"),
            (XIAOLI, "6号楼1单元路灯不亮了"),
        ),
        (LI, "1号楼1单元没电了"),
    )
    for who, words in reports:
        await people.bot.pass_(A_MINUTE)
        await people.says(who, words)
        await people.presses(who, "✅ 对,提交")


async def _bring_along(people: People) -> None:
    """Let 1001 stay at the dispatcher's; bring each of the others somewhere else."""
    for number in (1002, 1003, 1005, 1006, 1007):
        await people.bot.pass_(A_MINUTE)
        await people.presses(DESK, "🙋 放给志愿者", about=number)
    for who, number in ((WANG, 1003), (LIU, 1005), (LIU, 1006), (LIU, 1007)):
        await people.bot.pass_(A_MINUTE)
        await people.presses(who, "🙋 我去", about=number)
    for number in (1005, 1006):
        await people.bot.pass_(A_MINUTE)
        await people.presses(LIU, "✅ 弄好了", about=number)
        await people.says(LIU, photo=[{**PHOTO, "file_unique_id": f"done{number}"}])
        await people.presses(LIU, "🔧 修好了", "✅ 好了")
    await people.presses(XIAOLI, "👎 还没好", "🔁 再办一次")
    await people.presses(LIU, "⏸ 先停一停", "🔩 等配件", "四19", about=1007)
    await people.presses(DESK, "❓ 问居民", "在几楼", "✅ 发给居民", about=1004)


async def _bind(people: People, group: int, purpose: str) -> None:
    await people.commands(DESK, "/bind", group)
    await people.presses(DESK, purpose, group=group)
