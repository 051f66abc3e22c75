"""JSON that no phone and no library writes: refused in a sentence, and nobody else notices."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.unit.sandbox.conftest import RESIDENT, TOKEN, Hands

HALF = "a\ud800b"  # half a surrogate pair, which no UTF-8 can hold
DEEP = "[" * 100_000


@pytest.fixture
async def unharmed(hands: Hands) -> AsyncIterator[Hands]:
    """The sandbox, which has to serve everybody at the end as it did before."""
    yield hands
    await hands.say(RESIDENT, "好的")
    assert [one["message"]["text"] for one in await hands.updates()] == ["好的"]
    assert [one["text"] for one in (await hands.chat(RESIDENT))["messages"]] == ["好的"]
    assert (await hands.sim("GET", "calls", method="getUpdates"))[-1]["status"] == 200


async def _post(hands: Hands, path: str, body: str | bytes) -> tuple[int, Any]:
    address, kind = f"{hands.url}/{path}", {"Content-Type": "application/json"}
    async with hands.session.post(address, data=body, headers=kind) as answer:
        return answer.status, await answer.json()


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("message", {"from": RESIDENT, "text": HALF}),
        ("message", {"from": RESIDENT, "photo": "light", "caption": HALF}),
        ("message", {"from": RESIDENT, "text": "x", HALF: 1}),
        ("people", {"name": HALF}),
        ("groups", {"from": RESIDENT, "title": HALF}),
        ("faults", {"method": "*", "status": 500, "description": HALF}),
        ("message", {"from": RESIDENT, "location": {"latitude": float("nan"), "longitude": 1}}),
        ("message", {"from": RESIDENT, "location": {"latitude": float("-inf"), "longitude": 1}}),
    ],
)
async def test_people_cannot_write_what_is_no_text_and_no_number(
    unharmed: Hands, path: str, body: Any
) -> None:
    told = await unharmed.sim("POST", path, body, status=400)
    assert told["error"].startswith("The body is not JSON")


@pytest.mark.parametrize(
    "body",
    [
        b'{"from": 1001, "text": "\xed\xa0\x80"}',  # the same half, not written out
        b'{"from": 1001, "text": "\xff"}',
        b'{"from": 1001, "location": {"latitude": 1e999, "longitude": 1}}',
        b'{"from": ' + b"1" * 5000 + b', "text": "x"}',
        DEEP,
        '{"from": 1001, "topic": ' + DEEP,
    ],
)
async def test_a_body_that_cannot_be_read_is_a_sentence(unharmed: Hands, body: str | bytes) -> None:
    status, told = await _post(unharmed, "sim/message", body)
    assert (status, told["error"][:20]) == (400, "The body is not JSON")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (r'{"chat_id": 1001, "text": "a\ud800b"}', "strings must be encoded in UTF-8"),
        (b'{"chat_id": 1001, "text": "\xed\xa0\x80"}', "strings must be encoded in UTF-8"),
        (DEEP, "can't parse JSON object"),
        (
            f'{{"chat_id": 1001, "text": "x", "message_thread_id": 1{"0" * 400}}}',
            'parameter "message_thread_id" has a wrong value',
        ),
        ('{"chat_id": 1001, "text": NaN}', "can't parse JSON object"),
    ],
)
async def test_the_bot_cannot_send_it_either(
    unharmed: Hands, body: str | bytes, words: str
) -> None:
    status, told = await _post(unharmed, f"bot{TOKEN}/sendMessage", body)
    assert (status, told["description"]) == (400, f"Bad Request: {words}")


@pytest.mark.parametrize(
    "markup", [r'{"inline_keyboard": [[{"text": "\ud800", "callback_data": "a"}]]}', DEEP]
)
async def test_a_parameter_that_is_json_is_read_as_strictly(unharmed: Hands, markup: str) -> None:
    refused = await unharmed.refused("sendMessage", chat_id=RESIDENT, text="x", reply_markup=markup)
    assert refused == '400 Bad Request: parameter "reply_markup" has a wrong value'


@pytest.mark.parametrize("accuracy", ["nan", "inf", "1e999", "1" + "0" * 400])
async def test_a_parameter_that_is_a_number_is_one(unharmed: Hands, accuracy: str) -> None:
    refused = await unharmed.refused(
        "sendLocation", chat_id=RESIDENT, latitude=1, longitude=1, horizontal_accuracy=accuracy
    )
    assert refused == '400 Bad Request: parameter "horizontal_accuracy" has a wrong value'
