"""Emergencies: filed at once, told with the numbers to call, and called out one by one.

Source: dialogues 6.7. It never replaces the telephone call.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain import audience
from bot.domain.case import ASKED, FIRST, Phase, Relation
from bot.domain.case_record import Case
from bot.domain.permission import Actor
from bot.domain.person import Person
from bot.domain.place import Place
from bot.domain.remark import RemarkKind
from bot.services import case as cases
from bot.services import clocks
from bot.services import draft as drafts
from bot.services.case_facts import case_facts
from bot.services.community import OTHER, WHOLE_BUILDING, Community, community_of
from bot.services.duty import on_duty
from bot.services.letter import tell
from bot.services.sent import Sent
from bot.services.unit_of_work import UnitOfWork
from storage import case as stored
from storage import person as people
from storage import remark
from storage.case import Attachment

SAME = timedelta(minutes=30)  # what is sent so soon after belongs to the emergency
_RULE = Actor(None, relation=Relation.RULE)
_CLOCK = Actor(None, relation=Relation.CLOCK)
_LOOKED_AT = 5  # reports: an emergency of just now is among the newest


async def hears(uow: UnitOfWork, who: Person, words: str) -> bool:
    """Say whether the words sound like an emergency."""
    community = await community_of(uow, who.community_id)
    return community.urgent_words.heard_in(words)


async def standing(uow: UnitOfWork, who: Person) -> Case | None:
    """Return the emergency that the person reported just now and that is not over."""
    for case in await stored.reported_by(uow, who.community_id, who.id, most=_LOOKED_AT):
        unfinished = case.urgent and case.status.phase is not Phase.CLOSED
        if unfinished and uow.now - case.reported_at <= SAME:
            return case
    return None


async def file(uow: UnitOfWork, who: Person, sent: Sent) -> Case:
    """File what was sent, with what the person was just writing, and call the first on duty.

    Whatever is still missing is asked afterwards.
    """
    draft = await drafts.add(uow, who, sent)
    community, held = await community_of(uow, who.community_id), draft.facts
    place = _place(community, who, held)
    if place is not None:
        held = {**held, **place.facts()}
        draft = draft.with_facts(**place.facts())
    draft = drafts.note(uow, draft, kind=held.get("kind") or OTHER, place=held.get("place") or "")
    called: list[Person] = []

    async def warn(case: Case) -> None:  # how to be safe comes before any card
        called.extend((await on_duty(uow, case))[:1])
        facts = await facts_of(uow, who, case)
        tell(uow, who, "case.urgent", called=called[0].name if called else None, **facts)

    case = await cases.report(uow, who, draft, urgent=True, first=warn)
    if not called:
        return case
    asked = audience.people([called[0].id])
    return await cases.make(uow, case, "offer", _RULE, given=["audience"], audience=asked)


def _place(community: Community, who: Person, held: Mapping[str, Any]) -> Place | None:
    """Return where to go if that is not what the draft says.

    Home instead of yesterday's place; the building when its unit was not said.
    """
    if drafts.stands_in(held):
        return community.place_of_home(who.home)
    if held.get("building") and not held.get("place"):
        return community.place_of_unit(held["building"], WHOLE_BUILDING)
    return None


async def facts_of(uow: UnitOfWork, who: Person, case: Case) -> dict[str, Any]:
    """Return what a letter about the emergency says to `who`: what to do and whom to call."""
    community = await community_of(uow, who.community_id)
    first = community.emergency_in(case.words)
    return {
        "case": await case_facts(uow, community, case, who),
        "first": first,
        "emergencies": [one for one in community.emergencies if one != first],
        "phone": community.phone,
    }


async def say_safe(uow: UnitOfWork, who: Person, number: int, words: str) -> Case:
    """Let all who come read, once, that the reporter is out of danger."""
    case = await cases.find(uow, who, number)
    return case if words in case.words else await add(uow, who, number, Sent(words))


async def add(uow: UnitOfWork, who: Person, number: int, sent: Sent) -> Case:
    """Let what was sent join the emergency: all who have it see it at once."""
    case = await cases.find(uow, who, number)
    await cases.check(uow, who, case, "supplement", ["content"])
    community = await community_of(uow, who.community_id)
    changes: dict[str, Any] = {}
    if sent.words:
        said = await remark.add(uow, case, RemarkKind.SUPPLEMENT, who.id, sent.words)
        changes["words"] = "\n".join(filter(None, (case.words, said.words)))[: drafts.WORDS_LIMIT]
    found = community.find_place(sent.words)
    if found and not (case.place and community.says_where(case.words)):  # home only stood in
        changes |= community.placed(_place(community, who, found.facts()) or found)
    known = {one.file_unique_id for one in await stored.attached(uow, *_key(case))}
    if sent.file_id and sent.file_unique_id not in known:
        one = Attachment(
            "before", sent.file_kind, sent.file_id, sent.file_unique_id, who.id,
            message_id=sent.message_id or None, seconds=sent.seconds or None,
        )  # fmt: skip
        stored.attach(uow, case, one)
    return await cases.move(uow, who, case.number, "supplement", given=["content"], **changes)


def _key(case: Case) -> tuple[int, int]:
    return case.community_id, case.number


async def calm(uow: UnitOfWork, who: Person, number: int) -> Case:
    """Let it be a report like any other, with the usual deadlines reckoned from the report on."""
    case = await cases.find(uow, who, number)
    community = await community_of(uow, case.community_id)
    dues = await clocks.corrected(uow, community, replace(case, urgent=False))
    given = ["category_or_place"]
    return await cases.move(uow, who, number, "correct", given=given, urgent=False, **dues)


async def call_next(uow: UnitOfWork, case: Case) -> Case:
    """Call the next one on duty beside those called before; after the last, the dispatchers."""
    asked = audience.ids_of(case.audience)
    waiting = [one for one in await on_duty(uow, case) if one.id not in asked]
    if not waiting:
        return await cases.make(uow, case, "next_tier", _CLOCK, to=FIRST, audience=None)
    wider = audience.people([*asked, waiting[0].id])
    moved = await cases.make(uow, case, "next_tier", _CLOCK, to=ASKED, audience=wider)
    await _say_who(uow, moved, waiting[0])
    return moved


async def _say_who(uow: UnitOfWork, case: Case, called: Person) -> None:
    """Tell the reporter that somebody else is being called as well."""
    reporter = (await people.find(uow, case.community_id, [case.reporter_id]))[case.reporter_id]
    community = await community_of(uow, case.community_id)
    facts = await case_facts(uow, community, case, reporter)
    tell(uow, reporter, "case.urgent_next", case=facts, called=called.name, phone=community.phone)
