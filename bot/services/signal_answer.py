"""What dispatchers and supervisors do about signals: look, put on the agenda, note."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.domain.area import NOWHERE, Area
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.remark import RemarkKind
from bot.domain.role import Role
from bot.domain.signal import Answer, Signal
from bot.services import agenda
from bot.services.community import Community, community_of
from bot.services.signal import area_of, facts_of
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases
from storage import remark as remarks
from storage import signal as signals

WHO = (Role.DISPATCHER, Role.SUPERVISOR)


def may_see(who: Person, area: Area) -> bool:
    """Say whether the person is shown signals about what lies there."""
    return who.holds_in(area, *WHO)


def check(who: Person, area: Area = NOWHERE) -> None:
    """Raise Refusal for whoever is neither dispatcher nor supervisor there; anywhere at all."""
    if not may_see(who, area):
        raise Refusal("refusal.not_yours", who=[one.value for one in WHO])


async def count(uow: UnitOfWork, who: Person) -> int:
    """Return how many signals wait for an answer; none for those who are not shown any."""
    return len(await _seen(uow, who)) if who.holds_somewhere(*WHO) else 0


async def areas_of(uow: UnitOfWork, community: Community, held: Iterable[Signal]) -> list[Area]:
    """Return in which part each of the signals lies."""
    held = list(held)
    await _load(uow, held)
    return [await area_of(uow, community, one) for one in held]


async def _load(uow: UnitOfWork, held: Sequence[Signal]) -> None:
    """Read the cases that the signals are about at once."""
    for community_id in {one.community_id for one in held}:
        await cases.load(uow, community_id, {one.case_number for one in held})


async def _seen(uow: UnitOfWork, who: Person) -> list[Signal]:
    """Return the open signals about what lies where the person serves."""
    held = await signals.open_in(uow, who.community_id)
    if who.holds(*WHO):
        return list(held)
    areas = await areas_of(uow, await community_of(uow, who.community_id), held)
    return [one for one, area in zip(held, areas, strict=True) if may_see(who, area)]


async def listing(uow: UnitOfWork, who: Person, *, page: int, per_page: int) -> dict[str, Any]:
    """Return one page of what waits for an answer; raises Refusal for those who may not see it."""
    check(who)
    held, community = await _seen(uow, who), await community_of(uow, who.community_id)
    pages = max(1, -(-len(held) // per_page))
    page = min(page, pages - 1)
    shown = held[page * per_page : (page + 1) * per_page]
    await _load(uow, shown)
    items = [await facts_of(uow, community, one) for one in shown]
    return {"items": items, "page": page, "pages": pages, "total": len(held)}


async def find(uow: UnitOfWork, who: Person, signal_id: int) -> Signal:
    """Return the signal; raises Refusal when there is none, or it is not theirs to see."""
    check(who)
    one = await signals.find(uow, who.community_id, signal_id)
    if one is None:
        raise Refusal("toast.stale")
    check(who, await area_of(uow, await community_of(uow, who.community_id), one))
    return one


async def close(uow: UnitOfWork, who: Person, signal_id: int, said: Answer) -> Signal:
    """Close the signal: noted, or put on the next weekly agenda.

    Raises Refusal when somebody has answered it before.
    """
    one = await find(uow, who, signal_id)
    if one.closed_at is not None:
        raise Refusal("toast.signal_closed")
    closed = await signals.close(uow, one, who.id, said)
    if closed is None:
        raise RuntimeError("a signal was closed twice in one transaction")
    case = await cases.find(uow, who.community_id, one.case_number)
    if said is Answer.AGENDA and case is not None:
        about = {"series": agenda.WEEKLY, "signal": one.id}
        await remarks.add(uow, case, RemarkKind.AGENDA, who.id, "", **about)
        here = await community_of(uow, who.community_id)
        await agenda.put(uow, here, case, agenda.SIGNAL, agenda.WEEKLY, signal=one.id)
    return closed


async def facts(uow: UnitOfWork, one: Signal) -> dict[str, Any]:
    """Return what the card of the signal shows."""
    return await facts_of(uow, await community_of(uow, one.community_id), one)
