"""/meetings: what is ahead and what was last, for everybody; and the documents to ask for."""

from datetime import timedelta
from typing import Any

from bot.domain.meeting import AHEAD, CONFERENCE, OFF, PUBLIC, WITH_MINUTES, Meeting
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.services.community import Community, community_of
from bot.services.meeting import is_organizer
from bot.services.meeting_shown import brief, card, spoken_of
from bot.services.meeting_staff import find, is_staff
from bot.services.unit_of_work import UnitOfWork
from storage import meeting as meetings

PAGE = 3
_PAST = 1
_SOON, _LATELY = timedelta(days=7), timedelta(days=14)


async def listing(uow: UnitOfWork, who: Person, page: int) -> dict[str, Any]:
    """Return a page of the meetings ahead, the earliest first, and the last minutes."""
    community = await community_of(uow, who.community_id)
    found = await meetings.in_status(uow, who.community_id, AHEAD)
    pages = max(1, -(-len(found) // PAGE))
    at = min(page, pages - 1)
    shown = []
    for one in found[at * PAGE : (at + 1) * PAGE]:
        part = await meetings.part(uow, who.community_id, one.id, who.id)
        said = part.answer.value if part and part.answer else ""
        shown.append({**brief(community, one), "answer": said})
    past = await meetings.latest(uow, who.community_id, PUBLIC, _PAST)
    return {
        "meetings": shown,
        "past": [brief(community, one) for one in past],
        "to_fill": await _to_fill(uow, community, who) if not at else [],
        "organizer": is_organizer(who),
        "page": at,
        "pages": pages,
    }


async def _to_fill(uow: UnitOfWork, community: Community, who: Person) -> list[dict[str, Any]]:
    """Return the earliest meeting of whose minutes the person has still to take care, if any."""
    for one in await meetings.in_status(uow, who.community_id, WITH_MINUTES):
        if is_staff(who, one) and await spoken_of(uow, one):
            return [brief(community, one)]
    return []


async def current(uow: UnitOfWork, who: Person) -> list[dict[str, Any]]:
    """Return what stands among the news: the next meeting of the week, and the last minutes."""
    community = await community_of(uow, who.community_id)
    ahead = await meetings.in_status(uow, who.community_id, AHEAD)
    soon = [one for one in ahead if uow.now < one.starts_at < uow.now + _SOON][:1]
    past = await meetings.latest(uow, who.community_id, PUBLIC, _PAST)
    lately = [one for one in past if one.starts_at > uow.now - _LATELY]
    return [{**brief(community, one), "past": one.status in PUBLIC} for one in (*soon, *lately)]


async def show(uow: UnitOfWork, who: Person, id_: int) -> dict[str, Any]:
    """Return the facts of one meeting's card; raises Refusal."""
    one = await find(uow, who, id_)
    return await card(uow, await community_of(uow, who.community_id), one, who)


async def about(uow: UnitOfWork, who: Person, id_: int) -> dict[str, Any]:
    """Return what every letter about a meeting says; raises Refusal."""
    one = await find(uow, who, id_)
    return brief(await community_of(uow, who.community_id), one)


async def entry(uow: UnitOfWork, who: Person, id_: int) -> dict[str, Any]:
    """Return what the letter with the entry for a calendar says; raises Refusal."""
    one = await find(uow, who, id_)
    return {**brief(await community_of(uow, who.community_id), one), "off": one.status in OFF}


async def document(uow: UnitOfWork, who: Person, id_: int) -> dict[str, Any]:
    """Return the meeting whose minutes the person may read; raises Refusal.

    Published ones are for everybody, a draft is for the secretary.
    """
    one = await find(uow, who, id_)
    if one.status not in PUBLIC and not is_staff(who, one):
        raise Refusal("refusal.not_yours", who=["organizer"])
    return brief(await community_of(uow, who.community_id), one)


async def pack(uow: UnitOfWork, who: Person, id_: int) -> dict[str, Any]:
    """Return the conference whose pack the person may read; raises Refusal."""
    one = await find(uow, who, id_)
    _check_pack(who, one)
    return brief(await community_of(uow, who.community_id), one)


def _check_pack(who: Person, one: Meeting) -> None:
    if not is_staff(who, one):
        raise Refusal("refusal.not_yours", who=["organizer"])
    if one.series != CONFERENCE:
        raise Refusal("toast.stale")
