"""A relative reports and hears for an elder, when the elder has said yes on their own phone.

Whoever is part of such an agreement is marked in their settings, so that nobody else's report
asks the table for it.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.clock import new_id
from bot.domain.draft import Draft
from bot.domain.kin import OVER, PREFIX, Kin, KinStatus
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.services.community import community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import draft as drafts
from storage import kin as stored
from storage import person as people
from storage.counter import next_number

KEY = "kin"  # in the facts of a draft: for whom it is; in the settings: part of an agreement


async def invite(uow: UnitOfWork, who: Person) -> str:
    """Return what stands behind /start in the link that the elder opens; only its hash is kept."""
    code = new_id()
    number = await next_number(uow, who.community_id, "kin")
    made = (KinStatus.INVITED, uow.now, uow.now)
    stored.add(uow, Kin(who.community_id, number, who.id, None, _hash(code), *made))
    return PREFIX + code


async def open_invitation(uow: UnitOfWork, who: Person, code: str) -> None:
    """Ask the person whether the relative may help; raises Refusal for a link that is spent."""
    found = await stored.by_code(uow, who.community_id, _hash(code))
    if found is None or not found.can_be_opened(who.id, uow.now):
        raise Refusal("kin.gone")
    helper = await _person(uow, who.community_id, found.helper_id)
    if helper.left_at is not None:
        raise Refusal("kin.gone")
    stored.change(uow, replace(found, elder_id=who.id, status=KinStatus.ASKED))
    tell(uow, who, "kin.ask", id=found.id, name=helper.name)


async def decide(uow: UnitOfWork, who: Person, id_: int, *, yes: bool) -> str:
    """Let the elder allow it or not; return the helper's name. Raises Refusal."""
    found = await stored.find(uow, who.community_id, id_)
    if found is None or found.elder_id != who.id or found.status is not KinStatus.ASKED:
        raise Refusal("toast.stale")
    helper = await _person(uow, who.community_id, found.helper_id)
    if yes and await _is_agreed(uow, helper, who):
        yes = False  # it is so already: one agreement is enough
    stored.change(uow, replace(found, status=KinStatus.AGREED if yes else KinStatus.REFUSED))
    if yes:
        for one in (who, helper):
            _mark(uow, one, on=True)
    tell(uow, helper, "kin.agreed" if yes else "kin.refused", name=who.name)
    return helper.name


async def stop(uow: UnitOfWork, who: Person, id_: int) -> str:
    """Let either of the two end it; the other is told. Returns the other's name.

    Raises Refusal.
    """
    found = await stored.find(uow, who.community_id, id_)
    other_id = found.other(who.id) if found and who.id in _both(found) else None
    if found is None or other_id is None or found.status in OVER:
        raise Refusal("toast.stale")
    stored.change(uow, replace(found, status=KinStatus.ENDED))
    other = await _person(uow, who.community_id, other_id)
    for one in (who, other):
        left = await stored.agreed(uow, who.community_id, one.id)
        _mark(uow, one, on=any(kin.id != found.id for kin in left))
    tell(uow, other, "kin.ended", name=who.name)
    return other.name


async def stop_all(uow: UnitOfWork, who: Person) -> None:
    """End every agreement of somebody who moves away; the others are told."""
    for one in await _agreed(uow, who):
        await stop(uow, who, one.id)


async def listing(uow: UnitOfWork, who: Person) -> dict[str, Any]:
    """Return whom the person helps and who helps them."""
    held = await _agreed(uow, who)
    names = await _names(uow, who, held)
    return {
        "helps": [_shown(one, names) for one in held if one.helper_id == who.id],
        "helped_by": [_shown(one, names) for one in held if one.elder_id == who.id],
    }


async def elders(uow: UnitOfWork, who: Person) -> list[dict[str, Any]]:
    """Return for whom the person may report: id and name."""
    held = [one for one in await _agreed(uow, who) if one.helper_id == who.id]
    names = await _names(uow, who, held)
    return [{"id": one.elder_id, "name": names[one.elder_id or 0]} for one in held]


async def report_for(uow: UnitOfWork, who: Person, draft: Draft, elder_id: int) -> Draft:
    """Let the report be the elder's, from where they live unless the words say where.

    Raises Refusal when there is no agreement.
    """
    await _check(uow, who, elder_id)
    community = await community_of(uow, who.community_id)
    elder = await _person(uow, who.community_id, elder_id)
    home = community.place_of_home(elder.home)
    said = community.find_place(draft.facts["words"])
    place = home.facts() if home and said is None else {}
    facts = {KEY: elder_id, "for_name": elder.name, **place}
    return drafts.change(uow, draft.with_facts(**facts))


def report_for_oneself(uow: UnitOfWork, draft: Draft) -> Draft:
    """Let the report be one's own again."""
    return drafts.change(uow, draft.with_facts(**{KEY: None, "for_name": None}))


async def reporter_of(uow: UnitOfWork, who: Person, draft: Draft) -> Person:
    """Return whose report it is; raises Refusal when the elder has ended it meanwhile."""
    elder_id = draft.facts.get(KEY)
    if elder_id is None:
        return who
    await _check(uow, who, elder_id)
    return await _person(uow, who.community_id, elder_id)


async def family(uow: UnitOfWork, reporter: Person) -> list[int]:
    """Return the ids of the relatives who hear of what the person reports."""
    held = await _agreed(uow, reporter)
    return [one.helper_id for one in held if one.elder_id == reporter.id]


async def _check(uow: UnitOfWork, who: Person, elder_id: int) -> None:
    elder = await _person(uow, who.community_id, elder_id)
    if not await _is_agreed(uow, who, elder):
        raise Refusal("kin.not_agreed")


async def _is_agreed(uow: UnitOfWork, helper: Person, elder: Person) -> bool:
    held = await _agreed(uow, elder)
    return any(one.helper_id == helper.id and one.elder_id == elder.id for one in held)


async def _agreed(uow: UnitOfWork, who: Person) -> list[Kin]:
    if not who.settings.get(KEY):
        return []
    return await stored.agreed(uow, who.community_id, who.id)


async def _person(uow: UnitOfWork, community_id: int, id_: int) -> Person:
    found = (await people.find(uow, community_id, [id_])).get(id_)
    if found is None:
        raise Refusal("toast.stale")
    return found


async def _names(uow: UnitOfWork, who: Person, held: Iterable[Kin]) -> dict[int, str]:
    ids = [one.other(who.id) or 0 for one in held]
    return {id_: one.name for id_, one in (await people.find(uow, who.community_id, ids)).items()}


def _shown(one: Kin, names: dict[int, str]) -> dict[str, Any]:
    name = next((names[id_] for id_ in _both(one) if id_ in names), "")
    return {"id": one.id, "name": name}


def _both(one: Kin) -> tuple[int, ...]:
    return tuple(id_ for id_ in (one.helper_id, one.elder_id) if id_ is not None)


def _mark(uow: UnitOfWork, who: Person, *, on: bool) -> None:
    people.change(uow, replace(who, settings={**who.settings, KEY: on}))


def _hash(code: str) -> str:
    return hashlib.sha256(code.removeprefix(PREFIX).encode()).hexdigest()
