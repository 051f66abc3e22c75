"""Neighbours with the same problem: they join a case instead of reporting it again."""

from dataclasses import replace

from bot.domain.case_record import Case
from bot.domain.draft import JOINED, Draft
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.remark import Remark, RemarkKind
from bot.services import case as cases
from bot.services import signal
from bot.services.unit_of_work import UnitOfWork
from storage import card as cards
from storage import case as stored
from storage import co_signer, remark
from storage import draft as drafts
from storage.case import Attachment
from storage.co_signer import CoSigner


async def join(uow: UnitOfWork, who: Person, draft: Draft, number: int) -> Case:
    """Let the person join the case with what they were writing; whoever joined stays joined.

    Raises Refusal when the case is their own or closed.
    """
    case = await cases.find(uow, who, number)
    if who.id in {case.reporter_id, case.handler_id}:
        raise Refusal("refusal.own_case")
    await cases.check(uow, who, case, "join")
    await let_in(uow, case, who.id)
    await keep_what_was_said(uow, who, case, draft)
    drafts.change(uow, draft.with_facts(number=number).ended(JOINED))
    await _take_over_card(uow, case, draft)
    case = await cases.move(uow, who, number, "join")
    await signal.neighbours_joined(uow, case, await neighbours(uow, case))
    return case


async def let_in(uow: UnitOfWork, case: Case, person_id: int, *, kin: bool = False) -> bool:
    """Let somebody join who has not reported it; False when they have joined before."""
    joined = await co_signer.of_case(uow, *_key(case))
    if person_id in {case.reporter_id, *(one.person_id for one in joined)}:
        return False
    await co_signer.add(uow, CoSigner(*_key(case), person_id, uow.now, kin=kin))
    return True


async def keep_what_was_said(uow: UnitOfWork, who: Person, case: Case, draft: Draft) -> Remark:
    """Keep words and pictures of the draft with the case, as something that was added to it."""
    held = draft.facts
    said = await remark.add(uow, case, RemarkKind.SUPPLEMENT, who.id, held["words"], joined=True)
    known = {one.file_unique_id for one in await stored.attached(uow, *_key(case))}
    for one in held["photos"]:
        if one["unique"] not in known:
            sent = Attachment(
                "before", one["kind"], one["id"], one["unique"], who.id, said.id, one.get("message")
            )
            stored.attach(uow, case, replace(sent, seconds=one.get("seconds")))
    return said


async def _take_over_card(uow: UnitOfWork, case: Case, draft: Draft) -> None:
    """Let the draft's card become the case's in this chat, unless it has one already."""
    there = {one.chat_id for one in await cards.of(uow, case.community_id, "case", case.number)}
    for card in await cards.of(uow, case.community_id, "draft", draft.id):
        if card.chat_id not in there:
            await cards.become(uow, card, "case", case.number)


def _key(case: Case) -> tuple[int, int]:
    return case.community_id, case.number


async def neighbours(uow: UnitOfWork, case: Case) -> int:
    """Return how many neighbours joined the case; relatives of who reported it are none."""
    joined = await co_signer.of_case(uow, *_key(case))
    return sum(not one.kin for one in joined)


async def mute(uow: UnitOfWork, who: Person, number: int, *, muted: bool) -> Case:
    """Let the person hear only the result of the case, or everything again.

    Raises Refusal when they have not joined it.
    """
    case = await cases.find(uow, who, number)
    joined = await co_signer.of_case(uow, who.community_id, number)
    if who.id not in {one.person_id for one in joined}:
        raise Refusal("refusal.not_yours", who=["co_signer"])
    await co_signer.mute(uow, who.community_id, number, who.id, muted=muted)
    return case
