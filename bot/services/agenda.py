"""What is to be spoken of at a meeting, and what is held against a company: rows for later.

Meetings take their agenda from the one, the assessment of the company its evidence from the other.
"""

from dataclasses import replace
from typing import Any

from bot.domain.agenda import ItemStatus
from bot.domain.case_record import Case
from bot.domain.meeting import Meeting
from bot.services.community import Community
from bot.services.unit_of_work import UnitOfWork
from storage import agenda, ledger

COORDINATION, WEEKLY = "coordination", "weekly"  # the meetings
OVERDUE, REOPENED, REFUSED, SIGNAL = "overdue", "reopened", "refused", "signal"  # why


async def put(
    uow: UnitOfWork, community: Community, case: Case, kind: str, series: str, **facts: Any
) -> None:
    """Let the next meeting of a series speak of the case; `kind` says why."""
    company = community.company_of(case.estate)
    code = company.code if company else None
    await agenda.add(uow, case, kind, series, code, {"round": case.round, **facts})


async def let_go(uow: UnitOfWork, one: Meeting) -> None:
    """Let what was proposed for a meeting, and not decided about, come to the next one."""
    for item in await agenda.of_meeting(uow, one.community_id, one.id):
        if item.status is ItemStatus.PROPOSED:
            agenda.change(uow, replace(item, meeting_id=None))


async def put_overdue(uow: UnitOfWork, community: Community, case: Case) -> None:
    """Put a case that is long overdue on the weekly agenda and into its company's ledger."""
    assert case.solution_due is not None
    facts = {"due": case.solution_due.isoformat(), "handler": case.handler_id}
    await put(uow, community, case, OVERDUE, WEEKLY, **facts)
    company = community.company_of(case.estate)
    if company is not None:
        given = {"round": case.round, **facts}
        await ledger.add(uow, case, OVERDUE, company.code, given)
