"""Whoever is shut out may say once what speaks against it; somebody else judges it."""

from dataclasses import replace

from bot.domain.block import APPEAL, WORDS, Block, BlockStatus
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.services.block import check_may, end, find, judges, note, person_of, why
from bot.services.community import community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import block as blocks


async def begin(uow: UnitOfWork, who: Person, id_: int) -> Block:
    """Return the block against which the person may appeal; raises Refusal."""
    standing = await find(uow, who, id_)
    if standing.person_id != who.id or not standing.holds(uow.now):
        raise Refusal("toast.stale")
    if standing.appeal is not None:
        raise Refusal("refusal.appealed_before")
    return standing


async def say(uow: UnitOfWork, who: Person, id_: int, words: str) -> None:
    """Keep the appeal and show it to who judges it; raises Refusal."""
    standing = await begin(uow, who, id_)
    if len(words) > APPEAL:
        raise Refusal("common.too_long", limit=APPEAL)
    said = blocks.change(uow, replace(standing, appeal=words))
    await note(uow, said, "block_appealed", who.id)
    for one in await judges(uow, said):
        own = one.id in {said.asked_by, said.decided_by}
        tell(uow, one, "block.appeal", id=said.id, name=who.name, words=words, own=own, **why(said))
    community = await community_of(uow, who.community_id)
    tell(uow, who, "block.appealed", phone=community.phone)


async def to_judge(uow: UnitOfWork, who: Person, id_: int) -> tuple[Block, Person]:
    """Return the block whose appeal one may judge, and whose it is; raises Refusal."""
    standing = await find(uow, who, id_)
    of = await person_of(uow, standing)
    await check_may(uow, who, of)
    if not standing.waits_for_judgement(uow.now):
        raise Refusal("toast.stale")
    if who.id not in {one.id for one in await judges(uow, standing)}:
        raise Refusal("refusal.block_second")
    return standing, of


async def judge(uow: UnitOfWork, who: Person, id_: int, sentence: str, *, lifts: bool) -> str:
    """Lift the block or keep it, with a sentence; return the person's name. Raises Refusal."""
    standing, of = await to_judge(uow, who, id_)
    if len(sentence) > WORDS:
        raise Refusal("common.too_long", limit=WORDS)
    if lifts:
        await end(uow, standing, who.id, BlockStatus.LIFTED, sentence)
    else:
        kept = replace(standing, judged_by=who.id, judged_at=uow.now, answer=sentence)
        await note(uow, blocks.change(uow, kept), "block_kept", who.id)
    tell(uow, of, "block.judged_lifted" if lifts else "block.judged_kept", words=sentence)
    return of.name
