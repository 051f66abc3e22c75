"""Whose door it is, and whom a handler can call before it: told to them alone, in private.

Source: dialogues 6.10. The number is the grid worker's where the organisation file names one,
otherwise the community's; never the resident's own.
"""

from collections.abc import Collection
from typing import Any

from bot.domain.area import NOWHERE, Area
from bot.domain.audience import Serving, fits
from bot.domain.case import AT_WORK
from bot.domain.case_record import Case
from bot.domain.onbehalf import has_no_chat
from bot.domain.person import Person
from bot.domain.role import Role
from bot.services.community import Community
from bot.services.unit_of_work import UnitOfWork
from storage import person as people


async def of(
    uow: UnitOfWork, community: Community, case: Case, who: Person
) -> dict[str, Any] | None:
    """Return `name` (of the resident), `whom` and `phone`; None unless `who` works on the case.

    A lamp in the stairwell is nobody's, so a name goes with a door alone; somebody for whom the
    staff has registered it has none. `whom` is None for the community itself.
    """
    if who.id != case.handler_id or case.status not in AT_WORK:
        return None
    out = {case.handler_id, case.reporter_id}
    near = await grid_worker_near(
        uow, case.community_id, community.building_of(case.place), out, case.area
    )
    return {
        "name": await _resident(uow, case) if case.door else None,
        "whom": near.name if near else None,
        "phone": Serving.of(near).phone if near else community.phone,
    }


async def _resident(uow: UnitOfWork, case: Case) -> str | None:
    found = await people.find(uow, case.community_id, [case.reporter_id])
    reporter = found[case.reporter_id]
    return None if has_no_chat(reporter.telegram_id) else reporter.name


async def grid_worker_near(
    uow: UnitOfWork,
    community_id: int,
    building: str | None,
    out: Collection[int | None],
    area: Area = NOWHERE,
) -> Person | None:
    """Return who looks after the building and can be telephoned; the nearest, none of `out`."""
    held = await people.holders(uow, community_id, [Role.GRID_WORKER], area)
    there = [
        one
        for one in held
        if one.id not in out and Serving.of(one).phone and fits(one, (), building)
    ]
    return min(there, key=lambda one: not Serving.of(one).buildings, default=None)
