"""Imports a community from its organisation file: all or nothing."""

from bot.services.organisation_model import Member, Organisation
from bot.services.person import Account, grant, settle
from bot.services.unit_of_work import UnitOfWork
from storage import community
from storage.counter import set_number

FIRST_NUMBER = 1000  # the case before the first: numbers have four digits from the start


async def is_needed(uow: UnitOfWork) -> bool:
    """Say whether no community was imported yet."""
    return await community.is_empty(uow)


async def import_organisation(uow: UnitOfWork, organisation: Organisation) -> int:
    """Add the community, or change it, and give its people their roles; return its id."""
    document = organisation.model_dump(mode="json")
    community_id, new = await community.keep(uow, organisation.community.code, document)
    if new:
        set_number(uow, community_id, "case", FIRST_NUMBER)
    for member in organisation.people:
        await _welcome(uow, member)
    return community_id


async def _welcome(uow: UnitOfWork, member: Member) -> None:
    account = Account(member.telegram_id, member.name, member.language)
    who = await grant(uow, account, frozenset(member.roles))
    if member.home is not None and who.home != member.home:
        await settle(uow, who, member.home)
