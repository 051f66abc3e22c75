"""What is added to a case later: by answering a message about it, or after pressing "add".

Source: dialogues 6.4. Whoever has the case reads it at once; it can be taken out again.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain.case import Phase
from bot.domain.case_record import Case
from bot.domain.draft import DROPPED, OPEN, Draft
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.remark import Remark, RemarkKind
from bot.domain.role import Role
from bot.services import case as cases
from bot.services import draft as reports
from bot.services import picture
from bot.services.case_facts import case_facts
from bot.services.community import community_of
from bot.services.letter import tell
from bot.services.sent import Sent
from bot.services.tell_case import redraw_all
from bot.services.unit_of_work import UnitOfWork
from storage import case as stored
from storage import draft as drafts
from storage import letter, remark
from storage import person as people
from storage.case import Attachment
from storage.counter import next_number

NOUN = MOVE = "supplement"
WAITS = timedelta(minutes=30)  # after the button
FOLLOWS = timedelta(minutes=2)  # a picture or voice after the words, without words of its own


async def meant_by(uow: UnitOfWork, who: Person, message_id: int) -> Case | None:
    """Return the open case that a message of ours is about, if the person may add to it."""
    number = await letter.about(uow, who.community_id, who.telegram_id, message_id)
    case = await stored.find(uow, who.community_id, number) if number is not None else None
    if case is None or case.status.phase is Phase.CLOSED:
        return None
    try:
        await cases.check(uow, who, case, MOVE, ["content"])
    except Refusal:
        return None
    return case


async def add(
    uow: UnitOfWork,
    who: Person,
    number: int,
    sent: Sent,
    group: str | None,
    *,
    answer: str = "case.supplemented",
) -> None:
    """Add what was sent; the rest of its album (`group`), and files right after it, join it.

    `answer` is the kind of the letter that says so. Raises Refusal when it is not theirs to add,
    and when the case is closed.
    """
    case = await cases.find(uow, who, number)
    await cases.check(uow, who, case, MOVE, ["content"])
    said = await remark.of(uow, case.community_id, case.number)
    last = next((one for one in reversed(said) if one.person_id == who.id), None)
    goes_on = await _goes_on(uow, who, number, sent, group)
    await _added(uow, who, number, group)
    if goes_on and last is not None and last.kind is RemarkKind.SUPPLEMENT:
        await _attach(uow, who, case, sent, last)
        await _pass_on(uow, who, case, replace(sent, words=""))
        await redraw_all(uow, await community_of(uow, who.community_id), case)
        return
    one = await remark.add(uow, case, RemarkKind.SUPPLEMENT, who.id, sent.words, group=group)
    await _attach(uow, who, case, sent, one)
    case = await cases.move(uow, who, number, MOVE, given=["content"])
    await _pass_on(uow, who, case, sent)
    facts = await case_facts(uow, await community_of(uow, who.community_id), case, who)
    own = case.handler_id == who.id
    tell(uow, who, answer, silent=True, case=facts, remark=one.id, own=own)


async def _attach(uow: UnitOfWork, who: Person, case: Case, sent: Sent, one: Remark) -> None:
    known = {f.file_unique_id for f in await stored.attached(uow, case.community_id, case.number)}
    if sent.file_id and sent.file_unique_id not in known:
        file = Attachment(
            "before", sent.file_kind, sent.file_id, sent.file_unique_id, who.id, one.id,
            sent.message_id or None, seconds=sent.seconds or None,
        )  # fmt: skip
        stored.attach(uow, case, file)


async def _pass_on(uow: UnitOfWork, who: Person, case: Case, sent: Sent) -> None:
    """Show it to whoever has the case, to the dispatchers when nobody has."""
    if case.handler_id is not None:
        told = list((await people.find(uow, case.community_id, [case.handler_id])).values())
    else:
        told = await people.holders(uow, case.community_id, [Role.DISPATCHER], case.area)
    community = await community_of(uow, case.community_id)
    for one in told:
        if one.id == who.id:
            continue
        if sent.words:
            facts = await case_facts(uow, community, case, one)
            tell(uow, one, "task.supplemented", silent=True, case=facts, words=sent.words)
        files = await stored.attached(uow, case.community_id, case.number)
        picture.show(uow, one, case, [f for f in files if f.file_unique_id == sent.file_unique_id])


async def take_out(uow: UnitOfWork, who: Person, number: int, remark_id: int) -> str:
    """Take a supplement out of the case and let it begin a report; return the report's step.

    Raises Refusal when it is not theirs, or was taken out before.
    """
    case = await cases.find(uow, who, number)
    said = await remark.of(uow, case.community_id, number)
    one = next((one for one in said if one.id == remark_id), None)
    if one is None or one.person_id != who.id or one.kind is not RemarkKind.SUPPLEMENT:
        raise Refusal("refusal.not_yours", who=["reporter"])
    if one.taken_back_at is not None:
        raise Refusal("toast.stale")
    await cases.check(uow, who, case, MOVE, ["content"])
    files = await stored.attached(uow, case.community_id, number)
    await wait_no_more(uow, who)
    await remark.take_back(uow, one)
    await stored.detach(uow, case, one.id)
    await cases.move(uow, who, number, MOVE, given=["content"])
    draft = await reports.add(uow, who, Sent(one.words))
    for file in files:
        if file.remark_id == one.id:
            sent = Sent("", file.file_id, file.file_unique_id, file.kind)
            draft = await reports.add(uow, who, sent)
    return await reports.show(uow, who, draft)


# --- after the button "add": what comes next belongs to the case -----------------------------


async def begin(uow: UnitOfWork, who: Person, number: int) -> Case:
    """Wait for what the person wants to add; raises Refusal when it is not theirs to add."""
    case = await cases.find(uow, who, number)
    await cases.check(uow, who, case, MOVE, ["content"])
    await _wait(uow, who, {"number": number})
    return case


async def waited_for(
    uow: UnitOfWork, who: Person, group: str | None, *, worded: bool
) -> int | None:
    """Return the case to which what came now belongs, None when nothing is waited for.

    After the first message that is the rest of its album (`group`), and what comes without
    words (not `worded`) within FOLLOWS.
    """
    draft = await drafts.find_open(uow, who.community_id, who.id, NOUN)
    if draft is None:
        return None
    began = "added_at" in draft.facts
    if (
        _follows(draft, uow.now, group, worded=worded)
        if began
        else uow.now - draft.started_at <= WAITS
    ):
        return int(draft.facts["number"])
    await wait_no_more(uow, who)
    return None


async def wait_no_more(uow: UnitOfWork, who: Person) -> bool:
    """Wait no longer; say whether a first message was still waited for."""
    draft = await drafts.find_open(uow, who.community_id, who.id, NOUN)
    if draft is not None:
        drafts.change(uow, draft.ended(DROPPED))
    return draft is not None and "added_at" not in draft.facts


def _follows(draft: Draft, now: datetime, group: str | None, *, worded: bool) -> bool:
    """Say whether it belongs to what was added last."""
    if group is not None and draft.facts["group"] == group:
        return True
    since = now - datetime.fromisoformat(draft.facts["added_at"])
    return not worded and since <= FOLLOWS


async def _goes_on(
    uow: UnitOfWork, who: Person, number: int, sent: Sent, group: str | None
) -> bool:
    draft = await drafts.find_open(uow, who.community_id, who.id, NOUN)
    if draft is None or draft.facts["number"] != number or "added_at" not in draft.facts:
        return False
    return _follows(draft, uow.now, group, worded=bool(sent.words))


async def _added(uow: UnitOfWork, who: Person, number: int, group: str | None) -> None:
    """Keep what was added last, and when: a picture often follows the words."""
    await _wait(uow, who, {"number": number, "group": group, "added_at": uow.now.isoformat()})


async def _wait(uow: UnitOfWork, who: Person, facts: dict[str, Any]) -> None:
    """Let what the person sends next belong to a case; there is one such case at a time."""
    draft = await drafts.find_open(uow, who.community_id, who.id, NOUN)
    if draft is not None and draft.facts["number"] == facts["number"] and "added_at" in facts:
        drafts.change(uow, draft.with_facts(**facts))
        return
    await wait_no_more(uow, who)
    begun = Draft(
        id=await next_number(uow, who.community_id, "draft"),
        community_id=who.community_id,
        person_id=who.id,
        noun=NOUN,
        facts=facts,
        status=OPEN,
        started_at=uow.now,
        changed_at=uow.now,
    )
    drafts.add(uow, begun)
