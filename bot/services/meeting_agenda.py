"""The agenda of a meeting: made from rules, told to whose case it is, decided in the end.

Residents' topics are proposed and decided about in `topic`.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from bot.domain.action_item import ActionStatus
from bot.domain.agenda import CO_SIGNERS, MANY, MOST, TOPIC, Item, ItemStatus
from bot.domain.case import LEFT_OUT, SOLVED, UNFINISHED
from bot.domain.case_record import Case
from bot.domain.meeting import WEEKLY, Meeting
from bot.services import agenda as putting
from bot.services import topic
from bot.services.callback_due import concerned
from bot.services.community import Community
from bot.services.letter import tell
from bot.services.meeting_shown import brief, case_of, spoken_of
from bot.services.unit_of_work import UnitOfWork
from storage import action_item as actions
from storage import agenda
from storage import case as cases
from storage import meeting as meetings

_OF_MINUTES = {"owner", "until"}  # among the facts of an item
_AHEAD = {ItemStatus.WAITING, ItemStatus.PLACED}


async def compile_(uow: UnitOfWork, community: Community, one: Meeting) -> None:
    """Put on the agenda what waits for the series and is still open, each case once."""
    if one.series == WEEKLY:
        await _add_those_of_many(uow, community, one.community_id)
    for item in await agenda.of_series(uow, one.community_id, one.series, ItemStatus.PROPOSED):
        if item.meeting_id is None:
            agenda.change(uow, replace(item, meeting_id=one.id))
    seen: dict[int, Item] = {}
    room = MOST
    waiting = await agenda.of_series(uow, one.community_id, one.series)
    for item in sorted(waiting, key=lambda each: each.kind != TOPIC):  # of these people were told
        fitted = await _fitted(uow, one, item, seen)
        if fitted.status is ItemStatus.PLACED:
            room -= 1
        if room >= 0:
            agenda.change(uow, fitted)


async def _fitted(uow: UnitOfWork, one: Meeting, item: Item, seen: dict[int, Item]) -> Item:
    if await _was_done(uow, item):
        return _as(item, ItemStatus.DROPPED)
    fitted = _placed(uow, one, item, await case_of(uow, item), seen)
    if (elsewhere := await _elsewhere(uow, item)) is not None:
        return replace(_as(item, ItemStatus.TOGETHER), with_id=elsewhere.id)
    return fitted


async def _elsewhere(uow: UnitOfWork, item: Item) -> Item | None:
    """Return where the case waits, or is spoken of, in a series above: once is enough."""
    if item.case_number is None:
        return None
    for other in await agenda.of_case(uow, item.community_id, item.case_number):
        if other.series != item.series and other.status in _AHEAD:
            return other
    return None


def _placed(
    uow: UnitOfWork, one: Meeting, item: Item, case: Case | None, seen: dict[int, Item]
) -> Item:
    """Return the item as it goes into a meeting; `seen` are its cases so far."""
    if case is not None and _is_settled(case):
        return _as(item, ItemStatus.DROPPED)
    if case is not None and case.number in seen:
        return replace(_as(item, ItemStatus.TOGETHER), with_id=seen[case.number].id)
    late = {"late_days": _days_late(uow, case)} if case is not None else {}
    placed = replace(_as(item, ItemStatus.PLACED), meeting_id=one.id, facts={**item.facts, **late})
    if case is not None:
        seen[case.number] = placed
    return placed


async def _add_those_of_many(uow: UnitOfWork, community: Community, community_id: int) -> None:
    statuses = sorted(one.value for one in UNFINISHED)
    for number in await agenda.with_many(uow, community_id, statuses, CO_SIGNERS):
        case = await cases.find(uow, community_id, number)
        if case is not None:
            await putting.put(uow, community, case, MANY, WEEKLY)


async def _was_done(uow: UnitOfWork, item: Item) -> bool:
    """Say whether it is what a meeting decided, and what is done by now."""
    held = await actions.find(uow, item.community_id, item.facts.get("action", 0))
    return held is not None and held.status is not ActionStatus.OPEN


def _is_settled(case: Case) -> bool:
    return case.status in LEFT_OUT or case.status == SOLVED


def _days_late(uow: UnitOfWork, case: Case) -> int:
    late = case.solution_due is not None and case.status in UNFINISHED
    return max(0, (uow.now - case.solution_due).days) if late and case.solution_due else 0


def _as(item: Item, status: ItemStatus) -> Item:
    return replace(item, status=status, version=item.version + 1)


async def give_back(uow: UnitOfWork, one: Meeting) -> None:
    """Let what a meeting was to speak of wait for the next one of its series, as if unspoken."""
    for item in await agenda.of_meeting(uow, one.community_id, one.id):
        if item.status is ItemStatus.PLACED:
            facts = {name: held for name, held in item.facts.items() if name not in _OF_MINUTES}
            waits = replace(_as(item, ItemStatus.WAITING), meeting_id=None, facts=facts)
            agenda.change(uow, replace(waits, conclusion=None, said=None))
    await putting.let_go(uow, one)


async def tell_concerned(uow: UnitOfWork, community: Community, one: Meeting) -> Collection[int]:
    """Tell whose case is on the agenda, once for all of theirs; return who heard, by id."""
    mine: dict[int, list[int]] = {}
    found = {}
    for item in await spoken_of(uow, one):
        case = await case_of(uow, item)
        for who in await concerned(uow, case) if case is not None else []:
            if who.blocked_at is None:
                mine.setdefault(who.id, []).append(case.number if case else 0)
                found[who.id] = who
    for id_, numbers in mine.items():
        tell(uow, found[id_], "agenda.case_on", **brief(community, one), cases=numbers)
    return list(mine)


async def tell_put_off(uow: UnitOfWork, community: Community, one: Meeting) -> None:
    """Tell who was to hear of their case that nothing came of the meeting."""
    waiting = await agenda.of_series(uow, one.community_id, one.series)
    told: set[int] = set()
    for item in waiting:
        case = await case_of(uow, item)
        for who in await concerned(uow, case) if case is not None else []:
            if who.id not in told and await meetings.part(uow, one.community_id, one.id, who.id):
                told.add(who.id)
                tell(uow, who, "agenda.put_off", **brief(community, one), of_case=item.case_number)


async def decide_left(uow: UnitOfWork, community: Community, one: Meeting) -> None:
    """Let every topic come on that nobody has decided about: silence is a yes."""
    for item in await agenda.of_meeting(uow, one.community_id, one.id):
        if item.status is ItemStatus.PROPOSED:
            await topic.place(uow, community, item, one)


async def latest_of_case(uow: UnitOfWork, community: Community, case: Case) -> dict[str, Any]:
    """Return the last meeting that speaks, or spoke, of a case; nothing when none does."""
    for item in reversed(await agenda.of_case(uow, case.community_id, case.number)):
        if item.meeting_id is not None:
            held = await meetings.find(uow, case.community_id, item.meeting_id)
            return brief(community, held) if held else {}
    return {}
