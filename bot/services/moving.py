"""Somebody moves house into another community of the same bot.

They are at home in one community at a time. What they reported stays where it is, with their row
of before: news of it still come, and what needs one press only can be pressed from afar.
"""

from dataclasses import replace
from typing import Any

from bot.domain.case import UNFINISHED
from bot.domain.moving import may_move_on, works_from_afar
from bot.domain.newcomer import page_of
from bot.domain.person import Person
from bot.domain.press import FIRST, Press
from bot.domain.refusal import Refusal
from bot.domain.role import Role
from bot.domain.settings import Settings
from bot.services import draft, kin, newcomer, person, residence
from bot.services.community import community_of
from bot.services.unit_of_work import UnitOfWork
from storage import audit, conversation
from storage import case as cases
from storage import person as people

LEFT, CAME = "moved_away", "moved_in"  # in the audit


async def facts(uow: UnitOfWork, who: Person, page: int) -> dict[str, Any]:
    """Return where somebody is at home and a page of the other communities."""
    named = await newcomer.choices(uow)
    others = {id_: name for id_, name in named.items() if id_ != who.community_id}
    shown, at, pages = page_of(others, page, beside=1)
    tiles = [{"id": id_, "name": name} for id_, name in shown.items()]
    here = named[who.community_id]
    return {"community": here, "communities": tiles, "page": at, "pages": pages}


async def look_at(uow: UnitOfWork, who: Person, to: int) -> dict[str, Any]:
    """Return what would become of it all; raises Refusal when the person cannot move there."""
    await _check(uow, who, to)
    named = await newcomer.choices(uow)
    return {
        "there": to,
        "name": named[to],
        "here": named[who.community_id],
        "homes": len((await residence.facts(uow, who))["homes"]),
        "open": await _count_open(uow, who),
    }


async def go(uow: UnitOfWork, who: Person, to: int) -> Person:
    """Let the person be at home in the other community; return who they are there.

    Homes and helping for the family end here; cases, and all that was said, stay. Raises Refusal.
    """
    await _check(uow, who, to)
    before = (await people.left_by(uow, who.telegram_id)).get(to)
    await residence.leave_all(uow, who)
    await kin.stop_all(uow, who)
    conversation.end_all(uow, who.telegram_id)  # what was begun here does not go on there
    now = (await people.find(uow, who.community_id, [who.id]))[who.id]
    people.change(uow, replace(now, home=None, left_at=uow.now))
    kept = replace(Settings.of(who), home_asked=False, last_place="", standing="").stored({})
    if before is None:
        account = person.Account(who.telegram_id, who.name, who.language)
        there = await person.join(uow, account, community_id=to)
        there = replace(there, settings=kept)
    else:
        chosen = {**before.settings, **kept}
        there = replace(before, left_at=None, blocked_at=None, language=who.language)
        there = replace(there, name=who.name, settings=chosen)
    people.change(uow, there)
    await audit.add(uow, who.community_id, who.id, LEFT, f"community:{to}")
    await audit.add(uow, to, there.id, CAME, f"community:{who.community_id}")
    return there


async def _check(uow: UnitOfWork, who: Person, to: int) -> None:
    named = await newcomer.choices(uow)
    if to not in named or to == who.community_id:
        raise Refusal("toast.stale")
    if who.all_roles - {Role.RESIDENT}:
        raise Refusal("refusal.moving_serves", community=named[who.community_id])
    if await draft.open_draft(uow, who) is not None:
        raise Refusal("refusal.moving_draft")
    left = await people.left_by(uow, who.telegram_id)
    if to not in left and not may_move_on([one.left_at for one in left.values()], uow.now):
        raise Refusal("refusal.moving_again")


async def _count_open(uow: UnitOfWork, who: Person) -> int:
    own = await cases.reported_by(uow, who.community_id, who.id)
    return sum(one.status in UNFINISHED for one in own)


async def presser(uow: UnitOfWork, who: Person, press: Press) -> Person:
    """Return who presses a button: below news of a community that they left, who they were there.

    Raises Refusal for a button of a community in which they never were, and for one that begins
    something for which they have to be there.
    """
    meant = press.community or FIRST
    if meant == who.community_id:
        return who
    found = (await people.left_by(uow, who.telegram_id)).get(meant)
    if found is None and press.community is None:
        return who  # the button of a letter to somebody who belonged nowhere yet
    if found is None:
        raise Refusal("toast.stale")
    if not works_from_afar(press.noun, press.verb):
        name = (await community_of(uow, meant)).name
        raise Refusal("toast.lives_elsewhere", community=name)
    return found
