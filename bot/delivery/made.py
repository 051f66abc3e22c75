"""Files that are made when a letter goes out: a page, pictures, a workbook, a calendar entry.

Read outside the writer's turn and made in a thread, so that nobody waits for them.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import Bot, InputMediaPhoto
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.delivery import made_figures, made_meeting, made_privacy, made_survey
from bot.domain.letter import (
    Drawing,
    EventFile,
    Letter,
    Makes,
    MeetingFile,
    Paper,
    PersonFile,
    SurveyFile,
)
from bot.logging import log
from bot.paper import calendar_file, notice
from storage.unit_of_work import Database

DOWNLOAD = 20.0  # seconds for one picture
File = tuple[str, bytes]  # its name, and what is in it
_log = log("delivery")


@dataclass(frozen=True, slots=True)
class Made:
    """Files of one kind: `pictures`, or one document; neither where they cannot be made."""

    pictures: tuple[bytes, ...] = ()
    document: File | None = None


async def send_made(bot: Bot, letter: Letter, drawing: Drawing, made: Made, buttons: Any) -> int:
    """Send the files with the text as their caption; return the id of the first message.

    An album has no buttons. Raises PTB's TelegramError.
    """
    common: dict[str, Any] = {
        "caption": drawing.text,
        "parse_mode": ParseMode.HTML,
        "disable_notification": letter.silent or None,
        "message_thread_id": letter.topic,
    }
    if len(made.pictures) > 1:
        album = [InputMediaPhoto(one) for one in made.pictures]
        return (await bot.send_media_group(letter.chat_id, album, **common))[0].message_id
    common["reply_markup"] = buttons
    if made.document is not None:
        name, held = made.document
        sent = await bot.send_document(letter.chat_id, held, filename=name, **common)
    else:
        sent = await bot.send_photo(letter.chat_id, made.pictures[0], **common)
    return sent.message_id


async def photos_of(bot: Bot, what: Makes) -> list[bytes]:
    """Return the pictures of a page; one that cannot be had now is left out."""
    found = []
    for file_id in what.photos if isinstance(what, Paper) else ():
        try:
            async with asyncio.timeout(DOWNLOAD):
                file = await bot.get_file(file_id)
                found.append(bytes(await file.download_as_bytearray()))
        except (TelegramError, TimeoutError) as error:
            _log.warning("a picture cannot be had for a page", error=type(error).__name__)
    return found


class MadeFiles:
    """Makes what a drawing asks for."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turn = asyncio.Lock()  # one at a time: each takes a core for a moment

    async def make(self, letter: Letter, what: Makes, photos: Sequence[bytes] = ()) -> Made | None:
        """Return the files for the letter, by its facts; None where they cannot be made.

        Then the words of the letter still have to go out. `photos` are those of a page.
        """
        async with self._turn:
            write = await self._prepare(letter, what, photos)
            try:
                made = await asyncio.to_thread(write)
            except Exception as error:  # noqa: BLE001 - whatever the library did not like
                _log.error("a file cannot be made", exc_info=error)
                return None
        if not made:
            return None
        return Made(document=made) if isinstance(made, tuple) else Made(pictures=tuple(made))

    async def _prepare(
        self, letter: Letter, what: Makes, photos: Sequence[bytes]
    ) -> Callable[[], File | list[bytes]]:
        """Return what writes the files; everything it needs is read."""
        if isinstance(what, Paper):
            return lambda: notice.write(what, letter.language, photos)
        if isinstance(what, EventFile):
            return lambda: _calendar(letter)
        if isinstance(what, MeetingFile):
            return await made_meeting.prepare(self._database, letter, what)
        if isinstance(what, SurveyFile):
            return await made_survey.prepare(self._database, letter, what)
        if isinstance(what, PersonFile):
            return await made_privacy.prepare(self._database, letter)
        return await made_figures.prepare(self._database, letter, what)


def _calendar(letter: Letter) -> File:
    """Return the calendar file of one event, from the facts of the letter alone."""
    held = letter.facts
    starts, ends = (datetime.fromisoformat(held[one]) for one in ("starts", "until"))
    said = (held["uid"], starts, ends, held["title"], held["place"])
    event = calendar_file.Event(*said, held.get("sequence", 0), off=held.get("off", False))
    return f"linli_{starts:%Y%m%d}.ics", calendar_file.write(event, letter.due_at)
