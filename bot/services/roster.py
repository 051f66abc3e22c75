"""What organizers and leaders do with rosters: make them, change them, look at their weeks.

A roster is there as soon as it has a name; it makes shifts once it has a place and a rule.
"""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

from bot.domain.person import Person
from bot.domain.recurrence import Rule
from bot.domain.refusal import Refusal
from bot.domain.rhythm import Chosen
from bot.domain.role import Role
from bot.domain.roster import MOST_NEEDED, NAME_LIMIT, Member, Roster
from bot.domain.shift import Shift
from bot.services import roster_week
from bot.services.community import community_of
from bot.services.roster_shown import person_of, roster_facts
from bot.services.unit_of_work import UnitOfWork
from storage import audit
from storage import person as people
from storage import roster as rosters
from storage import shift as shifts
from storage.counter import next_number

_MAY = (Role.ORGANIZER, Role.ADMIN)
PAGE = 5  # tiles
_NOTHING = Rule("", time(19), timedelta(hours=1))


def may_make(who: Person) -> bool:
    """Say whether the person may make rosters."""
    return who.holds(*_MAY)


def check_may_make(who: Person) -> None:
    """Raise Refusal unless the person may make rosters."""
    if not may_make(who):
        raise Refusal("refusal.not_yours", who=[one.value for one in _MAY])


async def find(uow: UnitOfWork, who: Person, id_: int, seen: int | None = None) -> Roster:
    """Return a roster that the person makes or leads; raises Refusal.

    `seen` is the version of a button that changes something.
    """
    found = await rosters.find(uow, who.community_id, id_)
    if found is None or found.leader_id != who.id:
        check_may_make(who)
    if found is None or found.ended_at is not None or seen not in {None, found.version}:
        raise Refusal("toast.stale")
    return found


async def listing(uow: UnitOfWork, who: Person) -> dict[str, Any]:
    """Return the rosters that the person makes or leads; raises Refusal when there can be none."""
    live = await rosters.live(uow, who.community_id)
    may = may_make(who)
    held = [one for one in live if may or one.leader_id == who.id]
    if not held:
        check_may_make(who)
    return {"rosters": [{"id": one.id, "name": one.name} for one in held[:PAGE]], "may": may}


async def make(uow: UnitOfWork, who: Person, name: str) -> Roster:
    """Make a roster with nothing but a name; whoever makes it leads it. Raises Refusal."""
    check_may_make(who)
    id_ = await next_number(uow, who.community_id, "roster")
    made = Roster(who.community_id, id_, _named(name), "", _NOTHING, 2, who.id)
    await audit.add(uow, who.community_id, who.id, "roster_made", f"roster:{id_}", name=made.name)
    return rosters.add(uow, made)


def _named(name: str) -> str:
    if not 0 < len(name) <= NAME_LIMIT:
        raise Refusal("refusal.roster_name", limit=NAME_LIMIT)
    return name


async def card(uow: UnitOfWork, roster: Roster) -> dict[str, Any]:
    """Return the template with how many belong to it and who leads it."""
    community = await community_of(uow, roster.community_id)
    members = await rosters.members(uow, roster.community_id, roster.id)
    leader = await person_of(uow, roster.community_id, roster.leader_id)
    return {**roster_facts(community, roster), "members": len(members), "leader": leader.name}


async def change(uow: UnitOfWork, who: Person, roster: Roster, **changes: Any) -> Roster:
    """Change the template; what nobody was told of yet is made anew. Raises Refusal."""
    check_may_make(who)
    after = replace(roster, **changes)
    if not await rosters.change(uow, after):
        raise Refusal("toast.stale")
    facts = sorted(changes)
    await audit.add(
        uow, who.community_id, who.id, "roster_changed", f"roster:{roster.id}", fields=facts
    )
    after = replace(after, version=roster.version + 1)
    await roster_week.make_ahead(uow, after)
    await roster_week.plan(uow, after)
    return after


async def set_place(uow: UnitOfWork, who: Person, roster: Roster, code: str) -> Roster:
    """Choose where they meet; raises Refusal for an unknown place."""
    community = await community_of(uow, who.community_id)
    if code not in {one.code for one in community.standing_places()}:
        raise Refusal("toast.stale")
    return await change(uow, who, roster, place=code)


async def set_needed(uow: UnitOfWork, who: Person, roster: Roster, n: int) -> Roster:
    """Choose how many go; raises Refusal."""
    if n not in range(1, MOST_NEEDED + 1):
        raise Refusal("toast.stale")
    return await change(uow, who, roster, needed=n)


async def set_rule(uow: UnitOfWork, who: Person, roster: Roster, held: Chosen) -> Roster:
    """Choose when it is; raises Refusal while something is open."""
    community = await community_of(uow, who.community_id)
    if held.step != "check":
        raise Refusal("toast.stale")
    rule = held.rule(community.calendar.local(uow.now).date())
    return await change(uow, who, roster, rule=rule)


async def set_leader(uow: UnitOfWork, who: Person, roster: Roster, person_id: int) -> Roster:
    """Choose who leads: one of its members. Raises Refusal."""
    members = await rosters.members(uow, who.community_id, roster.id)
    if person_id not in {one.person_id for one in members}:
        raise Refusal("toast.stale")
    return await change(uow, who, roster, leader_id=person_id)


async def end(uow: UnitOfWork, who: Person, roster: Roster) -> list[Shift]:
    """End a roster; return what lies ahead and has to be cancelled. Raises Refusal."""
    today = (await community_of(uow, who.community_id)).calendar.local(uow.now).date()
    until = today + timedelta(days=60)
    held = await shifts.between(uow, who.community_id, roster.id, today, until)
    await change(uow, who, roster, ended_at=uow.now)
    return [one for one in held if one.starts > uow.now]


async def places(uow: UnitOfWork, who: Person, page: int) -> dict[str, Any]:
    """Return a page of places where codes hang: patrol points and spots first."""
    community = await community_of(uow, who.community_id)
    found = sorted(community.standing_places(), key=lambda one: ("-" in one.code, one.code))
    return page_of([{"code": one.code, "name": one.name} for one in found], page)


def page_of(tiles: list[dict[str, Any]], page: int) -> dict[str, Any]:
    """Return one page of tiles; behind the last comes the first again."""
    pages = max(1, -(-len(tiles) // PAGE))
    at = page % pages
    return {"tiles": tiles[at * PAGE : (at + 1) * PAGE], "page": at, "pages": pages}


# --- who belongs to it --------------------------------------------------------------------


async def members(uow: UnitOfWork, roster: Roster, page: int) -> dict[str, Any]:
    """Return a page of volunteers and members, ticked who belongs to the roster."""
    held = {one.person_id for one in await rosters.members(uow, roster.community_id, roster.id)}
    volunteers = await people.holders(uow, roster.community_id, [Role.VOLUNTEER])
    known = await people.find(uow, roster.community_id, sorted(held))
    both = {one.id: one for one in (*known.values(), *volunteers)}
    found = sorted(both.values(), key=lambda one: (one.id not in held, one.id))
    tiles = [{"id": one.id, "name": one.name, "on": one.id in held} for one in found]
    return {"n": len(held), **page_of(tiles, page)}


async def belong(uow: UnitOfWork, who: Person, roster: Roster, person_id: int, *, on: bool) -> None:
    """Let somebody belong to the roster, or no longer; raises Refusal. Twice is once."""
    check_may_make(who)
    found = (await people.find(uow, who.community_id, [person_id])).get(person_id)
    if found is None:
        raise Refusal("toast.stale")
    known = await rosters.memberships(uow, who.community_id, person_id)
    if on == (roster.id in known):
        return
    if on:
        wished = next(iter(known.values()), Member(person_id))
        rosters.join(uow, who.community_id, roster.id, wished)
    else:
        rosters.leave(uow, who.community_id, roster.id, person_id)
    subject = f"roster:{roster.id}"
    what = "roster_joined" if on else "roster_left"
    await audit.add(uow, who.community_id, who.id, what, subject, person=person_id)
