"""Newcomers where several communities are: asked once, nothing of what they sent is lost."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.domain.newcomer import page_of
from bot.texts import plain
from storage import community
from tests.support.offline import Offline, offline

NEW = 8_100_001
JOIN = "v1:newcomer:join:2:0"
GROUP = -100_5


@pytest_asyncio.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Offline]:
    async with offline(tmp_path) as made:
        await found_second(made)
        yield made


async def found_second(bot: Offline, name: str = "和合社区") -> None:
    async with bot.house.database.begin() as uow:
        document = dict(await community.organisation(uow, 1))
        held = {**document["community"], "code": "hehe", "name": name, "phone": "010-7777"}
        await community.keep(uow, "hehe", {**document, "community": held})


async def say(bot: Offline, *updates: dict[str, Any]) -> None:
    await bot.take_in(*updates)
    await bot.settle()
    assert bot.defects == []


def photo(bot: Offline, who: int, name: str, **more: Any) -> dict[str, Any]:
    size = {"file_id": name, "file_unique_id": f"u{name}", "width": 9, "height": 9}
    return bot.message(who, photo=[size], media_group_id="album", **more)


def texts(bot: Offline, chat: int = NEW) -> list[str]:
    return [one.text for letter, one in bot.phones.sent if letter.chat_id == chat]


def labels(bot: Offline, chat: int = NEW) -> list[str]:
    return [button.label for _, button in bot.phones.buttons(chat)]


async def of(bot: Offline, who: int = NEW) -> list[int]:
    rows = await bot.rows("SELECT community_id FROM people WHERE telegram_id = :who", who=who)
    return [row["community_id"] for row in rows]


async def drafts(bot: Offline) -> list[Any]:
    return await bot.rows("SELECT community_id, facts FROM drafts WHERE status = 'open'")


async def test_words_sent_first_are_a_report_after_the_choice(bot: Offline) -> None:
    await say(bot, bot.message(NEW, "3号楼2单元灯不亮了"))
    assert labels(bot) == ["幸福里社区", "和合社区"]
    assert await of(bot) == []
    assert await drafts(bot) == []
    await say(bot, bot.press(NEW, next(iter(bot.phones.chats[NEW])), JOIN))
    assert await of(bot) == [2]
    (draft,) = await drafts(bot)
    assert draft["community_id"] == 2
    assert "灯不亮" in str(draft["facts"])
    assert any("和合社区" in one for one in texts(bot))


async def test_an_album_and_words_come_again_in_their_order_and_are_asked_about_once(
    bot: Offline,
) -> None:
    await say(bot, photo(bot, NEW, "a"), photo(bot, NEW, "b"), bot.message(NEW, "灯不亮了"))
    assert len(texts(bot)) == 1
    await say(bot, bot.press(NEW, 1, JOIN))
    facts = str((await drafts(bot))[0]["facts"])
    assert -1 < facts.index("ua") < facts.index("ub")
    assert "灯不亮" in facts
    assert len(await drafts(bot)) == 1


async def test_all_in_one_batch_keeps_its_order(bot: Offline) -> None:
    """Words, the choice and a later cancel were taken in while the bot was away."""
    await say(
        bot,
        bot.message(NEW, "灯不亮了"),
        bot.press(NEW, 1, JOIN),
        bot.message(NEW, "取消"),
    )
    assert await of(bot) == [2]
    assert await drafts(bot) == []  # begun by the first, dropped by the last
    (row,) = await bot.rows("SELECT count(*) n FROM drafts WHERE status = 'dropped'")
    assert row["n"] == 1


async def test_a_restart_between_the_choice_and_what_was_kept_loses_and_doubles_nothing(
    bot: Offline,
) -> None:
    await say(bot, bot.message(NEW, "灯不亮了"))
    await bot.restart()
    await bot.settle()
    assert await of(bot) == []
    await bot.take_in(bot.press(NEW, 1, JOIN))
    await bot.house.worker._serve(bot.house.worker._next_batch())  # committed, and then it dies
    assert await drafts(bot) == []
    await bot.restart()
    await bot.settle()
    assert len(await drafts(bot)) == 1
    (row,) = await bot.rows("SELECT count(*) n FROM inbox WHERE status <> 'done'")
    assert row["n"] == 0


async def test_the_tiles_pressed_twice_place_once(bot: Offline) -> None:
    await say(bot, bot.message(NEW, "灯不亮了"))
    await say(bot, bot.press(NEW, 1, JOIN), bot.press(NEW, 1, JOIN.replace("2", "1")))
    assert await of(bot) == [2]
    assert len(await drafts(bot)) == 1
    assert plain("newcomer.is_placed", "zh_CN", community="和合社区") in [
        one.replace("<b>", "").replace("</b>", "") for one in texts(bot)
    ]


async def test_an_emergency_gets_the_numbers_before_the_choice_and_is_filed_after(
    bot: Offline,
) -> None:
    await say(bot, bot.message(NEW, "电梯里困人了"))
    first, asked = texts(bot)
    assert "119" in first
    assert "哪个社区" in asked
    await say(bot, bot.press(NEW, 1, JOIN))
    (row,) = await bot.rows("SELECT community_id, urgent FROM cases")
    assert (row["community_id"], row["urgent"]) == (2, 1)


async def test_start_greets_in_the_chosen_community(bot: Offline) -> None:
    command = {"type": "bot_command", "offset": 0, "length": 6}
    await say(bot, bot.message(NEW, "/start", entities=[command]))
    await say(bot, bot.press(NEW, 1, JOIN))
    assert "和合社区" in texts(bot)[-1]
    assert sum(plain("consent.text", "zh_CN") in one for one in texts(bot)) == 1


@pytest.mark.parametrize("data", ["v1:newcomer:join:3:0", "v1:newcomer:join:0:0", "v1:home:my:0:0"])
async def test_a_forged_choice_places_nobody(bot: Offline, data: str) -> None:
    await say(bot, bot.message(NEW, "灯不亮了"), bot.press(NEW, 1, data))
    assert await of(bot) == []
    assert "哪个社区" in texts(bot)[-1]


async def test_what_is_edited_before_the_choice_is_the_edited_words(bot: Offline) -> None:
    first = bot.message(NEW, "灯不亮")
    edited: dict[str, Any] = {
        "update_id": bot._next(),
        "edited_message": {**first["message"], "text": "水管爆裂漏"},
    }
    edited["edited_message"]["edit_date"] = first["message"]["date"]
    await say(bot, first, edited)
    await say(bot, bot.press(NEW, 1, JOIN))
    assert "水管" in str((await drafts(bot))[0]["facts"])


async def test_after_a_while_it_is_asked_again(bot: Offline) -> None:
    await say(bot, bot.message(NEW, "灯不亮了"))
    await say(bot, bot.message(NEW, "在吗"))
    assert len(texts(bot)) == 1
    await bot.pass_(timedelta(minutes=11))
    await say(bot, bot.message(NEW, "有人吗"))
    assert len(texts(bot)) == 2


async def test_a_flood_of_somebody_unplaced_is_not_kept(bot: Offline) -> None:
    await say(bot, *(bot.message(NEW, f"{n}号") for n in range(200)))
    (row,) = await bot.rows("SELECT count(*) n FROM inbox WHERE status = 'kept'")
    assert row["n"] == 30


async def test_the_code_of_a_place_places_without_a_question(bot: Offline) -> None:
    async with bot.house.database.begin() as uow:
        from bot.services.code import posters  # noqa: PLC0415

        code = (await posters(uow, 2))[0].payload
    await say(bot, bot.message(NEW, f"/start {code}"))
    assert await of(bot) == [2]
    assert not any("哪个社区" in one for one in texts(bot))


async def test_in_a_group_somebody_unplaced_is_told_to_write_to_the_bot(bot: Offline) -> None:
    press = bot.press(NEW, 1, "v1:case:claim:1001:1")
    chat = {"id": GROUP, "type": "supergroup", "title": "群"}
    press["callback_query"]["message"]["chat"] = chat
    command = bot.message(
        NEW, "/bind", entities=[{"type": "bot_command", "offset": 0, "length": 5}]
    )
    command["message"]["chat"] = chat
    await say(bot, press)
    assert bot.phones.toasts[-1].text == plain("toast.start_first", "zh_CN")
    await say(bot, command)
    assert texts(bot, GROUP) == [plain("newcomer.start_first", "zh_CN")]
    assert await of(bot) == []


async def test_with_one_community_nobody_is_asked(tmp_path: Path) -> None:
    async with offline(tmp_path) as alone:
        await say(alone, alone.message(NEW, "灯不亮了"))
        assert await of(alone) == [1]
        assert len(await drafts(alone)) == 1


def test_pages_hold_seven_and_a_button_and_long_names_fewer() -> None:
    eight = {n: f"第{n}社区" for n in range(1, 9)}
    assert page_of(eight, 0) == (eight, 0, 1)
    nine = {**eight, 9: "第9社区"}
    assert [len(page_of(nine, at)[0]) for at in range(2)] == [7, 2]
    assert page_of(nine, 2) == page_of(nine, 0)
    long = {n: f"幸福里街道第{n}新村社区" for n in range(1, 6)}
    assert [len(page_of(long, at)[0]) for at in range(2)] == [3, 2]
