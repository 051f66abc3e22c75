"""What cards show of a meeting: when and where, its agenda, how it stands, who has answered."""

from collections.abc import Sequence
from typing import Any

from bot.domain.agenda import TITLE, Conclusion, Item, ItemStatus
from bot.domain.case_record import Case
from bot.domain.meeting import (
    AHEAD,
    IN_REVIEW,
    INVITED,
    OFF,
    ON_NOW,
    PUBLIC,
    RUNNING,
    TO_FILL,
    WITH_MINUTES,
    Answer,
    Meeting,
)
from bot.domain.person import Person
from bot.services.community import Community
from bot.services.meeting_staff import is_staff
from bot.services.unit_of_work import UnitOfWork
from storage import agenda
from storage import case as cases
from storage import meeting as meetings
from storage import person as people

_SPOKEN_OF = {ItemStatus.PLACED, ItemStatus.DONE}


def brief(community: Community, one: Meeting) -> dict[str, Any]:
    """Return what every letter about a meeting says: which, when, where."""
    return {
        "id": one.id,
        "version": one.version,
        "series": one.series,
        "name": one.name,
        "place": place_of(community, one.place),
        "starts": one.starts_at.isoformat(),
        "minutes": one.minutes,
        "zone": community.zone,
        "note": one.note or "",
    }


def place_of(community: Community, place: str) -> str:
    """Return the name of a spot that is named by its code; other words as they are."""
    found = community.place_of_code(place) if place else None
    return place if found is None or found.text is None else found.text


async def agenda_of(uow: UnitOfWork, community: Community, one: Meeting) -> list[dict[str, Any]]:
    """Return the items of a meeting, in their order."""
    items = await spoken_of(uow, one)
    return [await item(uow, community, each, at) for at, each in enumerate(items, start=1)]


async def spoken_of(uow: UnitOfWork, one: Meeting) -> list[Item]:
    """Return what the meeting speaks of, in its order."""
    held = await agenda.of_meeting(uow, one.community_id, one.id)
    return [each for each in held if each.status in _SPOKEN_OF]


async def item(uow: UnitOfWork, community: Community, one: Item, at: int = 0) -> dict[str, Any]:
    """Return what is shown of an item: nothing of whose it is."""
    case = await case_of(uow, one)
    owner = one.facts.get("owner")
    found = await people.find(uow, one.community_id, [owner] if owner else [])
    return {
        "id": one.id,
        "version": one.version,
        "at": at,
        "why": one.kind,
        "case": one.case_number,
        "icon": community.category_or_other(case.category).icon if case else "",
        "kind": community.category_or_other(case.category).name.model_dump() if case else "",
        "title": title(community, one, case),
        "voice": one.voice is not None,
        "conclusion": one.conclusion.value if one.conclusion else "",
        "said": one.said or "",
        "owner": found[owner].name if owner in found else "",
        "until": one.facts.get("until", ""),
        "late_days": one.facts.get("late_days", 0),
    }


async def case_of(uow: UnitOfWork, one: Item) -> Case | None:
    """Return the case that an item is about."""
    if one.case_number is None:
        return None
    return await cases.find(uow, one.community_id, one.case_number)


def title(community: Community, one: Item, case: Case | None) -> str:
    """Return by what an item is known: the words of a topic, the place of a case without door."""
    if case is None:
        return community.without_door(one.words or "")[:TITLE]
    return community.without_door(case.place, case.door)


async def card(uow: UnitOfWork, community: Community, one: Meeting, who: Person) -> dict[str, Any]:
    """Return the facts of the card of a meeting, as the person may act on it."""
    mine = await meetings.part(uow, one.community_id, one.id, who.id)
    staff = is_staff(who, one)
    return {
        **brief(community, one),
        "items": await agenda_of(uow, community, one),
        "answer": mine.answer.value if mine and mine.answer else "",
        "came": bool(mine and mine.came_at),
        "ahead": one.status in AHEAD,
        "made": one.status in INVITED,  # the agenda
        "now": one.status in ON_NOW and one.status not in AHEAD,
        "off": one.status in OFF,
        "public": one.status in PUBLIC,
        "in_review": one.status == IN_REVIEW,
        "fills": staff and one.status in WITH_MINUTES,
        "staff": staff,
        "counts": await _counts(uow, one) if staff else {},
    }


async def _counts(uow: UnitOfWork, one: Meeting) -> dict[str, int]:
    held = await meetings.invited(uow, one.community_id, one.id)
    return {
        **{each.value: sum(part.answer is each for part in held) for each in Answer},
        "invited": sum(part.invited for part in held),
        "came": sum(part.came_at is not None for part in held),
        "words": sum(bool(part.words) for part in held),
    }


async def draft_facts(uow: UnitOfWork, community: Community, one: Meeting) -> dict[str, Any]:
    """Return how far the minutes are."""
    items = await spoken_of(uow, one)
    return {
        **brief(community, one),
        "n": len(items),
        "open": sum(not each.is_whole for each in items),
        "counts": await _counts(uow, one),
        "fills": one.status in TO_FILL,
        "runs": one.status in RUNNING,
    }


def decided(items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what of an agenda leads to something."""
    return [one for one in items if one["conclusion"] not in {"", Conclusion.NOTED.value}]
