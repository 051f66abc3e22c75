"""A message that was edited: the report in the making, or the case, says what it says now."""

from contextlib import suppress
from typing import Any

from bot.domain.case import Phase
from bot.domain.case_record import Case
from bot.domain.draft import Draft
from bot.domain.duplicate import place_key
from bot.domain.onbehalf import CHANNELS, without_phone
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.remark import RemarkKind
from bot.services import case as cases
from bot.services import correction
from bot.services import draft as drafts
from bot.services.community import community_of
from bot.services.sent import Sent
from bot.services.unit_of_work import UnitOfWork
from storage import draft as stored
from storage import remark

_LOOKED_AT = 20  # reports of the person, the newest first
_READ = ("place", "building", "unit", "door", "kind")  # what words may say by themselves


async def edit(uow: UnitOfWork, who: Person, sent: Sent) -> Draft | None:
    """Put the new words in the place of the old; return the open draft that they belong to.

    None when they belong to a case, or to nothing. Raises Refusal when they do not fit, and when
    the case is closed.
    """
    past = await stored.recent(uow, who.community_id, who.id, drafts.NOUN, _LOOKED_AT)
    draft = next((one for one in past if _holds(one, sent.message_id)), None)
    if draft is None:
        return None
    before, changed = _words_of(draft, sent.message_id), _edited(draft, sent)
    if len(changed.facts["words"]) > drafts.WORDS_LIMIT:
        raise Refusal("common.too_long", limit=drafts.WORDS_LIMIT)
    number = draft.facts.get("number")
    if number is not None:
        await _edit_case(uow, who, number, before, sent.words)
        drafts.note(uow, changed)
        return None
    if draft.status != "open":
        return None
    return drafts.note(uow, changed, **await _read_again(uow, who, draft, changed))


def _holds(draft: Draft, message_id: int) -> bool:
    return message_id in {number for number, _ in draft.facts.get("said", [])}


def _words_of(draft: Draft, message_id: int) -> str:
    return next(str(words) for number, words in draft.facts["said"] if number == message_id)


def _edited(draft: Draft, sent: Sent) -> Draft:
    said = [
        [number, sent.words if number == sent.message_id else words]
        for number, words in draft.facts["said"]
    ]
    return draft.with_facts(said=said, words="\n".join(words for _, words in said if words))


async def _read_again(uow: UnitOfWork, who: Person, old: Draft, new: Draft) -> dict[str, Any]:
    """Return place and category from the new words, where those of the old ones stood."""
    community = await community_of(uow, who.community_id)
    blank = dict.fromkeys(_READ)
    was = drafts.understood(community, who, {**old.facts, **blank})
    kept = {name: old.facts.get(name) for name in _READ if old.facts.get(name) != was.get(name)}
    facts = {**new.facts, **blank, **kept}
    return {**blank, **kept, **drafts.understood(community, who, facts)}


async def _edit_case(uow: UnitOfWork, who: Person, number: int, before: str, after: str) -> None:
    case = await cases.find(uow, who, number)
    if case.status.phase is Phase.CLOSED:
        raise Refusal("refusal.edit_closed", number=number)
    if case.channel in CHANNELS:
        before, after = without_phone(before), without_phone(after)
    changed = (
        case.words.replace(before, after, 1) if before in case.words else f"{case.words}\n{after}"
    )
    now = await cases.move(uow, who, number, "supplement", given=["content"], words=changed)
    await remark.add(uow, case, RemarkKind.SUPPLEMENT, who.id, after, edited=before)
    await _put_place_right(uow, who, now, before, after)


async def _put_place_right(
    uow: UnitOfWork, who: Person, case: Case, before: str, after: str
) -> None:
    """Let the case be where the new words say, unless its place was put right by hand."""
    community = await community_of(uow, who.community_id)
    was, found = community.find_place(before), community.find_place(after)
    if found is None or not found.text or place_key(found.facts()) == case.place_key:
        return
    if was is not None and place_key(was.facts()) != case.place_key:
        return
    with suppress(Refusal):  # where it cannot be moved any more the words say it
        await correction.place(uow, who, case.number, case.version, found)
