"""What helps a dispatcher to decide, on the card itself; and who has decided what.

Source: dialogues 6.9. Only for the desk: to nobody else is it said who dispatched what.
"""

from typing import Any

from bot.domain.audience import TEAM
from bot.domain.case import AT_WORK, TO_DISPATCH, TO_TAKE
from bot.domain.case_record import Case
from bot.domain.duplicate import AGE
from bot.domain.signal import subject_of
from bot.services import advice, outage_shown, route
from bot.services.community import Community
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases
from storage import duplicate
from storage import person as people
from storage import signal as signals

MOST = 5  # masters that are suggested
_MASTERS = sorted(TO_DISPATCH | TO_TAKE | AT_WORK)
_SENT_BY = ("assign", "offer", "overrule_return")


async def facts(uow: UnitOfWork, community: Community, case: Case) -> dict[str, Any]:
    """Return the `route` or the `team` that is advised, the numbers `alike`; then who `sent` it.

    With them go the open `signals`, and how it stands with an `outage`.
    """
    found: dict[str, Any] = {
        "signals": await signals_of(uow, case),
        "outage": await outage_shown.on_desk(uow, community, case),
    }
    if case.status in TO_DISPATCH:
        return {
            "route": route.facts(community, case, uow.now),
            "team": await advised(uow, community, case),
            "alike": await masters_for(uow, case),
            **found,
        }
    if case.status in TO_TAKE | AT_WORK:
        return {"sent": await _sent(uow, community, case), **found}
    return found


async def signals_of(uow: UnitOfWork, case: Case) -> list[dict[str, Any]]:
    """Return the open signals about the case, or about what is alike in its building."""
    subjects = {str(case.number), subject_of(case.building or "", case.category)}
    held = await signals.open_in(uow, case.community_id)
    about = [one for one in held if one.subject in subjects]
    return [{"id": one.id, "what": one.kind.value, "n": one.n} for one in about]


async def advised(uow: UnitOfWork, community: Community, case: Case) -> dict[str, Any] | None:
    """Return the team that has done most of the kind; a route beats what was learnt."""
    if route.answer_for(community, case, uow.now) is not None:
        return None
    return await advice.team_for(uow, case)


async def masters_for(uow: UnitOfWork, case: Case) -> list[int]:
    """Return the numbers of open cases with the same place and category, newest first."""
    if case.place_key is None:
        return []
    found = await duplicate.alike(
        uow,
        case.community_id,
        duplicate.NOBODY,
        place=case.place_key,
        kind=case.category,
        statuses=_MASTERS,
        since=uow.now - AGE,
        most=MOST + 1,
    )
    return [number for number in found if number != case.number][:MOST]


async def _sent(uow: UnitOfWork, community: Community, case: Case) -> dict[str, Any] | None:
    """Return who dispatched it last, when (UTC), and to which team; None when it was a rule."""
    last = await cases.last_of(uow, case.community_id, case.number, _SENT_BY)
    if last is None or last.person_id is None:
        return None
    who = await people.find(uow, case.community_id, [last.person_id])
    kind, _, code = (case.audience or "").partition(":")
    named = (one["name"] for one in community.teams if (kind, one["code"]) == (TEAM, code))
    return {
        "who": who[last.person_id].name,
        "at": last.at.isoformat(),
        "team": next(named, None),
    }
