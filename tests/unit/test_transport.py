"""The transport against a small server on this machine; the token must never show."""

import asyncio
import json
import socket
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest
from aiohttp import web
from telegram import Bot, InputMediaPhoto
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut

from bot.delivery.transport import AiohttpRequest, NotSentError, SlowDownError

TOKEN = "7000000009:a-token_for-TESTS_only-0123456789"
MESSAGE = {"message_id": 5, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """Answers every request as `answer` says and keeps what it was asked."""

    def __init__(self) -> None:
        self.answer: Answer = self.ok
        self.bodies: list[dict[str, object]] = []
        self.connections: set[object] = set()
        self.port = 0

    async def ok(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response({"ok": True, "result": MESSAGE})

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.connections.add(request.transport)
        if request.content_type == "application/json":
            self.bodies.append(await request.json())
        elif request.content_type == "multipart/form-data":
            form = await request.post()
            self.bodies.append(
                {
                    name: value.file.read() if isinstance(value, web.FileField) else value
                    for name, value in form.items()
                }
            )
        return await self.answer(request)

    def refuse(self, status: int, **body: object) -> None:
        async def answer(_request: web.Request) -> web.StreamResponse:
            return web.json_response({"ok": False, "error_code": status} | body, status=status)

        self.answer = answer


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    made = Server()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", made.handle)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.port = runner.addresses[0][1]
    yield made
    await runner.cleanup()


@pytest.fixture
async def bot(server: Server) -> AsyncIterator[Bot]:
    transport = AiohttpRequest()
    await transport.initialize()
    yield Bot(
        TOKEN,
        base_url=f"http://127.0.0.1:{server.port}/bot",
        request=transport,
        get_updates_request=AiohttpRequest(),
    )
    await transport.shutdown()


def assert_silent(error: BaseException) -> None:
    """Assert that neither the error nor what caused it names the token or the address."""
    told: BaseException | None = error
    while told is not None:
        assert TOKEN not in f"{told!r} {told}"
        told = told.__cause__


async def test_parameters_arrive_as_json(bot: Bot, server: Server) -> None:
    message = await bot.send_message(1, "你好 & <b>", disable_notification=True)
    assert message.message_id == 5
    sent = server.bodies[0]
    assert sent["text"] == "你好 & <b>"
    assert json.loads(str(sent["chat_id"])) == 1
    assert json.loads(str(sent["disable_notification"])) is True


async def test_files_arrive_as_multipart(bot: Bot, server: Server) -> None:
    async def album(_request: web.Request) -> web.StreamResponse:
        return web.json_response({"ok": True, "result": [MESSAGE, MESSAGE]})

    server.answer = album
    await bot.send_media_group(1, [InputMediaPhoto(b"one"), InputMediaPhoto(b"two")])
    sent = server.bodies[0]
    media = json.loads(str(sent["media"]))
    names = [one["media"].removeprefix("attach://") for one in media]
    assert [sent[name] for name in names] == [b"one", b"two"]


async def test_a_connection_is_kept_for_the_next_request(bot: Bot, server: Server) -> None:
    for _ in range(5):
        await bot.send_message(1, "x")
    assert len(server.connections) == 1


async def test_no_connection_means_not_sent() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # bound, but nobody listens
        transport = AiohttpRequest()
        await transport.initialize()
        with pytest.raises(NotSentError) as caught:
            await transport.post(f"http://127.0.0.1:{unused.getsockname()[1]}/bot{TOKEN}/x")
        await transport.shutdown()
    assert_silent(caught.value)


async def test_an_answer_that_does_not_come_is_a_time_out(bot: Bot, server: Server) -> None:
    release = asyncio.Event()

    async def silence(_request: web.Request) -> web.StreamResponse:
        await release.wait()
        return web.Response()

    server.answer = silence
    with pytest.raises(TimedOut) as caught:
        await bot.send_message(1, "x", read_timeout=0.05)
    release.set()
    assert_silent(caught.value)


async def test_a_dropped_connection_leaves_it_open(bot: Bot, server: Server) -> None:
    async def drop(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    server.answer = drop
    with pytest.raises(NetworkError) as caught:
        await bot.send_message(1, "x")
    assert not isinstance(caught.value, NotSentError | TimedOut)
    assert_silent(caught.value)


async def test_an_answer_cut_off_in_the_middle_leaves_it_open(bot: Bot, server: Server) -> None:
    async def cut(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Length": "1000"})
        await answer.prepare(request)
        await answer.write(b'{"ok":true,"result":{')
        assert request.transport is not None
        request.transport.abort()
        return answer

    server.answer = cut
    with pytest.raises(NetworkError) as caught:
        await bot.send_message(1, "x")
    assert not isinstance(caught.value, NotSentError)
    assert_silent(caught.value)


@pytest.mark.parametrize("body", ['{"ok":true,"result":{"mess', "[]", ""])
async def test_a_200_that_cannot_be_read_is_no_network_error(
    bot: Bot, server: Server, body: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def cut(_request: web.Request) -> web.StreamResponse:
        return web.Response(text=body, content_type="application/json")

    server.answer = cut
    with pytest.raises(TelegramError, match="Invalid server response") as caught:
        await bot.send_message(1, "x")
    assert not isinstance(caught.value, NetworkError)
    assert caplog.records == []  # the answer may hold people's words


@pytest.mark.parametrize(("status", "words"), [(500, "Internal"), (502, "Bad Gateway"), (503, "")])
async def test_a_gateway_that_refuses_in_telegrams_own_words_has_sent_nothing(
    bot: Bot, server: Server, status: int, words: str
) -> None:
    server.refuse(status, description=words)
    with pytest.raises(NotSentError):
        await bot.send_message(1, "x")


async def test_a_gateway_that_says_anything_else_leaves_it_open(bot: Bot, server: Server) -> None:
    async def page(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=502, text="<html>Bad Gateway</html>")

    server.answer = page
    with pytest.raises(NetworkError) as caught:
        await bot.send_message(1, "x")
    assert not isinstance(caught.value, NotSentError)


async def test_too_many_requests_are_told_without_a_warning(bot: Bot, server: Server) -> None:
    server.refuse(429, description="Too Many Requests", parameters={"retry_after": 17})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(SlowDownError) as caught:
            await bot.send_message(1, "x")
        assert caught.value.retry_after == timedelta(seconds=17)
    server.refuse(429, description="Too Many Requests")
    with pytest.raises(SlowDownError) as caught:
        await bot.send_message(1, "x")
    assert caught.value.retry_after == timedelta(seconds=1)


async def test_refusals_are_left_to_the_library(bot: Bot, server: Server) -> None:
    server.refuse(400, description="Bad Request: chat not found")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(1, "x")


async def test_a_redirect_is_not_followed(bot: Bot, server: Server) -> None:
    async def away(request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound(f"http://127.0.0.1:{server.port}/elsewhere{request.path}")

    server.answer = away
    with pytest.raises(NetworkError):
        await bot.send_message(1, "x")
    assert len(server.bodies) == 1


async def test_a_transport_opens_and_closes_as_often_as_it_likes() -> None:
    transport = AiohttpRequest()
    with pytest.raises(RuntimeError):
        await transport.do_request("http://127.0.0.1:1/", "GET")
    for _ in range(2):
        await transport.initialize()
        await transport.initialize()
        await transport.shutdown()
        await transport.shutdown()


async def test_a_proxy_is_used_when_it_is_wanted(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        asked.append(str(request.url))
        return web.json_response({"ok": True, "result": MESSAGE})

    server.answer = answer
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{server.port}")
    for name in ("NO_PROXY", "no_proxy", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    for by_proxy in (True, False):
        transport = AiohttpRequest(by_proxy=by_proxy)
        await transport.initialize()
        one = Bot(TOKEN, "http://telegram.invalid/bot", request=transport)
        if by_proxy:
            assert (await one.send_message(1, "x")).message_id == 5
        else:
            with pytest.raises(NetworkError):
                await one.send_message(1, "x")
        await transport.shutdown()
    assert asked == [f"http://telegram.invalid/bot{TOKEN}/sendMessage"]
