"""The files of a survey, prepared outside the writer's turn when their letter goes out."""

from collections.abc import Callable

from bot.domain.letter import Letter
from bot.domain.survey import Survey
from bot.paper import survey_charts, survey_sheet
from bot.services.survey_result import results, sheets
from storage import survey as surveys
from storage.unit_of_work import Database, UnitOfWork

File = tuple[str, bytes]  # its name, and what is in it


async def pictures(database: Database, letter: Letter) -> Callable[[], list[bytes]]:
    """Return what draws the answers, a picture a question."""
    async with database.looking() as uow:
        facts = await results(uow, await _survey(uow, letter))
    return lambda: survey_charts.draw(facts, letter.language)


async def workbook(database: Database, letter: Letter) -> Callable[[], File]:
    """Return what writes the workbook."""
    async with database.looking() as uow:
        survey = await _survey(uow, letter)
        facts = await sheets(uow, survey)
    return lambda: survey_sheet.write(facts, f"linli_survey_{survey.id}")


async def _survey(uow: UnitOfWork, letter: Letter) -> Survey:
    found = await surveys.find(uow, letter.community_id, letter.facts["id"])
    if found is None:
        raise LookupError(f"survey {letter.facts['id']} is gone")
    return found
