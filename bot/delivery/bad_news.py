"""Tells people, past the outbox, that nothing can be kept now: then nothing can be read either."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from telegram.error import TelegramError

from bot.clock import Clock
from bot.delivery.pace import Pacer
from bot.delivery.retry import Trouble, classify, pause_of
from bot.delivery.telegram import Sender
from bot.texts import LANGUAGES, t

AGAIN = timedelta(hours=1)  # how often a person hears it
_USUAL, _OTHER = "zh_CN", "en"


class BadNews:
    """What is said, ready before it is needed, and who has heard it."""

    def __init__(self, sender: Sender, clock: Clock, pacer: Pacer) -> None:
        self._sender, self._clock, self._pacer = sender, clock, pacer
        self._texts: dict[str, str] = {}
        self._told: dict[int, datetime] = {}

    def prepare(self, phone: str) -> None:
        """Have the words ready; `phone` is where a person answers."""
        self._texts = {one: t("common.full", one, phone=phone) for one in LANGUAGES}

    def forget(self) -> None:
        """Drop who has heard it (a reset of the sandbox)."""
        self._told.clear()

    async def tell(self, raw: Sequence[dict[str, Any]]) -> None:
        """Tell each person behind these updates, in the language of their Telegram.

        Whoever is not told because Telegram asks to wait hears it when the updates come again.
        """
        now = self._clock.now()
        for chat, language in filter(None, map(private_chat, raw)):
            told = self._told.get(chat)
            if self._pacer.halted or (told is not None and now - told < AGAIN):
                continue
            try:
                await self._sender.say_full(chat, self._texts[language])
            except TelegramError as error:
                if classify(error) is Trouble.TOO_MANY:
                    self._pacer.halt(pause_of(error).total_seconds())
                    continue
            self._told[chat] = now


def private_chat(raw: dict[str, Any]) -> tuple[int, str] | None:
    """Return where whoever wrote or pressed is told something, and how; None in a group."""
    press = raw.get("callback_query", {})
    spoken = raw.get("message") or press.get("message", {})
    chat, who = spoken.get("chat", {}), press.get("from") or spoken.get("from") or {}
    if chat.get("type") != "private":
        return None
    code = who.get("language_code") or _USUAL
    return int(chat["id"]), _USUAL if code.startswith("zh") else _OTHER
