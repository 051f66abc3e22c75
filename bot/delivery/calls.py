"""Calls of the Bot API as ready JSON: those that go out with every step that a neighbour takes.

PTB's own methods take their parameters apart and build a whole message of the answer, of which
nobody reads more than the id; that took most of the time a letter costs. Errors stay PTB's.
"""

from dataclasses import dataclass
from typing import Any, cast

from telegram.request import RequestData

from bot import as_json
from bot.delivery.transport import AiohttpRequest


@dataclass(frozen=True, slots=True)
class _Ready:
    """Parameters that are JSON already; PTB hands them on to our transport without a look."""

    json_payload: bytes
    contains_files: bool = False


class Calls:
    """Calls methods by their name at Telegram."""

    def __init__(self, request: AiohttpRequest, base_url: str) -> None:
        """`base_url` holds the token: it must never be shown."""
        self._request, self._base_url = request, base_url

    async def call(self, method: str, **parameters: Any) -> Any:
        """Return what Telegram answers; a parameter that is None is left out.

        Raises PTB's TelegramError.
        """
        given = {name: value for name, value in parameters.items() if value is not None}
        ready = cast("RequestData", _Ready(as_json.written(given).encode()))
        return await self._request.post(f"{self._base_url}/{method}", ready)
