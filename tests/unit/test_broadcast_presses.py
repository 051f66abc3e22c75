"""What is pressed on a notice by whom it is not for, too late, or forged; and what is sent."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.services.broadcast_due import PACE
from tests.support.offline import Offline, offline
from tests.unit.matrix_room import THEIRS, found_another_community

QIAN, ADMIN, LI, ZHOU = 7000012, 7000013, 7000001, 7000002
COMMAND = [{"type": "bot_command", "offset": 0, "length": 7}]
MOVES = ("approve", "refuse", "cancel", "pause", "resume", "stop", "recall", "recall_yes")
LOOKS = ("show", "lost", "paper")


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Offline]:
    async with offline(tmp_path) as made:
        await found_another_community(made)
        yield made


async def send(bot: Offline, person: int, words: str | None, **more: object) -> None:
    await bot.take_in(bot.message(person, words, **more))
    await bot.settle()


async def press(bot: Offline, person: int, data: str, message: int = 1) -> None:
    await bot.take_in(bot.press(person, message, data))
    await bot.settle()


async def press_label(bot: Offline, person: int, label: str) -> None:
    found = [one for one in bot.phones.buttons(person) if one[1].label.startswith(label)]
    assert found, [button.label for _, button in bot.phones.buttons(person)]
    await press(bot, person, found[-1][1].data, found[-1][0])


async def write(bot: Offline, words: str = "停水 <通知>", **more: object) -> None:
    await send(bot, QIAN, "/notice", entities=COMMAND)
    await send(bot, QIAN, words, **more)


async def sent(bot: Offline) -> None:
    """Send one to everybody, until it has ended."""
    await write(bot)
    await press_label(bot, QIAN, "👥")
    await press_label(bot, QIAN, "✅ 现在发")
    await bot.pass_(timedelta(minutes=1))


async def status(bot: Offline) -> str:
    return str((await bot.rows("SELECT status FROM broadcasts"))[0]["status"])


async def denied(bot: Offline) -> list[str]:
    rows = await bot.rows("SELECT facts FROM audit WHERE what = 'denied' ORDER BY id")
    return [str(row["facts"]) for row in rows]


def got(bot: Offline, person: int) -> list[str]:
    return [
        drawn.text
        for letter, drawn in bot.phones.sent
        if letter.chat_id == person and letter.kind == "broadcast.letter"
    ]


async def test_marks_are_kept_and_what_looks_like_marks_is_not_one(bot: Offline) -> None:
    await write(bot, entities=[{"type": "bold", "offset": 0, "length": 2}])
    await press_label(bot, QIAN, "👥")
    await press_label(bot, QIAN, "✅ 现在发")
    await bot.pass_(timedelta(minutes=1))
    assert "<b>停水</b> &lt;通知&gt;" in got(bot, LI)[0]
    assert bot.defects == []


async def test_a_neighbour_moves_nothing_and_it_is_written_down(bot: Offline) -> None:
    await sent(bot)
    before = await status(bot)
    presses = [f"v1:broadcast:{verb}:1:{version}" for verb in MOVES for version in (1, 2, 3)]
    presses += [f"v1:broadcast:{verb}:1:0" for verb in LOOKS] + ["v1:announce:correct:1:3"]
    for one in presses:
        await press(bot, LI, one)
    assert await status(bot) == before
    assert len(await denied(bot)) == len(presses)
    assert bot.defects == []


async def test_another_community_finds_nothing(bot: Offline) -> None:
    await sent(bot)
    for verb in (*MOVES, *LOOKS, "got", "read"):
        await press(bot, THEIRS, f"v1:broadcast:{verb}:1:3")
    assert {toast.text for toast in bot.phones.toasts[-len(MOVES) :]}
    assert await status(bot) == "sent"
    assert not any("停水" in drawn.text for drawn in bot.phones.chats.get(THEIRS, {}).values())
    assert bot.defects == []


async def test_an_old_button_does_nothing(bot: Offline) -> None:
    await sent(bot)
    for verb in ("pause", "stop", "cancel", "approve", "recall", "resume"):
        await press(bot, ADMIN, f"v1:broadcast:{verb}:1:1")
    assert await status(bot) == "sent"
    for choice in ("", ":x", ":99", ":building"):
        for verb in ("tick", "places", "roles", "now", "evening", "picked", "all", "fix", "me"):
            await press(bot, QIAN, f"v1:announce:{verb}:1:0{choice}")
    assert len(await bot.rows("SELECT id FROM broadcasts")) == 1
    assert bot.defects == []


async def test_forged_choices_of_an_open_draft_are_refused(bot: Offline) -> None:
    await write(bot)
    (draft,) = await bot.rows("SELECT id FROM drafts WHERE status = 'open'")
    for forged in ("tick:99", "roles:god", "places:-1", "picked", "now", "fix"):
        verb, _, choice = forged.partition(":")
        await press(bot, QIAN, f"v1:announce:{verb}:{draft['id']}:0:{choice}")
    assert await bot.rows("SELECT id FROM broadcasts") == []
    assert bot.defects == []


async def test_over_a_restart_it_goes_at_its_time(bot: Offline) -> None:
    await write(bot)
    await press_label(bot, QIAN, "👥")
    await bot.restart()
    await press_label(bot, QIAN, "🌆")
    await bot.pass_(timedelta(hours=10))
    assert await status(bot) == "sent"
    assert len(got(bot, LI)) == 1
    assert bot.defects == []


async def begun(bot: Offline) -> int:
    """Send one slowly, a few letters at a time; return how many got it so far."""
    bot.house.database.give(PACE, 1)
    await write(bot, "停水到五点")
    await press_label(bot, QIAN, "👥")
    await press_label(bot, QIAN, "✅ 现在发")
    await bot.pass_(timedelta(seconds=1))
    return len([one for one, _ in bot.phones.sent if one.kind == "broadcast.letter"])


async def test_paused_it_stands_still_and_goes_on_with_the_words_put_right(bot: Offline) -> None:
    early = await begun(bot)
    assert 0 < early < 15
    await press_label(bot, QIAN, "⏸")
    await bot.pass_(timedelta(hours=1))
    assert len([one for one, _ in bot.phones.sent if one.kind == "broadcast.letter"]) == early
    await press_label(bot, QIAN, "✏️ 更正")
    await send(bot, QIAN, "停水到六点")
    await press_label(bot, QIAN, "✅ 就这样改")
    await press_label(bot, QIAN, "▶️")
    await bot.pass_(timedelta(minutes=5))
    assert await status(bot) == "sent"
    words = [drawn.text for one, drawn in bot.phones.sent if one.kind == "broadcast.letter"]
    assert sum("五点" in one for one in words) == early
    assert len(
        {one.chat_id for one, _ in bot.phones.sent if one.kind == "broadcast.letter"}
    ) == len(words)
    edits = [one for one, _ in bot.phones.sent if one.kind == "broadcast.corrected"]
    assert {one.chat_id for one in edits} >= {
        one.chat_id
        for one, drawn in bot.phones.sent
        if one.kind == "broadcast.letter" and "五点" in drawn.text
    }
    assert bot.defects == []


async def test_stopped_the_rest_never_get_it_and_the_report_says_so(bot: Offline) -> None:
    early = await begun(bot)
    await press_label(bot, QIAN, "✖️ 停止")
    await bot.pass_(timedelta(hours=1))
    assert await status(bot) == "stopped"
    assert len([one for one, _ in bot.phones.sent if one.kind == "broadcast.letter"]) == early
    report = [drawn.text for drawn in bot.phones.chats[QIAN].values() if "停下了" in drawn.text]
    assert f"送达 {early}" in report[-1]
    assert "还没轮到" in report[-1]


async def test_who_blocks_it_on_the_way_stands_in_the_report(bot: Offline) -> None:
    bot.phones.blocked.add(ZHOU)
    await sent(bot)
    fates = await bot.rows(
        "SELECT fate, count(*) AS n FROM broadcast_people GROUP BY fate ORDER BY fate"
    )
    assert {row["fate"]: row["n"] for row in fates}["blocked"] == 1
    report = [drawn.text for drawn in bot.phones.chats[QIAN].values() if "发完了" in drawn.text]
    assert "已停用小助手 1" in report[-1]


async def test_nobody_there_is_said_before_anything_is_written(bot: Offline) -> None:
    await write(bot)
    await press_label(bot, QIAN, "🏢")
    await press_label(bot, QIAN, "⬜ 1号楼")
    heard = len(bot.phones.toasts)
    await press_label(bot, QIAN, "✅ 选好了")
    assert "没有人能收到" in bot.phones.toasts[heard].text
    assert await bot.rows("SELECT id FROM broadcasts") == []
