"""When somebody was asked last, by a callback or a survey: nobody is asked twice within a day."""

from datetime import datetime

from bot.services.unit_of_work import UnitOfWork
from storage import callback as callbacks
from storage import survey_guest as guests


async def last_survey(uow: UnitOfWork, community_id: int, person_id: int) -> datetime | None:
    """Return when (UTC) the person was asked last, None when never."""
    by_callback = await callbacks.last_survey(uow, community_id, person_id)
    by_survey = await guests.last_asked(uow, community_id, person_id)
    return max((one for one in (by_callback, by_survey) if one is not None), default=None)
