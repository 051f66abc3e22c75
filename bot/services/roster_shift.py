"""What a leader sees and corrects: the weeks of a roster, its shifts, and who is on them."""

from datetime import datetime, timedelta
from typing import Any

from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.roster import Overlap, Roster, overlap
from bot.domain.shift import (
    EXPECTED,
    ON,
    Duty,
    DutyStatus,
    Shift,
    ShiftStatus,
    SwapStatus,
)
from bot.services import roster as rules
from bot.services import roster_table, roster_week, shift_due, swap
from bot.services.community import community_of
from bot.services.letter import tell
from bot.services.roster import check_may_make, find, page_of
from bot.services.roster_book import book_of, others_of
from bot.services.roster_shown import crew, duty_facts, person_of, roster_facts, shift_facts
from bot.services.unit_of_work import UnitOfWork
from storage import audit
from storage import person as people
from storage import roster as rosters
from storage import shift as shifts

LONGEST = timedelta(days=60)  # ahead
OPEN = frozenset({ShiftStatus.DRAFT, ShiftStatus.PUBLISHED})


async def week(uow: UnitOfWork, roster: Roster, ahead: int) -> dict[str, Any]:
    """Return the shifts of a week, 0 is this one; what nobody was told of may still be changed."""
    community = await community_of(uow, roster.community_id)
    await roster_week.make_ahead(uow, roster)
    today = community.calendar.local(uow.now).date()
    monday = roster_table.monday_of(today) + timedelta(weeks=ahead)
    found = await shifts.between(
        uow, roster.community_id, roster.id, monday, monday + timedelta(days=6)
    )
    held = [one for one in found if one.status is not ShiftStatus.CANCELLED]
    duties = await shifts.on_all(uow, roster.community_id, [one.id for one in held])
    rows = [
        {**shift_facts(community, roster, one), "crew": await crew(uow, one, duties)}
        for one in sorted(held, key=lambda one: one.starts)
    ]
    drafts = [one for one in held if one.status is ShiftStatus.DRAFT and one.starts > uow.now]
    return {
        **roster_facts(community, roster),
        "rows": rows,
        "ahead": ahead,
        "drafts": len(drafts),
    }


async def publish(uow: UnitOfWork, who: Person, roster: Roster, ahead: int) -> int:
    """Publish a week now instead of on Sunday; raises Refusal when there is nothing to publish."""
    community = await community_of(uow, roster.community_id)
    today = community.calendar.local(uow.now).date()
    monday = roster_table.monday_of(today) + timedelta(weeks=ahead)
    n = await roster_week.publish_week(uow, roster, monday)
    if not n:
        raise Refusal("refusal.nothing_to_publish")
    await audit.add(
        uow, who.community_id, who.id, "week_published", f"roster:{roster.id}", monday=str(monday)
    )
    return n


async def shift_of(
    uow: UnitOfWork, who: Person, id_: int, seen: int | None = None
) -> tuple[Roster, Shift]:
    """Return a shift whose roster the person makes or leads; raises Refusal."""
    found = await shifts.find(uow, who.community_id, id_)
    if found is None:
        check_may_make(who)
        raise Refusal("toast.stale")
    roster = await find(uow, who, found.roster_id)
    if seen not in {None, found.version}:
        raise Refusal("toast.stale")
    return roster, found


async def shift_card(uow: UnitOfWork, roster: Roster, shift: Shift) -> dict[str, Any]:
    """Return a shift as its leader sees it."""
    community = await community_of(uow, roster.community_id)
    duties = await shifts.on(uow, shift.community_id, shift.id)
    return {
        **shift_facts(community, roster, shift),
        "roster_id": roster.id,
        "crew": await crew(uow, shift, duties),
        "may": shift.status in OPEN and shift.ends > uow.now,
    }


async def drop(uow: UnitOfWork, who: Person, duty_id: int) -> tuple[Roster, Shift]:
    """Take somebody off a shift; who was asked hears of it. Raises Refusal."""
    duty = await shifts.find_duty(uow, who.community_id, duty_id)
    if duty is None:
        check_may_make(who)
        raise Refusal("toast.stale")
    roster, shift = await shift_of(uow, who, duty.shift_id)
    if duty.status not in ON or duty.status is DutyStatus.CAME or shift.status not in OPEN:
        raise Refusal("toast.stale")
    await swap.end(uow, duty, SwapStatus.OVER)
    shifts.change_duty(uow, duty.changed(status=DutyStatus.OFF))
    if shift.status is ShiftStatus.PUBLISHED:
        community = await community_of(uow, who.community_id)
        of = await person_of(uow, who.community_id, duty.person_id)
        tell(uow, of, "patrol.off", **shift_facts(community, roster, shift), duty=duty.id)
        await roster_table.redraw(uow, roster.id, roster.community_id, shift.planned)
    return roster, shift


async def choices(uow: UnitOfWork, roster: Roster, shift: Shift, page: int) -> dict[str, Any]:
    """Return a page of members who could be put on the shift, whose turn it is first."""
    held = await shifts.on(uow, shift.community_id, shift.id)
    on = {one.person_id for one in held if one.status in ON}
    book = await book_of(uow, await community_of(uow, roster.community_id), roster)
    found = [one for one in book.members if one.person_id not in on]
    found.sort(
        key=lambda one: (
            not book.can(one, shift.starts, roster.skills),
            book.turn(one.person_id, shift.starts),
        )
    )
    known = await people.find(uow, roster.community_id, [one.person_id for one in found])
    tiles = [
        {
            "id": one.person_id,
            "name": known[one.person_id].name,
            "fits": book.can(one, shift.starts, roster.skills),
        }
        for one in found
    ]
    return {"shift": shift.id, "version": shift.version, **page_of(tiles, page)}


async def put(
    uow: UnitOfWork, who: Person, shift_id: int, person_id: int, *, sure: bool = False
) -> Overlap:
    """Put somebody on a shift by hand; SHORT says that it has to be agreed to first.

    Raises Refusal when they are on it, are elsewhere then, or do not belong to the roster.
    """
    roster, shift = await shift_of(uow, who, shift_id)
    if shift.status not in OPEN or shift.ends <= uow.now:
        raise Refusal("toast.stale")
    held = await shifts.on(uow, shift.community_id, shift.id)
    if any(one.person_id == person_id and one.status in ON for one in held):
        raise Refusal("toast.stale")
    known = await rosters.members(uow, who.community_id, roster.id)
    if person_id not in {one.person_id for one in known}:
        raise Refusal("toast.stale")
    met = overlap(shift, await others_of(uow, who.community_id, person_id, but=shift.id))
    if met is Overlap.HARD:
        raise Refusal("refusal.they_are_elsewhere")
    if met is Overlap.SHORT and not sure:
        return met
    duty = await swap.put_on(uow, shift, person_id, DutyStatus.ASKED)
    if shift.status is ShiftStatus.PUBLISHED:
        await roster_week.ask(uow, roster, shift, duty)
        await roster_table.redraw(uow, roster.id, roster.community_id, shift.planned)
    return Overlap.NONE


async def cancel(uow: UnitOfWork, roster: Roster, shift: Shift) -> None:
    """Cancel a shift; who was asked hears of it. Raises Refusal when it is over."""
    if shift.status not in OPEN or shift.ends <= uow.now:
        raise Refusal("toast.stale")
    community = await community_of(uow, roster.community_id)
    for duty in await roster_week.take_off(uow, shift):
        await swap.end(uow, duty, SwapStatus.OVER)
        if shift.status is ShiftStatus.PUBLISHED:
            of = await person_of(uow, shift.community_id, duty.person_id)
            tell(uow, of, "patrol.off", **shift_facts(community, roster, shift), duty=duty.id)
    shift_due.cancel(uow, shift)
    shifts.change(uow, shift.changed(status=ShiftStatus.CANCELLED))
    if shift.status is ShiftStatus.PUBLISHED:
        await roster_table.redraw(uow, roster.id, roster.community_id, shift.planned)


async def move(
    uow: UnitOfWork, who: Person, roster: Roster, shift: Shift, starts: datetime
) -> Shift:
    """Hold one shift at another time (UTC): everybody on it is asked anew.

    Who is on another duty then is taken off. Raises Refusal when it is over, or the time is.
    """
    if shift.status not in OPEN or shift.ends <= uow.now:
        raise Refusal("toast.stale")
    if not uow.now < starts <= uow.now + LONGEST:
        raise Refusal("refusal.past_time")
    ends = starts + (shift.ends - shift.starts)
    shift_due.cancel(uow, shift)
    moved = shifts.change(uow, shift.changed(starts=starts, ends=ends, moved=True))
    await audit.add(uow, who.community_id, who.id, "shift_moved", f"shift:{shift.id}",
                    earlier=shift.starts.isoformat(), at=starts.isoformat())  # fmt: skip
    if shift.status is ShiftStatus.PUBLISHED:
        await shift_due.plan(uow, moved)
    for duty in await shifts.on(uow, shift.community_id, shift.id):
        if duty.status in EXPECTED:
            await _ask_anew(uow, roster, shift, moved, duty)
    community = await community_of(uow, roster.community_id)
    sunday = roster_table.monday_of(moved.planned) - timedelta(days=1)
    if shift.status is ShiftStatus.DRAFT and community.calendar.local(starts).date() <= sunday:
        await roster_week.publish_one(uow, roster, moved)  # on Sunday it would be too late
    await roster_table.redraw(uow, roster.id, roster.community_id, shift.planned)
    return moved


async def _ask_anew(uow: UnitOfWork, roster: Roster, was: Shift, now: Shift, duty: Duty) -> None:
    await swap.end(uow, duty, SwapStatus.OVER)
    others = await others_of(uow, was.community_id, duty.person_id, but=was.id)
    elsewhere = overlap(now, others) is Overlap.HARD
    status = DutyStatus.OFF if elsewhere else DutyStatus.ASKED
    asked = shifts.change_duty(uow, duty.changed(status=status))
    if was.status is not ShiftStatus.PUBLISHED:
        return
    of = await person_of(uow, was.community_id, duty.person_id)
    facts = await duty_facts(uow, roster, now, asked)
    if elsewhere:
        tell(uow, of, "patrol.off", **{**facts, "starts": was.starts.isoformat()})
    else:
        tell(uow, of, "patrol.moved", **facts, earlier=was.starts.isoformat())


async def end(uow: UnitOfWork, who: Person, roster: Roster) -> None:
    """End a roster: what lies ahead is cancelled, and who was asked hears of it. Raises Refusal."""
    for one in await rules.end(uow, who, roster):
        if one.status in OPEN:
            await cancel(uow, roster, one)
