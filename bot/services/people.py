"""The people of a community as those see them who give roles: found, listed, one of them."""

from typing import Any

from bot.domain import area
from bot.domain.area import EVERYWHERE
from bot.domain.grant import GIVERS, Held, may_give, meets
from bot.domain.person import Person
from bot.domain.privacy import DOOR_SEEN
from bot.domain.refusal import Refusal
from bot.domain.role import Role
from bot.services import block, grant, residence, seat, volunteer_decision
from bot.services.community import Community, community_of
from bot.services.unit_of_work import UnitOfWork
from storage import audit
from storage import person as people

PAGE = 4  # below them stand the other buttons
PLACES = 6  # above "more" and the way back
_ALL = "all"
_LETTERS = {"e": area.ESTATE, "g": area.GRID, "b": area.BUILDING}


async def listing(uow: UnitOfWork, who: Person, words: str, page: int) -> dict[str, Any]:
    """Return a page of those who serve, or of those whose name has `words`; raises Refusal."""
    await grant.roles_to_give(uow, who)
    community = await community_of(uow, who.community_id)
    named = await people.named(uow, who.community_id, words)
    found = [one for one in named if _is_theirs(community, who, one)]
    pages = max(1, -(-len(found) // PAGE))
    page = min(page, pages - 1)
    shown = found[page * PAGE : (page + 1) * PAGE]
    return {
        "people": [
            {"id": one.id, "name": one.name, "roles": _roles(community, who, one)} for one in shown
        ],
        "total": len(found),
        "words": words,
        "page": page,
        "pages": pages,
        "waiting": len(await grant.waiting_for(uow, who)),
        "wishes": await volunteer_decision.count(uow, who),
    }


def _is_theirs(community: Community, who: Person, one: Person) -> bool:
    """Say whether somebody serves or lives where `who` gives roles; or lives nobody knows where."""
    scopes = who.scopes_of(*GIVERS)
    if EVERYWHERE in scopes or one.roles - {Role.RESIDENT}:
        return True
    home = community.area_of_home(one.home)
    if home.is_known and not home.scopes.isdisjoint(scopes):
        return True
    if one.parts:
        return any(_meets(community, who, part) for _, part in one.parts)
    return not home.is_known


def _meets(community: Community, who: Person, scope: str) -> bool:
    return any(meets(one, scope, community.within) for one in who.scopes_of(*GIVERS))


def _roles(community: Community, who: Person, one: Person) -> list[str]:
    there = {role for role, part in one.parts if _meets(community, who, part)}
    return sorted(role.value for role in (one.roles | there) - {Role.RESIDENT})


async def find(uow: UnitOfWork, who: Person, id_: int) -> Person:
    """Return one of them; raises Refusal for who gives no roles, and for nobody."""
    await grant.roles_to_give(uow, who)
    found = (await people.find(uow, who.community_id, [id_])).get(id_)
    community = await community_of(uow, who.community_id)
    if found is None or not _is_theirs(community, who, found):
        raise Refusal("toast.stale")
    return found


async def one(uow: UnitOfWork, who: Person, of: Person) -> dict[str, Any]:
    """Return what is shown of somebody, and which of their roles one may end."""
    community = await community_of(uow, who.community_id)
    mine = await grant.held_by(uow, who)
    held = [
        each
        for each in await grant.held_by(uow, of)
        if each.role is not Role.RESIDENT and _meets(community, who, each.scope)
    ]
    return {
        "id": of.id,
        "name": of.name,
        "since": of.joined_at.isoformat(),
        "zone": community.zone,
        "reachable": of.blocked_at is None,
        "block": await block.button(uow, who, of),
        "seats": await seat.shown(uow, community, of),
        "lives": await residence.facts(uow, of),
        "volunteer": of.id != who.id and of.holds_somewhere(Role.VOLUNTEER),
        "held": [_shown(community, each) for each in held],
        "ends": [
            {
                "role": each.role.value,
                "scope": scope_code(each.scope),
                "where": community.scope_name(each.scope),
            }
            for each in held
            if may_give(mine, each.role, each.scope, community.within)
        ],
    }


async def doors(uow: UnitOfWork, who: Person, id_: int) -> dict[str, Any]:
    """Return the homes of one of them with their doors; that they looked stands in the audit.

    Raises Refusal as `find` does, and where nobody is bound to a home.
    """
    of = await find(uow, who, id_)
    found = await residence.doors(uow, of)
    if of.id != who.id:
        await audit.add(uow, who.community_id, who.id, DOOR_SEEN, f"person:{id_}", person=id_)
    return found


def _shown(community: Community, held: Held) -> dict[str, Any]:
    return {
        "role": held.role.value,
        "where": community.scope_name(held.scope),
        "until": held.ends_at.isoformat() if held.ends_at else None,
    }


def scope_code(scope: str) -> str:
    """Return how a scope stands in a button: "all", or the letter of its kind and the code."""
    kind, _, code = scope.partition(":")
    return _ALL if scope == EVERYWHERE else kind[0] + code


def scope_of(code: str) -> str:
    """Return the scope that stands in a button; raises Refusal for none such."""
    if code == _ALL:
        return EVERYWHERE
    if code[:1] not in _LETTERS:
        raise Refusal("toast.stale")
    return area.scope(_LETTERS[code[0]], code[1:])


async def chosen_scope(uow: UnitOfWork, who: Person, role: Role, code: str) -> str:
    """Return the scope that was chosen; raises Refusal for one that is not theirs to give in."""
    scope = scope_of(code)
    if scope not in await grant.places_to_give(uow, who, role):
        raise Refusal("toast.stale")
    return scope


async def places(uow: UnitOfWork, who: Person, role: Role, page: int) -> dict[str, Any]:
    """Return a page of where the person may give the role; behind the last comes the first."""
    community = await community_of(uow, who.community_id)
    found = await grant.places_to_give(uow, who, role)
    pages = max(1, -(-len(found) // PLACES))
    at = page % pages
    shown = found[at * PLACES : (at + 1) * PLACES]
    tiles = [{"code": scope_code(one), "name": community.scope_name(one)} for one in shown]
    return {"role": role.value, "places": tiles, "page": at, "pages": pages}


async def waiting(uow: UnitOfWork, who: Person) -> list[dict[str, Any]]:
    """Return what waits for one's agreement, oldest first; raises Refusal."""
    await grant.roles_to_give(uow, who)
    community = await community_of(uow, who.community_id)
    return [
        {
            "id": asked.id,
            "name": to.name,
            "role": asked.role.value,
            "where": community.scope_name(asked.scope),
        }
        for asked, to in await grant.waiting_for(uow, who)
    ]
