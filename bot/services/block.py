"""Somebody is shut out for a time, with a reason; it ends by itself, or when it is lifted.

While it holds their roles rest and what they send is not taken, but an emergency always is.
Their own cases go on, and they still get their letters. What may be said against it stands in
`appeal`.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.domain.block import (
    OTHER,
    REASONS,
    TERMS,
    UNTIL_LIFTED,
    WORDS,
    Block,
    BlockStatus,
    may_block,
)
from bot.domain.grant import GIVERS
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.services.community import community_of
from bot.services.grant import GIVER_NAMES, held_by
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork, open_unit_of_work
from storage import audit, due
from storage import block as blocks
from storage import person as people
from storage.counter import next_number
from storage.due import Due

ENDS = "block.ends"  # the kind of the due row


def is_shut_out(telegram_id: int) -> bool:
    """Say whether the person, who was read for this update, is shut out now."""
    known: Person | None = open_unit_of_work().cache.get(("telegram", telegram_id))
    return known is not None and known.block_id is not None


async def check_may(uow: UnitOfWork, who: Person, of: Person) -> None:
    """Raise Refusal unless the person may shut out `of`: never oneself, only somebody below."""
    if who.id == of.id:
        raise Refusal("refusal.block_oneself")
    if not await _may(uow, who, of):
        raise Refusal("refusal.not_yours", who=GIVER_NAMES)


async def _may(uow: UnitOfWork, who: Person, of: Person) -> bool:
    return may_block(await held_by(uow, who), await held_by(uow, of))


async def open_for(uow: UnitOfWork, of: Person) -> Block | None:
    """Return the block that holds, or that waits for a second person."""
    known = await blocks.of(uow, of.community_id, of.id)
    return next((one for one in reversed(known) if one.is_open(uow.now)), None)


async def button(uow: UnitOfWork, who: Person, of: Person) -> dict[str, Any] | None:
    """Return what the person's card says of it: how it stands; None: nothing and no right."""
    standing = await open_for(uow, of)
    may = who.id != of.id and await _may(uow, who, of)
    if standing is None:
        return {"status": None, "until": None, "may": True} if may else None
    until = standing.ends_at.isoformat() if standing.ends_at else None
    return {"status": standing.status.value, "until": until, "may": may}


async def block(
    uow: UnitOfWork, who: Person, of: Person, term: str, reason: str, words: str | None = None
) -> Block:
    """Shut `of` out for the term, or ask a second person when it has no end; raises Refusal."""
    await check_may(uow, who, of)
    if term not in {*TERMS, UNTIL_LIFTED} or reason not in REASONS:
        raise Refusal("toast.stale")
    _check_words(reason, words)
    if await open_for(uow, of) is not None:
        raise Refusal("refusal.block_already")
    endless = term == UNTIL_LIFTED
    seconds = await _others(uow, of, {who.id}) if endless else []
    if endless and not seconds:
        raise Refusal("grant.no_second")
    made = Block(
        community_id=of.community_id,
        id=await next_number(uow, of.community_id, "block"),
        person_id=of.id,
        reason=reason,
        words=words,
        status=BlockStatus.ASKED if endless else BlockStatus.STANDS,
        term=term,
        ends_at=None if endless else uow.now + TERMS[term],
        asked_by=who.id,
        asked_at=uow.now,
    )
    blocks.add(uow, made)
    if endless:
        await _ask(uow, made, who, of, seconds)
    else:
        await _begin(uow, made, of, who.id)
    return made


def _check_words(reason: str, words: str | None) -> None:
    if reason == OTHER and not (words or "").strip():
        raise Refusal("refusal.needs_words")
    if words is not None and len(words) > WORDS:
        raise Refusal("common.too_long", limit=WORDS)


async def _ask(
    uow: UnitOfWork, made: Block, who: Person, of: Person, seconds: Sequence[Person]
) -> None:
    await note(uow, made, "block_asked", who.id)
    for one in seconds:
        tell(uow, one, "block.ask", id=made.id, asker=who.name, name=of.name, **why(made))


async def _begin(uow: UnitOfWork, made: Block, of: Person, by: int) -> None:
    """Tell the person once, and plan the end."""
    await note(uow, made, "blocked", by)
    community = await community_of(uow, of.community_id)
    until = made.ends_at.isoformat() if made.ends_at else None
    tell(
        uow, of, "block.told", id=made.id, until=until, zone=community.zone,
        phone=community.phone, **why(made),
    )  # fmt: skip
    if made.ends_at is not None:
        due.plan_new(uow, Due(of.community_id, ENDS, str(made.id), "0", made.ends_at))


async def decide(uow: UnitOfWork, who: Person, id_: int, *, yes: bool) -> None:
    """Let the second person agree to a block without an end, or not; raises Refusal."""
    made = await find(uow, who, id_)
    of = await person_of(uow, made)
    await check_may(uow, who, of)
    if made.status is not BlockStatus.ASKED:
        raise Refusal("toast.stale")
    if who.id == made.asked_by:
        raise Refusal("refusal.block_second")
    status = BlockStatus.STANDS if yes else BlockStatus.REFUSED
    decided = blocks.change(uow, replace(made, status=status, decided_by=who.id))
    if yes:
        await _begin(uow, decided, of, who.id)
    else:
        await note(uow, decided, "block_refused", who.id)
    asker = await _somebody(uow, made, made.asked_by)
    tell(uow, asker, "block.agreed" if yes else "block.refused", name=of.name)


async def lift(uow: UnitOfWork, who: Person, of: Person) -> None:
    """End it now, whoever may shut the person out; raises Refusal."""
    await check_may(uow, who, of)
    standing = await open_for(uow, of)
    if standing is None:
        raise Refusal("toast.stale")
    await end(uow, standing, who.id, BlockStatus.LIFTED)
    if standing.status is BlockStatus.STANDS:
        tell(uow, of, "block.lifted")


async def end(
    uow: UnitOfWork, standing: Block, by: int, status: BlockStatus, answer: str | None = None
) -> None:
    """Write that it is lifted; nothing falls due any more."""
    ended = replace(standing, status=status, judged_by=by, judged_at=uow.now, answer=answer)
    blocks.change(uow, ended)
    due.cancel(uow, standing.community_id, ENDS, str(standing.id))
    await note(uow, ended, "block_lifted", by)


async def let_end(uow: UnitOfWork, planned: Due) -> None:
    """Tell the person once that it is over."""
    standing = await blocks.find(uow, planned.community_id, int(planned.subject))
    if standing is None or standing.status is not BlockStatus.STANDS:
        return
    over = blocks.change(uow, replace(standing, status=BlockStatus.OVER))
    await note(uow, over, "block_over", None)
    tell(uow, await person_of(uow, over), "block.over")


async def say_again(uow: UnitOfWork, who: Person) -> None:
    """Tell who wrote that they are shut out, at most once an hour."""
    standing = await blocks.find(uow, who.community_id, who.block_id or 0)
    if standing is None or not standing.may_answer(uow.now):
        return
    blocks.change(uow, replace(standing, answered_at=uow.now))
    community = await community_of(uow, who.community_id)
    until = standing.ends_at.isoformat() if standing.ends_at else None
    tell(
        uow, who, "block.answer", id=standing.id, until=until, zone=community.zone,
        phone=community.phone, appealed=standing.appeal is not None,
    )  # fmt: skip


async def find(uow: UnitOfWork, who: Person, id_: int) -> Block:
    """Return the block of one's own community; raises Refusal."""
    found = await blocks.find(uow, who.community_id, id_)
    if found is None:
        raise Refusal("toast.stale")
    return found


async def judges(uow: UnitOfWork, standing: Block) -> list[Person]:
    """Return who judges an appeal: others than who shut the person out, else those."""
    of = await person_of(uow, standing)
    by = {standing.asked_by, standing.decided_by} - {None}
    others = await _others(uow, of, {one for one in by if one is not None})
    return others or await _others(uow, of, set())


async def _others(uow: UnitOfWork, of: Person, but: set[int]) -> list[Person]:
    """Return who else may shut the person out and can be reached."""
    held = await people.holders(uow, of.community_id, GIVERS)
    found = [one for one in held if one.id not in but | {of.id} and one.blocked_at is None]
    return [one for one in found if await _may(uow, one, of)]


async def person_of(uow: UnitOfWork, one: Block) -> Person:
    """Return who is shut out."""
    return await _somebody(uow, one, one.person_id)


async def _somebody(uow: UnitOfWork, one: Block, id_: int) -> Person:
    return (await people.find(uow, one.community_id, [id_]))[id_]


def why(one: Block) -> dict[str, Any]:
    """Return the reason as facts: a code, or what was typed."""
    return {"reason": one.words if one.reason == OTHER and one.words else one.reason}


async def note(uow: UnitOfWork, one: Block, what: str, by: int | None) -> None:
    """Write into the audit what has become of it."""
    facts = {"block": one.id, "reason": one.reason, "term": one.term}
    await audit.add(uow, one.community_id, by, what, f"person:{one.person_id}", **facts)
