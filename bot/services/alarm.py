"""Tells the admins what a person has to look at: never silently, never with anybody's words."""

from collections.abc import Collection
from typing import Any

from bot.domain.letter import Recipient
from bot.domain.role import Role
from bot.services.community import community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import community, person


async def raise_alarm(uow: UnitOfWork, admin_ids: Collection[int], what: str, **facts: Any) -> None:
    """Tell every admin, the ones of the settings and the ones of the community, about `what`."""
    await tell_admins(uow, await community.first_id(uow), admin_ids, what, **facts)


async def tell_admins(
    uow: UnitOfWork, community_id: int, admin_ids: Collection[int], what: str, **facts: Any
) -> None:
    """Tell the admins of one community, and those of the settings, about `what`."""
    told = set()
    for admin in await person.holders(uow, community_id, [Role.ADMIN]):
        tell(uow, admin, "admin.alarm", what=what, facts=facts)
        told.add(admin.telegram_id)
    for telegram_id in set(admin_ids) - told:
        known = await person.find_by_telegram(uow, telegram_id)
        to = known or Recipient(community_id, telegram_id, "zh_CN")
        tell(uow, to, "admin.alarm", what=what, facts=facts)


async def apologise(uow: UnitOfWork, telegram_id: int, code: str) -> None:
    """Tell a person that something failed on our side, with a code to name on the telephone."""
    who = await person.find_by_telegram(uow, telegram_id)
    community_id = who.community_id if who else await community.first_id(uow)
    phone = (await community_of(uow, community_id)).phone
    to = who or Recipient(community_id, telegram_id, "zh_CN")
    tell(uow, to, "common.sorry", code=code, phone=phone)
