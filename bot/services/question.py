"""One question to the resident: asked, answered by a tap or by anything sent, or left to lapse.

While a question is open the resident's chat stands in the conversation `answer`, so that what
they send next is the answer and no new report.
"""

from bot.domain import permission
from bot.domain.case import TO_ANSWER, Relation
from bot.domain.case_record import Case
from bot.domain.permission import Actor
from bot.domain.person import Person
from bot.domain.question import Question
from bot.domain.refusal import Refusal
from bot.domain.remark import RemarkKind
from bot.services import case as cases
from bot.services.case_facts import actor_of
from bot.services.community import community_of
from bot.services.sent import Sent
from bot.services.unit_of_work import UnitOfWork
from storage import case as stored
from storage import conversation as conversations
from storage import due
from storage import person as people
from storage import remark as remarks
from storage.case import Attachment
from storage.due import Due

LAPSE = "question_lapse"
DIALOGUE = "answer"
_CLOCK = Actor(None, relation=Relation.CLOCK)


async def ask(uow: UnitOfWork, who: Person, number: int, seen: int, asked: Question) -> Case:
    """Put the question to the resident; after some days the case goes on without an answer."""
    case = await cases.allowed(uow, who, number, "ask_resident", seen)
    await remarks.add(
        uow, case, RemarkKind.QUESTION, who.id, asked.words, answers=list(asked.answers)
    )
    given = ["question"]
    after = await cases.move(uow, who, number, "ask_resident", given=given, reason=asked.words)
    terms = (await community_of(uow, who.community_id)).terms
    occurrence = str(after.version)
    row = Due(after.community_id, LAPSE, str(number), occurrence, uow.now + terms.answer)
    due.plan_new(uow, row)
    await _listen(uow, after, str(number))
    return after


async def keep_answer(
    uow: UnitOfWork, who: Person, number: int, sent: Sent, seen: int | None = None
) -> Case:
    """Keep what the resident says to the question; the case goes back to where it came from."""
    case = await cases.allowed(uow, who, number, "answer", seen)
    kinds = [sent.file_kind] if sent.file_id else []
    said = await remarks.add(uow, case, RemarkKind.ANSWER, who.id, sent.words, kinds=kinds)
    await _attach(uow, case, who, sent, said.id)
    after = await cases.move(uow, who, number, "answer", reason=None)
    due.cancel(uow, case.community_id, LAPSE, str(number))
    await _listen(uow, after, None)
    return after


async def add(uow: UnitOfWork, who: Person, number: int, sent: Sent) -> None:
    """Let another picture of the same album join the answer."""
    case = await cases.find(uow, who, number)
    await _check(uow, who, case, "supplement", ["content"])
    said = await remarks.of(uow, case.community_id, number)
    await _attach(uow, case, who, sent, said[-1].id if said else None)
    await cases.move(uow, who, number, "supplement", given=["content"])


async def lapse(uow: UnitOfWork, one: Due) -> None:
    """Go on without an answer."""
    case = await stored.find(uow, one.community_id, int(one.subject))
    if case is None or case.status not in TO_ANSWER:
        return
    if str(await _asked_at(uow, case)) != one.occurrence:
        return
    after = await cases.make(uow, case, "lapse", _CLOCK, reason=None)
    await _listen(uow, after, None)


async def _asked_at(uow: UnitOfWork, case: Case) -> int:
    """Return the version with which the open question was asked."""
    history = await stored.history(uow, case.community_id, case.number)
    return max(entry.version for entry in history if entry.move == "ask_resident")


async def open_for(uow: UnitOfWork, who: Person, number: int) -> bool:
    """Say whether the question about the case still waits for the person."""
    case = await stored.find(uow, who.community_id, number)
    return case is not None and case.status in TO_ANSWER and case.reporter_id == who.id


async def choose(uow: UnitOfWork, who: Person, number: int, choice: str, seen: int) -> Case:
    """Keep the ready answer that was pressed; raises Refusal when there is none such."""
    await cases.allowed(uow, who, number, "answer", seen)
    words = await _chosen(uow, who, number, choice)
    return await keep_answer(uow, who, number, Sent(words), seen)


async def _chosen(uow: UnitOfWork, who: Person, number: int, choice: str) -> str:
    said = await remarks.of(uow, who.community_id, number)
    asked = [one for one in said if one.kind is RemarkKind.QUESTION]
    answers = asked[-1].facts["answers"] if asked else []
    if not choice.isdecimal() or int(choice) >= len(answers):
        raise Refusal("toast.stale")
    words: str = answers[int(choice)]
    return words


async def _check(uow: UnitOfWork, who: Person, case: Case, move: str, given: list[str]) -> None:
    terms = (await community_of(uow, case.community_id)).terms
    permission.check(case, move, actor_of(case, who), uow.now, given=given, terms=terms)


async def _attach(
    uow: UnitOfWork, case: Case, who: Person, sent: Sent, remark_id: int | None
) -> None:
    if not sent.file_id:
        return
    known = await stored.attached(uow, case.community_id, case.number)
    if sent.file_unique_id in {one.file_unique_id for one in known if one.stage == "before"}:
        return
    one = Attachment(
        stage="before",
        kind=sent.file_kind,
        file_id=sent.file_id,
        file_unique_id=sent.file_unique_id,
        person_id=who.id,
        remark_id=remark_id,
        message_id=sent.message_id,
        seconds=sent.seconds or None,
    )
    stored.attach(uow, case, one)


async def _listen(uow: UnitOfWork, case: Case, to: str | None) -> None:
    """Let what the reporter sends next be the answer, or be a report again."""
    found = await people.find(uow, case.community_id, [case.reporter_id])
    reporter = found[case.reporter_id]
    await conversations.load(uow, [reporter.telegram_id])
    key = (reporter.telegram_id, reporter.telegram_id)
    conversations.move(uow, DIALOGUE, key, to)
