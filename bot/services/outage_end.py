"""When an outage ends: by the clock, by hand, or because its case is done; and who is asked then.

A due row with the version of the outage as its occurrence, so that an end that was moved falls
due once, at the new time. What people do about outages is in outage.py.
"""

from bot.domain.case import LEFT_OUT, MERGED, TO_CONFIRM, Phase
from bot.domain.case_record import Case
from bot.domain.outage import Outage
from bot.services import tell_case
from bot.services.callback_due import concerned
from bot.services.community import community_of
from bot.services.letter import tell
from bot.services.outage_shown import facts_of, master_of
from bot.services.unit_of_work import UnitOfWork
from storage import due
from storage import outage as outages
from storage.due import Due

ENDS = "outage_ends"


def plan(uow: UnitOfWork, one: Outage) -> None:
    """Plan its end, instead of any that was planned before."""
    due.cancel(uow, one.community_id, ENDS, str(one.id))
    due.plan_new(uow, Due(one.community_id, ENDS, str(one.id), str(one.version), one.until))


async def let_end(uow: UnitOfWork, row: Due) -> None:
    """End it when its time has come, unless it was moved or ended meanwhile."""
    one = await outages.find(uow, row.community_id, int(row.subject))
    if one is None or one.ended_at is not None or row.occurrence != str(one.version):
        return
    await end(uow, one)


async def end(uow: UnitOfWork, one: Outage) -> Outage:
    """End it now, and ask everybody once whether it is over."""
    due.cancel(uow, one.community_id, ENDS, str(one.id))
    ended = one.changed(ended_at=uow.now)
    outages.change(uow, ended)
    case = await master_of(uow, one)
    if case is None or _is_done(case):
        return ended
    community = await community_of(uow, one.community_id)
    asked = [who for who in await concerned(uow, case) if who.blocked_at is None]
    outages.ask(uow, ended, [who.id for who in asked])
    for who in asked:
        tell(uow, who, "outage.ask", **facts_of(community, ended))
    await tell_case.redraw_all(uow, community, case)
    return ended


def _is_done(case: Case) -> bool:
    """Say whether the usual question about the work is asked, or nothing any more."""
    return case.status.phase is Phase.CLOSED or case.status in TO_CONFIRM


async def after_move(uow: UnitOfWork, before: Case, after: Case) -> None:
    """Let an outage go along to another master; when its case is done, it is over.

    Then the question about the work is asked, and none about the outage. One that was announced
    goes on without a case when its report was taken back.
    """
    if after.status is before.status or not _is_done(after):
        return
    for one in await outages.standing(uow, after.community_id):
        if one.case_number != after.number or one.ended_at is not None:
            continue
        if after.status is MERGED and after.master is not None:
            outages.change(uow, one.changed(case_number=after.master))
            plan(uow, one.changed(case_number=after.master))
        elif one.broadcast_id is not None and after.status in LEFT_OUT:
            waits = one.changed(case_number=None, category=None)  # for who reports it next
            outages.change(uow, waits)
            plan(uow, waits)
        else:
            due.cancel(uow, one.community_id, ENDS, str(one.id))
            outages.change(uow, one.changed(ended_at=uow.now))
