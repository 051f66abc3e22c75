"""Whom the table of moves means: the people behind a word such as "reporter" or "supervisors"."""

from bot.domain.audience import is_asked
from bot.domain.budget import PROGRESS
from bot.domain.case import Tell, Told
from bot.domain.case_record import Case
from bot.domain.level import STREET, USUAL, acts, has_risen, role_at
from bot.domain.person import Person
from bot.domain.remark import RemarkKind
from bot.domain.role import Role
from bot.services import audience
from bot.services.callback_due import concerned
from bot.services.community import community_of
from bot.services.unit_of_work import UnitOfWork
from storage import co_signer as co_signers
from storage import person as people
from storage import remark as remarks


async def people_told(uow: UnitOfWork, before: Case, after: Case, one: Tell) -> list[Person]:
    """Return the people that `one` means; nobody twice, and never the reporter as staff.

    Only those who can be reached are asked whether they take it.
    """
    told, kind = one.who, one.kind
    by_id = {
        Told.REPORTER: after.reporter_id,
        Told.HANDLER: after.handler_id,
        Told.FORMER_HANDLER: before.handler_id,
        Told.LEAD: None if after.lead_id == before.handler_id else after.lead_id,
    }
    if told is Told.ASKER:
        said = await remarks.of(uow, after.community_id, after.number)
        by_id[told] = [one for one in said if one.kind is RemarkKind.QUESTION][-1].person_id
    if told in by_id:
        wanted = by_id[told]
        found = await people.find(uow, after.community_id, [wanted] if wanted else [])
        return list(found.values())
    if told is Told.CO_SIGNERS:
        return await co_signers_to_tell(uow, after, kind)
    if told in {Told.AUDIENCE, Told.NEWLY_ASKED}:
        asked = await audience.asked(uow, await community_of(uow, after.community_id), after)
        again = told is Told.NEWLY_ASKED
        return [some for some in asked if not (again and is_asked(before, some))]
    if told is Told.SUPERVISORS:
        return await supervisors(uow, after)
    if told is Told.LEVEL:
        return await at_level(uow, after) if has_risen(before, after) else []
    held = await people.holders(uow, after.community_id, [Role.DISPATCHER], after.area)
    return [person for person in held if person.id != after.reporter_id]


async def co_signers_to_tell(uow: UnitOfWork, case: Case, kind: str) -> list[Person]:
    """Return who joined; those who want to hear nothing on the way hear no progress."""
    joined = await co_signers.of_case(uow, case.community_id, case.number)
    muted = {one.person_id for one in joined if one.muted and kind in PROGRESS}
    found = [one for one in await concerned(uow, case) if one.id != case.reporter_id]
    return [one for one in found if one.id not in muted]


async def supervisors(uow: UnitOfWork, case: Case) -> list[Person]:
    """Return the supervisors who may decide about the case: none who did or reported it."""
    held = await people.holders(uow, case.community_id, [Role.SUPERVISOR], case.area)
    return [one for one in held if one.id not in {case.reporter_id, case.handler_id}]


async def without_supervisor(uow: UnitOfWork, case: Case) -> list[Person]:
    """Return who has to find somebody to decide; nobody while a supervisor can be reached."""
    if any(one.blocked_at is None for one in await supervisors(uow, case)):
        return []
    return await _who_finds_somebody(uow, case)


async def without_dispatcher(uow: UnitOfWork, case: Case) -> list[Person]:
    """Return who has to find somebody to dispatch; nobody while a dispatcher can be reached."""
    held = await people.holders(uow, case.community_id, [Role.DISPATCHER], case.area)
    if any(one.blocked_at is None and one.id != case.reporter_id for one in held):
        return []
    return await _who_finds_somebody(uow, case)


async def _who_finds_somebody(uow: UnitOfWork, case: Case) -> list[Person]:
    givers = [Role.ORGANIZER, Role.ADMIN]
    held = await people.holders(uow, case.community_id, givers, case.area)
    return [one for one in held if one.id not in {case.reporter_id, case.handler_id}]


async def at_level(uow: UnitOfWork, case: Case) -> list[Person]:
    """Return who acts at the level of the case; never its reporter."""
    role = role_at(case.level)
    held = await people.holders(uow, case.community_id, [role], case.area)
    usual = (case.level or USUAL) == USUAL
    return [one for one in held if one.id != case.reporter_id and (usual or acts(case, one))]


async def without_level(uow: UnitOfWork, case: Case) -> list[Person]:
    """Return who has to find somebody for the level; nobody while there is one to be reached.

    The street is reached by telephone.
    """
    community = await community_of(uow, case.community_id)
    if case.level == STREET:
        is_reached = community.street is not None
    else:
        is_reached = any(one.blocked_at is None for one in await at_level(uow, case))
    held = await people.holders(uow, case.community_id, [Role.ORGANIZER, Role.ADMIN], case.area)
    return [] if is_reached else [one for one in held if one.id != case.reporter_id]
