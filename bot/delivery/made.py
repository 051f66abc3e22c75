"""Files that are made when a letter goes out: pictures and workbooks of the figures.

Read outside the writer's turn and made in a thread, so that nobody waits for them.
"""

import asyncio
from dataclasses import dataclass
from typing import Any

from telegram import Bot, InputMediaPhoto
from telegram.constants import ParseMode

from bot.domain.letter import CHARTS, TREND, WORKBOOK, Drawing, Letter
from bot.domain.period import Period
from bot.paper import charts, workbook
from bot.services import figures, figures_sheet
from bot.services.community import community_of
from storage.unit_of_work import Database, UnitOfWork


@dataclass(frozen=True, slots=True)
class Made:
    """Files of one kind: `pictures`, or one document with its name."""

    pictures: tuple[bytes, ...] = ()
    document: tuple[str, bytes] | None = None


async def send_made(bot: Bot, letter: Letter, drawing: Drawing, made: Made) -> int:
    """Send the files with the text as their caption; return the id of the first message.

    Raises PTB's TelegramError.
    """
    common: dict[str, Any] = {
        "caption": drawing.text,
        "parse_mode": ParseMode.HTML,
        "disable_notification": letter.silent or None,
    }
    if made.document is not None:
        name, held = made.document
        sent = await bot.send_document(letter.chat_id, held, filename=name, **common)
        return sent.message_id
    if len(made.pictures) == 1:
        return (await bot.send_photo(letter.chat_id, made.pictures[0], **common)).message_id
    album = [InputMediaPhoto(one) for one in made.pictures]
    return (await bot.send_media_group(letter.chat_id, album, **common))[0].message_id


class MadeFiles:
    """Makes what a drawing asks for."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turn = asyncio.Lock()  # one at a time: each takes a core for a moment

    async def make(self, letter: Letter, what: str) -> Made:
        """Return the files for the letter, by its facts; none where they cannot be made."""
        async with self._turn:
            if what == WORKBOOK:
                return await self._workbook(letter)
            draw = {CHARTS: charts.draw, TREND: charts.draw_trend}[what]
            if not charts.can_draw():
                return Made()
            async with self._database.looking() as uow:
                period, scope = await _asked(uow, letter)
                facts = await figures.picture(uow, letter.community_id, period, scope)
            return Made(tuple(await asyncio.to_thread(draw, facts, letter.language)))

    async def _workbook(self, letter: Letter) -> Made:
        async with self._database.looking() as uow:
            period, scope = await _asked(uow, letter)
            tables = await figures_sheet.tables(uow, letter.community_id, period, scope)
        name = f"linli_{letter.facts['first']}_{letter.facts['last']}.xlsx"
        return Made(document=(name, await asyncio.to_thread(workbook.write, tables, name)))


async def _asked(uow: UnitOfWork, letter: Letter) -> tuple[Period, figures.Scope]:
    community = await community_of(uow, letter.community_id)
    scope = figures.scope_of(community, letter.facts["scope"])
    return Period.of(letter.facts["first"], letter.facts["last"]), scope
