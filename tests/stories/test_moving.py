"""Somebody moves house into another community: what they reported stays, and they still hear."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest_asyncio

from bot.domain.moving import FROM_AFAR
from bot.domain.residence import Residence
from storage import community, counter, person, residence
from tests.support.offline import Offline, offline
from tests.unit.matrix_room import DESK, LI, LIU, XIAOLI, ZHOU, buttons

EAST, WEST, NORTH = 1, 2, 3
FIRST_CASE = 1001  # of each community


@pytest_asyncio.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Offline]:
    async with offline(tmp_path) as made:
        async with made.house.database.begin() as uow:
            document = dict(await community.organisation(uow, EAST))
            for code, name in (("hehe", "和合社区"), ("beiyuan", "北苑社区")):
                held = {**document["community"], "code": code, "name": name}
                id_, _ = await community.keep(uow, code, {**document, "community": held})
                counter.set_number(uow, id_, "case", FIRST_CASE - 1)
        yield made


async def does(bot: Offline, *updates: dict[str, Any]) -> None:
    bot.clock.instant += timedelta(minutes=1)  # nobody floods
    await bot.take_in(*updates)
    await bot.settle()
    assert bot.defects == []


async def says(bot: Offline, who: int, words: str) -> None:
    more = {}
    if words.startswith("/"):
        more = {"entities": [{"type": "bot_command", "offset": 0, "length": len(words)}]}
    await does(bot, bot.message(who, words, **more))


def button(bot: Offline, who: int, label: str) -> tuple[int, str]:
    found = [(at, one.data) for at, one in bot.phones.buttons(who) if label in one.label]
    assert found, (label, [one.label for _, one in bot.phones.buttons(who)])
    return found[-1]


async def taps(bot: Offline, who: int, *labels: str) -> None:
    for label in labels:
        at, data = button(bot, who, label)
        await does(bot, bot.press(who, at, data))


def reads(bot: Offline, who: int) -> str:
    """Return what was last sent to somebody."""
    return [one.text for letter, one in bot.phones.sent if letter.chat_id == who][-1]


def toast(bot: Offline) -> str:
    return bot.phones.toasts[-1].text


async def lives(bot: Offline, who: int) -> dict[int, bool]:
    """Return for each community in which somebody has ever been whether they are there now."""
    sql = "SELECT community_id, left_at FROM people WHERE telegram_id = :who"
    return {row["community_id"]: row["left_at"] is None for row in await bot.rows(sql, who=who)}


async def cases(bot: Offline) -> list[tuple[int, int, str]]:
    sql = "SELECT community_id, number, status FROM cases ORDER BY community_id, number"
    return [(row["community_id"], row["number"], row["status"]) for row in await bot.rows(sql)]


async def drafts(bot: Offline) -> list[int]:
    """Return of which communities reports are being written."""
    sql = "SELECT community_id FROM drafts WHERE status = 'open' AND noun = 'report'"
    return [row["community_id"] for row in await bot.rows(sql)]


async def reports(bot: Offline, who: int, words: str = "3号楼2单元灯不亮了") -> None:
    await says(bot, who, words)
    await taps(bot, who, "对,提交")


async def moves(bot: Offline, who: int, name: str) -> None:
    await says(bot, who, "/settings")
    await taps(bot, who, "我的家", "换社区", name, "搬过去")


async def test_homes_end_and_the_open_case_stays_and_is_answered_from_afar(bot: Offline) -> None:
    await reports(bot, LI)
    async with bot.house.database.begin() as uow:
        li = await person.find_by_telegram(uow, LI)
        assert li is not None
        residence.add(uow, Residence(EAST, 1, li.id, "3", 2, "301", uow.now, li.id))
    await says(bot, LI, "/settings")
    await taps(bot, LI, "我的家", "换社区", "和合社区")
    asked = reads(bot, LI)
    for piece in ("搬到和合社区?", "绑定的 1 户会解除", "1 件没办完", "想换回来,随时可以"):
        assert piece in asked
    await bot.restart()
    await taps(bot, LI, "搬过去")
    assert await lives(bot, LI) == {EAST: False, WEST: True}
    assert "几号楼" in reads(bot, LI), "where they live there is asked at once"
    (held,) = await bot.rows("SELECT ended_at, reason FROM residences")
    assert (held["ended_at"] is None, held["reason"]) == (False, "moved_out")

    await taps(bot, DESK, "放给志愿者")
    await taps(bot, LIU, "我去", "弄好了", "不适合拍照", "涉及隐私", "修好了", "好了")
    assert "修好了吗" in reads(bot, LI)
    result = button(bot, LI, "👍 好了")
    await reports(bot, LI, "5号楼1单元电梯停了不动")
    both = [(EAST, FIRST_CASE, "resolved"), (WEST, FIRST_CASE, "submitted")]
    assert await cases(bot) == both, "the same number here and there"
    await does(bot, bot.press(LI, *result))
    both[0] = (EAST, FIRST_CASE, "closed_solved")
    assert await cases(bot) == both


async def test_what_needs_several_steps_needs_them_to_be_there(bot: Offline) -> None:
    await reports(bot, LI)
    add = button(bot, LI, "补充")
    await moves(bot, LI, "和合社区")
    await does(bot, bot.press(LI, *add))
    assert toast(bot).startswith("这件事在幸福里社区。")
    await says(bot, LI, "还有一盏也不亮")
    assert await drafts(bot) == [WEST], "it is a report of the new community"
    await taps(bot, LI, "不报了")
    await moves(bot, LI, "幸福里社区")
    assert await lives(bot, LI) == {EAST: True, WEST: False}
    await does(bot, bot.press(LI, *add))
    assert "补充" in reads(bot, LI)


async def test_what_was_begun_here_does_not_go_on_there(bot: Offline) -> None:
    await reports(bot, LI)
    await taps(bot, LI, "补充")
    await moves(bot, LI, "和合社区")
    await says(bot, LI, "还有一盏也不亮")
    assert await bot.rows("SELECT 1 FROM remarks WHERE community_id = 2") == []
    assert await drafts(bot) == [WEST]


async def test_whoever_serves_or_has_not_finished_a_report_stays(bot: Offline) -> None:
    await says(bot, LIU, "/settings")
    await taps(bot, LIU, "我的家", "换社区", "和合社区")
    assert "您在幸福里社区还有身份" in toast(bot)
    assert await lives(bot, LIU) == {EAST: True}
    await says(bot, XIAOLI, "3号楼2单元灯不亮了")
    at, _ = button(bot, XIAOLI, "对,提交")
    await does(bot, bot.press(XIAOLI, at, f"v1:moving:go:{WEST}:0"))
    assert "还有一件没报完" in toast(bot)
    assert await lives(bot, XIAOLI) == {EAST: True}


async def test_one_may_go_back_at_once_and_on_the_next_day_to_another(bot: Offline) -> None:
    await moves(bot, ZHOU, "和合社区")
    again = bot.press(ZHOU, 1, f"v1.{WEST}:moving:go:{WEST}:0")
    await does(bot, again)
    assert "更新过了" in toast(bot), "pressed twice is once"
    await does(bot, bot.press(ZHOU, 1, f"v1.{WEST}:moving:go:{NORTH}:0"))
    assert "明天再换" in toast(bot)
    await moves(bot, ZHOU, "幸福里社区")
    await moves(bot, ZHOU, "和合社区")
    assert await lives(bot, ZHOU) == {EAST: False, WEST: True}
    bot.clock.instant += timedelta(days=1)
    await moves(bot, ZHOU, "北苑社区")
    assert await lives(bot, ZHOU) == {EAST: False, WEST: False, NORTH: True}


async def test_choices_go_along_and_organizers_find_them_no_more(bot: Offline) -> None:
    await says(bot, ZHOU, "/settings")
    await taps(bot, ZHOU, "大字")
    await taps(bot, ZHOU, "我的家", "换社区", "和合社区", "搬过去")
    async with bot.house.database.begin() as uow:
        there = await person.find_by_telegram(uow, ZHOU)
        assert there is not None
        assert (there.community_id, there.settings["large"], there.home) == (WEST, True, None)
        assert await person.named(uow, EAST, there.name) == []
        assert [one.id for one in await person.named(uow, WEST, there.name)] == [there.id]


async def test_a_button_of_a_community_in_which_one_never_was_does_nothing(bot: Offline) -> None:
    await reports(bot, LI)
    await moves(bot, ZHOU, "和合社区")
    await reports(bot, ZHOU)
    before = await cases(bot)
    for who, data in (
        (DESK, f"v1.{WEST}:case:offer:{FIRST_CASE}:1"),
        (LI, f"v1.{WEST}:case:withdraw:{FIRST_CASE}:1"),
        (LI, f"v1.{NORTH}:case:withdraw:{FIRST_CASE}:1"),
        (LI, f"v1.99999999999:case:withdraw:{FIRST_CASE}:1"),
        (LI, f"v1.x:case:withdraw:{FIRST_CASE}:1"),
        (ZHOU, f"v1:case:withdraw:{FIRST_CASE}:1"),
    ):
        await does(bot, bot.press(who, 1, data))
        assert await cases(bot) == before, data


async def test_what_works_from_afar_is_there_at_all(bot: Offline) -> None:
    afar = {(noun, verb) for noun, verbs in FROM_AFAR.items() for verb in verbs}
    assert afar <= set(buttons(bot))
