"""Those who took part in a survey hear what came of it, a page of them at a time.

It counts as one of their two a week; what is more stands in their digest.
"""

from bot.domain.broadcast import Way
from bot.domain.person import Person
from bot.domain.survey import Survey
from bot.domain.survey_guest import ANSWERED
from bot.services import budget, digest
from bot.services import survey_due as dues
from bot.services.community import community_of
from bot.services.letter import tell
from bot.services.survey_result import Facts, results
from bot.services.unit_of_work import UnitOfWork
from storage import person as people
from storage import survey as surveys
from storage import survey_guest as guests
from storage import survey_letters
from storage.due import Due


async def tell_answered(uow: UnitOfWork, planned: Due) -> None:
    """Tell a page of those who took part what came of it, and the next page after it."""
    survey = await surveys.find(uow, planned.community_id, int(planned.subject))
    if survey is None:
        return
    facts, after = await results(uow, survey), int(planned.occurrence)
    at = survey.community_id, survey.id
    held = await guests.in_status(uow, *at, ANSWERED, after, dues.PAGE)
    found = await people.find(uow, survey.community_id, [one.person_id for one in held])
    for one in held:
        if found[one.person_id].blocked_at is None:
            await _tell(uow, survey, found[one.person_id], facts)
    if len(held) == dues.PAGE:
        dues.plan_next(uow, survey, dues.TELL, held[-1].person_id)


async def _tell(uow: UnitOfWork, survey: Survey, who: Person, facts: Facts) -> None:
    community = await community_of(uow, who.community_id)
    way, when = await budget.way_of_survey(uow, community, who)
    of_it = who.community_id, survey.id, who.id
    survey_letters.add(uow, *of_it, survey_letters.RESULTS, way, when)
    if way is Way.DIGEST:
        await digest.plan(uow, who.community_id, when)
    else:
        tell(uow, who, "survey.published", **facts)
