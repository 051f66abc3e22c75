"""What stands in the documents of a meeting: its minutes, the pack of the quarter, its entry."""

from datetime import date
from typing import Any

from bot.domain.meeting import OFF, PUBLIC, Meeting
from bot.domain.period import QUARTER, Period
from bot.services import action_item, figures
from bot.services.community import Community, community_of
from bot.services.meeting_shown import agenda_of, brief
from bot.services.meeting_staff import secretaries
from bot.services.minutes_public import who_came
from bot.services.unit_of_work import UnitOfWork
from storage import action_item as actions
from storage import meeting as meetings
from storage import person as people
from storage import proposal

LANGUAGE = "zh_CN"  # of the documents: they are put on file
_MOST = 60  # meetings of a quarter


async def _found(uow: UnitOfWork, community_id: int, meeting_id: int) -> tuple[Community, Meeting]:
    one = await meetings.find(uow, community_id, meeting_id)
    if one is None:
        raise LookupError("there is no such meeting")
    return await community_of(uow, community_id), one


async def entry(uow: UnitOfWork, community_id: int, meeting_id: int) -> dict[str, Any]:
    """Return the facts of the entry for a calendar; raises LookupError."""
    community, one = await _found(uow, community_id, meeting_id)
    items = await agenda_of(uow, community, one)
    return {
        **brief(community, one),
        "community": community.name,
        "uid": f"meeting-{community_id}-{one.id}",
        "ends": one.ends_at.isoformat(),
        "items": items,
        "off": one.status in OFF,
        "now": uow.now.isoformat(),
    }


async def minutes(uow: UnitOfWork, community_id: int, meeting_id: int) -> dict[str, Any]:
    """Return the facts of the minutes; raises LookupError."""
    community, one = await _found(uow, community_id, meeting_id)
    parts = await meetings.invited(uow, community_id, one.id)
    found = await people.find(uow, community_id, [part.person_id for part in parts])
    return {
        **brief(community, one),
        "community": community.name,
        "items": await agenda_of(uow, community, one),
        "came": [who.name for who in await who_came(uow, one)],
        "keeps": [who.name for who in await secretaries(uow, one)],
        "words": [
            {"name": found[part.person_id].name, "words": part.words}
            for part in parts
            if part.words
        ],
        "public": one.status in PUBLIC,
    }


async def pack(uow: UnitOfWork, community_id: int, meeting_id: int) -> dict[str, Any]:
    """Return the facts of the pack: the figures of the quarter, what was decided, how far it is.

    Raises LookupError.
    """
    community, one = await _found(uow, community_id, meeting_id)
    day = community.calendar.local(one.starts_at).date()
    quarter = Period.around(QUARTER, day)
    return {
        **brief(community, one),
        "community": community.name,
        "figures": await figures.card(uow, community_id, quarter),
        "picture": await figures.picture(uow, community_id, quarter),
        "actions": await _resolutions(uow, community, community_id, quarter),
        "held": await _held(uow, community, community_id, quarter),
        "proposals": [
            held.words
            for held in await proposal.all_of(uow, community_id)
            if _in(community.calendar.local(held.at).date(), quarter)
        ],
    }


def _in(day: date, period: Period) -> bool:
    return period.first <= day <= period.last


async def _resolutions(
    uow: UnitOfWork, community: Community, community_id: int, quarter: Period
) -> list[dict[str, Any]]:
    """Return what was due in the quarter, and what is still open, the earliest first."""
    ends = quarter.first.isoformat(), quarter.last.isoformat()
    found = {one.id: one for one in await actions.due_between(uow, community_id, *ends)}
    found |= {one.id: one for one in await actions.open_in(uow, community_id)}
    held = sorted(found.values(), key=lambda one: (one.until, one.id))
    (*owners,) = {one.owner_id for one in held}
    known = await people.find(uow, community_id, owners)
    return [
        await action_item.facts(uow, community, one, known[one.owner_id])
        for one in held
        if one.owner_id in known
    ]


async def _held(
    uow: UnitOfWork, community: Community, community_id: int, quarter: Period
) -> list[dict[str, Any]]:
    found = await meetings.latest(uow, community_id, PUBLIC, _MOST)
    inside = [one for one in found if _in(community.calendar.local(one.starts_at).date(), quarter)]
    return [brief(community, one) for one in reversed(inside)]
