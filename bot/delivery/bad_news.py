"""Answers people, past the outbox, while nothing can be kept.

Whoever asks to see what they have reported sees it; everybody else hears that nothing can be
registered now. Each update comes again until it can be stored, so it is answered once here.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from telegram.error import TelegramError

from bot.clock import Clock
from bot.delivery.attempt import Render
from bot.delivery.pace import Pacer
from bot.delivery.retry import Trouble, classify, pause_of
from bot.delivery.telegram import Sender
from bot.domain.letter import Letter, LetterClass
from bot.logging import log

AGAIN = timedelta(hours=1)  # how often a person hears it
FULL = "common.full"
_USUAL, _OTHER = "zh_CN", "en"

# Returns the answer to a person's words, read from the database; None for somebody unknown.
Look = Callable[[int, str], Awaitable[Letter | None]]
_log = log("delivery")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody has sent in their private chat."""

    update_id: int
    chat_id: int
    text: str  # empty for a press and for pictures
    language: str  # that of their Telegram


class BadNews:
    """What is said, and who has heard it."""

    def __init__(
        self, sender: Sender, clock: Clock, pacer: Pacer, render: Render, look: Look
    ) -> None:
        self._sender, self._clock, self._pacer = sender, clock, pacer
        self._render, self._look = render, look
        self._phone = ""
        self._told: dict[int, datetime] = {}
        self._answered: dict[int, int] = {}  # by chat, the last update that was

    def prepare(self, phone: str) -> None:
        """Know where a person answers, before it is needed."""
        self._phone = phone

    def forget(self) -> None:
        """Drop who has heard what (a reset of the sandbox)."""
        self._told.clear()
        self._answered.clear()

    async def tell(self, raw: Sequence[dict[str, Any]]) -> None:
        """Answer each person behind these updates.

        Whoever is not told because Telegram asks to wait hears it when the updates come again.
        """
        for asked in filter(None, map(asked_in_private, raw)):
            if not self._pacer.halted:
                await self._answer(asked)

    async def _answer(self, asked: Asked) -> None:
        letter, now = await self._letter_for(asked), self._clock.now()
        if not self._is_worth_saying(letter, asked, now):
            return
        try:
            await self._sender.send(letter, self._render(letter, now), None)
        except TelegramError as error:
            if classify(error) is Trouble.TOO_MANY:
                self._pacer.halt(pause_of(error).total_seconds())
                return
        if letter.kind == FULL:
            self._told[asked.chat_id] = now
        else:
            self._answered[asked.chat_id] = asked.update_id

    def _is_worth_saying(self, letter: Letter, asked: Asked, now: datetime) -> bool:
        if letter.kind != FULL:
            return self._answered.get(asked.chat_id, -1) < asked.update_id
        told = self._told.get(asked.chat_id)
        return told is None or now - told >= AGAIN

    async def _letter_for(self, asked: Asked) -> Letter:
        try:
            found = await self._look(asked.chat_id, asked.text)
        except Exception as error:  # noqa: BLE001 - whatever it was, they hear the news all the same
            _log.error("nothing can be read either", error=type(error).__name__)
            found = None
        return found or Letter(
            id=0,
            community_id=0,
            chat_id=asked.chat_id,
            language=asked.language,
            kind=FULL,
            facts={"phone": self._phone},
            letter_class=LetterClass.AT_MOST_ONCE,
            silent=False,
            due_at=self._clock.now(),
            attempts=0,
        )


def asked_in_private(raw: dict[str, Any]) -> Asked | None:
    """Return what somebody wrote or pressed; None in a group."""
    press = raw.get("callback_query", {})
    spoken = raw.get("message") or press.get("message", {})
    chat, who = spoken.get("chat", {}), press.get("from") or spoken.get("from") or {}
    if chat.get("type") != "private":
        return None
    code = who.get("language_code") or _USUAL
    language = _USUAL if code.startswith("zh") else _OTHER
    text = "" if press else spoken.get("text", "")
    return Asked(raw.get("update_id", 0), int(chat["id"]), text, language)
