"""Files that are made when a letter goes out: a page, pictures, a workbook, a calendar entry.

Read outside the writer's turn and made in a thread, so that nobody waits for them.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from telegram import Bot, InputMediaPhoto
from telegram.constants import ParseMode

from bot.delivery import made_meeting, made_survey
from bot.domain.letter import (
    Drawing,
    EventFile,
    FigureFile,
    Letter,
    Makes,
    MeetingFile,
    Paper,
    SurveyFile,
)
from bot.domain.period import Period
from bot.logging import log
from bot.paper import calendar_file, charts, notice, workbook
from bot.services import figures, figures_sheet
from bot.services.community import community_of
from storage.unit_of_work import Database, UnitOfWork

File = tuple[str, bytes]  # its name, and what is in it
Found = TypeVar("Found")
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


class MadeFiles:
    """Makes what a drawing asks for."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turn = asyncio.Lock()  # one at a time: each takes a core for a moment

    async def make(self, letter: Letter, what: Makes) -> Made | None:
        """Return the files for the letter, by its facts; None where they cannot be made."""
        if isinstance(what, EventFile):
            return _calendar(letter)
        async with self._turn:
            if isinstance(what, Paper):
                page = await _in_thread(lambda: notice.write(what, letter.language))
                return page and Made(document=page)
            if isinstance(what, MeetingFile):
                page = await _in_thread(await made_meeting.prepare(self._database, letter, what))
                return page and Made(document=page)
            if what is FigureFile.WORKBOOK:
                return await self._workbook(letter)
            if what is SurveyFile.CHARTS:
                draw = await made_survey.pictures(self._database, letter)
                return _album(await _in_thread(draw))
            if what is SurveyFile.WORKBOOK:
                page = await _in_thread(await made_survey.workbook(self._database, letter))
                return page and Made(document=page)
            return await self._pictures(letter, what)

    async def _pictures(self, letter: Letter, what: FigureFile) -> Made | None:
        draw = charts.draw if what is FigureFile.CHARTS else charts.draw_trend
        if not charts.can_draw():
            return None
        async with self._database.looking() as uow:
            period, scope = await _asked(uow, letter)
            facts = await figures.picture(uow, letter.community_id, period, scope)
        drawn = await _in_thread(lambda: draw(facts, letter.language))
        return _album(drawn)

    async def _workbook(self, letter: Letter) -> Made | None:
        async with self._database.looking() as uow:
            period, scope = await _asked(uow, letter)
            tables = await figures_sheet.tables(uow, letter.community_id, period, scope)
        name = f"linli_{letter.facts['first']}_{letter.facts['last']}"
        book = await _in_thread(lambda: workbook.write(tables, name))
        return book and Made(document=book)


def _album(drawn: Sequence[bytes] | None) -> Made | None:
    return Made(pictures=tuple(drawn)) if drawn else None


async def _asked(uow: UnitOfWork, letter: Letter) -> tuple[Period, figures.Scope]:
    community = await community_of(uow, letter.community_id)
    scope = figures.scope_of(community, letter.facts["scope"])
    return Period.of(letter.facts["first"], letter.facts["last"]), scope


async def _in_thread(make: Callable[[], Found]) -> Found | None:
    """Return what is made; None when it fails: the words of the letter still have to go out."""
    try:
        return await asyncio.to_thread(make)
    except Exception as error:  # noqa: BLE001 - whatever the library did not like
        _log.error("a file cannot be made", exc_info=error)
        return None


def _calendar(letter: Letter) -> Made:
    """Return the calendar file of one event, from the facts of the letter alone."""
    held = letter.facts
    starts, ends = (datetime.fromisoformat(held[one]) for one in ("starts", "until"))
    event = calendar_file.Event(held["uid"], starts, ends, held["title"], held["place"])
    name = f"linli_{starts:%Y%m%d}.ics"
    return Made(document=(name, calendar_file.write(event, letter.due_at)))
