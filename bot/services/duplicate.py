"""Looks whether neighbours have reported the same thing before a report is filed."""

from typing import Any

from bot.domain.case import UNFINISHED
from bot.domain.draft import Draft
from bot.domain.duplicate import AGE, MOST, place_key
from bot.domain.person import Person
from bot.services.case_facts import case_facts
from bot.services.community import community_of
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases
from storage import duplicate


async def candidates(uow: UnitOfWork, who: Person, draft: Draft) -> list[int]:
    """Return the numbers of cases that the draft may mean; the same picture is certain."""
    held, since = draft.facts, uow.now - AGE
    here: dict[str, Any] = {"statuses": sorted(UNFINISHED), "since": since, "most": MOST}
    found: list[int] = []
    pictures = [one["unique"] for one in held["photos"]]
    if pictures:
        found += await duplicate.with_picture(
            uow, who.community_id, who.id, pictures=pictures, **here
        )
    place, kind = place_key(held), held.get("kind")
    if place and kind:
        found += await duplicate.alike(
            uow, who.community_id, who.id, place=place, kind=kind, **here
        )
    return list(dict.fromkeys(found))[:MOST]


async def similar_facts(uow: UnitOfWork, who: Person, numbers: list[int]) -> list[dict[str, Any]]:
    """Return what may be shown of others' cases: never who reported them, nor their words."""
    community = await community_of(uow, who.community_id)
    found = []
    for number in numbers:
        case = await cases.find(uow, who.community_id, number)
        if case is not None:
            facts = await case_facts(uow, community, case, who)
            found.append(
                {**facts, "words": "", "place": community.without_door(case.place, case.door)}
            )
    return found
