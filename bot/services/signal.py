"""Raises signals: as cases are reported, reopened, joined, and promised later and later.

The dispatchers are told once. What somebody does about a signal is in signal_answer.py.
"""

from collections.abc import Iterable
from typing import Any

from bot.domain import signal as rules
from bot.domain.area import NOWHERE, Area
from bot.domain.case import LEFT_OUT
from bot.domain.case_record import Case
from bot.domain.role import Role
from bot.domain.signal import Signal, SignalKind
from bot.services import tell_case
from bot.services.community import Community, community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases
from storage import person as people
from storage import signal as signals
from storage.counter import next_number
from storage.signal import Spot

KIND = "signal.card"
_WATCHED = "signals watched"
_LOOK = "signals"
MOST = 4  # cases that a signal shows as buttons


def watch(uow: UnitOfWork, case: Case) -> None:
    """Look, before the commit, whether there are many like it in its building.

    Once for a whole batch of reports: looking after each would have to write each by itself.
    """
    if case.building is None:
        return
    watched: dict[tuple[int, Spot], Case] = uow.cache.setdefault(_WATCHED, {})
    watched[case.community_id, (case.building, case.category)] = case
    uow.before_commit.setdefault(_LOOK, _look)


async def after_move(
    uow: UnitOfWork, community: Community, before: Case, after: Case, name: str
) -> None:
    """Raise what a move may raise: done again, promised later again, put somewhere else."""
    least = community.thresholds
    if after.round > before.round and after.round >= least.reopened:
        await _raise(uow, after, SignalKind.REOPENED, after.round)
    if name == "promise" and before.promise_at is not None:
        history = await cases.history(uow, after.community_id, after.number)
        moved = rules.moved_promises(one.move for one in history)
        if moved >= least.promises:
            await _raise(uow, after, SignalKind.PROMISES, moved)
    if (before.building, before.category) != (after.building, after.category):
        watch(uow, after)


async def neighbours_joined(uow: UnitOfWork, case: Case, n: int) -> None:
    """Raise a signal when many have this problem by now; `n` neighbours have joined it."""
    community = await community_of(uow, case.community_id)
    if n >= community.thresholds.neighbours:
        await _raise(uow, case, SignalKind.NEIGHBOURS, n)
        await _redraw(uow, community, case.community_id, [case.number])


async def _look(uow: UnitOfWork) -> None:
    """Raise a signal for each building in which there are enough cases of a category."""
    watched: dict[tuple[int, Spot], Case] = uow.cache.pop(_WATCHED)
    for community_id in {key[0] for key in watched}:
        held = {spot: case for (of, spot), case in watched.items() if of == community_id}
        for one in await signals.open_in(uow, community_id):
            if one.kind is SignalKind.ALIKE:  # it was said, and nobody has answered yet
                held.pop(one.spot, None)
        if held:
            await _raise_alike(uow, await community_of(uow, community_id), held)


async def _raise_alike(uow: UnitOfWork, community: Community, watched: dict[Spot, Case]) -> None:
    community_id = next(iter(watched.values())).community_id
    least, since = community.thresholds, uow.now - community.thresholds.alike_within
    but = sorted(LEFT_OUT)
    found = await signals.alike(uow, community_id, watched, since, but)
    for spot, reported in found.items():
        if len(reported) < least.alike:
            continue
        subject = rules.subject_of(*spot)
        last = await signals.last(uow, community_id, SignalKind.ALIKE, subject)
        after = max(since, last.closed_at) if last and last.closed_at else since
        first = rules.first_of_enough(reported, after, least.alike)
        if first is not None:
            counted = [number for number, _ in reported if number >= first]
            new = watched[spot], SignalKind.ALIKE, len(counted)
            await _raise(uow, *new, subject=subject, occurrence=str(first))
            await _redraw(uow, community, community_id, counted[:MOST])


async def _redraw(
    uow: UnitOfWork, community: Community, community_id: int, numbers: Iterable[int]
) -> None:
    """Let the desk's cards of these cases show the signal."""
    for number in numbers:
        case = await cases.find(uow, community_id, number)
        if case is not None:
            await tell_case.redraw_all(uow, community, case, desk=True)


async def _raise(
    uow: UnitOfWork,
    case: Case,
    kind: SignalKind,
    n: int,
    *,
    subject: str | None = None,
    occurrence: str | None = None,
) -> None:
    """Raise the signal unless this occurrence was raised before; that of a case is its round."""
    new = Signal(
        community_id=case.community_id,
        id=0,
        kind=kind,
        subject=subject or str(case.number),
        occurrence=occurrence or str(case.round),
        case_number=case.number,
        n=n,
        raised_at=uow.now,
    )
    if await signals.is_known(uow, new):
        return
    id_ = await next_number(uow, case.community_id, "signal")
    new = rules.numbered(new, id_)
    await signals.add(uow, new)
    community = await community_of(uow, case.community_id)
    facts = await facts_of(uow, community, new)
    area = await area_of(uow, community, new)
    for dispatcher in await people.holders(uow, case.community_id, [Role.DISPATCHER], area):
        if dispatcher.id != case.reporter_id:
            tell(uow, dispatcher, KIND, **facts)


async def area_of(uow: UnitOfWork, community: Community, one: Signal) -> Area:
    """Return in which part lies what the signal is about: its building, or its case."""
    if one.kind is SignalKind.ALIKE:
        building, _ = one.spot
        return community.area(building, "", None)
    case = await cases.find(uow, one.community_id, one.case_number)
    return case.area if case is not None else NOWHERE


async def facts_of(uow: UnitOfWork, community: Community, one: Signal) -> dict[str, Any]:
    """Return what the card of a signal shows."""
    case = await cases.find(uow, one.community_id, one.case_number)
    if case is None:
        raise LookupError(f"case {one.case_number} is gone")
    numbers, place, category = [case.number], case.place, case.category
    if one.kind is SignalKind.ALIKE:
        building, category = one.spot
        place = community.building_name(building)
        since = one.raised_at - community.thresholds.alike_within
        but = sorted(LEFT_OUT)
        held = await signals.alike(uow, one.community_id, [one.spot], since, but)
        first = int(one.occurrence)
        numbers = [number for number, _ in held.get(one.spot, ()) if number >= first]
    named = community.category_or_other(category)
    return {
        "signal": one.id,
        "what": one.kind.value,
        "n": one.n if one.kind is not SignalKind.ALIKE else max(one.n, len(numbers)),
        "days": community.thresholds.alike_within.days,
        "numbers": numbers[:MOST],
        "icon": named.icon,
        "name": named.name.model_dump(),
        "place": community.without_door(place, case.door),
        "closed_as": one.answer.value if one.answer else None,
    }
