"""Surveys for somebody who looks for them: among the news, in a digest; and wanting fewer.

Whoever moved in after a survey began finds it among the news, and takes part as everybody does.
"""

from datetime import timedelta
from typing import Any

from bot.domain.budget import Notices, Sort
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.survey import OPEN, SHARED, Survey
from bot.domain.survey_guest import ANSWERED, SILENT, Guest
from bot.services import addressees, settings, survey_due
from bot.services import survey_shown as showing
from bot.services.community import community_of
from bot.services.survey_result import results
from bot.services.survey_shown import Shown
from bot.services.unit_of_work import UnitOfWork
from storage import survey as surveys
from storage import survey_guest as guests

MOST = 2  # of each among the news
_SHOWN = timedelta(days=14)  # for which results stand there


async def current(uow: UnitOfWork, who: Person) -> list[dict[str, Any]]:
    """Return the surveys that are open for the person, and the results that they may see."""
    found = await surveys.latest(uow, who.community_id)
    recent = [one for one in found if one.ends_at > uow.now - _SHOWN]
    open_, shared = [], []
    for one in recent:
        guest = await guests.find(uow, who.community_id, one.id, who.id)
        answered = guest is not None and guest.status == ANSWERED
        if one.status in SHARED and answered:
            shared.append(one)
        elif one.status in OPEN and not answered and (guest or await _means(uow, one, who)):
            open_.append(one)
    return [of(one) for one in (*open_[:MOST], *shared[:MOST])]


def of(survey: Survey) -> dict[str, Any]:
    """Return what a button that opens it shows."""
    return {"survey": survey.id, "title": survey.title, "results": survey.status in SHARED}


async def _means(uow: UnitOfWork, survey: Survey, who: Person) -> bool:
    if survey.whom.closed_cases:
        return False
    return await addressees.means(uow, survey.whom.addressees, who)


async def look(uow: UnitOfWork, who: Person, id_: int) -> Shown:
    """Return the invitation, or what came of it; raises Refusal for what is not the person's."""
    survey = await surveys.find(uow, who.community_id, id_)
    if survey is None:
        raise Refusal("refusal.survey_not_meant")
    community = await community_of(uow, who.community_id)
    guest = await guests.find(uow, who.community_id, id_, who.id)
    if survey.status in SHARED and guest is not None and guest.status == ANSWERED:
        return "survey.published", await results(uow, survey)
    if not survey.is_open:
        return "survey.closed", showing.of_survey(community, survey)
    if guest is None and not await _means(uow, survey, who):
        raise Refusal("refusal.survey_not_meant")
    if guest is None:
        building = await survey_due.building_of(uow, community, who)
        at = who.community_id, survey.id, who.id, building
        about = survey.whom.addressees.case
        guest = Guest(*at, status=SILENT, asked_at=uow.now, asked_times=1, case_number=about)
        guests.add(uow, guest)
    return "survey.invite", showing.invitation(community, survey, guest.case_number)


def want_less(uow: UnitOfWork, who: Person, id_: int) -> Notices:
    """Let surveys ring one step less: each, daily, weekly; return how often."""
    return settings.want_fewer(uow, who, Sort.SURVEY, id_)
