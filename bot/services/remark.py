"""Words that staff adds to a case: an internal note, an answer at once, what is not ours."""

from typing import Any

from bot.domain.case_record import Case
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.remark import RemarkKind
from bot.services import case as cases
from bot.services import desk
from bot.services.community import community_of
from bot.services.unit_of_work import UnitOfWork
from storage import person as people
from storage import remark as remarks

LONGEST = {"ask_resident": 120, "answer_now": 120, "decline": 120, "note": 400}  # characters
USES = {"ask_resident": "ask", "answer_now": "answer", "note": "note", "decline": "decline"}


async def templates(uow: UnitOfWork, who: Person, case: Case, move: str) -> list[dict[str, Any]]:
    """Return the ready sentences for the move, in the language of who will read them."""
    language = who.language
    if move != "note":
        found = await people.find(uow, case.community_id, [case.reporter_id])
        language = found[case.reporter_id].language
    community = await community_of(uow, case.community_id)
    return community.templates(USES[move], case.category, language)


def check_length(words: str, move: str) -> str:
    """Return the words; raises Refusal when there are none or too many."""
    if not words.strip():
        raise Refusal("refusal.needs_words")
    if len(words) > LONGEST[move]:
        raise Refusal("common.too_long", limit=LONGEST[move])
    return words


async def note(uow: UnitOfWork, who: Person, number: int, words: str) -> Case:
    """Write down a note that only staff reads."""
    case = await cases.allowed(uow, who, number, "note")
    await remarks.add(uow, case, RemarkKind.NOTE, who.id, check_length(words, "note"))
    return await cases.move(uow, who, number, "note", given=["words"])


async def answer_now(uow: UnitOfWork, who: Person, number: int, seen: int, words: str) -> Case:
    """Answer the resident at once; it is asked about like any other result.

    Whoever answers has done the work: they neither close the case nor call about it.
    """
    await cases.allowed(uow, who, number, "answer_now", seen)
    words = check_length(words, "answer_now")
    return await cases.move(
        uow, who, number, "answer_now", seen=seen, given=["words"],
        outcome=words, no_photo=None, reason=None, handler_id=who.id,
    )  # fmt: skip


async def refer(uow: UnitOfWork, who: Person, number: int) -> bool:
    """Note that the resident asks us to pass the case on; False when they asked before."""
    case = await cases.find(uow, who, number)
    desk.check_is_reporter(who, case)
    said = await remarks.of(uow, case.community_id, number)
    if any(one.kind is RemarkKind.REFERRAL for one in said):
        return False
    await remarks.add(uow, case, RemarkKind.REFERRAL, who.id, case.outcome or "")
    return True
