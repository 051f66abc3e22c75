"""Seats in the bodies of a community: kept as the organisation file says, shown to who asks."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain import body
from bot.domain.body import BRANCH, Seat
from bot.domain.calendar import whole_days
from bot.domain.person import Person
from bot.services.community import Community
from bot.services.organisation_diff import What
from bot.services.organisation_file import OrganisationFault
from bot.services.organisation_model import Organisation
from bot.services.unit_of_work import UnitOfWork
from storage import person as people
from storage import seat as seats

_MOMENT = timedelta(microseconds=1)  # before midnight it is still the last day


async def keep(uow: UnitOfWork, community_id: int, organisation: Organisation) -> dict[What, int]:
    """Add, change and end seats, if the file speaks of them; return how many of each.

    A seat that the file no longer has ends now: it is never taken away. Raises OrganisationFault
    for the seat of somebody who is not of the community.
    """
    if "seats" not in organisation.model_fields_set:
        return {}
    known = {one.key: one for one in await seats.all_of(uow, community_id)}
    wanted = {one.key: one for one in await _wanted(uow, community_id, organisation)}
    added = [one for key, one in wanted.items() if key not in known]
    changed = [one for key, one in wanted.items() if key in known and known[key] != one]
    ended = [
        replace(one, ends_at=max(uow.now, one.starts_at))
        for key, one in known.items()
        if key not in wanted and not one.is_over(max(uow.now, one.starts_at))
    ]
    seats.add(uow, added)
    seats.change(uow, [*changed, *ended])
    counted = {What.ADDED: len(added), What.CHANGED: len(changed), What.CLOSED: len(ended)}
    return {what: count for what, count in counted.items() if count}


async def _wanted(uow: UnitOfWork, community_id: int, organisation: Organisation) -> list[Seat]:
    zone = ZoneInfo(organisation.community.time_zone)
    found: list[Seat] = []
    for row in organisation.seats:
        starts, ends = whole_days(row.since, row.until, zone)
        who = await people.find_by_telegram(uow, row.telegram_id)
        if who is None or who.community_id != community_id or starts is None:
            raise OrganisationFault(f"seats: nobody here has the telegram_id {row.telegram_id}.")
        more = (row.title, row.lead)
        found.append(Seat(community_id, who.id, row.body, row.code or "", starts, ends, *more))
    return found


async def shown(uow: UnitOfWork, community: Community, of: Person) -> list[dict[str, Any]]:
    """Return the seats that the person has or will have: in what, as what, on which days."""
    held = await seats.of(uow, of.community_id, of.id)
    return [_facts(community, one) for one in held if not one.is_over(uow.now)]


def _facts(community: Community, one: Seat) -> dict[str, Any]:
    local = community.calendar.local
    last = None if one.ends_at is None else local(one.ends_at - _MOMENT)
    return {
        "body": one.body,
        "name": community.body_name(one.body, one.code),
        "title": one.title,
        "since": local(one.starts_at).date().isoformat(),
        "until": None if last is None else last.date().isoformat(),
    }


async def secretary_of(uow: UnitOfWork, community_id: int, company: str) -> Person | None:
    """Return who leads the property branch of the company now; None for nobody."""
    found = body.leader(await seats.in_body(uow, community_id, BRANCH, company), uow.now)
    return None if found is None else (await people.find(uow, community_id, [found])).get(found)
