"""Whom a survey means beside places and roles: a team, the people of a case, or of a meeting."""

from collections.abc import Mapping

from bot.domain.addressees import Addressees
from bot.domain.draft import Draft
from bot.services import addressees
from bot.services import survey_draft as drafts
from handlers.broadcast_whom import number_in
from handlers.compose_when import Made
from handlers.turn import Step, Turn


async def teams(turn: Turn, draft: Draft) -> object:
    """Offer the teams; one that is pressed is meant."""
    choice, offered = turn.pressed.choice, await addressees.teams(turn.uow, turn.who)
    if choice not in {one["code"] for one in offered}:
        turn.redraw("compose.teams", draft=draft.id, teams=offered)
        return "card"
    return await _mean(turn, draft, Addressees(team=choice))


async def meetings(turn: Turn, draft: Draft) -> object:
    """Offer meetings; one that is pressed means who was invited, and who came."""
    choice, offered = turn.pressed.choice, await addressees.meetings(turn.uow, turn.who)
    if choice not in {str(one["id"]) for one in offered}:
        turn.redraw("compose.meetings", draft=draft.id, meetings=offered)
        return "card"
    return await _mean(turn, draft, Addressees(meeting=int(choice)))


async def case(turn: Turn, draft: Draft) -> object:
    """Ask for the number of a case."""
    turn.redraw("compose.case", draft=draft.id, again=False)
    return "case"


async def say_case(turn: Turn) -> object:
    """Mean who reported the case, and who joined; ask again for what is no number."""
    draft = await drafts.current(turn.uow, turn.who)
    number = number_in(turn.words)
    if number is None or not await addressees.is_case(turn.uow, turn.who, number):
        turn.tell("compose.case", draft=draft.id, again=True)
        return "case"
    return await _mean(turn, draft, Addressees(case=number))


async def _mean(turn: Turn, draft: Draft, those: Addressees) -> object:
    draft = await drafts.mean_those(turn.uow, turn.who, draft, those)
    turn.redraw("compose.draft", **await drafts.card(turn.uow, turn.who, draft))
    return "card"


STEPS: Mapping[str, Made] = {"teams": teams, "meetings": meetings, "case": case}
SAID: Mapping[str, Step] = {"case": say_case}
