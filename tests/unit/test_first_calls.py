"""The first calls at a start: how long they wait, and what keeps nobody from being served."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError

from bot.clock import Clock, breathe
from bot.delivery.first_calls import reach_telegram
from bot.delivery.transport import SlowDownError
from tests.unit.delivery_room import START


class Telegram:
    """Answers each call with the next of its troubles, then well."""

    def __init__(
        self, *connecting: TelegramError, introducing: Sequence[TelegramError] = ()
    ) -> None:
        self.clock = Clock(START)
        self.troubles = {"connect": [*connecting], "introduce": [*introducing]}
        self.called: list[str] = []

    async def connect(self) -> None:
        self._meet("connect")

    async def introduce(self) -> None:
        self._meet("introduce")

    def _meet(self, call: str) -> None:
        self.called.append(call)
        if self.troubles[call]:
            raise self.troubles[call].pop(0)

    async def reached(self) -> None:
        await reach_telegram(self.connect, self.introduce, self.clock)


async def after(telegram: Telegram, seconds: float) -> list[str]:
    """Return the calls so far, so many seconds of the clock later."""
    telegram.clock.jump_to(datetime.now(UTC) + telegram.clock._offset + timedelta(seconds=seconds))
    for _ in range(10):
        await breathe()
    return telegram.called


@pytest.mark.parametrize(
    ("trouble", "too_soon", "enough"),
    [
        (NetworkError("no route"), 4.0, 2.0),
        (SlowDownError(timedelta(seconds=30)), 29.0, 2.0),
        (SlowDownError(timedelta(seconds=1)), 4.0, 2.0),
    ],
)
async def test_it_waits_for_as_long_as_telegram_asks(
    trouble: TelegramError, too_soon: float, enough: float
) -> None:
    telegram = Telegram(trouble)
    reaching = asyncio.create_task(telegram.reached())
    assert await after(telegram, 0) == ["connect"]
    assert await after(telegram, too_soon) == ["connect"]
    assert await after(telegram, enough) == ["connect", "connect", "introduce"]
    await reaching


async def test_an_introduction_that_is_not_wanted_keeps_nobody_from_being_served(
    capsys: pytest.CaptureFixture[str],
) -> None:
    telegram = Telegram(introducing=[BadRequest("BOT_COMMAND_INVALID")])
    await asyncio.wait_for(telegram.reached(), 5)
    assert telegram.called == ["connect", "introduce"]
    assert "could not be introduced" in capsys.readouterr().out


@pytest.mark.parametrize("call", ["connect", "introduce"])
async def test_a_wrong_token_is_for_the_operator(call: str) -> None:
    wrong = InvalidToken("Unauthorized")
    telegram = Telegram(wrong) if call == "connect" else Telegram(introducing=[wrong])
    with pytest.raises(InvalidToken):
        await telegram.reached()
