"""Asks Telegram once who we are, for the doctor: does it know the token, and what time is it."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

import aiohttp

from bot.settings import Settings

_PATIENCE = aiohttp.ClientTimeout(total=15)


@dataclass(frozen=True, slots=True)
class Greeting:
    """What Telegram answered to getMe: an HTTP status, and its own time (UTC) if it says it."""

    status: int
    at: datetime | None


async def greet(settings: Settings) -> Greeting | None:
    """Return what Telegram answers; None when it cannot be reached. Nothing is said of why.

    The address holds the token, and an error may hold the address.
    """
    address = f"{settings.bot_api_url}{settings.token}/getMe"
    try:
        async with (
            aiohttp.ClientSession(trust_env=not settings.is_telegram_here) as session,
            session.get(address, timeout=_PATIENCE) as answer,
        ):
            return Greeting(answer.status, _instant(answer.headers.get("Date")))
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        return None


def _instant(said: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(said) if said else None
    except ValueError:
        return None
