"""Lets the dispatchers hear that nobody has dispatched a case, or that nobody takes it.

At half of the limit and, of what is to be dispatched, at its end. When an offer has lasted its
limit the next ones are asked by themselves (tier.py).
"""

from datetime import datetime

from bot.domain.case import CLOCK_STANDS, TO_DISPATCH, TO_TAKE
from bot.domain.case_record import Case
from bot.domain.overdue import SHARES, Stage
from bot.services import overdue
from bot.services.case_facts import case_facts
from bot.services.community import Community, community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases
from storage import due
from storage.due import Due

WAIT = "waiting"
_WAITS = TO_DISPATCH | TO_TAKE


def plan(uow: UnitOfWork, community: Community, before: Case | None, after: Case) -> None:
    """Plan the first nudge where a move lets a case wait; cancel it where it no longer does."""
    if before is not None:
        if (before.status, before.tier, before.due) == (after.status, after.tier, after.due):
            return
        if before.status in _WAITS:
            due.cancel(uow, before.community_id, WAIT, str(before.number))
    if after.status not in _WAITS or after.due is None or _was_late(uow, before, after):
        return
    if not after.urgent:
        step = "dispatch" if after.status in TO_DISPATCH else "claim"
        clock = community.clock_of(after.category)
        at = clock.part(uow.now, after.due, SHARES[Stage.HALF], step)
        if after.tier == 0:
            due.plan_new(uow, _row(after, Stage.HALF, at))
    elif after.status in TO_DISPATCH:  # there is no time for half of it
        due.plan_new(uow, _row(after, Stage.OVER, after.due))


def _was_late(uow: UnitOfWork, before: Case | None, after: Case) -> bool:
    """Say whether it was late before others were waited for, which was told then."""
    stood = before is not None and before.status in CLOCK_STANDS
    return stood and after.due is not None and after.due <= uow.now


async def look(uow: UnitOfWork, row: Due) -> None:
    """Tell the dispatchers that the case still waits, and plan the end of its limit."""
    case = await cases.find(uow, row.community_id, int(row.subject))
    if case is None or case.status not in _WAITS:
        return
    stage = row.occurrence.rpartition("/")[2]
    step = "dispatch" if case.status in TO_DISPATCH else "claim"
    community = await community_of(uow, case.community_id)
    for one in await overdue.desk(uow, case):
        facts = await case_facts(uow, community, case, one)
        tell(uow, one, f"late.{step}_{stage}", case=facts)
    if stage == Stage.HALF and step == "dispatch" and case.due is not None:
        due.plan_new(uow, _row(case, Stage.OVER, case.due))


def _row(case: Case, stage: Stage, at: datetime) -> Due:
    occurrence = f"{case.round}/{case.version}/{stage.value}"
    return Due(case.community_id, WAIT, str(case.number), occurrence, at)
