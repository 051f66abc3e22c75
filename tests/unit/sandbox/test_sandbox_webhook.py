"""A webhook of the sandbox: brought until it is taken, in order; refused as Telegram refuses."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from tests.unit.sandbox.conftest import DISPATCHER, RESIDENT, Hands

ACTIVE = (
    "409 Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


class Bot:
    """A server that takes what is brought, or does not."""

    def __init__(self) -> None:
        self.brought: list[dict[str, Any]] = []
        self.headers: list[str] = []
        self.statuses: list[int] = []  # of the next answers; then 200
        self.hold: dict[int, asyncio.Event] = {}  # by person: until when the answer waits
        self.news = asyncio.Event()
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        update = json.loads(await request.read())
        assert request.headers["Content-Type"] == "application/json"
        self.headers.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""))
        self.brought.append(update)
        self.news.set()
        who = (update.get("callback_query") or update["message"])["from"]["id"]
        if who in self.hold:
            await self.hold[who].wait()
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    def texts(self) -> list[str]:
        return [one["message"]["text"] for one in self.brought if "message" in one]

    async def until(self, number: int) -> None:
        async with asyncio.timeout(10):
            while len(self.brought) < number:
                self.news.clear()
                await self.news.wait()


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    made = Bot()
    application = web.Application()
    application.router.add_post("/here", made.take)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/here"
    yield made
    await runner.cleanup()


async def emptied(hands: Hands) -> None:
    async with asyncio.timeout(10):
        await hands.sandbox.state.world.updates.emptied.wait()


async def test_what_waits_and_what_comes_is_brought_with_the_secret(hands: Hands, bot: Bot) -> None:
    await hands.say(RESIDENT, "before")
    assert await hands.api("setWebhook", url=bot.url, secret_token="s-1") is True
    await hands.say(RESIDENT, "after")
    await bot.until(2)
    await emptied(hands)
    assert bot.texts() == ["before", "after"]
    assert bot.headers == ["s-1", "s-1"]
    info = await hands.api("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == (bot.url, 0)


async def test_it_is_brought_again_until_it_is_taken_and_the_next_waits(
    hands: Hands, bot: Bot
) -> None:
    bot.statuses = [503, 503]
    await hands.api("setWebhook", url=bot.url)
    await hands.say(RESIDENT, "one")
    await hands.say(RESIDENT, "two")
    await bot.until(4)
    await emptied(hands)
    assert bot.texts() == ["one", "one", "one", "two"]
    assert "503" in (await hands.api("getWebhookInfo"))["last_error_message"]


async def test_chats_do_not_wait_for_each_other(hands: Hands, bot: Bot) -> None:
    bot.hold[RESIDENT] = asyncio.Event()
    await hands.api("setWebhook", url=bot.url)
    await hands.say(RESIDENT, "slow")
    await hands.say(RESIDENT, "behind it")
    await hands.say(DISPATCHER, "quick")
    await bot.until(2)
    assert bot.texts() == ["slow", "quick"]
    bot.hold[RESIDENT].set()
    await emptied(hands)
    assert bot.texts() == ["slow", "quick", "behind it"]


async def test_a_lost_answer_brings_it_twice(hands: Hands, bot: Bot) -> None:
    await hands.sim("POST", "faults", {"method": "webhook", "drop": "after"})
    await hands.api("setWebhook", url=bot.url)
    await hands.say(RESIDENT, "x")
    await bot.until(2)
    await emptied(hands)
    assert bot.brought[0] == bot.brought[1]


async def test_nothing_is_fetched_meanwhile_and_a_poll_that_waits_ends(
    hands: Hands, bot: Bot
) -> None:
    poll = asyncio.create_task(hands.call("getUpdates", timeout=20))
    await hands.sandbox.state.world.updates.polled.wait()
    await hands.api("setWebhook", url=bot.url)
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"
    assert await hands.refused("getUpdates") == ACTIVE
    await hands.api("deleteWebhook")
    await hands.say(RESIDENT, "x")
    assert len(await hands.api("getUpdates")) == 1
    assert bot.brought == []


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"url": "http://example.org/x"}, "An HTTPS URL must be provided"),
        ({"url": "https://example.org:8081/x"}, "only on ports 80, 88, 443 or 8443"),
        ({"url": "https://example.org:99999/x"}, "failed to parse"),
        ({"url": "https://example.org", "secret_token": "ß"}, "unallowed characters"),
        ({"url": "https://example.org", "secret_token": "x" * 257}, "unallowed characters"),
        ({"url": "https://example.org", "max_connections": 101}, "between 1 and 100"),
    ],
)
async def test_what_telegram_refuses(hands: Hands, given: dict[str, Any], why: str) -> None:
    assert why in await hands.refused("setWebhook", **given)
    assert (await hands.api("getWebhookInfo"))["url"] == ""
