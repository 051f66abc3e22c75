"""What organizers do about volunteers: read who would like to be one, agree or not, change.

Whoever may give the role of a volunteer in the whole community decides.
"""

from dataclasses import replace
from typing import Any

from bot.domain.area import EVERYWHERE
from bot.domain.audience import Serving
from bot.domain.grant import may_give
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.role import Role
from bot.domain.volunteer import OTHER, REASONS, WORDS, Wish, WishStatus, area_of
from bot.services import grant
from bot.services.community import community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from bot.services.volunteer import carry_out, note
from bot.services.volunteer_tiles import (
    begin_with_now,
    described,
    editable,
    names,
    person_of,
    to_choose,
)
from storage import person as people
from storage import volunteer as wishes

PAGE = 3  # lines of the list


async def count(uow: UnitOfWork, who: Person) -> int:
    """Return how many wishes wait for the person; none for who may not decide."""
    if not may_give(await grant.held_by(uow, who), Role.VOLUNTEER, EVERYWHERE):
        return 0
    return await wishes.count_waiting(uow, who.community_id)


async def listing(uow: UnitOfWork, who: Person, page: int) -> dict[str, Any]:
    """Return a page of those who wait, the oldest first; raises Refusal."""
    await _check_may(uow, who)
    found = await wishes.waiting(uow, who.community_id)
    pages = max(1, -(-len(found) // PAGE))
    at = min(page, pages - 1)
    shown = found[at * PAGE : (at + 1) * PAGE]
    return {
        "wishes": [await _line(uow, one) for one in shown],
        "total": len(found),
        "page": at,
        "pages": pages,
    }


async def _check_may(uow: UnitOfWork, who: Person) -> None:
    await grant.check_may_give(uow, who, Role.VOLUNTEER, EVERYWHERE)


async def _line(uow: UnitOfWork, one: Wish) -> dict[str, Any]:
    return {**await described(uow, one), "name": (await person_of(uow, one)).name}


async def show(uow: UnitOfWork, who: Person, id_: int) -> dict[str, Any]:
    """Return one who waits; raises Refusal."""
    one = await _waiting(uow, who, id_)
    of = await person_of(uow, one)
    community = await community_of(uow, one.community_id)
    serving = Serving.of(of)
    was = {
        "skills": list(serving.skills),
        "where": names(community, area_of(serving.buildings, community.buildings_by_estate)),
    }
    home = community.place_of_home(of.home)
    return {
        **await _line(uow, one),
        "home": home.text if home else None,
        "was": was if of.holds_somewhere(Role.VOLUNTEER) else None,
        "reachable": of.blocked_at is None,
        "shut_out": of.block_id is not None,
    }


async def _waiting(uow: UnitOfWork, who: Person, id_: int) -> Wish:
    await _check_may(uow, who)
    found = await wishes.find(uow, who.community_id, id_)
    if found is None or found.status is not WishStatus.WAITING:
        raise Refusal("toast.wish_gone")
    return found


async def _to_decide(uow: UnitOfWork, who: Person, id_: int, version: int) -> Wish:
    """Return the wish as whoever decides has seen it; raises Refusal."""
    found = await _waiting(uow, who, id_)
    if found.version != version:
        raise Refusal("toast.stale")
    if found.person_id == who.id:
        raise Refusal("refusal.own_role")
    return found


async def agree(uow: UnitOfWork, who: Person, id_: int, version: int) -> str:
    """Make them a volunteer, or let them serve as they wish now; return the name.

    Raises Refusal, also about somebody who is shut out.
    """
    one = await _to_decide(uow, who, id_, version)
    of = await person_of(uow, one)
    if of.block_id is not None:
        raise Refusal("refusal.wish_shut_out")
    anew = not of.holds_somewhere(Role.VOLUNTEER)
    if anew:
        await grant.give(uow, who, of, Role.VOLUNTEER, EVERYWHERE, "")
        of = await person_of(uow, one)
    await _serves(uow, one, of, who, "volunteer.welcome" if anew else "volunteer.changed")
    return of.name


async def _serves(uow: UnitOfWork, one: Wish, of: Person, by: Person, kind: str) -> None:
    await carry_out(uow, one, of, by)
    tell(uow, of, kind, **await described(uow, one))


async def refuse(
    uow: UnitOfWork, who: Person, id_: int, version: int, reason: str, words: str | None = None
) -> str:
    """Say kindly why not this time; return the name. Raises Refusal."""
    one = await _to_decide(uow, who, id_, version)
    if reason not in REASONS:
        raise Refusal("toast.stale")
    if reason == OTHER and not (words or "").strip():
        raise Refusal("refusal.needs_words")
    if words is not None and len(words) > WORDS:
        raise Refusal("common.too_long", limit=WORDS)
    of = await person_of(uow, one)
    why = words.strip() if words is not None else reason
    refused = replace(
        one,
        status=WishStatus.REFUSED,
        version=one.version + 1,
        reason=why,
        decided_by=who.id,
        decided_at=uow.now,
    )
    wishes.change(uow, refused)
    await note(uow, refused, "wish_refused", who.id)
    tell(uow, of, "volunteer.refused", reason=why, volunteer=of.holds_somewhere(Role.VOLUNTEER))
    return of.name


async def reasons(uow: UnitOfWork, who: Person, id_: int, version: int) -> dict[str, Any]:
    """Return the facts of the question why not; raises Refusal."""
    one = await _to_decide(uow, who, id_, version)
    name = (await person_of(uow, one)).name
    return {"id": one.id, "version": one.version, "name": name, "reasons": list(REASONS)}


# --- changing what somebody does --------------------------------------------------------


async def change(uow: UnitOfWork, who: Person, person_id: int) -> dict[str, Any]:
    """Begin to change what a volunteer does and where; raises Refusal."""
    await _check_may(uow, who)
    of = (await people.find(uow, who.community_id, [person_id])).get(person_id)
    if of is None or not of.holds_somewhere(Role.VOLUNTEER):
        raise Refusal("toast.stale")
    if of.id == who.id:
        raise Refusal("refusal.own_role")
    return await to_choose(uow, who, await begin_with_now(uow, who, of))


async def keep(uow: UnitOfWork, who: Person, id_: int, version: int) -> Person:
    """Let a volunteer serve as an organizer has chosen; return them. Raises Refusal."""
    one = await editable(uow, who, id_)
    await _check_may(uow, who)
    of = await person_of(uow, one)
    if one.version != version or one.is_own or not of.holds_somewhere(Role.VOLUNTEER):
        raise Refusal("toast.stale")
    await _serves(uow, one, of, who, "volunteer.changed")
    return of
