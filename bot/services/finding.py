"""A finding: what somebody on patrol sends lies where they patrol, and needs one tap.

From arriving until the end of the shift the place stands with the person, so that a report asks
the tables nothing. What it is about can still be changed; nobody has to.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.person import Person
from bot.services.community import OTHER, Community
from bot.services.unit_of_work import UnitOfWork
from storage import person as people

PATROL = "patrol"  # among the settings of a person, in a draft, and as a channel


async def begin(uow: UnitOfWork, who: Person, place: str, until: datetime) -> None:
    """Let what the person sends until then (UTC) be about the place."""
    held = (await people.find(uow, who.community_id, [who.id]))[who.id]
    now = {**held.settings, PATROL: {"place": place, "until": until.isoformat()}}
    people.change(uow, replace(held, settings=now))


def facts_of(
    community: Community, who: Person, said: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Return what a new report of somebody on patrol need not be asked."""
    held = who.settings.get(PATROL)
    if not held or datetime.fromisoformat(held["until"]) <= now:
        return {}
    found: dict[str, Any] = {PATROL: True}
    place = community.place_of_code(held["place"])
    if place is not None and (not said.get("place") or said.get("usual")):
        found |= {**place.facts(), "usual": place.text}
    if not said.get("kind") and community.category(OTHER) is not None:
        found["kind"] = OTHER
    return found
