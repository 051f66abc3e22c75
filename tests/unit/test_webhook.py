"""The webhook: kept, then 200; refused without a row for everybody who does not know the secret."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from sqlalchemy.exc import OperationalError
from telegram.error import InvalidToken, NetworkError

from bot.clock import Clock
from bot.intake.webhook import SECRET, Keeper, Webhook, secret_of
from storage import inbox
from storage.inbox import Taken
from storage.unit_of_work import Database, UnitOfWork
from tests.support.database import rows
from tests.unit.test_polling import message

TOKEN = "123456789:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghi"
URL = "https://example.org/telegram/in"
JSON = "application/json"
GOOD = secret_of(TOKEN)


class Registry:
    def __init__(self) -> None:
        self.set: list[tuple[str, str]] = []
        self.at = ""
        self.troubles: list[Exception] = []
        self.looked = asyncio.Event()

    async def bring_to(self, url: str, secret: str) -> None:
        if self.troubles:
            raise self.troubles.pop(0)
        self.set.append((url, secret))
        self.at = url

    async def brought_to(self) -> str:
        self.looked.set()
        return self.at


class Door:
    """A webhook that is served, and whoever knocks."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.taken: list[Taken] = []
        self.not_kept: list[int] = []
        self.registry, self.clock = Registry(), Clock()
        keeper = Keeper(database, 77, taken_in=self.taken.extend, cannot_keep=self._cannot_keep)
        self.webhook = Webhook(keeper, self.registry, self.clock, URL, TOKEN)
        self.webhook.server.open(("127.0.0.1", 0))

    async def _cannot_keep(self, raw: Any) -> None:
        self.not_kept += [one["update_id"] for one in raw]

    async def knock(
        self,
        body: Any = None,
        *,
        path: str = "/telegram/in",
        method: str = "POST",
        secret: str | None = GOOD,
        kind: str = JSON,
        **headers: str,
    ) -> int:
        sent = body if isinstance(body, bytes) else json.dumps(body or message(10)).encode()
        given = {"Content-Type": kind, **{k.replace("_", "-"): v for k, v in headers.items()}}
        if secret is not None:
            given[SECRET] = secret
        address = f"http://127.0.0.1:{self.webhook.server.port}{path}"
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, address, data=BytesIO(sent), headers=given) as answer,
        ):
            assert await answer.read() == b""
            return answer.status

    async def kept(self) -> list[tuple[int, str]]:
        return [tuple(row) for row in await rows(self.database, "SELECT update_id, lane FROM inbox ORDER BY update_id")]  # noqa: E501 # fmt: skip


@pytest.fixture
async def door(database: Database) -> AsyncIterator[Door]:
    made = Door(database)
    yield made
    await made.webhook.server.close()


async def test_it_is_kept_when_the_answer_comes_and_handed_on(door: Door) -> None:
    assert await door.knock() == 200
    assert await door.kept() == [(10, "person:5")]
    assert [one.update_id for one in door.taken] == [10]


async def test_what_comes_twice_is_kept_and_handed_on_once(door: Door) -> None:
    answers = await asyncio.gather(*(door.knock() for _ in range(5)), door.knock(message(9)))
    assert set(answers) == {200}
    assert [number for number, _ in await door.kept()] == [9, 10]
    assert sorted(one.update_id for one in door.taken) == [9, 10]


async def test_where_one_would_go_on_fetching_is_not_moved(door: Door) -> None:
    await door.knock()
    async with door.database.reading() as connection:
        assert await inbox.next_offset(connection, 77) is None


@pytest.mark.parametrize(
    "secret", [None, "", "wrong", GOOD[:-1], GOOD + "0", GOOD.upper(), "\xff" * 64, f"{GOOD},x"]
)
async def test_without_the_secret_nothing_is_kept(door: Door, secret: str | None) -> None:
    spoofed = {
        "X_Forwarded_For": "149.154.167.220",
        "X_Real_IP": "149.154.167.220",
        "Forwarded": "for=149.154.167.220",
        "X_Forwarded_Host": "api.telegram.org",
    }
    assert await door.knock(secret=secret) == 403
    assert await door.knock(secret=secret, **spoofed) == 403
    assert (await door.kept(), door.taken) == ([], [])


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"kind": "text/plain"}, 415),
        ({"kind": "application/x-www-form-urlencoded"}, 415),
        ({"body": b""}, 400),
        ({"body": b"{"}, 400),
        ({"body": b"\xff\xfe"}, 400),
        ({"body": b"[" * 100_000}, 400),
        ({"body": [1]}, 400),
        ({"body": {"message": {}}}, 400),
        ({"body": {"update_id": "1"}}, 400),
        ({"body": {"update_id": True}}, 400),
        ({"body": {"update_id": -1}}, 400),
        ({"body": {"update_id": 1 << 63}}, 400),
        ({"body": {"update_id": 1.5}}, 400),
        ({"path": "/"}, 404),
        ({"path": "/telegram/in/further"}, 404),
        ({"method": "GET"}, 405),
        ({"method": "PUT"}, 405),
    ],
)
async def test_what_is_no_update_is_refused(door: Door, asked: Any, status: int) -> None:
    assert await door.knock(**asked) == status
    assert (await door.kept(), door.taken) == ([], [])


async def test_two_mebibytes_are_refused_and_a_little_less_than_one_is_kept(door: Door) -> None:
    big = message(10, text="x" * (2 * 1024 * 1024))
    with suppress(aiohttp.ClientError):  # it is not even read to its end
        assert await door.knock(big) >= 400
    assert await door.kept() == []
    assert await door.knock(message(11, text="x" * 1_000_000)) == 200


async def test_what_the_library_cannot_read_is_kept_all_the_same(door: Door) -> None:
    assert await door.knock({"update_id": 3, "something_new": {"a": "\ud800"}}) == 200
    assert await door.kept() == [(3, "nobody")]


async def test_a_database_that_fails_is_503_and_the_person_hears_of_it(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_self: UnitOfWork) -> None:
        raise OperationalError("", None, Exception("disk full"))

    with monkeypatch.context() as broken:
        broken.setattr(UnitOfWork, "flush", fails)
        assert await door.knock() == 503
        assert door.not_kept == [], "it may be over at once"
        assert await door.knock() == 503
    assert (door.not_kept, door.taken, await door.kept()) == ([10], [], [])
    assert await door.knock() == 200, "it comes again"
    assert len(door.taken) == 1


async def test_telegram_is_asked_until_it_knows_where_to_and_again_when_it_forgets(
    door: Door,
) -> None:
    door.registry.troubles = [NetworkError("away"), NetworkError("away")]
    running = asyncio.create_task(door.webhook.run())
    async with asyncio.timeout(10):
        while not door.webhook.serving.is_set():
            await asyncio.sleep(0)
            door.clock.jump_to(door.clock.now().replace(year=door.clock.now().year + 1))
    assert door.registry.set == [(URL, GOOD)]
    assert door.webhook.last_success is not None
    door.registry.at = "https://elsewhere.example"
    async with asyncio.timeout(10):
        while len(door.registry.set) < 2:
            await asyncio.sleep(0)
            door.clock.jump_to(door.clock.now().replace(year=door.clock.now().year + 1))
    running.cancel()


async def test_a_wrong_token_comes_out(door: Door) -> None:
    door.registry.troubles = [InvalidToken("Unauthorized")]
    with pytest.raises(InvalidToken):
        await asyncio.wait_for(door.webhook.run(), 10)


def test_the_secret_is_made_of_the_token_and_does_not_show_it() -> None:
    assert secret_of(TOKEN) == GOOD
    assert len(GOOD) == 64
    assert secret_of(TOKEN[:-1] + "j") != GOOD
    assert TOKEN.partition(":")[2] not in GOOD
