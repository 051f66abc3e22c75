"""Residents' topics: proposed in words or by voice, decided by the secretary, always answered.

What is alike goes together: one decision answers all who proposed it.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain import agenda as rules
from bot.domain.agenda import TOPIC, Item, ItemStatus
from bot.domain.meeting import AHEAD, INVITED, WEEKLY, WORDS, Meeting, topics_until
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.services import invitation, series
from bot.services.community import Community, community_of
from bot.services.letter import tell
from bot.services.meeting_shown import brief, spoken_of
from bot.services.meeting_staff import find, is_staff, secretaries
from bot.services.unit_of_work import UnitOfWork
from storage import agenda
from storage import meeting as meetings
from storage import person as people

REASONS = ("price", "full", "report", "other")  # why not this time
OTHER = "other"
_OPEN = {ItemStatus.PROPOSED, ItemStatus.PLACED, ItemStatus.WAITING}


async def propose(
    uow: UnitOfWork, who: Person, meeting_id: int, words: str, voice: str | None = None
) -> dict[str, Any]:
    """Take a topic for a meeting, or for the next one that still takes any; raises Refusal."""
    words = words.strip()
    if not words and voice is None:
        raise Refusal("refusal.needs_words")
    if len(words) > WORDS:
        raise Refusal("common.too_long", limit=WORDS)
    community = await community_of(uow, who.community_id)
    asked = await meetings.find(uow, who.community_id, meeting_id) if meeting_id else None
    wanted = asked.series if asked else WEEKLY
    target = await _target(uow, community, who.community_id, wanted, asked)
    first = await _alike(uow, who.community_id, wanted, words)
    made = Item(
        who.community_id,
        0,
        wanted,
        TOPIC,
        None,
        None,
        uow.now,
        status=ItemStatus.TOGETHER if first else ItemStatus.PROPOSED,
        meeting_id=target.id if target and not first else None,
        words=words or None,
        voice=voice,
        person_id=who.id,
        with_id=first.id if first else None,
    )
    kept = await agenda.keep(uow, made)
    if first is None:
        await _ask(uow, community, kept, target)
    return await _received(uow, community, kept, first, target)


async def _target(
    uow: UnitOfWork, community: Community, community_id: int, code: str, asked: Meeting | None
) -> Meeting | None:
    """Return the meeting that was meant, or the first of its series if it is too late."""
    ahead = await meetings.in_status(uow, community_id, AHEAD)
    for one in sorted(ahead, key=lambda one: asked is None or one.id != asked.id):
        if one.series == code and topics_until(one, community.calendar.zone) > uow.now:
            return one
    return None


async def _alike(uow: UnitOfWork, community_id: int, code: str, words: str) -> Item | None:
    held = [
        one
        for status in _OPEN
        for one in await agenda.of_series(uow, community_id, code, status)
        if one.kind == TOPIC and one.words
    ]
    found = rules.alike(words, {one.id: one.words or "" for one in held})
    return next((one for one in held if one.id == found), None)


async def _ask(uow: UnitOfWork, community: Community, item: Item, target: Meeting | None) -> None:
    about = brief(community, target) if target else {}
    for who in await _judges(uow, item, target):
        if item.voice is not None:
            tell(uow, who, "agenda.voice", voice=item.voice)
        tell(uow, who, "agenda.proposed", **await facts(uow, community, item), meeting=about)


async def _judges(uow: UnitOfWork, item: Item, target: Meeting | None) -> list[Person]:
    if target is not None:
        return await secretaries(uow, target)
    community = await community_of(uow, item.community_id)
    held = (await series.all_of(uow, community, item.community_id)).get(item.series)
    nobody = Meeting(item.community_id, 0, item.series, "", next(iter(AHEAD)), 0, "", "",
                     uow.now, 0, held.secretary if held else None)  # fmt: skip
    return await secretaries(uow, nobody)


async def _received(
    uow: UnitOfWork,
    community: Community,
    item: Item,
    first: Item | None,
    target: Meeting | None,
) -> dict[str, Any]:
    """Return what the person hears at once: until when they get an answer, who thinks alike."""
    settled = first is not None and first.status is not ItemStatus.PROPOSED
    until = topics_until(target, community.calendar.zone) if target else None
    return {
        **await facts(uow, community, item),
        "neighbours": len(await _companions(uow, first)) - 1 if first else 0,
        "settled": settled,
        "answer_by": _iso(until),
        "zone": community.zone,
    }


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""


async def _companions(uow: UnitOfWork, first: Item) -> list[Item]:
    """Return the topic and those that go along with it."""
    return [first, *await agenda.together_with(uow, first.community_id, first.id)]


async def facts(uow: UnitOfWork, community: Community, item: Item) -> dict[str, Any]:
    """Return what is shown of a topic, and how many go along with it."""
    others = await agenda.together_with(uow, item.community_id, item.id)
    return {
        "id": item.id,
        "version": item.version,
        "words": community.without_door(item.words or ""),
        "voice": item.voice is not None,
        "together": len(others),
    }


# --- deciding ---------------------------------------------------------------------------


async def to_decide(uow: UnitOfWork, who: Person, id_: int) -> tuple[Item, Meeting | None]:
    """Return a topic that waits for a decision, and its meeting; raises Refusal."""
    item = await agenda.find(uow, who.community_id, id_)
    if item is None or item.kind != TOPIC:
        raise Refusal("toast.stale")
    one = await find(uow, who, item.meeting_id) if item.meeting_id else None
    if not (is_staff(who, one) if one else who in await _judges(uow, item, None)):
        raise Refusal("refusal.not_yours", who=["organizer"])
    if item.status is not ItemStatus.PROPOSED:
        raise Refusal("toast.topic_decided")
    return item, one


async def to_show(uow: UnitOfWork, who: Person, id_: int) -> dict[str, Any]:
    """Return what is shown of a topic that waits for a decision; raises Refusal."""
    item, one = await to_decide(uow, who, id_)
    community = await community_of(uow, who.community_id)
    about = brief(community, one) if one else {}
    return {**await facts(uow, community, item), "meeting": about}


async def accept(uow: UnitOfWork, who: Person, id_: int) -> Item:
    """Let the topic come onto the agenda; raises Refusal."""
    item, one = await to_decide(uow, who, id_)
    return await place(uow, await community_of(uow, who.community_id), item, one)


async def place(uow: UnitOfWork, community: Community, item: Item, one: Meeting | None) -> Item:
    """Put the topic on the agenda: at once where it stands already, else when it is made."""
    on = one is not None and one.status in INVITED
    placed = replace(
        item,
        status=ItemStatus.PLACED if on else ItemStatus.WAITING,
        meeting_id=one.id if on and one else None,
        version=item.version + 1,
    )
    agenda.change(uow, placed)
    on_it = [each.id for each in await spoken_of(uow, one)] if on and one else []
    at = on_it.index(item.id) + 1 if on_it else 0
    about = brief(community, one) if one else {}
    await _answer(uow, community, placed, "agenda.on", at=at, meeting=about)
    if on and one:
        for each in await _companions(uow, placed):
            if each.person_id is not None:
                await invitation.let_in(uow, one, each.person_id)
    return placed


async def refuse(uow: UnitOfWork, who: Person, id_: int, reason: str, *, later: bool) -> Item:
    """Say why not this time; `later` keeps it for the next meeting. Raises Refusal."""
    item, one = await to_decide(uow, who, id_)
    if not reason.strip() or reason == OTHER:
        raise Refusal("refusal.needs_words")
    if len(reason) > WORDS:
        raise Refusal("common.too_long", limit=WORDS)
    after_it = one.starts_at if one else uow.now
    ahead = await meetings.in_status(uow, who.community_id, AHEAD)
    following = next(
        (each for each in ahead if each.series == item.series and each.starts_at > after_it), None
    )
    said = replace(
        item,
        status=ItemStatus.WAITING if later else ItemStatus.REFUSED,
        meeting_id=None,
        answer=reason.strip(),
        version=item.version + 1,
    )
    agenda.change(uow, said)
    community = await community_of(uow, who.community_id)
    about = brief(community, following) if following and later else {}
    kind = "agenda.later" if later else "agenda.not_on"
    await _answer(uow, community, said, kind, reason=reason.strip(), meeting=about)
    return said


async def _answer(
    uow: UnitOfWork, community: Community, item: Item, kind: str, **more: Any
) -> None:
    """Tell everybody who proposed it."""
    told = set()
    for each in await _companions(uow, item):
        if each.person_id is None or each.person_id in told:
            continue
        told.add(each.person_id)
        found = await people.find(uow, item.community_id, [each.person_id])
        for who in found.values():
            tell(uow, who, kind, **await facts(uow, community, each), **more)
