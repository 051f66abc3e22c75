"""Somebody would like to be a volunteer: they tick what they can do and where, and send it.

A volunteer changes both in the same way: less is free, more waits for an organizer. What an
organizer does with it stands in `volunteer_decision`, the tiles in `volunteer_tiles`.
"""

from dataclasses import replace
from typing import Any

from bot.domain.area import EVERYWHERE
from bot.domain.audience import AGREED, Serving
from bot.domain.case import AT_WORK
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.role import Role
from bot.domain.volunteer import Wish, WishStatus, area_of, buildings_in, is_less
from bot.services import grant
from bot.services.community import community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from bot.services.volunteer_tiles import (
    DRAFT,
    WAITING,
    begin,
    begin_with_now,
    changed,
    described,
    editable,
    names,
    nearest,
    to_choose,
)
from storage import audit
from storage import case as cases
from storage import person as people
from storage import roster as rosters
from storage import volunteer as wishes

STAFF = (Role.PROPERTY_STAFF, Role.GRID_WORKER)  # whose skills are asked for in their work as well
Shown = tuple[str, dict[str, Any]]  # a kind of letter, and its facts


async def home(uow: UnitOfWork, who: Person) -> Shown:
    """Return where the person stands now: not begun, choosing, waiting, a volunteer."""
    who = (await people.find(uow, who.community_id, [who.id]))[who.id]
    held = await _open(uow, who)
    if who.holds_somewhere(Role.VOLUNTEER):
        return "volunteer.mine", await _mine(uow, who, held)
    if held is not None and held.status is WAITING:
        return "volunteer.waiting", await described(uow, held)
    if held is None:
        community = await community_of(uow, who.community_id)
        held = await begin(uow, who, who, (), nearest(community, who))
    return "volunteer.edit", await to_choose(uow, who, held)


async def _open(uow: UnitOfWork, who: Person) -> Wish | None:
    """Return the person's own wish that waits, or that they are choosing."""
    mine = [one for one in await wishes.of(uow, who.community_id, who.id) if one.is_own]
    return next((one for one in reversed(mine) if one.status in {DRAFT, WAITING}), None)


async def is_waiting(uow: UnitOfWork, who: Person) -> bool:
    """Say whether the person's wish waits for an organizer."""
    held = await _open(uow, who)
    return held is not None and held.status is WAITING


async def _mine(uow: UnitOfWork, who: Person, held: Wish | None) -> dict[str, Any]:
    community = await community_of(uow, who.community_id)
    serving = Serving.of(who)
    return {
        "id": held.id if held else 0,
        "skills": list(serving.skills),
        "where": names(community, area_of(serving.buildings, community.buildings_by_estate)),
        "waits": held is not None and held.status is WAITING,
    }


async def change(uow: UnitOfWork, who: Person) -> dict[str, Any]:
    """Let a volunteer choose anew, or whose wish waits go on choosing; raises Refusal."""
    held = await _open(uow, who)
    if held is not None and held.status is WAITING and not who.holds_somewhere(Role.VOLUNTEER):
        again = replace(held, status=DRAFT, version=held.version + 1)
        return await to_choose(uow, who, wishes.change(uow, again))
    if not who.holds_somewhere(Role.VOLUNTEER) or (held is not None and held.status is WAITING):
        raise Refusal("toast.stale")
    if who.holds_somewhere(*STAFF):
        raise Refusal("refusal.skills_of_staff")
    return await to_choose(uow, who, await begin_with_now(uow, who, who))


# --- sending, taking back, ending -------------------------------------------------------


async def send(uow: UnitOfWork, who: Person, id_: int, version: int) -> bool:
    """Hand in what the person has chosen; say whether it waits. Raises Refusal."""
    one = await editable(uow, who, id_)
    if one.status is not DRAFT or not one.is_own or one.version != version:
        raise Refusal("toast.stale")
    if who.holds_somewhere(Role.VOLUNTEER) and await _is_less(uow, who, one):
        await carry_out(uow, one, who, who)
        return False
    hearing = [] if one.told else await hearers(uow, who)
    waits = replace(one, status=WAITING, version=one.version + 1, told=one.told or bool(hearing))
    wishes.change(uow, waits)
    await note(uow, waits, "wish_sent", who.id)
    for organizer in hearing:
        tell(uow, organizer, "volunteer.wished", name=who.name, **await described(uow, waits))
    return True


async def _is_less(uow: UnitOfWork, who: Person, one: Wish) -> bool:
    community = await community_of(uow, who.community_id)
    had = Serving.of(who)
    buildings = buildings_in(one.area, community.buildings_by_estate)
    return is_less(one.skills, buildings, had.skills, had.buildings)


async def carry_out(uow: UnitOfWork, one: Wish, of: Person, by: Person) -> None:
    """Let the volunteer serve as the wish says.

    What others are still choosing about them was begun with what no longer holds, so it is over.
    """
    community = await community_of(uow, of.community_id)
    skills, buildings = one.skills, buildings_in(one.area, community.buildings_by_estate)
    had = Serving.of(of)
    if one.is_own and of.holds_somewhere(*STAFF):  # what their work asks of them stays
        skills = tuple(dict.fromkeys((*had.skills, *skills)))
        both = buildings and had.buildings
        buildings = tuple(sorted({*buildings, *had.buildings})) if both else ()
    agreed = {"skills": list(skills), "buildings": list(buildings)}
    people.change(uow, replace(of, settings={**of.settings, AGREED: agreed}))
    done = wishes.change(
        uow,
        replace(
            one,
            status=WishStatus.AGREED,
            version=one.version + 1,
            decided_by=by.id,
            decided_at=uow.now,
        ),
    )
    for other in await wishes.of(uow, of.community_id, of.id):
        if other.status is DRAFT and other.id != one.id:
            changed(uow, replace(other, status=WishStatus.TAKEN_BACK))
    await note(uow, done, "volunteer_serves", by.id)


async def drop(uow: UnitOfWork, who: Person, id_: int) -> Wish:
    """Take one's own wish back, sent or not, or leave a change; raises Refusal."""
    found = await wishes.find(uow, who.community_id, id_)
    if found is None or found.status not in {DRAFT, WAITING}:
        raise Refusal("toast.stale")
    if found.written_by != who.id:
        raise Refusal("refusal.not_yours", who=["volunteer"])
    if not found.is_own:
        await grant.check_may_give(uow, who, Role.VOLUNTEER, EVERYWHERE)
    back = replace(found, status=WishStatus.TAKEN_BACK, version=found.version + 1)
    wishes.change(uow, back)
    if found.status is WAITING:
        await note(uow, back, "wish_withdrawn", who.id)
    return back


async def check_may_stop(uow: UnitOfWork, who: Person) -> None:
    """Raise Refusal for nobody's volunteer, and for one who has work in hand."""
    if not who.holds_somewhere(Role.VOLUNTEER):
        raise Refusal("toast.stale")
    work = await cases.open_work(uow, who.community_id, [who.id], AT_WORK)
    if work and not who.holds_somewhere(*STAFF):
        raise Refusal("refusal.work_in_hand", n=work[who.id])


async def stop(uow: UnitOfWork, who: Person) -> None:
    """End being a volunteer by one's own wish; the organizers hear of it. Raises Refusal."""
    await check_may_stop(uow, who)
    held = await _open(uow, who)
    if held is not None:
        await drop(uow, who, held.id)
    settings = {name: value for name, value in who.settings.items() if name != AGREED}
    people.change(uow, replace(who, settings=settings))
    await grant.lay_down(uow, who, Role.VOLUNTEER)
    if not who.holds_somewhere(*STAFF):
        for roster_id in await rosters.memberships(uow, who.community_id, who.id):
            rosters.leave(uow, who.community_id, roster_id, who.id)
    for organizer in await hearers(uow, who):
        tell(uow, organizer, "volunteer.stopped", name=who.name)


async def hearers(uow: UnitOfWork, about: Person) -> list[Person]:
    """Return the organizers who can be reached; where there is none, the admins."""
    for role in (Role.ORGANIZER, Role.ADMIN):
        held = await people.holders(uow, about.community_id, [role])
        found = [one for one in held if one.id != about.id and one.blocked_at is None]
        if found:
            return found
    return []


async def note(uow: UnitOfWork, one: Wish, what: str, by: int) -> None:
    """Write into the audit what has become of it."""
    facts = {"wish": one.id, "skills": list(one.skills), "area": one.area}
    await audit.add(uow, one.community_id, by, what, f"person:{one.person_id}", **facts)
