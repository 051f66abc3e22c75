"""Where people live: bound with the word that somebody who serves has said, ended by either.

One home will have one voice in votes, so nobody is bound by what they say of themselves alone.
"""

import re
from dataclasses import replace
from typing import Any

from bot.domain.audience import Serving
from bot.domain.code import Standing
from bot.domain.grant import may_give
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.residence import (
    MOST_HOMES,
    MOVED_OUT,
    REASONS,
    WITHIN,
    Bound,
    HomeWord,
    Key,
    Residence,
    hashed,
    may_try,
)
from bot.domain.role import Role
from bot.services import doorstep, grant
from bot.services import settings as chosen
from bot.services.community import WHOLE_BUILDING, community_of
from bot.services.home_word import check_home, door_in, home_text
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import audit
from storage import home_word as words
from storage import person as people
from storage import residence as stored
from storage.counter import next_number

BOUND, ENDED = "home_bound", "home_ended"  # in the audit
SUBJECT = "residence"


async def facts(uow: UnitOfWork, who: Person) -> dict[str, Any]:
    """Return the homes of a person, and which unit they only said that they live in."""
    community = await community_of(uow, who.community_id)
    held = await stored.of(uow, who.community_id, who.id)
    said = community.place_of_home(who.home)
    units = {f"{one.building}-{one.unit}" for one in held}
    return {
        "homes": [{"id": one.id, "home": home_text(community, one.key)} for one in held],
        "said": said.text if said and who.home not in units else None,
        "full": len(held) >= MOST_HOMES,
        "guarded": community.minimal and bool(held),
    }


async def doors(uow: UnitOfWork, of: Person) -> dict[str, Any]:
    """Return the homes of a person with their doors, in one line; raises Refusal without any."""
    community = await community_of(uow, of.community_id)
    held = await stored.of(uow, of.community_id, of.id)
    if not held:
        raise Refusal("toast.stale")
    homes = (f"{n} {home_text(community, one.key)}" for n, one in enumerate(held, start=1))
    return {"homes": " · ".join(homes)}


async def check_may_bind(uow: UnitOfWork, who: Person) -> None:
    """Raise Refusal when the person has homes enough, or has guessed too much."""
    if len(await stored.of(uow, who.community_id, who.id)) >= MOST_HOMES:
        raise Refusal("refusal.homes_full", n=MOST_HOMES)
    if not may_try(await _wrong_lately(uow, who)):
        raise Refusal("refusal.word_wait", phone=(await community_of(uow, who.community_id)).phone)


async def unit_to_bind(uow: UnitOfWork, who: Person, scanned: Standing) -> str | None:
    """Return the unit that was scanned, such as "3-2", when a home of theirs may be there."""
    place = (await community_of(uow, who.community_id)).place_of_code(scanned.code)
    if place is None or place.building is None or place.unit is None:
        return None
    held = await stored.of(uow, who.community_id, who.id)
    there = any((one.building, str(one.unit)) == (place.building, place.unit) for one in held)
    return None if there or len(held) >= MOST_HOMES else f"{place.building}-{place.unit}"


async def unit_text(uow: UnitOfWork, who: Person, unit: str) -> str:
    """Return a unit such as "3-2" as people say it; raises Refusal when there is none."""
    community = await community_of(uow, who.community_id)
    building, _, number = unit.partition("-")
    place = community.place_of_unit(building, number)
    has_units = place is not None and bool(community.unit_tiles(building)["units"])
    if place is None or place.text is None or has_units == (number == WHOLE_BUILDING):
        raise Refusal("toast.stale")
    return place.text


async def home_in(uow: UnitOfWork, who: Person, unit: str, said: str) -> Key:
    """Return the home of a unit that was typed.

    Raises Refusal for one that there is not, and for one that is theirs already.
    """
    community = await community_of(uow, who.community_id)
    building, _, number = unit.partition("-")
    key = (building, int(number), door_in(community, unit, said))
    await check_home(uow, who.community_id, key)
    if key in {one.key for one in await stored.of(uow, who.community_id, who.id)}:
        raise Refusal("refusal.home_yours")
    return key


async def whom_to_ask(uow: UnitOfWork, who: Person, key: Key) -> dict[str, Any]:
    """Return the home as people say it, and whom to call for a word."""
    community = await community_of(uow, who.community_id)
    near = None  # whose number may stand in no message: the community's may
    if not community.minimal:
        near = await doorstep.grid_worker_near(uow, who.community_id, key[0], {who.id})
    return {
        "home": home_text(community, key),
        "whom": near.name if near else None,
        "phone": Serving.of(near).phone if near else community.phone,
    }


async def bind(uow: UnitOfWork, who: Person, key: Key, said: str) -> Bound:
    """Bind the person to the home if the word is right; a wrong one is counted.

    Raises Refusal when they have homes enough, live there already, or made the word themself.
    """
    held = await stored.of(uow, who.community_id, who.id)
    if key in {one.key for one in held}:
        raise Refusal("refusal.home_yours")
    if len(held) >= MOST_HOMES:
        raise Refusal("refusal.homes_full", n=MOST_HOMES)
    if not may_try(await _wrong_lately(uow, who)):
        return Bound.WAIT
    community = await community_of(uow, who.community_id)
    typed = re.sub(r"\D", "", community.figures(said))
    kept = hashed(who.community_id, key, typed)
    word = await words.latest(uow, who.community_id, key)
    if word is None or not word.is_good(uow.now) or word.code_hash != kept:
        await _count_wrong(uow, who, word)
        return Bound.WRONG
    if word.made_by == who.id:
        raise Refusal("refusal.own_word")
    words.change(uow, replace(word, used=word.used + 1))
    await _settle(uow, who, key, word)
    return Bound.YES


async def _count_wrong(uow: UnitOfWork, who: Person, word: HomeWord | None) -> None:
    await words.note_wrong(uow, who.community_id, who.id)
    if word is not None:
        words.change(uow, replace(word, wrong=word.wrong + 1))


async def _settle(uow: UnitOfWork, who: Person, key: Key, word: HomeWord) -> None:
    number = await next_number(uow, who.community_id, "residence")
    one = Residence(who.community_id, number, who.id, *key, uow.now, word.made_by)
    stored.add(uow, one)
    subject = f"{SUBJECT}:{number}"  # no door: what is written down can never be erased
    await audit.add(uow, who.community_id, who.id, BOUND, subject, word_of=word.made_by)
    if who.home is None:
        building, unit, _ = key
        await chosen.live_at(uow, who, building, str(unit))


async def _wrong_lately(uow: UnitOfWork, who: Person) -> int:
    return await words.count_wrong(uow, who.community_id, who.id, uow.now - WITHIN)


async def own(uow: UnitOfWork, who: Person, id_: int) -> dict[str, Any]:
    """Return one of the person's homes; raises Refusal for what is not theirs."""
    one = await _own(uow, who, id_)
    community = await community_of(uow, who.community_id)
    return {"id": one.id, "home": home_text(community, one.key)}


async def move_out(uow: UnitOfWork, who: Person, id_: int) -> None:
    """End one's own; raises Refusal for what is not theirs."""
    await _end(uow, who, await _own(uow, who, id_), MOVED_OUT)


async def leave_all(uow: UnitOfWork, who: Person) -> None:
    """End every home of one's own: one moves away."""
    for one in await stored.of(uow, who.community_id, who.id):
        await _end(uow, who, one, MOVED_OUT)


async def _own(uow: UnitOfWork, who: Person, id_: int) -> Residence:
    one = await stored.find(uow, who.community_id, id_)
    if one is None or one.person_id != who.id or one.ended_at is not None:
        raise Refusal("toast.stale")
    return one


async def of_somebody(uow: UnitOfWork, who: Person, id_: int) -> tuple[Person, dict[str, Any]]:
    """Return whose home it is, and the home, for who may end it; raises Refusal."""
    held = await grant.held_by(uow, who)
    if not may_give(held, Role.RESIDENT, ""):
        raise Refusal("refusal.not_yours", who=grant.GIVER_NAMES)
    one = await stored.find(uow, who.community_id, id_)
    if one is None or one.ended_at is not None:
        raise Refusal("toast.stale")
    of = (await people.find(uow, who.community_id, [one.person_id]))[one.person_id]
    community = await community_of(uow, who.community_id)
    return of, {"id": one.id, "home": home_text(community, one.key)}


async def end(uow: UnitOfWork, who: Person, id_: int, reason: str) -> Person:
    """End where somebody lives and tell them why; return them. Raises Refusal."""
    of, shown = await of_somebody(uow, who, id_)
    one = await stored.find(uow, who.community_id, id_)
    if one is None or reason not in REASONS:
        raise Refusal("toast.stale")
    await _end(uow, who, one, reason)
    tell(uow, of, "residence.ended", home=shown["home"], reason=reason)
    return of


async def _end(uow: UnitOfWork, by: Person, one: Residence, reason: str) -> None:
    stored.end(uow, one.ended(by.id, reason, uow.now))
    facts = {"person": one.person_id, "reason": reason}
    await audit.add(uow, by.community_id, by.id, ENDED, f"{SUBJECT}:{one.id}", **facts)
