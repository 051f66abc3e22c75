"""The count of copies that `make crash` relies on sees every letter, and takes none for another."""

from itertools import count
from typing import Any

import pytest

from tests.crash.copies import Copies, letter_of

_seq = count(1)
CARD = "<b>1023</b> 💡 公共照明 · 3号楼2单元\n“灯不亮 #r1-0001” · 今天09:10报的\n🆕 待派单"
TAKEN = CARD.replace("🆕 待派单", "🔧 刘志愿去")


def call(method: str = "sendMessage", status: int = 200, chat: int = 7, **given: Any) -> Any:
    parameters = {"chat_id": chat, **given}
    return {"seq": next(_seq), "method": method, "status": status, "parameters": parameters}


def said(text: str, **more: Any) -> Any:
    return call(text=text, **more)


def most(*calls: Any) -> int:
    copies = Copies()
    copies.count(calls)
    return copies.most()


@pytest.mark.parametrize("number", [1023, 1999, 2000, 2001, 10_000, 123_456])
def test_copies_are_seen_whatever_the_number(number: int) -> None:
    text = f"收到了,编号 {number} ✍"
    assert most(*(said(text) for _ in range(3))) == 3


@pytest.mark.parametrize(
    "calls",
    [
        (said(CARD), said(TAKEN), said(TAKEN)),
        (call("sendPhoto", photo="x", caption="1023 的照片"),) * 1
        + tuple(call("sendPhoto", photo="x", caption="1023 的照片") for _ in range(2)),
        tuple(
            call("sendMediaGroup", media=[{"media": "a", "caption": "1023 的照片"}, {"media": "b"}])
            for _ in range(3)
        ),
        tuple(call("sendDocument", document="x", caption="1023 的文件") for _ in range(3)),
        tuple(said("请您看一眼,对就提交\n“灯不亮 #r1-0001”") for _ in range(3)),
    ],
    ids=["a card with other words", "photos", "albums", "files", "before there is a number"],
)
def test_every_way_to_say_it_counts(calls: tuple[Any, ...]) -> None:
    assert most(*calls) == 3


def test_what_is_another_letter_is_no_copy() -> None:
    others = [
        said(CARD),
        said(CARD, chat=8),
        said(CARD.replace("1023", "1024")),
        said("<b>1023</b> 有人接了"),
        call("sendPhoto", photo="x", caption=CARD),
        said(CARD, status=429),
        call("editMessageText", text=CARD),
        call("sendChatAction", action="typing"),
        said("请您看一眼,对就提交\n“灯不亮 #r1-0002”"),
        said("请您看一眼,对就提交\n“灯不亮 #r1-0003”"),
    ]
    assert most(*others) == 1


@pytest.mark.parametrize(
    "text", ["您好", "请打 010-5550 1234", "13800001234", "今天 09:1023", "62345678", "3号楼2单元"]
)
def test_what_is_about_no_case_is_passed_over(text: str) -> None:
    assert letter_of(said(text)) is None


def test_calls_that_are_handed_over_twice_count_once() -> None:
    calls = [said(CARD), said(CARD)]
    copies = Copies()
    copies.count(calls)
    copies.count(calls)
    copies.count([*calls, said(CARD)])
    assert copies.most() == 3
    assert copies.seen == calls[-1]["seq"] + 1
