"""Fetches raw updates from the Bot API, unparsed: what PTB cannot read must not stop the rest."""

import json
from collections.abc import Sequence
from typing import Any, cast
from urllib.parse import urlencode

from telegram.request import BaseRequest

from bot.intake.polling import KINDS

_SLACK = 10  # seconds an answer may take beyond the long poll


class TelegramSource:
    """Raw updates over a `BaseRequest` of their own, so that a long poll holds up no letter."""

    def __init__(self, request: BaseRequest, base_url: str) -> None:
        self._request, self._address = request, f"{base_url}/getUpdates"

    async def updates(self, offset: int | None, wait: int) -> Sequence[dict[str, Any]]:
        """Return the raw updates from `offset` on; raises PTB's TelegramError."""
        asked = {"timeout": wait, "limit": 100, "allowed_updates": json.dumps(KINDS)}
        if offset is not None:
            asked["offset"] = offset
        answer = await self._request.post(
            f"{self._address}?{urlencode(asked)}", read_timeout=wait + _SLACK
        )
        return cast("Sequence[dict[str, Any]]", answer)
