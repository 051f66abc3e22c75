"""The files of a survey, prepared outside the writer's turn when their letter goes out."""

from collections.abc import Callable

from bot.domain.letter import Letter, SurveyFile
from bot.paper import survey_charts, survey_sheet
from bot.services import guarded
from bot.services.survey_result import results, sheets
from storage import survey as surveys
from storage.unit_of_work import Database

File = tuple[str, bytes]  # its name, and what is in it


async def prepare(
    database: Database, letter: Letter, what: SurveyFile
) -> Callable[[], File | list[bytes]]:
    """Return what draws the answers, a picture a question, or writes them as a workbook."""
    async with database.looking() as uow:
        survey = await surveys.find(uow, letter.community_id, letter.facts["id"])
        if survey is None:
            raise LookupError(f"survey {letter.facts['id']} is gone")
        if what is SurveyFile.CHARTS:
            facts = await guarded.facts(uow, letter.community_id, await results(uow, survey))
            album = letter.facts.get("album", 0)
            return lambda: survey_charts.draw(facts, letter.language, album)
        facts = await guarded.facts(uow, letter.community_id, await sheets(uow, survey))
    return lambda: survey_sheet.write(facts, f"linli_survey_{survey.id}")
