"""Only this machine and this page, and the token in no log."""

import logging

import pytest

from tests.unit.sandbox.conftest import TOKEN, Hands


@pytest.mark.parametrize("path", ["/sim/people", "/", f"/bot{TOKEN}/getMe", "/sim/events"])
async def test_a_rebound_name_is_refused(hands: Hands, path: str) -> None:
    headers = {"Host": "evil.example"}
    async with hands.session.get(hands.url + path, headers=headers) as answer:
        assert answer.status == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
async def test_a_foreign_page_is_refused(hands: Hands, origin: str) -> None:
    headers = {"Origin": origin}
    for path in ("/sim/reset", "/sim/message", f"/bot{TOKEN}/getMe"):
        async with hands.session.post(hands.url + path, headers=headers, json={}) as answer:
            assert answer.status == 403
    async with hands.session.get(
        f"{hands.url}/control",
        headers=headers
        | {
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        },
    ) as answer:
        assert answer.status == 403


async def test_our_own_page_is_welcome(hands: Hands) -> None:
    async with hands.session.get(
        f"{hands.url}/sim/people", headers={"Origin": hands.url}
    ) as answer:
        assert answer.status == 200
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    async with hands.session.get(f"{hands.url}/") as answer:
        assert answer.content_type == "text/html"


async def test_unknown_addresses_are_sentences(hands: Hands) -> None:
    for method, path in (("GET", "/sim/pigeons"), ("POST", "/sim/people/5"), ("PUT", "/sim/bot")):
        async with hands.session.request(method, hands.url + path) as answer:
            assert 400 <= answer.status < 500
            assert (await answer.json())["error"]


async def test_a_defect_is_reported_without_the_token(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> object:
        raise RuntimeError("a defect")

    monkeypatch.setattr("bot.sandbox.api.METHODS", {"get_me": broken})
    with caplog.at_level(logging.DEBUG):
        told = await hands.call("getMe")
        await hands.call("sendMessage")
    assert (told["error_code"], told["description"]) == (500, "Internal Server Error")
    assert "a defect" in caplog.text
    assert TOKEN not in caplog.text
