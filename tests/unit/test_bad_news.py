"""Nothing can be kept: who asks to see something sees it, everybody else hears it once an hour."""

from datetime import timedelta
from itertools import count
from typing import Any
from unittest.mock import AsyncMock

from telegram.error import Forbidden

from bot.clock import Clock
from bot.delivery.bad_news import AGAIN, FULL, BadNews, asked_in_private
from bot.delivery.pace import Pacer
from bot.delivery.transport import SlowDownError
from bot.domain.letter import Letter, LetterClass
from handlers.cards import render
from tests.unit.delivery_room import START

_next = count(1)


def written(
    chat: int, language: str | None = "zh", kind: str = "private", text: str = "灯不亮"
) -> dict[str, Any]:
    who = {"id": chat} | ({"language_code": language} if language else {})
    said = {"chat": {"id": chat, "type": kind}, "from": who, "text": text}
    return {"update_id": next(_next), "message": said}


def pressed(chat: int, language: str) -> dict[str, Any]:
    below = {"chat": {"id": chat, "type": "private"}, "from": {"id": 77, "language_code": "de"}}
    press = {"from": {"id": chat, "language_code": language}, "message": below}
    return {"update_id": next(_next), "callback_query": press}


class Desk:
    """Bad news over a stand-in for Telegram and for what can be read."""

    def __init__(self) -> None:
        self.sender, self.clock, self.monotonic = AsyncMock(), Clock(START), 0.0
        self.pacer = Pacer(lambda: self.monotonic, total=0, chat=0, group=0)
        self.known: dict[int, str] = {}  # the language that somebody has chosen
        self.readable = True
        self.news = BadNews(self.sender, self.clock, self.pacer, render, self._look)
        self.news.prepare("010-1234")

    async def _look(self, chat: int, text: str) -> Letter | None:
        if not self.readable:
            raise OSError("nothing can be read")
        if chat not in self.known:
            return None
        return Letter(
            id=0,
            community_id=1,
            chat_id=chat,
            language=self.known[chat],
            kind="common.welcome" if text == "/my" else FULL,
            facts={"phone": "010-1234"},
            letter_class=LetterClass.AT_MOST_ONCE,
            silent=False,
            due_at=START,
            attempts=0,
        )

    @property
    def said(self) -> list[tuple[int, str]]:
        calls = [given for given, _ in self.sender.send.call_args_list]
        return [(letter.chat_id, drawing.text) for letter, drawing, _ in calls]


async def test_everybody_hears_it_in_their_language_once_an_hour() -> None:
    desk = Desk()
    desk.known[5] = "en"  # whose Telegram is Chinese
    here = [written(1, "zh-hans"), written(2, "en"), pressed(3, "de"), written(4, None), written(5)]
    await desk.news.tell([*here, written(-9, "zh", "group"), {"my_chat_member": {}}])
    said = dict(desk.said)
    assert sorted(said) == [1, 2, 3, 4, 5]
    assert "现在登记不了" in said[1] == said[4]
    assert "I cannot register" in said[2] == said[3] == said[5]
    assert all("010-1234" in text for text in said.values())

    await desk.news.tell(here)
    assert len(desk.said) == 5
    desk.clock.jump_to(desk.clock.now() + AGAIN + timedelta(seconds=1))
    desk.sender.send.side_effect = Forbidden("Forbidden: bot was blocked by the user")
    await desk.news.tell(here)
    assert len(desk.said) == 10
    desk.news.forget()
    await desk.news.tell(here[:1])
    assert len(desk.said) == 11


async def test_who_asks_to_see_something_sees_it_once_for_each_time_asked() -> None:
    desk = Desk()
    desk.known[1] = "zh_CN"
    first, words, second = written(1, text="/my"), written(1), written(1, text="/my")
    await desk.news.tell([first])
    await desk.news.tell([first, words])
    await desk.news.tell([first, words])
    await desk.news.tell([first, words, second])
    await desk.news.tell([first, words, second])
    assert ["登记不了" in text for _, text in desk.said] == [False, True, False]


async def test_when_nothing_can_be_read_either_everybody_hears_the_news() -> None:
    desk = Desk()
    desk.known[1], desk.readable = "en", False
    await desk.news.tell([written(1, text="/my")])
    assert ["登记不了" in text for _, text in desk.said] == [True]


async def test_asked_to_slow_down_nobody_else_is_told_and_nobody_is_forgotten() -> None:
    desk = Desk()
    desk.sender.send.side_effect = [SlowDownError(timedelta(seconds=30)), None, None]
    here = [written(1), written(2)]
    await desk.news.tell(here)
    assert [chat for chat, _ in desk.said] == [1]
    assert desk.pacer.wait(7) > 30, "letters wait as well"
    desk.monotonic += 29
    await desk.news.tell(here)
    assert len(desk.said) == 1
    desk.monotonic += 2
    await desk.news.tell(here)
    assert [chat for chat, _ in desk.said] == [1, 1, 2]


def test_what_is_no_chat_with_a_person_is_passed_over() -> None:
    assert asked_in_private({}) is None
    assert asked_in_private({"callback_query": {"from": {"id": 1}}}) is None
    found = asked_in_private(pressed(3, "zh-hant"))
    assert found is not None
    assert (found.chat_id, found.language, found.text) == (3, "zh_CN", "")
