"""getUpdates: offsets, long polls, two pollers, what is asked for, and what expires."""

import asyncio
import time
from datetime import timedelta

import aiohttp
import pytest

from tests.unit.sandbox.conftest import RESIDENT, TOKEN, Hands

CONFLICT = (
    "409 Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


async def test_ids_begin_at_this_second_and_grow_past_a_reset(hands: Hands) -> None:
    await hands.say(RESIDENT, "one")
    first = (await hands.updates())[0]["update_id"]
    assert abs(first - time.time()) < 60
    hands.sandbox.state.world.populate()
    assert await hands.updates() == []
    await hands.say(RESIDENT, "two")
    assert (await hands.updates())[0]["update_id"] == first + 1


async def test_offsets_confirm_and_limits_hold(hands: Hands) -> None:
    for word in "abcde":
        await hands.say(RESIDENT, word)
    found = await hands.updates(limit=2)
    assert [u["message"]["text"] for u in found] == ["a", "b"]
    rest = await hands.updates(offset=found[-1]["update_id"] + 1)
    assert [u["message"]["text"] for u in rest] == ["c", "d", "e"]
    last = await hands.updates(offset=-1)
    assert [u["message"]["text"] for u in last] == ["e"]
    assert await hands.updates(offset=last[0]["update_id"] + 1) == []
    assert hands.sandbox.state.world.updates.emptied.is_set()


async def test_a_long_poll_answers_when_something_comes(hands: Hands) -> None:
    polling = asyncio.create_task(hands.updates(timeout=30))
    await hands.until_polled()
    begun = time.monotonic()
    await hands.say(RESIDENT, "here")
    assert [u["message"]["text"] for u in await polling] == ["here"]
    assert time.monotonic() - begun < 10


async def test_the_newer_poller_wins(hands: Hands) -> None:
    older = asyncio.create_task(hands.refused("getUpdates", timeout="30"))
    await hands.until_polled()
    newer = asyncio.create_task(hands.updates(timeout=30))
    assert await older == CONFLICT
    await hands.say(RESIDENT, "for the newer")
    assert [u["message"]["text"] for u in await newer] == ["for the newer"]


async def test_a_poller_that_has_gone_is_forgotten_at_once(hands: Hands) -> None:
    async with aiohttp.ClientSession() as session:
        gone = asyncio.create_task(
            session.get(f"{hands.url}/bot{TOKEN}/getUpdates", params={"timeout": "30"})
        )
        await hands.until_polled()
        poll = hands.sandbox.state.world.updates._poll
        assert poll is not None
        gone.cancel()
        await asyncio.gather(gone, return_exceptions=True)
    async with asyncio.timeout(10):
        await poll.over.wait()
    await hands.say(RESIDENT, "not for the dead")
    assert len(await hands.updates()) == 1


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        (None, ["message", "my_chat_member"]),
        ([], ["message", "my_chat_member"]),
        (["message"], ["message"]),
    ],
)
async def test_allowed_updates(hands: Hands, asked: list[str] | None, wanted: list[str]) -> None:
    await hands.updates(**({} if asked is None else {"allowed_updates": asked}))
    await hands.updates()  # a missing list keeps what was asked before
    await hands.say(RESIDENT, "x")
    await hands.sim("POST", "block", {"from": RESIDENT})
    await hands.sim("POST", "block", {"from": RESIDENT})
    assert [kind for u in await hands.updates() for kind in u if kind != "update_id"] == wanted


async def test_an_empty_list_restores_the_default(hands: Hands) -> None:
    await hands.updates(allowed_updates=["callback_query"])
    await hands.say(RESIDENT, "unheard")
    await hands.updates(allowed_updates=[])
    await hands.say(RESIDENT, "heard")
    assert [u["message"]["text"] for u in await hands.updates()] == ["heard"]


async def test_presses_live_150_seconds_and_messages_a_day(hands: Hands) -> None:
    button = {"inline_keyboard": [[{"text": "x", "callback_data": "a"}]]}
    sent = await hands.api("sendMessage", chat_id=RESIDENT, text="?", reply_markup=button)
    await hands.say(RESIDENT, "message")
    await hands.sim(
        "POST", "press", {"from": RESIDENT, "message_id": sent["message_id"], "data": "a"}
    )
    clock = hands.sandbox.state.clock
    assert len(await hands.updates()) == 2
    clock.jump_to(clock.now() + timedelta(seconds=151))
    assert ["message" in u for u in await hands.updates()] == [True]
    clock.jump_to(clock.now() + timedelta(hours=24))
    assert await hands.updates() == []


async def test_what_waits_can_be_dropped(hands: Hands) -> None:
    await hands.say(RESIDENT, "x")
    assert (await hands.api("getWebhookInfo"))["pending_update_count"] == 1
    assert await hands.api("deleteWebhook", drop_pending_updates=True) is True
    assert await hands.updates() == []
