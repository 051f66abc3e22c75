"""Roles are given, agreed to by a second person, taken away; links invite who opens them."""

from collections.abc import Sequence
from dataclasses import replace

from bot.clock import new_id
from bot.domain.area import EVERYWHERE
from bot.domain.grant import (
    GIVERS,
    PREFIX,
    TERMS,
    Grant,
    GrantStatus,
    Held,
    Within,
    hashed,
    may_agree,
    may_give,
    needs_second,
    to_give,
)
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.role import Role
from bot.services.community import community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import audit
from storage import grant as grants
from storage import person as people
from storage import role as roles
from storage.counter import next_number

GIVER_NAMES = ["organizer", "admin"]


async def held_by(uow: UnitOfWork, who: Person) -> list[Held]:
    """Return the roles that the person holds now, each with its scope."""
    return await roles.of(uow, who.community_id, who.id)


async def roles_to_give(uow: UnitOfWork, who: Person) -> list[Role]:
    """Return what the person may give; raises Refusal when that is nothing."""
    found = to_give(await held_by(uow, who))
    if not found:
        raise Refusal("refusal.not_yours", who=GIVER_NAMES)
    return found


async def places_to_give(uow: UnitOfWork, who: Person, role: Role) -> list[str]:
    """Return the scopes in which the person may give the role, the widest first."""
    held, community = await held_by(uow, who), await community_of(uow, who.community_id)
    own = (one.scope for one in held)
    known = dict.fromkeys((*community.scopes, *own))
    return [one for one in known if may_give(held, role, one, community.within)]


async def give(
    uow: UnitOfWork, who: Person, to: Person, role: Role, scope: str, term: str
) -> Grant:
    """Give `to` the role for a term ("" for good), or ask a second person; raises Refusal."""
    await check_may_give(uow, who, role, scope)
    if to.id == who.id:
        raise Refusal("refusal.own_role")
    made = await _made(uow, who, role, scope, term, person_id=to.id)
    seconds = await _seconds(uow, made)
    grants.add(uow, made)
    return await _settle(uow, made, to, seconds)


async def invite(uow: UnitOfWork, who: Person, role: Role, scope: str, term: str) -> str:
    """Return what stands behind /start in a link that gives the role to whoever opens it.

    Good once and for a day; only its hash is kept. Raises Refusal.
    """
    await check_may_give(uow, who, role, scope)
    code = new_id()
    made = await _made(uow, who, role, scope, term, person_id=None)
    invited = replace(made, status=GrantStatus.INVITED, code_hash=hashed(PREFIX + code))
    grants.add(uow, invited)
    return PREFIX + code


async def open_invitation(uow: UnitOfWork, who: Person, code: str) -> Grant:
    """Let whoever opened the link have the role, or ask a second person; raises Refusal.

    Whoever invited has to be entitled still.
    """
    found = await grants.by_code(uow, hashed(code))
    if found is None or not found.can_be_opened(uow.now):
        raise Refusal("grant.gone")
    if found.community_id != who.community_id:
        raise Refusal("grant.elsewhere")
    if found.asked_by == who.id:
        raise Refusal("refusal.own_role")
    asker = await roles.of(uow, who.community_id, found.asked_by)
    if not may_give(asker, found.role, found.scope, await _within(uow, who.community_id)):
        raise Refusal("grant.gone")
    opened = replace(found, person_id=who.id)
    return await _settle(uow, opened, who, await _seconds(uow, opened))


async def decide(uow: UnitOfWork, who: Person, id_: int, *, yes: bool) -> Grant:
    """Let the second person agree or not; raises Refusal."""
    found = await grants.find(uow, who.community_id, id_)
    if found is None or found.status is not GrantStatus.ASKED or found.person_id is None:
        raise Refusal("toast.stale")
    if not may_agree(await held_by(uow, who), found, who.id, await _within(uow, who.community_id)):
        raise Refusal("refusal.not_yours", who=GIVER_NAMES)
    to = await _person(uow, found)
    if not yes:
        refused = _decided(uow, found, GrantStatus.REFUSED, who.id)
        await _tell_asker(uow, refused, to, "grant.refused")
        return refused
    granted = _decided(uow, found, GrantStatus.GRANTED, who.id)
    await _carry_out(uow, granted, to)
    await _tell_asker(uow, granted, to, "grant.agreed")
    return granted


async def take(uow: UnitOfWork, who: Person, of: Person, role: Role, scope: str) -> None:
    """End the person's role there at once; raises Refusal. The last admin stays."""
    await check_may_give(uow, who, role, scope)
    held = await held_by(uow, of)
    if not any((one.role, one.scope) == (role, scope) for one in held):
        raise Refusal("toast.stale")
    last = role is Role.ADMIN and scope == EVERYWHERE  # an admin of a part is none of the whole
    if last and all(one.id == of.id for one in await people.acting(uow, of.community_id, role)):
        raise Refusal("refusal.last_admin")
    roles.end(uow, of.community_id, of.id, role, scope)
    await _note(uow, who.id, "role_ended", of.id, of.community_id, role, scope)
    tell(uow, of, "grant.ended", role=role.value, where=await place_name(uow, who, scope))


async def lay_down(uow: UnitOfWork, who: Person, role: Role) -> None:
    """End a role of one's own, wherever it is held; whoever may do so was asked before."""
    for one in await held_by(uow, who):
        if one.role is role:
            roles.end(uow, who.community_id, who.id, role, one.scope)
            await _note(uow, who.id, "role_ended", who.id, who.community_id, role, one.scope)


async def waiting_for(uow: UnitOfWork, who: Person) -> list[tuple[Grant, Person]]:
    """Return what the person may agree to, each with who is to get it."""
    held, within = await held_by(uow, who), await _within(uow, who.community_id)
    asked = await grants.asked(uow, who.community_id)
    found = [one for one in asked if may_agree(held, one, who.id, within)]
    return [(one, await _person(uow, one)) for one in found]


async def check_may_give(uow: UnitOfWork, who: Person, role: Role, scope: str) -> None:
    """Raise Refusal unless the person may give the role there."""
    within = await _within(uow, who.community_id)
    if not may_give(await held_by(uow, who), role, scope, within):
        raise Refusal("refusal.not_yours", who=GIVER_NAMES)


async def place_name(uow: UnitOfWork, who: Person, scope: str) -> str | None:
    """Return what a scope is called, None for the whole community."""
    return (await community_of(uow, who.community_id)).scope_name(scope)


async def _within(uow: UnitOfWork, community_id: int) -> Within:
    return (await community_of(uow, community_id)).within


async def _made(
    uow: UnitOfWork, who: Person, role: Role, scope: str, term: str, *, person_id: int | None
) -> Grant:
    return Grant(
        community_id=who.community_id,
        id=await next_number(uow, who.community_id, "grant"),
        person_id=person_id,
        role=role,
        scope=scope,
        ends_at=uow.now + TERMS[term] if term in TERMS else None,
        asked_by=who.id,
        asked_at=uow.now,
        status=GrantStatus.ASKED,
    )


async def _settle(uow: UnitOfWork, grant: Grant, to: Person, seconds: Sequence[Person]) -> Grant:
    """Grant it at once, or ask those who may agree."""
    if not needs_second(grant.role):
        granted = _decided(uow, grant, GrantStatus.GRANTED, grant.asked_by)
        await _carry_out(uow, granted, to)
        return granted
    asked = grants.change(uow, replace(grant, status=GrantStatus.ASKED))
    asker = await _asker(uow, grant)
    for second in seconds:
        tell(
            uow,
            second,
            "grant.ask",
            id=asked.id,
            name=to.name,
            asker=asker.name if asker else "",
            role=asked.role.value,
            where=await place_name(uow, to, asked.scope),
        )
    return asked


def _decided(uow: UnitOfWork, grant: Grant, status: GrantStatus, by: int) -> Grant:
    settled = replace(grant, status=status, decided_by=by, decided_at=uow.now)
    return grants.change(uow, settled)


async def _carry_out(uow: UnitOfWork, grant: Grant, to: Person) -> None:
    await roles.give(uow, to.community_id, to.id, grant.role, grant.scope, grant.ends_at)
    facts = (to.id, to.community_id, grant.role, grant.scope)
    await _note(uow, grant.asked_by, "role_given", *facts)
    where = await place_name(uow, to, grant.scope)
    tell(uow, to, "grant.given", role=grant.role.value, where=where)


async def _seconds(uow: UnitOfWork, grant: Grant) -> Sequence[Person]:
    """Return who may agree; raises Refusal when somebody has to and nobody can."""
    if not needs_second(grant.role):
        return ()
    holders = await people.holders(uow, grant.community_id, GIVERS)
    held = {one.id: await held_by(uow, one) for one in holders}
    within = await _within(uow, grant.community_id)
    found = [one for one in holders if may_agree(held[one.id], grant, one.id, within)]
    if not found:
        raise Refusal("grant.no_second")
    return found


async def _asker(uow: UnitOfWork, grant: Grant) -> Person | None:
    found = await people.find(uow, grant.community_id, [grant.asked_by])
    return found.get(grant.asked_by)


async def _tell_asker(uow: UnitOfWork, grant: Grant, to: Person, kind: str) -> None:
    asker = await _asker(uow, grant)
    if asker is not None:
        where = await place_name(uow, to, grant.scope)
        tell(uow, asker, kind, name=to.name, role=grant.role.value, where=where)


async def _person(uow: UnitOfWork, grant: Grant) -> Person:
    wanted = grant.person_id or 0
    return (await people.find(uow, grant.community_id, [wanted]))[wanted]


async def _note(
    uow: UnitOfWork, by: int, what: str, whose: int, community_id: int, role: Role, scope: str
) -> None:
    await audit.add(uow, community_id, by, what, f"person:{whose}", role=role.value, scope=scope)
