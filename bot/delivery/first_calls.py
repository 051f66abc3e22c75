"""The first calls to Telegram at a start: who we are, and what people read before they start."""

from collections.abc import Awaitable, Callable

from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.clock import Clock
from bot.delivery.retry import pause_of
from bot.logging import log

_PATIENCE = 5.0  # seconds between attempts, if Telegram does not ask for more

Call = Callable[[], Awaitable[None]]
_log = log("delivery")


async def reach_telegram(connect: Call, introduce: Call, clock: Clock) -> None:
    """Do both, as often as it takes.

    An introduction that Telegram does not want is logged: people can be served without it.
    Raises InvalidToken when Telegram does not know the token.
    """
    await _insist(connect, clock)
    try:
        await _insist(introduce, clock)
    except BadRequest as error:  # for PTB a NetworkError; trying again would never help
        _log.error("the bot could not be introduced", exc_info=error)


async def _insist(call: Call, clock: Clock) -> None:
    told = False
    while True:
        try:
            return await call()
        except (InvalidToken, BadRequest):
            raise
        except TelegramError as error:
            if not told:
                _log.warning("Telegram cannot be reached yet", error=type(error).__name__)
            told = True
            await clock.sleep(max(_PATIENCE, pause_of(error).total_seconds()))
