"""Minimal mode: letters leave without doors and numbers; who has to know looks, and it is noted.

What a letter may show is decided here alone, when it is about to go; what stands behind the mark
is told in an answer to a press, which no chat keeps.
"""

from dataclasses import replace
from typing import Any

from bot.domain.case_record import Case
from bot.domain.guarded import MARK, Guard
from bot.domain.letter import Letter
from bot.domain.onbehalf import CHANNELS, phone_of
from bot.domain.person import Person
from bot.domain.privacy import DOOR_SEEN, PHONE_SEEN
from bot.domain.refusal import Refusal
from bot.logging import log
from bot.services import case as cases
from bot.services import doorstep
from bot.services.case_facts import knows_the_door
from bot.services.community import Community, community_of
from bot.services.onbehalf_phone import works_on
from bot.services.unit_of_work import UnitOfWork
from storage import audit
from storage import person as people
from storage import remark as remarks

_log = log("guarded")
Tables = dict[str, list[dict[str, Any]]]


async def letter(uow: UnitOfWork, one: Letter) -> Letter:
    """Return the letter as it may leave: as it is, or without doors and numbers of people.

    Of one that cannot be looked through nothing leaves but its kind: it holds up no other.
    """
    guard = await _guard(uow, one.community_id)
    try:
        return one if guard is None else guard.letter(one)
    except Exception as error:  # noqa: BLE001 - whatever is wrong, it is wrong with this letter
        _log.error("a letter leaves bare", letter=one.id, kind=one.kind, exc_info=error)
        return replace(one, facts={})


async def facts(uow: UnitOfWork, community_id: int, said: dict[str, Any]) -> dict[str, Any]:
    """Return the same of the facts of a file that leaves in a message."""
    guard = await _guard(uow, community_id)
    return said if guard is None else guard.facts(said)


async def tables(uow: UnitOfWork, community_id: int, held: Tables) -> Tables:
    """Return the same of tables that somebody takes along: that file is a message too."""
    guard = await _guard(uow, community_id)
    if guard is None:
        return held
    shown: Tables = guard.facts(held)
    doors = [{**row, "number": MARK} for row in shown.get("residences", ())]
    return {**shown, "residences": doors} if doors else shown


async def _guard(uow: UnitOfWork, community_id: int) -> Guard | None:
    try:
        community = await community_of(uow, community_id)
    except LookupError:  # of a newcomer who has not said which is theirs
        return None
    return community.guard if community.minimal else None


async def is_minimal(uow: UnitOfWork, who: Person) -> bool:
    """Say whether no message of the person's community shows a door or a number."""
    return (await community_of(uow, who.community_id)).minimal


async def look(uow: UnitOfWork, who: Person, number: int) -> dict[str, Any]:
    """Return what the messages about a case do not show, for who may know it; raises Refusal.

    `number`, `place` and `door`, and `said`: whom to call, and what people wrote that was hidden.
    That somebody looked at what is another's stands in the audit.
    """
    case = await cases.find(uow, who, number)
    if not knows_the_door(case, who):
        raise Refusal("refusal.not_yours", who=["handler"])
    community = await community_of(uow, who.community_id)
    phone = await _phone_of_reporter(uow, case, who)
    written = await _written(uow, community, case)
    written = [one for one in written if one not in {phone, case.door}]
    near = await _near(uow, community, case, who)
    if who.id != case.reporter_id and (case.door or phone or written):
        what = DOOR_SEEN if case.door or written else PHONE_SEEN
        await audit.add(
            uow, who.community_id, who.id, what, f"case:{number}", person=case.reporter_id
        )
    calls = [f"☎ {phone}"] if phone else []
    said = " · ".join([*calls, *([near] if near else []), *written])
    return {"number": str(number), "place": case.place, "door": case.door or "", "said": said}


async def _phone_of_reporter(uow: UnitOfWork, case: Case, who: Person) -> str | None:
    """Return the number of somebody who was registered, for the staff that works on the case."""
    if case.channel not in CHANNELS or not works_on(case, who):
        return None
    found = await people.find(uow, case.community_id, [case.reporter_id])
    return phone_of(found[case.reporter_id])


async def _near(uow: UnitOfWork, community: Community, case: Case, who: Person) -> str | None:
    """Return whom a handler calls before a door, where the number is not everybody's anyway."""
    near = await doorstep.of(uow, community, case, who)
    if near is None or near["whom"] is None:
        return None
    return f"{near['whom']} ☎ {near['phone']}"


async def _written(uow: UnitOfWork, community: Community, case: Case) -> list[str]:
    """Return what is hidden in the words of a case, each once, the newest first."""
    said = await remarks.of(uow, case.community_id, case.number)
    newest = [one.words for one in reversed(said) if one.taken_back_at is None]
    texts = [*newest, case.words, case.place, case.reason or "", case.outcome or ""]
    found = [one for text in texts for one in community.guard.hidden(text, case.door)]
    return [*dict.fromkeys(found)]
