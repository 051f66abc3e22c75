"""/calendar: what one person has ahead, meetings and shifts alike, the earliest first."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.domain.meeting import AHEAD, Answer
from bot.domain.person import Person
from bot.domain.shift import DutyStatus
from bot.services import patrol
from bot.services.community import community_of
from bot.services.meeting_shown import brief
from bot.services.unit_of_work import UnitOfWork
from storage import meeting as meetings

WITHIN = timedelta(weeks=5)
MOST = 8  # lines
_SAID = {
    DutyStatus.COMING.value: Answer.YES.value,
    DutyStatus.CAME.value: Answer.YES.value,
    DutyStatus.SEEKING.value: Answer.MAYBE.value,
}


async def shown(uow: UnitOfWork, who: Person) -> dict[str, Any]:
    """Return the facts of the card."""
    community = await community_of(uow, who.community_id)
    found = [*await _meetings(uow, who), *await _shifts(uow, who)]
    found.sort(key=lambda one: one["starts"])
    return {"ahead": found[:MOST], "zone": community.zone}


async def _meetings(uow: UnitOfWork, who: Person) -> list[Mapping[str, Any]]:
    """Return the meetings to which the person is invited, or said to come."""
    community = await community_of(uow, who.community_id)
    found: list[Mapping[str, Any]] = []
    for one in await meetings.in_status(uow, who.community_id, AHEAD):
        part = await meetings.part(uow, who.community_id, one.id, who.id)
        if one.starts_at > uow.now + WITHIN or part is None or part.answer is Answer.NO:
            continue
        said = part.answer.value if part.answer else ""
        found.append({"noun": "meeting", **brief(community, one), "answer": said})
    return found


async def _shifts(uow: UnitOfWork, who: Person) -> list[Mapping[str, Any]]:
    """Return the person's shifts: an answer is "yes", or "maybe" while somebody is looked for."""
    return [
        {**one, "noun": "shift", "name": one["roster"], "answer": _SAID.get(one["said"], "")}
        for one in await patrol.ahead(uow, who, uow.now + WITHIN)
    ]
