"""Faults on order: refusals, delays, dropped connections, and the record of calls."""

import asyncio
import time
from typing import Any

import aiohttp
import pytest

from bot.sandbox.faults import Faults, read_fault
from bot.sandbox.server import Sandbox
from tests.unit.sandbox.conftest import RESIDENT, TOKEN, Hands

DROPPED = (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)


async def _texts(hands: Hands) -> list[str]:
    return [m["text"] for m in (await hands.chat(RESIDENT))["messages"]]


async def _send(hands: Hands, text: str) -> dict[str, Any]:
    return await hands.call("sendMessage", chat_id=RESIDENT, text=text)


async def test_too_many_requests_twice_then_well(hands: Hands) -> None:
    fault = {"method": "sendMessage", "times": 2, "retry_after": 7}
    await hands.sim("POST", "faults", fault)
    for _ in range(2):
        assert await _send(hands, "x") == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 7",
            "parameters": {"retry_after": 7},
        }
    assert await hands.api("getMe")
    assert (await _send(hands, "y"))["ok"]
    assert await _texts(hands) == ["y"]


async def test_too_many_requests_always_says_how_long(hands: Hands) -> None:
    await hands.sim("POST", "faults", {"method": "sendMessage", "status": 429})
    assert await _send(hands, "x") == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }


async def test_so_many_messages_a_second_pass_and_no_more(
    hands: Hands, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox.state.faults, "_monotonic", lambda: 50.0)
    order = {"method": "messages", "times": -1, "above": 2}
    shown = await hands.sim("POST", "faults", order)
    told = {"status": 429, "retry_after": 1, "description": "Too Many Requests: retry after 1"}
    assert shown["faults"] == [order | told]
    refused = "429 Too Many Requests: retry after 1"
    first, second = await _send(hands, "a"), await _send(hands, "b")
    assert await hands.refused("sendMessage", chat_id=RESIDENT, text="c") == refused
    id_ = second["result"]["message_id"]
    edited = {"chat_id": RESIDENT, "message_id": id_, "text": "d"}
    assert await hands.refused("editMessageText", **edited) == refused
    assert await hands.api("sendChatAction", chat_id=RESIDENT, action="typing")
    assert first["ok"]
    assert await _texts(hands) == ["a", "b"]


def test_what_passes_is_counted_in_any_second_and_what_is_refused_is_not() -> None:
    now = [50.0]
    faults = Faults(lambda: now[0])
    faults.add(read_fault({"method": "messages", "times": -1, "above": 3}))

    def passes(after: float) -> bool:
        now[0] += after
        return faults.take("send_message") is None

    assert [passes(0.25) for _ in range(5)] == [True, True, True, False, True]
    assert [passes(0.01) for _ in range(3)] == [False] * 3
    assert [passes(0.25) for _ in range(2)] == [True, True]
    assert faults.peek("send_message") is None


async def test_any_refusal_until_deleted(hands: Hands) -> None:
    await hands.sim(
        "POST", "faults", {"method": "*", "times": -1, "status": 502, "description": "Bad Gateway"}
    )
    for method in ("getMe", "getUpdates"):
        assert await hands.refused(method) == "502 Bad Gateway"
    assert (await hands.sim("GET", "faults"))["faults"][0]["times"] == -1
    assert (await hands.sim("DELETE", "faults")) == {"faults": []}
    assert await hands.api("getMe")


async def test_dropped_before_is_not_done_and_after_is_done(hands: Hands) -> None:
    for drop in ("before", "after"):
        fault = {"method": "sendMessage", "times": 1, "drop": drop}
        await hands.sim("POST", "faults", fault)
        with pytest.raises(DROPPED):
            await _send(hands, drop)
    assert await _texts(hands) == ["after"]
    calls = await hands.sim("GET", "calls", method="sendMessage")
    assert [(c["status"], c["answer"]) for c in calls] == [(0, None), (0, None)]


async def test_a_delay_only_waits(hands: Hands) -> None:
    await hands.sim("POST", "faults", {"method": "sendMessage", "delay": 0.2})
    begun = time.monotonic()
    assert (await _send(hands, "late"))["ok"]
    assert time.monotonic() - begun >= 0.2


async def test_a_waiting_poll_ends_when_telegram_goes_away(hands: Hands) -> None:
    polling = asyncio.create_task(hands.updates(timeout=30))
    await hands.until_polled()
    await hands.sim("POST", "faults", {"method": "*", "times": -1, "drop": "before"})
    assert await polling == []
    await hands.say(RESIDENT, "nobody hears")
    with pytest.raises(DROPPED):
        await hands.updates()
    await hands.sim("DELETE", "faults")
    assert len(await hands.updates()) == 1


async def test_downloads_fail_with_everything_else(hands: Hands) -> None:
    await hands.sim("POST", "message", {"from": RESIDENT, "document": "document"})
    file_id = (await hands.updates())[0]["message"]["document"]["file_id"]
    path = (await hands.api("getFile", file_id=file_id))["file_path"]
    address = f"{hands.url}/file/bot{TOKEN}/{path}"
    async with hands.session.get(address) as answer:
        assert (await answer.read()).startswith(b"%PDF")
    await hands.sim("POST", "faults", {"method": "*", "status": 500})
    async with hands.session.get(address) as answer:
        assert (answer.status, (await answer.json())["error_code"]) == (500, 500)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"method": "sendPigeon", "status": 500}, "sendPigeon"),
        ({"method": "getMe"}, "needs a status"),
        ({"method": "getMe", "status": 200}, "400 to 599"),
        ({"method": "getMe", "drop": "never"}, "before"),
        ({"method": "getMe", "delay": -1}, "delay"),
        ({"method": "messages", "above": 0}, "from 1 on"),
        ({"method": "getMe", "status": 500, "times": 0}, "times"),
        ({"method": "getMe", "status": 500, "colour": 1}, "'colour'"),
        ({"status": 500}, "'method' is missing"),
    ],
)
async def test_bad_orders_are_sentences(hands: Hands, fault: dict[str, Any], words: str) -> None:
    told = await hands.sim("POST", "faults", fault, status=400)
    assert words in told["error"]
    assert (await hands.sim("GET", "faults"))["faults"] == []


async def test_calls_are_recorded_with_parameters_and_answer(hands: Hands) -> None:
    await _send(hands, "one")
    await hands.api("getMe")
    calls = await hands.sim("GET", "calls")
    assert [c["method"] for c in calls] == ["sendMessage", "getMe"]
    assert calls[0]["parameters"] == {"chat_id": str(RESIDENT), "text": "one"}
    assert calls[0]["answer"]["result"]["text"] == "one"
    later = await hands.sim("GET", "calls", after=calls[0]["seq"])
    assert [c["method"] for c in later] == ["getMe"]
    assert TOKEN not in str(calls)
