"""Imports a community from its organisation file: all or nothing."""

from dataclasses import replace
from itertools import chain

from bot.domain.audience import KEPT
from bot.services.organisation_model import Member, Organisation
from bot.services.person import Account, grant, settle
from bot.services.unit_of_work import UnitOfWork
from storage import community
from storage import person as people
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
        await _welcome(uow, member, organisation)
    return community_id


async def _welcome(uow: UnitOfWork, member: Member, organisation: Organisation) -> None:
    account = Account(member.telegram_id, member.name, member.language)
    who = await grant(uow, account, frozenset(member.roles))
    if member.home is not None and who.home != member.home:
        who = await settle(uow, who, member.home)
    settings = {**who.settings, KEPT: _serving(member, organisation)}
    if settings != who.settings and (who.roles or member.teams):
        people.change(uow, replace(who, settings=settings))


def _serving(member: Member, organisation: Organisation) -> dict[str, object]:
    """Return how the member serves: what is said of them, and of their teams."""
    teams = [one for one in organisation.teams if one.code in member.teams]
    everywhere = not member.buildings and any(not one.buildings for one in teams)
    buildings = () if everywhere else (*member.buildings, *chain(*(t.buildings for t in teams)))
    return {
        "skills": sorted({*member.skills, *chain(*(one.skills for one in teams))}),
        "buildings": sorted(set(buildings)),
        "teams": sorted(member.teams),
        "linked": sorted(member.linked),
        "lead": member.lead,
        "phone": member.phone,
    }
