"""What was sent as a file: a paper goes on as it is, a picture only without what it gives away.

The letter itself is the job: it is kept, tried again and taken up after a kill like any other,
and the original of a picture is never sent to anybody.
"""

import asyncio
from dataclasses import dataclass

from telegram import Bot, Message

from bot.pictures.clean import BadPicture, clean, format_of

REMEMBERED = 512  # clean pictures whose new file id is known, so that they are not made again


@dataclass(frozen=True, slots=True)
class Paper:
    """What may be sent: a paper or a photo by its file id, fresh bytes, or why nothing."""

    file_id: str = ""
    photo: str | bytes = b""
    refused: str = ""


class Papers:
    """Looks into files before they are handed on; one picture is decoded at a time."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._known: dict[str, Paper] = {}
        self._one = asyncio.Semaphore(1)

    async def look(self, file_id: str) -> Paper:
        """Return what may be sent of the file; raises PTB's TelegramError when it cannot be had."""
        async with self._one:
            if file_id not in self._known:
                self._keep(file_id, await self._judged(file_id))
            return self._known[file_id]

    def sent(self, file_id: str, message: Message) -> None:
        """Remember under which id Telegram has the clean picture now."""
        if message.photo:
            self._keep(file_id, Paper(photo=message.photo[-1].file_id))

    async def _judged(self, file_id: str) -> Paper:
        data = bytes(await (await self._bot.get_file(file_id)).download_as_bytearray())
        if format_of(data) is None:
            return Paper(file_id)
        try:
            return Paper(photo=await clean(data))
        except BadPicture as bad:
            return Paper(refused=bad.reason)

    def _keep(self, file_id: str, paper: Paper) -> None:
        self._known.pop(file_id, None)
        self._known[file_id] = paper
        while len(self._known) > REMEMBERED:
            del self._known[next(iter(self._known))]
