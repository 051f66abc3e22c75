"""What people do about an outage: begin it, move its end, end it, answer whether it is over."""

from datetime import datetime
from typing import Any

from bot.domain import outage as rules
from bot.domain.area import BUILDING, ESTATE, Area, scope
from bot.domain.case_record import Case
from bot.domain.level import acts
from bot.domain.outage import Outage, Said
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.role import Role
from bot.services import case as cases
from bot.services import outage_end, outage_shown, tell_case
from bot.services.callback_due import concerned
from bot.services.community import Community, community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import outage as outages
from storage.counter import next_number

MOVE = "outage"
_GIVEN = ("time",)


async def check_may_begin(uow: UnitOfWork, case: Case) -> None:
    """Raise Refusal when nothing of this kind can be off, or it is said to be off already."""
    community = await community_of(uow, case.community_id)
    kind = community.category_or_other(case.category).kind
    one = await outage_shown.of_case(uow, case)
    if not rules.may_be(case.category, kind) or case.estate is None:
        raise Refusal("refusal.no_outage")
    if one is not None and one.ended_at is None:
        raise Refusal("toast.outage_known")


def places(community: Community, case: Case, who: Person) -> dict[str, str]:
    """Return names by scope of where the person may say that it is off: the estate comes last."""
    found = {}
    for tile in community.building_tiles():
        area = community.area(tile["code"], "", None)
        if area.estate == case.estate and _may(who, case, area):
            found[scope(BUILDING, tile["code"])] = tile["name"]
    if case.estate is not None and _may(who, case, Area(case.estate)):
        found[scope(ESTATE, case.estate)] = community.estate_name(case.estate)
    return found


def _may(who: Person, case: Case, area: Area) -> bool:
    return who.holds_in(area, Role.DISPATCHER) or acts(case, who)


async def begin(
    uow: UnitOfWork, who: Person, number: int, seen: int, scopes: list[str], until: datetime
) -> Case:
    """Let the case be the master of an outage; who is concerned already hears of it.

    Raises Stale, or Refusal: not theirs, no place, a time that is over or too far ahead.
    """
    case = await cases.allowed(uow, who, number, MOVE, seen)
    await check_may_begin(uow, case)
    community = await community_of(uow, case.community_id)
    offered = places(community, case, who)
    if not scopes or not offered.keys() >= set(scopes):
        raise Refusal("refusal.no_outage_place")
    _check_time(until, uow.now)
    one = Outage(
        community_id=case.community_id,
        id=await next_number(uow, case.community_id, "outage"),
        version=1,
        case_number=number,
        category=case.category,
        what=rules.named(case.words, case.category, uow.given["outage_words"]),
        scopes=tuple(scopes),
        until=until,
        started_at=uow.now,
        started_by=who.id,
    )
    outages.add(uow, one)
    outage_end.plan(uow, one)
    moved = await cases.move(uow, who, number, MOVE, seen=seen, given=_GIVEN)
    await _tell(uow, who, moved, "outage.on", one)
    return moved


def _check_time(until: datetime, now: datetime) -> None:
    if until <= now:
        raise Refusal("refusal.past_time")
    if until - now > rules.LONGEST:
        raise Refusal("refusal.outage_far", days=rules.LONGEST.days)


async def current(uow: UnitOfWork, who: Person, outage_id: int, seen: int) -> tuple[Outage, Case]:
    """Return the outage and its case, of which the person may change the end.

    Raises Refusal: unknown or not theirs, over, or changed by somebody else meanwhile.
    """
    one = await outages.find(uow, who.community_id, outage_id)
    if one is None or one.case_number is None:
        raise Refusal("toast.stale")
    case = await cases.allowed(uow, who, one.case_number, MOVE)
    if one.ended_at is not None:
        raise Refusal("toast.outage_over")
    if one.version != seen:
        raise Refusal("toast.outage_changed")
    return one, case


async def move_end(
    uow: UnitOfWork, who: Person, outage_id: int, seen: int, until: datetime
) -> Case:
    """Move the end, also of one whose time has just passed; those who joined are told once."""
    one, case = await current(uow, who, outage_id, seen)
    _check_time(until, uow.now)
    if until == one.until:
        return case
    moved = one.changed(until=until)
    outages.change(uow, moved)
    outage_end.plan(uow, moved)
    case = await cases.move(uow, who, case.number, MOVE, given=_GIVEN)
    await _tell(uow, who, case, "outage.moved", moved)
    return case


async def end_now(uow: UnitOfWork, who: Person, outage_id: int, seen: int) -> Case:
    """End it now: everybody is asked whether it is over."""
    one, case = await current(uow, who, outage_id, seen)
    await outage_end.end(uow, one)
    return await cases.move(uow, who, case.number, MOVE, given=_GIVEN)


async def _tell(uow: UnitOfWork, by: Person, case: Case, kind: str, one: Outage) -> None:
    community = await community_of(uow, case.community_id)
    for who in await concerned(uow, case):
        if who.id != by.id and who.blocked_at is None:
            tell(uow, who, kind, **outage_shown.facts_of(community, one))


async def hear(uow: UnitOfWork, who: Person, outage_id: int, said: Said) -> dict[str, Any]:
    """Keep what somebody answers who was asked; the desk's card counts it.

    Raises Refusal for whoever was not asked. Returns what the answer to it shows.
    """
    one = await outages.find(uow, who.community_id, outage_id)
    asked, before = (False, None) if one is None else await outages.said_by(uow, one, who.id)
    if one is None or not asked:
        raise Refusal("toast.stale")
    community = await community_of(uow, who.community_id)
    facts = {**outage_shown.facts_of(community, one), "master": one.case_number}
    if said is before:
        return facts
    outages.say(uow, one, who.id, said)
    case = await outage_shown.master_of(uow, one)
    if case is not None:
        await tell_case.redraw_all(uow, community, case)
        if said is Said.NOT_YET and not one.not_yet:  # the desk hears of the first of them
            await tell_case.tell_dispatchers(uow, community, case, "desk.outage_not_yet")
    return facts
