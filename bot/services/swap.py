"""Somebody cannot come: one eligible neighbour after another is asked to stand in.

Two hours of service each, the least recently asked first, then the nearest; never who said "not
this month". Who was asked may still say yes while nobody else has.
"""

from datetime import timedelta

from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.roster import Candidate, Overlap, Roster, cover, overlap, rest_of_month
from bot.domain.shift import (
    EXPECTED,
    ON,
    WHY,
    Answer,
    Duty,
    DutyStatus,
    Shift,
    ShiftStatus,
    Swap,
    SwapStatus,
)
from bot.services import roster_table, shift_due
from bot.services.community import Community, community_of
from bot.services.letter import tell
from bot.services.roster_book import book_of, others_of
from bot.services.roster_shown import duty_facts, leaders, person_of, place_of, shift_facts, where
from bot.services.unit_of_work import UnitOfWork
from storage import due
from storage import person as people
from storage import roster as rosters
from storage import shift as shifts
from storage import swap as swaps
from storage.counter import next_number
from storage.due import Due
from storage.swap import Ask

WAIT = "swap_wait"
PATIENCE = timedelta(hours=2)  # of service
_FAR = 2
# When all were asked, whoever was silent may still say yes.
_MAY_END_WELL = {SwapStatus.OPEN, SwapStatus.NOBODY}


async def standing(uow: UnitOfWork, duty: Duty) -> tuple[Roster, Shift]:
    """Return the roster and the shift of a duty on which it can still be said who comes.

    Raises Refusal when the shift was cancelled, has begun or is over.
    """
    found = await where(uow, duty)
    if found is None or found[1].status is not ShiftStatus.PUBLISHED:
        raise Refusal("toast.stale")
    roster, shift = found
    if shift.starts <= uow.now:
        raise Refusal("refusal.shift_began")
    return roster, shift


async def begin(uow: UnitOfWork, who: Person, duty_id: int, why: str) -> Duty:
    """Look for somebody who goes instead of the person; raises Refusal."""
    duty = await mine(uow, who, duty_id)
    roster, shift = await standing(uow, duty)
    if duty.status not in EXPECTED or why not in WHY:
        raise Refusal("toast.stale")
    if duty.status is DutyStatus.SEEKING:
        raise Refusal("toast.looking_already")
    seeking = shifts.change_duty(uow, duty.changed(status=DutyStatus.SEEKING))
    id_ = await next_number(uow, duty.community_id, "swap")
    swap = swaps.add(uow, Swap(duty.community_id, id_, duty.id, why, uow.now))
    await _ask_next(uow, roster, shift, swap)
    await roster_table.redraw(uow, roster.id, roster.community_id, shift.planned)
    return seeking


async def mine(uow: UnitOfWork, who: Person, duty_id: int) -> Duty:
    """Return the person's duty; raises Refusal for nobody's and somebody else's."""
    found = await shifts.find_duty(uow, who.community_id, duty_id)
    if found is None or found.person_id != who.id:
        raise Refusal("refusal.not_your_duty")
    return found


async def end(uow: UnitOfWork, duty: Duty, status: SwapStatus) -> None:
    """End the search for a duty, if there is one."""
    for one in await swaps.open_for(uow, duty.community_id, [duty.id]):
        swaps.close(uow, one, status)
        due.cancel(uow, duty.community_id, WAIT, str(one.id))


async def _ask_next(uow: UnitOfWork, roster: Roster, shift: Shift, swap: Swap) -> None:
    """Ask the next one; when all were asked, whoever looks hears so."""
    community = await community_of(uow, roster.community_id)
    wanted = await _candidates(uow, community, roster, shift, swap)
    if not wanted:
        await _give_up(uow, roster, shift, swap)
        return
    swaps.ask(uow, Ask(roster.community_id, swap.id, wanted[0], uow.now))
    until = community.calendar.add_service_time(uow.now, PATIENCE)
    row = Due(roster.community_id, WAIT, str(swap.id), str(wanted[0]), min(until, shift.starts))
    await due.plan(uow, row)
    who = await person_of(uow, roster.community_id, wanted[0])
    facts = shift_facts(community, roster, shift)
    tell(uow, who, "patrol.swap_ask", **facts, swap=swap.id, minutes=_minutes(shift))


async def _give_up(uow: UnitOfWork, roster: Roster, shift: Shift, swap: Swap) -> None:
    """Tell who looks that all were asked; the leader hears of it at T-12 h, or now if later."""
    swaps.close(uow, swap, SwapStatus.NOBODY)
    held = await shifts.on(uow, shift.community_id, shift.id)
    for duty in (one for one in held if one.id == swap.duty_id):
        who = await person_of(uow, shift.community_id, duty.person_id)
        tell(uow, who, "patrol.nobody", **await duty_facts(uow, roster, shift, duty))
    if uow.now >= shift.starts - shift_due.TWELVE:
        on = [one for one in held if one.status in ON]
        await shift_due.tell_leader(uow, roster, shift, on)


def _minutes(shift: Shift) -> int:
    return (shift.ends - shift.starts) // timedelta(minutes=1)


async def _candidates(
    uow: UnitOfWork, community: Community, roster: Roster, shift: Shift, swap: Swap
) -> list[int]:
    """Return who can be asked and was not asked yet, in their order."""
    held = await shifts.on(uow, roster.community_id, shift.id)
    asked = {one.person_id for one in await swaps.asks(uow, roster.community_id, swap.id)}
    never = asked | {one.person_id for one in held}
    book = await book_of(uow, community, roster)
    ids = [one.person_id for one in book.members if one.person_id not in never]
    known = await people.find(uow, roster.community_id, ids)
    last = await swaps.last_asked(uow, roster.community_id, ids)
    candidates = [
        Candidate(one, last.get(one.person_id), _distance(community, roster, known[one.person_id]))
        for one in book.members
        if one.person_id in known
    ]
    return cover(book, shift, candidates, roster.skills)


def _distance(community: Community, roster: Roster, who: Person) -> int:
    """Return how far somebody lives from the place: 0 the same building, 1 estate, 2 farther."""
    if not who.home:
        return _FAR
    place = community.place_of_code(roster.place)
    building = place.building if place else None
    if building is not None and who.home.partition("-")[0] == building:
        return 0
    there = community.area(building, place_of(community, roster), None)
    here = community.area_of_home(who.home)
    return 1 if there.is_known and there.estate == here.estate else _FAR


async def wait_over(uow: UnitOfWork, row: Due) -> None:
    """Two hours have passed: ask the next one, unless somebody has said something."""
    swap = await swaps.find(uow, row.community_id, int(row.subject))
    if swap is None or swap.status is not SwapStatus.OPEN:
        return
    asked = await swaps.asks(uow, row.community_id, swap.id)
    waiting = next((one for one in asked if str(one.person_id) == row.occurrence), None)
    duty = await shifts.find_duty(uow, row.community_id, swap.duty_id)
    if waiting is None or waiting.answer is not None or duty is None:
        return
    swaps.say(uow, waiting, Answer.SILENT)
    found = await where(uow, duty)
    if found is not None and found[1].starts > uow.now:
        await _ask_next(uow, *found, swap)


async def say(
    uow: UnitOfWork, who: Person, swap_id: int, said: Answer, *, sure: bool = False
) -> Duty | Overlap:
    """Take what somebody says who was asked; return their new duty, if they have one now.

    SHORT says that a short overlap has to be agreed to first, NONE that they do not go. Raises
    Refusal when nobody asked them, somebody else goes by now, or they are elsewhere then.
    """
    swap = await swaps.find(uow, who.community_id, swap_id)
    asked = [] if swap is None else await swaps.asks(uow, who.community_id, swap.id)
    mine_ = next((one for one in asked if one.person_id == who.id), None)
    if swap is None or mine_ is None:
        raise Refusal("refusal.not_your_duty")
    duty = await shifts.find_duty(uow, who.community_id, swap.duty_id)
    assert duty is not None
    roster, shift = await standing(uow, duty)
    if swap.status not in _MAY_END_WELL or duty.status is not DutyStatus.SEEKING:
        raise Refusal("toast.somebody_goes")
    if mine_.answer not in {None, Answer.SILENT}:
        raise Refusal("toast.stale")
    if said is Answer.YES:
        return await _stand_in(uow, roster, shift, swap, who, mine_, sure=sure)
    swaps.say(uow, mine_, said)
    if said is Answer.NOT_THIS_MONTH:
        await rest_from_cover(uow, who)
    if mine_.answer is None:  # of a silent one the next was asked already
        due.cancel(uow, who.community_id, WAIT, str(swap.id))
        await _ask_next(uow, roster, shift, swap)
    return Overlap.NONE


async def rest_from_cover(uow: UnitOfWork, who: Person) -> None:
    """Ask the person no more until the end of the local month."""
    calendar = (await community_of(uow, who.community_id)).calendar
    rests = rest_of_month(who.id, calendar.local(uow.now).date())
    known = await rosters.away(uow, who.community_id, [who.id], rests.first)
    if not any(one.only_cover and one.last >= rests.last for one in known):
        rosters.be_away(uow, who.community_id, rests)


async def _stand_in(
    uow: UnitOfWork, roster: Roster, shift: Shift, swap: Swap, who: Person, ask: Ask, *, sure: bool
) -> Duty | Overlap:
    duty = await shifts.find_duty(uow, who.community_id, swap.duty_id)
    assert duty is not None
    met = overlap(shift, await others_of(uow, who.community_id, who.id, but=shift.id))
    if met is Overlap.HARD:
        raise Refusal("refusal.elsewhere_then")
    if met is Overlap.SHORT and not sure:
        return met
    swaps.say(uow, ask, Answer.YES)
    await end(uow, duty, SwapStatus.FOUND)
    swaps.close(uow, swap, SwapStatus.FOUND)
    shifts.change_duty(uow, duty.changed(status=DutyStatus.GIVEN))
    taken = await put_on(uow, shift, who.id, DutyStatus.COMING, instead_of=duty.person_id)
    await _tell_others(uow, roster, shift, duty, taken)
    await roster_table.redraw(uow, roster.id, roster.community_id, shift.planned)
    return taken


async def put_on(
    uow: UnitOfWork, shift: Shift, person_id: int, status: DutyStatus, instead_of: int | None = None
) -> Duty:
    """Put somebody on a shift, who may have been on it before; return their duty."""
    held = await shifts.on(uow, shift.community_id, shift.id)
    was = next((one for one in held if one.person_id == person_id), None)
    if was is not None:
        return shifts.change_duty(uow, was.changed(status=status, stands_in_for=instead_of))
    id_ = await next_number(uow, shift.community_id, "duty")
    return shifts.put(uow, Duty(shift.community_id, id_, shift.id, person_id, status, instead_of))


async def _tell_others(uow: UnitOfWork, roster: Roster, shift: Shift, old: Duty, new: Duty) -> None:
    """Tell who was looked for and the leader; who goes has just said so."""
    cid = shift.community_id
    before = await person_of(uow, cid, old.person_id)
    after = await person_of(uow, cid, new.person_id)
    leading = {one.id: one for one in await leaders(uow, roster)}
    facts = await duty_facts(uow, roster, shift, new)
    for one in {before.id: before, **leading}.values():
        if one.id != after.id:
            gives = old.id if one.id == before.id else 0
            tell(uow, one, "patrol.swapped", **facts, old=before.name, new=after.name, gives=gives)
