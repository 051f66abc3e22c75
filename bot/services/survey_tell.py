"""Those who took part in a survey hear what came of it, a page of them at a time."""

from bot.domain.survey_guest import ANSWERED
from bot.services import survey_due as dues
from bot.services.letter import tell
from bot.services.survey_result import results
from bot.services.unit_of_work import UnitOfWork
from storage import due
from storage import person as people
from storage import survey as surveys
from storage import survey_guest as guests
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
            tell(uow, found[one.person_id], "survey.published", **facts)
    if len(held) == dues.PAGE:
        due.plan_new(uow, dues.row(survey, dues.TELL, uow.now, str(held[-1].person_id)))
