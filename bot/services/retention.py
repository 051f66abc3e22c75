"""Each night what was kept long enough is deleted, in small batches; once a month it is told.

One batch is one transaction, so that whoever writes at night waits for 200 rows at most.
"""

from bot.domain import retention as rules
from bot.domain.role import Role
from bot.services import erase
from bot.services.community import community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import community as communities
from storage import due, retention
from storage import person as people
from storage.due import Due

NIGHT, REPORT = "retention", "retention_report"
_READERS = (Role.ADMIN, Role.ORGANIZER)


async def plan_all(uow: UnitOfWork) -> None:
    """Plan the next night and the next report in every community that has none planned yet."""
    for community_id in await communities.codes(uow):
        if await due.open_of(uow, community_id, NIGHT, "") is None:
            await _plan_night(uow, community_id)
        if await due.open_of(uow, community_id, REPORT, "") is None:
            await _plan_report(uow, community_id)


async def _plan_night(uow: UnitOfWork, community_id: int) -> None:
    zone = (await community_of(uow, community_id)).calendar.zone
    at = rules.night(zone, uow.now)
    await due.plan(uow, Due(community_id, NIGHT, "", f"{at:%Y-%m-%d}/0", at))


async def _plan_report(uow: UnitOfWork, community_id: int) -> None:
    zone = (await community_of(uow, community_id)).calendar.zone
    month, at = rules.reported_at(zone, uow.now.astimezone(zone).date())
    await due.plan(uow, Due(community_id, REPORT, "", month, at))


async def work(uow: UnitOfWork, row: Due) -> None:
    """Delete a batch of each kind; go on in a second while there is more, else in a night."""
    zone = (await community_of(uow, row.community_id)).calendar.zone
    month = f"{uow.now.astimezone(zone):%Y-%m}"
    full = False
    for kind, (step, kept) in STEPS.items():
        n = await step(uow, row.community_id, uow.now - kept, rules.AT_ONCE)
        await retention.count(uow, row.community_id, month, kind, n)
        full = full or n >= rules.AT_ONCE
    emptied = await erase.empty_closed(uow, row.community_id)
    await retention.count(uow, row.community_id, month, rules.WORDS, emptied)
    if full or emptied >= erase.AT_ONCE:
        day, _, step_ = row.occurrence.partition("/")
        again = Due(row.community_id, NIGHT, "", f"{day}/{int(step_) + 1}", uow.now + rules.REST)
        due.plan_new(uow, again)
    else:
        await _plan_night(uow, row.community_id)


STEPS = {
    rules.LETTERS: (retention.letters, rules.LETTERS_KEPT),
    rules.DRAFTS: (retention.old_drafts, rules.DRAFTS_KEPT),
    rules.DOORS: (retention.doors, rules.NAMES_KEPT),
    rules.PICTURES: (retention.pictures, rules.PICTURES_KEPT),
    rules.AUDIT: (retention.cut_audit, rules.AUDIT_KEPT),
}


async def report(uow: UnitOfWork, row: Due) -> None:
    """Tell admins and organizers how much was deleted in the month, and plan the next report."""
    deleted = dict(await retention.deleted_in(uow, row.community_id, row.occurrence))
    for one in await people.holders(uow, row.community_id, _READERS):
        tell(uow, one, "retention.report", month=row.occurrence, deleted=deleted)
    await _plan_report(uow, row.community_id)
