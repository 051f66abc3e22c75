"""Fetches raw updates from the Bot API, unparsed: what PTB cannot read must not stop the rest."""

import json
from collections.abc import Sequence
from typing import Any, cast
from urllib.parse import urlencode

from telegram.request import BaseRequest

from bot.intake.taking import KINDS

_SLACK = 10  # seconds an answer may take beyond the long poll
_AT_ONCE = 40  # updates that Telegram may bring side by side


class TelegramSource:
    """Raw updates over a `BaseRequest` of their own, so that a long poll holds up no letter."""

    def __init__(self, request: BaseRequest, base_url: str) -> None:
        self._request, self._base_url = request, base_url

    async def updates(self, offset: int | None, wait: int) -> Sequence[dict[str, Any]]:
        """Return the raw updates from `offset` on; raises PTB's TelegramError."""
        asked = {"timeout": wait, "limit": 100, "allowed_updates": json.dumps(KINDS)}
        if offset is not None:
            asked["offset"] = offset
        answer = await self._call("getUpdates", read_timeout=wait + _SLACK, **asked)
        return cast("Sequence[dict[str, Any]]", answer)

    async def bring_to(self, url: str, secret: str) -> None:
        """Let updates be brought to `url`, with the secret; raises PTB's TelegramError."""
        kinds = json.dumps(KINDS)
        await self._call(
            "setWebhook", url=url, secret_token=secret, allowed_updates=kinds,
            max_connections=_AT_ONCE,
        )  # fmt: skip

    async def bring_nowhere(self) -> None:
        """Let updates be fetched again; what waits goes on waiting. Raises PTB's TelegramError."""
        await self._call("deleteWebhook")

    async def brought_to(self) -> str:
        """Return where updates are brought now, "" for nowhere; raises PTB's TelegramError."""
        return str((await self._call("getWebhookInfo"))["url"])

    async def _call(self, method: str, *, read_timeout: float = _SLACK, **asked: Any) -> Any:
        address = f"{self._base_url}/{method}"
        if asked:
            address += f"?{urlencode(asked)}"
        return await self._request.post(address, read_timeout=read_timeout)
