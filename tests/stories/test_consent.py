"""The first contact says what is kept and where messages travel; it stands in nobody's way."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.domain import consent
from bot.domain.letter import Letter
from storage import export, person
from tests.stories.test_kin import link
from tests.stories.test_moving import button, does, reads, says, taps, toast
from tests.stories.test_privacy import looks_into
from tests.support.offline import Offline, offline
from tests.support.town import Message, Neighbour, Town, labels
from tests.unit.matrix_room import LI, ZHOU

KEPT = "我们只存您的名字、楼号和发来的内容"
KNOWN = "知道了"
NEW = 8_100_001
CODE = "/start p_7KQ2MXAB"  # of 3号楼2单元, in the demo


def telling(who: Neighbour) -> list[Message]:
    """Return the messages that say it, the oldest first."""
    return who.has(KEPT, "消息走 Telegram,可能经过境外", "/privacy")


def test_a_newcomer_starts_and_presses_that_they_know(town: Town) -> None:
    zhao = town.newcomer("刚来的人")
    zhao.sends("/start")
    greeting = zhao.sees("您好,我是幸福里社区小助手", KEPT)
    assert labels(greeting)[-1] == KNOWN
    assert telling(zhao) == [greeting], "the greeting carries it: no second message"
    zhao.presses(KNOWN)
    assert zhao.toasts() == ["好的,记下了"]
    left = zhao.sees("您好,我是幸福里社区小助手", KEPT)
    assert KNOWN not in labels(left)
    assert "📝 报问题" in labels(left)
    zhao.sends("/start")
    zhao.sees("您好")
    assert len(telling(zhao)) == 1, "never twice"
    zhao.sends("/privacy")
    card = zhao.sees("我的信息", "可能经境外", "09:10 知道了(第 1 版)")
    assert KNOWN not in labels(card)


def test_whoever_scans_in_the_stairwell_reads_it_in_the_same_message(town: Town) -> None:
    zhao = town.newcomer("楼道里的人")
    zhao.sends(CODE)
    asked = zhao.sees("您在 3号楼2单元,对吗?", KEPT)
    zhao.sends(photo="light")
    zhao.presses("💡 公共照明")
    zhao.sees("收到了,编号")
    assert len(zhao.shown()) == 2
    zhao.presses(KNOWN, asked)
    zhao.sees("您在 3号楼2单元,对吗?")
    assert zhao.toasts() == ["好的,记下了"]


def test_whoever_reports_first_is_told_without_a_sound_and_asked_last(town: Town) -> None:
    zhao = town.newcomer("直接说事的人")
    zhao.sends("3号楼2单元灯不亮了")
    told, asked = zhao.news()
    assert KEPT in told["text"]
    assert told["silent"]
    assert labels(told) == [KNOWN]
    assert "请您看一眼" in asked["text"], "what they have to answer stands below"
    zhao.sends("1")
    zhao.sees("收到了,编号")
    assert labels(telling(zhao)[0]) == [KNOWN], "reported before pressing"
    zhao.sends("1")
    assert labels(telling(zhao)[0]) == [KNOWN], "a digit does not mean this button"
    zhao.presses(KNOWN)
    assert labels(telling(zhao)[0]) == []


def test_somebody_put_in_by_an_organizer_reads_it_when_they_write(town: Town) -> None:
    zhao = town.person("新来的小赵")
    zhao.sends("/my")
    told, answer = zhao.news()
    assert KEPT in told["text"]
    assert "您还没有报过事" in answer["text"]
    zhao.sends("/my")
    assert len(telling(zhao)) == 1


def test_in_an_emergency_nothing_comes_beside_what_helps(town: Town) -> None:
    zhao = town.newcomer("着急的人")
    zhao.sends("5号楼1单元电梯困人了")
    zhao.sees("119")
    assert telling(zhao) == []
    zhao.sends("/my")
    zhao.sees("我的事")
    assert len(telling(zhao)) == 1, "at the next contact"


def test_a_mother_who_is_asked_by_her_daughter_reads_it_before_the_question(town: Town) -> None:
    helper, elder = town.person("小李"), town.newcomer("不常用手机的人")
    elder.sends(link(helper))
    told, asked = elder.news()
    assert KEPT in told["text"]
    assert "想帮您报问题、收消息,可以吗?" in asked["text"]
    assert telling(helper) == [], "has known it for long"


def test_pressed_twice_is_known_once(town: Town) -> None:
    zhao = town.newcomer("按两下的人")
    zhao.sends("3号楼2单元灯不亮了")
    (told,) = telling(zhao)
    with town.all_at_once():
        zhao.push(KNOWN, told)
        zhao.push(KNOWN, told)
    assert zhao.toasts() == ["好的,记下了", "早就记下了,谢谢您"]


@pytest_asyncio.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Offline]:
    async with offline(tmp_path) as made:
        yield made
        assert made.defects == []


def told(bot: Offline, who: int) -> list[Letter]:
    return [
        letter
        for letter, drawing in bot.phones.sent
        if letter.chat_id == who and KEPT in drawing.text and letter.message_id is None
    ]


async def kept(bot: Offline, who: int) -> dict[str, Any]:
    async with bot.house.database.begin() as uow:
        found = await person.find_by_telegram(uow, who)
    assert found is not None
    names = ("told", "knows", "knows_since")
    return {name: found.settings.get(name) for name in names}


async def test_a_newer_text_is_shown_once_more_and_an_old_button_brings_it(
    bot: Offline, monkeypatch: pytest.MonkeyPatch
) -> None:
    await says(bot, NEW, "3号楼2单元灯不亮了")
    at, old = button(bot, NEW, KNOWN)
    assert len(told(bot, NEW)) == 1
    monkeypatch.setattr(consent, "VERSION", 2)
    await does(bot, bot.press(NEW, at, old))
    assert toast(bot) == "这段话更新过了,请看新的"
    assert button(bot, NEW, KNOWN)[1] != old, "drawn anew, with the text of now"
    assert (await kept(bot, NEW))["knows"] == 0
    await taps(bot, NEW, KNOWN)
    since = bot.clock.now().isoformat()
    assert await kept(bot, NEW) == {"told": 2, "knows": 2, "knows_since": since}

    await says(bot, ZHOU, "/my")
    await says(bot, ZHOU, "/my")
    (letter,) = told(bot, ZHOU)
    assert letter.silent
    assert "第 1 版" in await looks_into(bot, ZHOU), "what they know until they press"
    await taps(bot, ZHOU, KNOWN)
    assert "第 2 版" in reads(bot, ZHOU)


async def test_a_button_of_somebody_else_keeps_nothing(bot: Offline) -> None:
    await says(bot, NEW, "3号楼2单元灯不亮了")
    at, data = button(bot, NEW, KNOWN)
    before = await kept(bot, LI)
    await does(bot, bot.press(LI, at, data))
    assert "您的在 /privacy 里" in toast(bot)
    assert await kept(bot, LI) == before
    assert (await kept(bot, NEW))["knows"] == 0


async def test_it_is_taken_along_and_erased_with_the_person(bot: Offline) -> None:
    await says(bot, NEW, "你好")
    await taps(bot, NEW, KNOWN)
    async with bot.house.database.begin() as uow:
        who = await person.find_by_telegram(uow, NEW)
        assert who is not None
        (row,) = (await export.of_person(uow, who))["people"]
        assert row["settings"]["knows"] == consent.VERSION
        assert row["settings"]["knows_since"] == bot.clock.now().isoformat()
    await looks_into(bot, NEW)
    await taps(bot, NEW, "删除我", "七天后删除")
    await bot.pass_(timedelta(days=7, minutes=1))
    assert (
        await bot.rows("SELECT 1 FROM people WHERE settings LIKE '%knows%' AND id = :id", id=who.id)
        == []
    )
    await says(bot, NEW, "你好")
    assert len(told(bot, NEW)) == 2, "is somebody new"
