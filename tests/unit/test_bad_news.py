"""Nothing can be kept: each person hears it in their language, at most once an hour."""

from datetime import timedelta
from typing import Any
from unittest.mock import AsyncMock

from telegram.error import Forbidden

from bot.clock import Clock
from bot.delivery.bad_news import AGAIN, BadNews, private_chat
from bot.delivery.pace import Pacer
from bot.delivery.transport import SlowDownError


def written(chat: int, language: str | None, kind: str = "private") -> dict[str, Any]:
    who = {"id": chat} | ({"language_code": language} if language else {})
    return {"message": {"chat": {"id": chat, "type": kind}, "from": who}}


def pressed(chat: int, language: str) -> dict[str, Any]:
    below = {"chat": {"id": chat, "type": "private"}, "from": {"id": 77, "language_code": "de"}}
    return {"callback_query": {"from": {"id": chat, "language_code": language}, "message": below}}


async def test_everybody_hears_it_in_their_language_once_an_hour() -> None:
    sender, clock = AsyncMock(), Clock()
    news = BadNews(sender, clock, Pacer(clock.monotonic, total=0, chat=0, group=0))
    news.prepare("010-1234")
    here = [written(1, "zh-hans"), written(2, "en"), pressed(3, "de"), written(4, None)]
    await news.tell([*here, written(-9, "zh", "group"), {"my_chat_member": {}}])
    said = {chat: text for (chat, text), _ in (one for one in sender.say_full.call_args_list)}
    assert sorted(said) == [1, 2, 3, 4]
    assert "现在登记不了" in said[1] == said[4]
    assert "I cannot register" in said[2] == said[3]
    assert all("010-1234" in text for text in said.values())

    await news.tell(here)
    assert sender.say_full.call_count == 4
    clock.jump_to(clock.now() + AGAIN + timedelta(seconds=1))
    sender.say_full.side_effect = Forbidden("Forbidden: bot was blocked by the user")
    await news.tell(here)
    assert sender.say_full.call_count == 8
    news.forget()
    await news.tell(here[:1])
    assert sender.say_full.call_count == 9


async def test_asked_to_slow_down_nobody_else_is_told_and_nobody_is_forgotten() -> None:
    sender, monotonic = AsyncMock(), [0.0]
    pacer = Pacer(lambda: monotonic[0], total=0, chat=0, group=0)
    news = BadNews(sender, Clock(), pacer)
    news.prepare("010-1234")
    sender.say_full.side_effect = [SlowDownError(timedelta(seconds=30)), None, None]
    here = [written(1, "zh"), written(2, "en")]
    await news.tell(here)
    assert [chat for (chat, _), _ in sender.say_full.call_args_list] == [1]
    assert pacer.wait(7) > 30, "letters wait as well"
    monotonic[0] += 29
    await news.tell(here)
    assert sender.say_full.call_count == 1
    monotonic[0] += 2
    await news.tell(here)
    assert [chat for (chat, _), _ in sender.say_full.call_args_list] == [1, 1, 2]


def test_what_is_no_chat_with_a_person_is_passed_over() -> None:
    assert private_chat({}) is None
    assert private_chat({"callback_query": {"from": {"id": 1}}}) is None
    assert private_chat(pressed(3, "zh-hant")) == (3, "zh_CN")
