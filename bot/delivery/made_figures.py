"""The pictures and the workbook of the figures, prepared outside the writer's turn."""

from collections.abc import Callable

from bot.domain.letter import FigureFile, Letter
from bot.domain.period import Period
from bot.paper import charts, workbook
from bot.services import figures, figures_sheet
from bot.services.community import community_of
from storage.unit_of_work import Database

File = tuple[str, bytes]  # its name, and what is in it


async def prepare(
    database: Database, letter: Letter, what: FigureFile
) -> Callable[[], File | list[bytes]]:
    """Return what draws or writes the figures of the period that the letter is about.

    No pictures where matplotlib or a Chinese font is missing; then nothing is read either.
    """
    first, last = letter.facts["first"], letter.facts["last"]
    if what is not FigureFile.WORKBOOK and not charts.can_draw():
        return list
    async with database.looking() as uow:
        community = await community_of(uow, letter.community_id)
        asked = Period.of(first, last), figures.scope_of(community, letter.facts["scope"])
        if what is FigureFile.WORKBOOK:
            tables = await figures_sheet.tables(uow, letter.community_id, *asked)
            return lambda: workbook.write(tables, f"linli_{first}_{last}")
        facts = await figures.picture(uow, letter.community_id, *asked)
    draw = charts.draw if what is FigureFile.CHARTS else charts.draw_trend
    return lambda: draw(facts, letter.language)
