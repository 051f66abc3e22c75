"""Surveys in the hands of whoever asks: listed, begun, ended early, called off, published."""

from typing import Any

from bot.domain import survey as rules
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.survey import Survey
from bot.domain.survey_guest import ANSWERED, COUNTED
from bot.services import survey_due as dues
from bot.services import survey_shown as showing
from bot.services.community import community_of
from bot.services.unit_of_work import UnitOfWork
from storage import due
from storage import survey as surveys

ON_A_PAGE = 5
_ASKERS = [one.value for one in rules.ASKERS]


def check_may_ask(who: Person) -> None:
    """Raise Refusal unless the person composes surveys."""
    if not rules.may_ask(who):
        raise Refusal("refusal.not_yours", who=_ASKERS)


async def own(uow: UnitOfWork, who: Person, id_: int) -> Survey:
    """Return the survey; raises Refusal when it is not this person's to see."""
    found = await surveys.find(uow, who.community_id, id_)
    if found is None or not rules.may_see(who, found):
        raise Refusal("refusal.not_yours", who=_ASKERS)
    return found


async def listing(uow: UnitOfWork, who: Person, at: int = 0) -> dict[str, Any]:
    """Return a page of the surveys that the person sees, the newest first."""
    check_may_ask(who)
    community = await community_of(uow, who.community_id)
    found = [one for one in await surveys.latest(uow, who.community_id) if rules.may_see(who, one)]
    pages = max(1, -(-len(found) // ON_A_PAGE))
    page = min(at, pages - 1)
    shown = found[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    return {
        "surveys": [
            {
                **showing.of_survey(community, one),
                "stage": one.status.value,
                "answered": await dues.how_many(uow, one, ANSWERED),
                "asked": await dues.how_many(uow, one, *COUNTED),
            }
            for one in shown
        ],
        "page": page,
        "pages": pages,
    }


async def _to_move(uow: UnitOfWork, who: Person, id_: int, seen: int, move: str) -> Survey:
    survey = await own(uow, who, id_)
    if survey.version != seen or not survey.can(move):
        raise Refusal("toast.stale")
    return survey


async def end(uow: UnitOfWork, who: Person, id_: int, seen: int) -> Survey:
    """End it before its time."""
    survey = await _to_move(uow, who, id_, seen, "end")
    due.cancel(uow, survey.community_id, dues.ENDS, str(survey.id))
    return await dues.end_now(uow, survey)


async def call_off(uow: UnitOfWork, who: Person, id_: int, seen: int) -> Survey:
    """Call it off before it has begun."""
    survey = await _to_move(uow, who, id_, seen, "call_off")
    for kind in (dues.START, dues.ENDS):
        due.cancel(uow, survey.community_id, kind, str(survey.id))
    return surveys.change(uow, survey.moved("call_off"))


async def publish(uow: UnitOfWork, who: Person, id_: int, seen: int) -> Survey:
    """Tell those who took part what came of it."""
    survey = await _to_move(uow, who, id_, seen, "publish")
    due.plan_new(uow, dues.row(survey, dues.TELL, uow.now))
    return surveys.change(uow, survey.moved("publish"))
