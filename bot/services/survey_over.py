"""What still shows a survey that is over says so: nothing promises that it can be answered.

Whoever can have a case done again keeps the button for it.
"""

from bot.domain.person import Person
from bot.domain.survey import Survey
from bot.domain.survey_guest import ANSWERED, Guest
from bot.services import survey_due as dues
from bot.services import survey_shown as showing
from bot.services.community import community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import person as people
from storage import survey as surveys
from storage import survey_cards as cards
from storage import survey_guest as guests
from storage.due import Due


async def close_cards(uow: UnitOfWork, planned: Due) -> None:
    """Redraw what shows it to a page of those who were asked, and plan the next page."""
    survey = await surveys.find(uow, planned.community_id, int(planned.subject))
    if survey is None:
        return
    at = survey.community_id, survey.id
    held = await guests.behind(uow, *at, int(planned.occurrence), dues.PAGE)
    found = await people.find(uow, survey.community_id, [one.person_id for one in held])
    known = {
        found[one.person_id].telegram_id: (one, found[one.person_id])
        for one in held
        if one.person_id in found and found[one.person_id].blocked_at is None
    }
    for card in await cards.shown(uow, *at, known, survey.starts_at):
        guest, who = known[card.chat_id]
        await _redraw(uow, survey, guest, who, card)
    if len(held) == dues.PAGE:
        dues.plan_next(uow, survey, dues.CARDS, held[-1].person_id)


async def _redraw(
    uow: UnitOfWork, survey: Survey, guest: Guest, who: Person, card: cards.Shown
) -> None:
    community = await community_of(uow, survey.community_id)
    thanks = card.facts.get("step") == "thanked" if card.facts else card.last
    facts = {
        **showing.of_survey(community, survey),
        "answered": guest.status == ANSWERED and thanks,
        "again": card.facts.get("again"),
    }
    tell(uow, who, "survey.ended", message_id=card.message_id, silent=True, bulk=True, **facts)
