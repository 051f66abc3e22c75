"""What can go wrong while a notice is made: old buttons, odd content, and minds that change."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from bot.domain.area import EVERYWHERE
from bot.domain.broadcast import SENDERS, Status
from bot.domain.letter import Button
from bot.domain.person import Person
from bot.domain.role import Role
from bot.domain.settings import Settings
from bot.services import broadcast, grant
from bot.services.broadcast_due import PACE
from storage import broadcast as broadcasts
from storage import person as people
from storage.tables import broadcast_people
from storage.unit_of_work import UnitOfWork
from tests.support.offline import Offline, offline
from tests.unit.test_broadcast_presses import got, press, press_label, send, write

QIAN, ADMIN, LI, ZHOU = 7000012, 7000013, 7000001, 7000002


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Offline]:
    async with offline(tmp_path) as made:
        yield made
        assert made.defects == []


def seen(bot: Offline, person: int) -> str:
    """Return all that stands in a chat now."""
    return "\n".join(drawn.text for drawn in bot.phones.chats.get(person, {}).values())


def button(bot: Offline, person: int, label: str) -> tuple[int, Button]:
    """Return the newest button with that label, and its message."""
    return [one for one in bot.phones.buttons(person) if one[1].label.startswith(label)][-1]


async def press_old(bot: Offline, person: int, old: tuple[int, Button]) -> None:
    await press(bot, person, old[1].data, old[0])


async def test_what_nobody_has_seen_is_not_sent_by_an_older_button(bot: Offline) -> None:
    await write(bot, "停水到五点")
    await press_label(bot, QIAN, "👥")
    old = [button(bot, QIAN, label) for label in ("✅ 现在发", "🌆", "🕐", "📬")]
    await send(bot, QIAN, "停电也到五点")
    for one in old:
        await press_old(bot, QIAN, one)
        assert bot.phones.toasts[-1].text.startswith("这条更新过了")
    await bot.pass_(timedelta(hours=12))
    assert await bot.rows("SELECT id FROM broadcasts") == []
    await press_label(bot, QIAN, "👥")
    await press_label(bot, QIAN, "📬 要“收到”⬜")
    await press_label(bot, QIAN, "🌅 早上08:00")
    await bot.pass_(timedelta(hours=12))
    assert "停水到五点\n停电也到五点" in got(bot, LI)[0]


async def test_a_card_that_names_others_does_not_send_to_everybody(bot: Offline) -> None:
    await write(bot)
    await press_label(bot, QIAN, "🏢")
    await press_label(bot, QIAN, "⬜ 3号楼")
    await press_label(bot, QIAN, "✅ 选好了")
    of_building = button(bot, QIAN, "✅ 现在发")
    await press_label(bot, QIAN, "🕐 选时间、定期")
    await send(bot, QIAN, "再看看")
    everybody = (1, Button("", of_building[1].data.replace(":now:", ":all:")))
    await press_old(bot, QIAN, everybody)
    assert "全体:" in seen(bot, QIAN)
    await press_old(bot, QIAN, of_building)
    assert await bot.rows("SELECT id FROM broadcasts") == []


async def test_a_rule_of_former_words_is_not_kept(bot: Offline) -> None:
    await write(bot, "消防演练")
    for label in ("👥", "🕐 选时间、定期", "🔁 定期发", "📅 每周", "周四", "19:00", "照常"):
        await press_label(bot, QIAN, label)
    keep = button(bot, QIAN, "✅ 就这样")
    await send(bot, QIAN, None, photo=[picture(1)])
    await press_old(bot, QIAN, keep)
    assert await bot.rows("SELECT id FROM broadcast_series") == []


def picture(number: int) -> dict[str, object]:
    """Return one size of a picture."""
    return {"file_id": f"p{number}", "file_unique_id": f"u{number}", "width": 9, "height": 9}


async def edit(bot: Offline, person: int, message_id: int, words: str) -> None:
    """Let somebody edit a message of theirs."""
    edited = bot._message(person, text=words, edit_date=1) | {"message_id": message_id}
    await bot.take_in({"update_id": bot._next(), "edited_message": edited})
    await bot.settle()


async def test_an_edited_message_is_seen_again_and_goes_out_edited(bot: Offline) -> None:
    await write(bot, "停水到五点")
    await send(bot, QIAN, "请接水")
    first, _ = (row["said"] for row in await said(bot))
    await press_label(bot, QIAN, "👥")
    old = button(bot, QIAN, "✅ 现在发")
    await edit(bot, QIAN, first, "停水到六点")
    assert "停水到六点" in last(bot, QIAN)
    await press_old(bot, QIAN, old)
    assert await bot.rows("SELECT id FROM broadcasts") == []
    await press_label(bot, QIAN, "👥")
    await press_label(bot, QIAN, "✅ 现在发")
    await bot.pass_(timedelta(minutes=1))
    assert "停水到六点\n请接水" in got(bot, LI)[0]
    await edit(bot, QIAN, 77, "别的")
    await edit(bot, QIAN, first, "停水到七点")


async def said(bot: Offline) -> list[dict[str, int]]:
    """Return of which messages the open notice consists."""
    (row,) = await bot.rows("SELECT facts FROM drafts WHERE status = 'open'")
    return [{"said": one[0]} for one in json.loads(row["facts"])["said"]]


def last(bot: Offline, person: int) -> str:
    """Return what was drawn last in a chat."""
    return [drawn.text for one, drawn in bot.phones.sent if one.chat_id == person][-1]


async def test_an_edited_report_is_edited_while_a_notice_is_written(bot: Offline) -> None:
    await send(bot, QIAN, "楼道灯不亮")
    (row,) = await bot.rows("SELECT facts FROM drafts WHERE status = 'open'")
    message = json.loads(row["facts"])["said"][0][0]
    await write(bot, "停水到五点")
    await edit(bot, QIAN, message, "楼道灯一直亮")
    assert "楼道灯一直亮" in seen(bot, QIAN)
    rows = await bot.rows("SELECT facts FROM drafts WHERE noun = 'broadcast'")
    assert "一直亮" not in str(rows[0]["facts"])


async def test_what_stands_behind_the_command_is_its_beginning(bot: Offline) -> None:
    marks = [
        {"type": "bot_command", "offset": 0, "length": 7},
        {"type": "bold", "offset": 8, "length": 2},
    ]
    await send(bot, QIAN, "/notice 明天停水", entities=marks)
    assert "明天停水" in last(bot, QIAN)
    await press_label(bot, QIAN, "👥")
    await press_label(bot, QIAN, "✅ 现在发")
    await bot.pass_(timedelta(minutes=1))
    assert got(bot, LI)[0].endswith("\n<b>明天</b>停水")


async def test_addresses_of_links_are_marks_and_not_words(bot: Offline) -> None:
    link = {"type": "text_link", "offset": 0, "length": 2, "url": 'https://a.cn/?a=1&lt=2&b="x"'}
    code = {"type": "pre", "offset": 3, "length": 2, "language": 'c"+'}
    await write(bot, "这里 代码", entities=[link, code])
    await press_label(bot, QIAN, "👥")
    await press_label(bot, QIAN, "✅ 现在发")
    await bot.pass_(timedelta(minutes=1))
    assert 'href="https://a.cn/?a=1&amp;lt=2&amp;b=&quot;x&quot;">这里</a>' in got(bot, LI)[0]
    assert 'language-c&quot;+">' in got(bot, LI)[0]


async def test_a_correction_is_words_alone_and_never_wipes_them(bot: Offline) -> None:
    await write(bot, "停水到五点")
    await press_label(bot, QIAN, "👥")
    await press_label(bot, QIAN, "✅ 现在发")
    await bot.pass_(timedelta(minutes=1))
    await press_label(bot, QIAN, "✏️ 更正")
    for number in range(3):
        await send(bot, QIAN, None, photo=[picture(number)], media_group_id="album")
    assert seen(bot, QIAN).count("更正只改文字") == 1
    await send(bot, QIAN, None, photo=[picture(9)], caption="停水到六点")
    assert seen(bot, QIAN).count("更正只改文字") == 2
    await press_old(bot, QIAN, button(bot, QIAN, "✖ 先不弄了"))
    assert "停水到五点" in seen(bot, LI)


async def test_what_joins_an_album_and_does_not_fit_is_said_once(bot: Offline) -> None:
    await send(bot, QIAN, "/notice", entities=[{"type": "bot_command", "offset": 0, "length": 7}])
    film = {"width": 9, "height": 9, "duration": 1}
    await send(bot, QIAN, None, photo=[picture(1)], media_group_id="a", caption="百家宴")
    for name in ("f", "g"):
        one = {"file_id": name, "file_unique_id": name, **film}
        await send(bot, QIAN, None, video=one, media_group_id="a")
    await bot.pass_(timedelta(seconds=3))
    assert seen(bot, QIAN).count("最多 10 张照片") == 1
    assert "百家宴</b> · 🖼 照片1张" in seen(bot, QIAN)
    await send(bot, QIAN, None, photo=[picture(1)])
    assert "百家宴</b> · 🖼 照片1张" in last(bot, QIAN), "the same picture once more changes nothing"


# --- the second person, and who loses the role -------------------------------------------------


async def ask_at_night(bot: Offline) -> None:
    """Ask the second person for something urgent at ten past ten at night."""
    await bot.pass_(timedelta(hours=13))
    await write(bot, "燃气泄漏")
    await press_label(bot, QIAN, "👥")
    await press_label(bot, QIAN, "🚨")


async def statuses(bot: Offline) -> list[str]:
    return [row["status"] for row in await bot.rows("SELECT status FROM broadcasts ORDER BY id")]


async def test_what_nobody_agreed_to_is_over_and_its_author_hears_of_it(bot: Offline) -> None:
    await ask_at_night(bot)
    agree, asked_at = button(bot, ADMIN, "✅ 同意"), len(bot.phones.sent)
    await bot.pass_(timedelta(hours=13))
    told = [one for one in bot.phones.sent[asked_at:] if "一直没有人点头" in one[1].text]
    assert {one.chat_id for one, _ in told} == {QIAN}
    assert sum(one.message_id is None for one, _ in told) == 1, "once anew, once over the old card"
    await press_old(bot, ADMIN, agree)
    await bot.pass_(timedelta(days=1))
    assert got(bot, LI) == []
    assert await statuses(bot) == ["lapsed"]
    assert "一直没有人点头" in last(bot, ADMIN), "what was pressed shows how it stands"


async def test_a_refusal_is_told_and_not_only_drawn(bot: Offline) -> None:
    await ask_at_night(bot)
    before = set(bot.phones.chats[QIAN])
    await press_label(bot, ADMIN, "🚫 不同意")
    new = [drawn.text for at, drawn in bot.phones.chats[QIAN].items() if at not in before]
    assert any("没有同意" in one for one in new)
    await bot.pass_(timedelta(days=1))
    assert await statuses(bot) == ["refused"]


async def lose_the_role(bot: Offline, person: int) -> None:
    """Take away whatever somebody may do."""
    async with bot.house.database.begin() as uow:
        who, admin = [await people.find_by_telegram(uow, one) for one in (person, ADMIN)]
        assert who is not None
        assert admin is not None
        await grant.take(uow, admin, who, Role.ORGANIZER, EVERYWHERE)


async def test_what_its_author_may_not_send_any_more_needs_somebody_else(bot: Offline) -> None:
    await write(bot, "停水")
    await press_label(bot, QIAN, "👥")
    await press_label(bot, QIAN, "🌆")
    await lose_the_role(bot, QIAN)
    await bot.pass_(timedelta(hours=10))
    assert got(bot, LI) == []
    assert await statuses(bot) == ["asked"]
    await press_label(bot, ADMIN, "✅ 同意")
    await bot.pass_(timedelta(minutes=5))
    assert await statuses(bot) == ["sent"]
    assert len(got(bot, LI)) == 1


async def test_what_was_agreed_to_goes_though_its_author_is_none_any_more(bot: Offline) -> None:
    await ask_at_night(bot)
    async with bot.house.database.begin() as uow:
        (one,) = await broadcasts.latest(
            uow, 1, list(Status), bot.clock.instant - timedelta(days=1)
        )
        await broadcast.move(uow, await person_of(uow, ADMIN), "approve", one.id, one.version)
    await lose_the_role(bot, QIAN)
    await bot.pass_(timedelta(minutes=1))
    assert await statuses(bot) == ["sent"]


async def person_of(uow: UnitOfWork, telegram_id: int) -> Person:
    found = await people.find_by_telegram(uow, telegram_id)
    assert found is not None
    return found


async def test_what_comes_again_and_again_then_asks_somebody_else_each_time(bot: Offline) -> None:
    await write(bot, "消防演练")
    for label in ("👥", "🕐 选时间、定期", "🔁 定期发", "📅 每周", "周四", "19:00", "照常"):
        await press_label(bot, QIAN, label)
    await press_label(bot, QIAN, "✅ 就这样")
    await lose_the_role(bot, QIAN)
    await bot.pass_(timedelta(days=2))
    assert await statuses(bot) == ["asked"]
    await press_label(bot, ADMIN, "✅ 同意")
    await bot.pass_(timedelta(days=1))
    assert len(got(bot, LI)) == 1


# --- after it went out -------------------------------------------------------------------------


async def sent_to_all(bot: Offline, words: str = "停水到五点", *switches: str) -> None:
    await write(bot, words)
    await press_label(bot, QIAN, "👥")
    for one in switches:
        await press_label(bot, QIAN, one)
    await press_label(bot, QIAN, "✅ 现在发")
    await bot.pass_(timedelta(minutes=1))


async def block(bot: Offline, *persons: int) -> None:
    async with bot.house.database.begin() as uow:
        for one in persons:
            people.change(uow, replace(await person_of(uow, one), blocked_at=bot.clock.instant))


async def test_who_got_it_and_left_later_is_not_called(bot: Offline) -> None:
    await block(bot, ZHOU)
    bot.phones.blocked.add(7000003)
    await sent_to_all(bot)
    await block(bot, LI)
    await press(bot, QIAN, "v1:broadcast:show:1:0")
    assert button(bot, QIAN, "📞")[1].label == "📞 没收到的 2 人"
    await press_label(bot, QIAN, "📞")
    listed = last(bot, QIAN)
    assert "没收到的 2 人" in listed
    assert "李阿姨" not in listed
    assert "老周" in listed
    bot.phones.blocked.clear()
    async with bot.house.database.begin() as uow:  # back again, and still to be called
        people.change(uow, replace(await person_of(uow, 7000003), blocked_at=None))
    await press(bot, QIAN, "v1:broadcast:show:1:0")
    assert button(bot, QIAN, "📞")[1].label == "📞 没收到的 2 人"


async def test_what_was_opened_from_the_news_is_put_right_and_taken_back(bot: Offline) -> None:
    await sent_to_all(bot)
    await press(bot, LI, "v1:broadcast:read:1:0")
    assert seen(bot, LI).count("停水到五点") == 2
    await press_label(bot, QIAN, "✏️ 更正")
    await send(bot, QIAN, "停水到六点")
    await press_label(bot, QIAN, "✅ 就这样改")
    await bot.pass_(timedelta(minutes=1))
    assert "停水到五点" not in seen(bot, LI)
    assert seen(bot, LI).count("停水到六点") == 2
    await press_label(bot, QIAN, "↩️ 撤回")
    await press_label(bot, QIAN, "↩️ 撤回这条")
    await bot.pass_(timedelta(minutes=1))
    assert "停水" not in seen(bot, LI)


async def test_who_joined_later_is_not_told_that_they_had_pressed(bot: Offline) -> None:
    await sent_to_all(bot, "停水到五点", "📬")
    async with bot.house.database.begin() as uow:  # as if she had come today
        await uow.write_now(
            delete(broadcast_people).where(
                broadcast_people.c.person_id == (await person_of(uow, LI)).id
            )
        )
    await press(bot, LI, "v1:broadcast:read:1:0")
    newest = max(at for at, _ in bot.phones.buttons(LI))
    assert [one.label for at, one in bot.phones.buttons(LI) if at == newest] == ["🔕 少发这类"]
    await press(bot, LI, "v1:broadcast:got:1:0")
    assert bot.phones.toasts[-1].text == "谢谢,知道您看到了"


async def test_what_was_missed_comes_once_and_not_in_the_night(bot: Offline) -> None:
    await write(bot, "消防演练")
    for label in ("👥", "🕐 选时间、定期", "🔁 定期发", "📅 每周", "周四", "19:00", "照常"):
        await press_label(bot, QIAN, label)
    await press_label(bot, QIAN, "✅ 就这样")
    bot.clock.instant += timedelta(days=2, hours=13)  # down until ten past ten on Thursday night
    await bot.house.runner.tick()
    await bot.settle()
    assert await statuses(bot) == ["planned"]
    await bot.pass_(timedelta(hours=12))
    assert len(got(bot, LI)) == 1


async def test_who_rests_is_named_and_does_not_make_it_last_forty_thousand_seconds(
    bot: Offline,
) -> None:
    bot.house.database.give(PACE, 1)
    await bot.pass_(timedelta(hours=10))
    async with bot.house.database.begin() as uow:
        who = await person_of(uow, ADMIN)
        own = replace(Settings.of(who), begins="18:00", ends="08:00")
        people.change(uow, replace(who, settings=own.stored(who.settings)))
    await sent_to_all(bot)
    assert "14/15" in last(bot, QIAN)
    assert "等他休息完再发 1" in last(bot, QIAN)
    assert "还要约" not in last(bot, QIAN)
    await bot.pass_(timedelta(hours=13))
    assert "送达 15 · 用时 12 小时 50 分钟" in last(bot, QIAN)


async def test_pressed_five_times_it_is_one_step_less_and_the_next_notice_another(
    bot: Offline,
) -> None:
    await sent_to_all(bot)
    for _ in range(5):
        await press_label(bot, LI, "🔕")
    assert bot.phones.toasts[-1].text.startswith("好的,以后通知合成每天一次")
    await bot.pass_(timedelta(days=1))
    await sent_to_all(bot, "第二条")
    await press(bot, LI, "v1:broadcast:less:2:0")
    assert bot.phones.toasts[-1].text.startswith("好的,以后通知合成每周一次")


async def test_a_colleague_finds_it_and_takes_it_back(bot: Offline) -> None:
    await sent_to_all(bot, "停水到五点")
    await write(bot, "明天停电")
    await press_label(bot, QIAN, "👥")
    await press_label(bot, QIAN, "🌆")
    command = [{"type": "bot_command", "offset": 0, "length": 7}]
    await send(bot, ADMIN, "/notice", entities=command)
    await press_label(bot, ADMIN, "📋 最近 2 条")
    assert "⏳ <b>明天停电</b> 今天19:00要发" in last(bot, ADMIN)
    assert "✅ <b>停水到五点</b> 今天09:10发完了" in last(bot, ADMIN)
    await press_label(bot, ADMIN, "📢 停水到五点")
    await press_label(bot, ADMIN, "↩️ 撤回")
    await press_label(bot, ADMIN, "↩️ 撤回这条")
    await bot.pass_(timedelta(minutes=1))
    assert await statuses(bot) == ["recalled", "planned"]
    await press(bot, LI, "v1:broadcast:list:0:0")
    assert "明天停电" not in seen(bot, LI)


async def test_who_wrote_it_goes_on_with_it_from_the_list(bot: Offline) -> None:
    await write(bot, "明天停电")
    await press_label(bot, QIAN, "👥")
    await press_label(bot, QIAN, "🌆")
    await send(bot, QIAN, "/notice", entities=[{"type": "bot_command", "offset": 0, "length": 7}])
    await press_label(bot, QIAN, "📋 最近 1 条")
    at = max(at for at, _ in bot.phones.buttons(QIAN))
    await press_label(bot, QIAN, "📢 明天停电")
    await press_label(bot, QIAN, "✖️ 不发了")
    assert "取消了,没有发" in bot.phones.chats[QIAN][at].text


async def test_an_estate_or_a_grid_is_one_press(bot: Offline) -> None:
    await write(bot, "东区停水")
    await press_label(bot, QIAN, "🎯 其他人")
    await press_label(bot, QIAN, "🏘 按小区")
    await press_label(bot, QIAN, "幸福里东区")
    assert "<b>幸福里东区:" in last(bot, QIAN)
    await press_label(bot, QIAN, "✅ 现在发")
    await bot.pass_(timedelta(minutes=1))
    (one,) = await bot.rows("SELECT total FROM broadcasts")
    assert len(got(bot, LI)) == 1
    assert 0 < one["total"] < 15
    assert got(bot, QIAN) == []


async def test_a_correction_is_seen_as_it_will_be_before_anybody_gets_it(bot: Offline) -> None:
    await sent_to_all(bot, "停水到五点")
    await press_label(bot, QIAN, "✏️ 更正")
    await send(bot, QIAN, "停水到六点\n请接水")
    old = button(bot, QIAN, "✅ 就这样改")
    shown = [one[1].text for one in bot.phones.sent if one[0].kind == "broadcast.preview"][-1]
    assert "停水到六点\n请接水\n(已更正 今天09:11)" in shown
    await send(bot, QIAN, "电也停")
    await press_old(bot, QIAN, old)
    assert bot.phones.toasts[-1].text.startswith("这条更新过了")
    await press_label(bot, QIAN, "🗑 重新写")
    await send(bot, QIAN, "停水到七点")
    await press_label(bot, QIAN, "✅ 就这样改")
    await bot.pass_(timedelta(minutes=1))
    assert "\n停水到七点\n" in seen(bot, LI)
    assert "六点" not in seen(bot, LI)


async def test_too_long_a_correction_below_a_picture_is_said_at_once(bot: Offline) -> None:
    await send(bot, QIAN, "/notice", entities=[{"type": "bot_command", "offset": 0, "length": 7}])
    await send(bot, QIAN, None, photo=[picture(1)], caption="停水")
    await press_label(bot, QIAN, "👥")
    await press_label(bot, QIAN, "✅ 现在发")
    await bot.pass_(timedelta(minutes=1))
    await press_label(bot, QIAN, "✏️ 更正")
    await send(bot, QIAN, "长" * 900)
    assert "850 字以内" in last(bot, QIAN)
    await send(bot, QIAN, "停水到六点")
    await press_label(bot, QIAN, "✅ 就这样改")
    await bot.pass_(timedelta(minutes=1))
    assert "停水到六点" in seen(bot, LI)


async def test_nobody_else_who_could_agree_is_said_and_the_draft_stays(bot: Offline) -> None:
    async with bot.house.database.begin() as uow:
        others = [one for one in await people.holders(uow, 1, SENDERS) if one.telegram_id != QIAN]
    await block(bot, *(one.telegram_id for one in others))
    await ask_at_night(bot)
    assert "没有别人" in bot.phones.toasts[-1].text
    await press_label(bot, QIAN, "🌅 早上08:00")
    await bot.pass_(timedelta(hours=11))
    assert len(got(bot, LI)) == 1


async def test_after_a_month_nobody_is_told_that_it_was_taken_back(bot: Offline) -> None:
    await sent_to_all(bot)
    await bot.pass_(timedelta(days=30))
    for label in ("↩️ 撤回", "✏️ 更正"):
        await press_label(bot, QIAN, label)
        assert bot.phones.toasts[-1].text.startswith("发出去快一个月了")
    await press(bot, QIAN, "v1:broadcast:recall_yes:1:3")
    assert await statuses(bot) == ["sent"]


async def test_who_is_no_organizer_any_more_does_not_write_on(bot: Offline) -> None:
    await write(bot, "停水")
    await lose_the_role(bot, QIAN)
    await send(bot, QIAN, "请接水")
    assert "发通知是组织者的事" in last(bot, QIAN)
    await send(bot, QIAN, "楼道灯坏了")
    assert "楼道灯坏了" in last(bot, QIAN)
    assert "发给谁" not in last(bot, QIAN)


async def test_one_card_shows_how_it_stands_and_no_older_one_can_be_pressed(bot: Offline) -> None:
    await ask_at_night(bot)
    texts = [drawn.text for drawn in bot.phones.chats[QIAN].values()]
    assert not [one for one in texts if "大家在休息" in one], "it is the card of the notice by now"
    await press_label(bot, ADMIN, "🚫 不同意")
    cards = [one for one in bot.phones.chats[QIAN].values() if "燃气泄漏</b>" in one.text]
    left = [one.label for card in cards for row in card.buttons for one in row]
    assert "✖️ 不发了" not in left
    assert not [one for one in cards if "点头" in one.text]


async def test_every_notice_that_counts_can_be_opened_from_the_news(bot: Offline) -> None:
    for number in range(8):
        await sent_to_all(bot, f"第{number}条")
    await send(bot, LI, "📢 社区动态")
    await press_label(bot, LI, "📢 全部 8 条")
    assert "还算数的通知 8 条" in last(bot, LI)
    await press_label(bot, LI, "… 更多")
    await press_label(bot, LI, "📢 第0条")
    assert last(bot, LI).endswith("第0条")
    await press(bot, LI, "v1:broadcast:every:0:0:99")
    await press(bot, LI, "v1:broadcast:every:0:0:x")


async def test_what_was_begun_is_gone_on_with_and_not_lost(bot: Offline) -> None:
    await sent_to_all(bot, "停水到五点")
    await write(bot, "写了很久的一条")
    await press_label(bot, QIAN, "✏️ 更正")
    assert "没写完的通知" in bot.phones.toasts[-1].text
    await send(bot, QIAN, "/notice", entities=[{"type": "bot_command", "offset": 0, "length": 7}])
    assert "写了很久的一条" in last(bot, QIAN)
    await press_label(bot, QIAN, "✖ 先不弄了")
    await press_label(bot, QIAN, "✏️ 更正")
    assert "更正后的文字" in last(bot, QIAN)
    await write(bot, "又一条")
    await bot.pass_(timedelta(days=2))
    await send(bot, QIAN, "/notice", entities=[{"type": "bot_command", "offset": 0, "length": 7}])
    assert "要通知什么" in last(bot, QIAN), "what was left for days is over"
