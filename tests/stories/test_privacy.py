"""What is kept of somebody: they see it, take it along, and are erased when they wish so."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest_asyncio
from sqlalchemy import text

from bot.delivery import made_privacy
from bot.domain.privacy import alias
from bot.domain.role import Role
from storage import case as cases
from storage import person, role
from tests.stories.test_moving import button, does, reads, reports, says, taps, toast
from tests.support.offline import Offline, offline
from tests.unit.matrix_room import DESK, LI, LIU, XIAOLI, ZHOU

DAY = timedelta(days=1)
_CLOSE = "UPDATE cases SET status = 'closed_solved', closed_at = resolved_at"


@pytest_asyncio.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Offline]:
    async with offline(tmp_path) as made:
        yield made
        assert made.defects == []


async def looks_into(bot: Offline, who: int) -> str:
    await says(bot, who, "/privacy")
    return reads(bot, who)


async def finishes(bot: Offline) -> None:
    """Let the case that was reported be offered, taken, done and closed."""
    await taps(bot, DESK, "放给志愿者")
    await taps(bot, LIU, "我去", "弄好了", "不适合拍照", "涉及隐私", "修好了", "好了")


async def test_a_resident_sees_what_is_kept_and_takes_it_along(bot: Offline) -> None:
    await reports(bot, LI)
    async with bot.house.database.begin() as uow:
        case = await cases.find(uow, 1, 1001)
        assert case is not None
        await cases.save(uow, replace(case, door="502"), case.version)
    seen = await looks_into(bot, LI)
    for piece in ("我的信息", "3号楼2单元", "1 件事", "0 张照片", "经办人和督办", "还没有人看过"):
        assert piece in seen
    await taps(bot, LI, "导出给我")
    assert toast(bot) == "马上发给您"
    (letter,) = [one for one, _ in bot.phones.sent if one.kind == "privacy.export"]
    name, held = (await made_privacy.prepare(bot.house.database, letter))()
    assert name == "linli_2026-11-17.json"
    document = json.loads(held)
    (here,) = document["communities"]
    (filed,) = here["我报的事"]
    assert (filed["words"], filed["door"]) == ("3号楼2单元灯不亮了", "502"), "opened for themself"
    (profile,) = here["个人资料"]
    assert (profile["telegram_id"], profile["name"]) == (LI, "李阿姨"), "opened for themself"
    assert {"经过"} <= set(here)
    assert {"给我的消息", "我发来的消息"} <= set(document["account"])
    assert "张调度" not in json.dumps(here["个人资料"], ensure_ascii=False)

    await taps(bot, LI, "导出给我")
    assert "一小时后再来拿" in toast(bot)
    bot.clock.instant += timedelta(hours=1)
    await taps(bot, LI, "导出给我")
    assert toast(bot) == "马上发给您"
    done = await bot.rows("SELECT what FROM audit ORDER BY id")
    assert [row["what"] for row in done] == ["exported", "exported"]


async def test_erased_after_seven_days_and_taken_back_before(bot: Offline) -> None:
    await looks_into(bot, LI)
    await taps(bot, LI, "删除我")
    assert "7 天内能反悔" in reads(bot, LI)
    await taps(bot, LI, "七天后删除")
    assert "11月24日" in reads(bot, LI)
    await taps(bot, LI, "不删了")
    assert "一切照旧" in reads(bot, LI)
    await bot.pass_(8 * DAY)
    assert len(await bot.rows(f"SELECT 1 FROM people WHERE telegram_id = {LI}")) == 1

    await looks_into(bot, LI)
    await taps(bot, LI, "删除我", "七天后删除")
    at, data = button(bot, LI, "不删了")
    await bot.pass_(6 * DAY + timedelta(minutes=1))
    assert "之后不再发消息" in reads(bot, LI)
    before = len(bot.phones.sent)
    await bot.pass_(DAY)
    assert [one for one, _ in bot.phones.sent[before:] if one.chat_id == LI] == []
    assert await bot.rows(f"SELECT 1 FROM people WHERE telegram_id = {LI}") == []
    assert await bot.rows("SELECT 1 FROM keys WHERE person_id = 1") == []

    await does(bot, bot.press(LI, at, data))
    assert "更新过了" in toast(bot)
    (again,) = await bot.rows(f"SELECT id FROM people WHERE telegram_id = {LI}")
    assert again["id"] > 1, "whoever writes again is somebody new"


async def test_an_open_case_goes_on_without_a_name_and_loses_its_words_when_closed(
    bot: Offline,
) -> None:
    await reports(bot, LI)
    await looks_into(bot, LI)
    await taps(bot, LI, "删除我")
    assert "没办完的 1 件改成匿名" in reads(bot, LI)
    await taps(bot, LI, "七天后删除")
    await bot.pass_(7 * DAY + timedelta(minutes=1))
    (case,) = await bot.rows("SELECT words, reporter_id FROM cases")
    assert case["words"] == "3号楼2单元灯不亮了"
    (one,) = await bot.rows("SELECT name FROM people WHERE id = :id", id=case["reporter_id"])
    assert one["name"] == alias(case["reporter_id"])
    assert await bot.rows("SELECT 1 FROM outbox WHERE facts LIKE '%李阿姨%'") == []
    bot.clock.instant = bot.clock.instant.replace(hour=2)
    await finishes(bot)
    async with bot.house.database.begin() as uow:
        await uow.write_now(text(_CLOSE))
    await bot.pass_(DAY)
    (case,) = await bot.rows("SELECT words, door, place, place_key, category FROM cases")
    assert dict(case) == {
        "words": "",
        "door": None,
        "place": "3号楼",
        "place_key": None,
        "category": "lighting",
    }


async def test_who_serves_hands_over_first_and_is_not_erased_while_they_serve_again(
    bot: Offline,
) -> None:
    await looks_into(bot, LIU)
    await taps(bot, LIU, "删除我")
    assert "先交出手上的事" in reads(bot, LIU)
    assert "志愿者" in reads(bot, LIU)
    await does(bot, bot.press(LIU, 1, f"v1:privacy:erase_yes:{await number(bot, LIU)}:0"))
    assert "先交出去再删" in toast(bot)

    await looks_into(bot, ZHOU)
    await taps(bot, ZHOU, "删除我", "七天后删除")
    async with bot.house.database.begin() as uow:
        await role.give(uow, 1, await number(bot, ZHOU), Role.VOLUNTEER, "", None)
    await bot.pass_(7 * DAY + timedelta(minutes=1))
    assert "没有删除" in reads(bot, ZHOU)
    assert len(await bot.rows(f"SELECT 1 FROM people WHERE telegram_id = {ZHOU}")) == 1


async def number(bot: Offline, who: int) -> int:
    (row,) = await bot.rows("SELECT id FROM people WHERE telegram_id = :who", who=who)
    return int(row["id"])


async def test_odd_presses_do_nothing_and_twice_is_once(bot: Offline) -> None:
    await looks_into(bot, LI)
    await taps(bot, LI, "删除我")
    at, yes = button(bot, LI, "七天后删除")
    await does(bot, bot.press(XIAOLI, at, yes))
    assert "更新过了" in toast(bot)
    await does(bot, bot.press(LI, at, yes), bot.press(LI, at, yes))
    planned = "SELECT kind FROM due WHERE kind LIKE 'erase%' AND done_at IS NULL ORDER BY kind"
    assert [row["kind"] for row in await bot.rows(planned)] == ["erase", "erase_remind"]
    _, stay = button(bot, LI, "不删了")
    await does(bot, bot.press(LI, at, stay), bot.press(LI, at, stay))
    assert await bot.rows(planned) == []
    assert "更新过了" in toast(bot)


async def test_somebody_who_moved_is_erased_in_both_places(bot: Offline) -> None:
    async with bot.house.database.begin() as uow:
        who = await person.find_by_telegram(uow, ZHOU)
        assert who is not None
        assert await person.left_by(uow, ZHOU) == {}
