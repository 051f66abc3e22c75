"""The people of a community as those see them who give roles: found, listed, one of them."""

from typing import Any

from bot.domain.grant import EVERYWHERE, Held, estate_of, estate_scope, may_give
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.role import Role
from bot.services import block, grant, residence
from bot.services.community import Community, community_of
from bot.services.unit_of_work import UnitOfWork
from storage import person as people

PAGE = 4  # below them stand the other buttons


async def listing(uow: UnitOfWork, who: Person, words: str, page: int) -> dict[str, Any]:
    """Return a page of those who serve, or of those whose name has `words`; raises Refusal."""
    await grant.roles_to_give(uow, who)
    found = await people.named(uow, who.community_id, words)
    pages = max(1, -(-len(found) // PAGE))
    page = min(page, pages - 1)
    shown = found[page * PAGE : (page + 1) * PAGE]
    return {
        "people": [{"id": one.id, "name": one.name, "roles": _roles(one)} for one in shown],
        "total": len(found),
        "words": words,
        "page": page,
        "pages": pages,
        "waiting": len(await grant.waiting_for(uow, who)),
    }


def _roles(one: Person) -> list[str]:
    return sorted(role.value for role in one.roles - {Role.RESIDENT})


async def find(uow: UnitOfWork, who: Person, id_: int) -> Person:
    """Return one of them; raises Refusal for who gives no roles, and for nobody."""
    await grant.roles_to_give(uow, who)
    found = (await people.find(uow, who.community_id, [id_])).get(id_)
    if found is None:
        raise Refusal("toast.stale")
    return found


async def one(uow: UnitOfWork, who: Person, of: Person) -> dict[str, Any]:
    """Return what is shown of somebody, and which of their roles one may end."""
    community = await community_of(uow, who.community_id)
    mine = await grant.held_by(uow, who)
    held = [each for each in await grant.held_by(uow, of) if each.role is not Role.RESIDENT]
    return {
        "id": of.id,
        "name": of.name,
        "since": of.joined_at.isoformat(),
        "zone": community.zone,
        "reachable": of.blocked_at is None,
        "block": await block.button(uow, who, of),
        "lives": await residence.facts(uow, of),
        "held": [_shown(community, each) for each in held],
        "ends": [
            {"role": each.role.value, "scope": scope_code(each.scope)}
            for each in held
            if may_give(mine, each.role, each.scope)
        ],
    }


def _shown(community: Community, held: Held) -> dict[str, Any]:
    estate = estate_of(held.scope)
    return {
        "role": held.role.value,
        "where": community.estate_name(estate) if estate else None,
        "until": held.ends_at.isoformat() if held.ends_at else None,
    }


def scope_code(scope: str) -> str:
    """Return how a scope stands in a button: "all" or the code of an estate."""
    return estate_of(scope) or "all"


def scope_of(code: str) -> str:
    """Return the scope that stands in a button."""
    return EVERYWHERE if code == "all" else estate_scope(code)


async def waiting(uow: UnitOfWork, who: Person) -> list[dict[str, Any]]:
    """Return what waits for one's agreement, oldest first; raises Refusal."""
    await grant.roles_to_give(uow, who)
    return [
        {"id": asked.id, "name": to.name, "role": asked.role.value}
        for asked, to in await grant.waiting_for(uow, who)
    ]
