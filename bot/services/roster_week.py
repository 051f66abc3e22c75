"""The weeks of rosters: shifts are made four weeks ahead, and the next week is published.

Due rows with the local date of a Sunday: at 19:00 the week that begins the day after is published,
each person is asked once, and the following Sunday is planned. Down for weeks, it catches up in
order; what has begun meanwhile is asked of nobody.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.calendar import Calendar
from bot.domain.person import Person
from bot.domain.recurrence import AHEAD, Occurrence, occurrences
from bot.domain.roster import Book, Member, Roster, Served, fill
from bot.domain.shift import EXPECTED, ON, Duty, DutyStatus, Shift, ShiftStatus
from bot.services import roster_table, shift_due
from bot.services.community import Community, community_of
from bot.services.letter import tell
from bot.services.roster_book import book_of
from bot.services.roster_shown import duty_facts, person_of
from bot.services.unit_of_work import UnitOfWork
from storage import due
from storage import roster as rosters
from storage import shift as shifts
from storage.counter import next_number
from storage.due import Due

WEEK = "roster_week"
_AT = time(19)  # local, on Sundays
_DAY, _SUNDAY = timedelta(days=1), 6


def next_sunday(calendar: Calendar, now: datetime) -> date:
    """Return the local date of the next Sunday at 19:00 that lies ahead of `now` (UTC)."""
    today = calendar.local(now).date()
    day = today + (_SUNDAY - today.weekday()) * _DAY
    return day if _instant(calendar, day) > now else day + 7 * _DAY


def _instant(calendar: Calendar, day: date) -> datetime:
    return datetime.combine(day, _AT, calendar.zone).astimezone(UTC)


async def plan(uow: UnitOfWork, roster: Roster) -> None:
    """Plan the next Sunday of a roster, unless it is planned."""
    calendar = (await community_of(uow, roster.community_id)).calendar
    await _plan(uow, roster, calendar, next_sunday(calendar, uow.now))


async def _plan(uow: UnitOfWork, roster: Roster, calendar: Calendar, sunday: date) -> None:
    at = _instant(calendar, sunday)
    row = Due(roster.community_id, WEEK, str(roster.id), sunday.isoformat(), at)
    if not await due.is_known(uow, row):
        due.plan_new(uow, row)


async def turn(uow: UnitOfWork, row: Due) -> None:
    """It is Sunday evening: make what is missing, publish the next week, plan the next Sunday."""
    roster = await rosters.find(uow, row.community_id, int(row.subject))
    if roster is None or roster.ended_at is not None:
        return
    community = await community_of(uow, row.community_id)
    sunday = date.fromisoformat(row.occurrence)
    await make_ahead(uow, roster, from_=sunday)
    await publish_week(uow, roster, sunday + _DAY)
    await _plan(uow, roster, community.calendar, sunday + 7 * _DAY)


async def make_ahead(uow: UnitOfWork, roster: Roster, from_: date | None = None) -> None:
    """Make the shifts of four weeks, and let the fair rule fill what nobody was told of yet.

    What is there already stays, whoever calls this again: a shift has its planned date as its key.
    """
    if not roster.rule.text or not roster.place or roster.ended_at is not None:
        return
    community = await community_of(uow, roster.community_id)
    first = from_ or community.calendar.local(uow.now).date()
    last = first + AHEAD
    planned = occurrences(roster.rule, community.calendar, first, last)
    held = {one.planned: one for one in await _held(uow, roster, first, last)}
    await _let_fall(uow, held.values(), {one.planned for one in planned})
    drafts = []
    for one in planned:
        shift = held.get(one.planned)
        if shift is None and one.starts > uow.now:
            drafts.append(await _make(uow, roster, one))
        elif shift is not None and shift.status is ShiftStatus.DRAFT:
            drafts.append(_fit(uow, roster, shift, one))
    await fill_up(uow, community, roster, drafts)


async def _held(uow: UnitOfWork, roster: Roster, first: date, last: date) -> list[Shift]:
    return await shifts.between(uow, roster.community_id, roster.id, first, last)


async def _make(uow: UnitOfWork, roster: Roster, one: Occurrence) -> Shift:
    id_ = await next_number(uow, roster.community_id, "shift")
    ends = one.starts + roster.rule.lasts
    made = (roster.community_id, id_, roster.id, one.planned, one.starts, ends, roster.needed)
    return shifts.add(uow, Shift(*made))


def _fit(uow: UnitOfWork, roster: Roster, shift: Shift, one: Occurrence) -> Shift:
    """Let a shift that nobody was told of be as the template says now; a moved one stays."""
    when = (
        (shift.starts, shift.ends) if shift.moved else (one.starts, one.starts + roster.rule.lasts)
    )
    now = (*when, roster.needed)
    if now == (shift.starts, shift.ends, shift.needed):
        return shift
    return shifts.change(uow, shift.changed(starts=now[0], ends=now[1], needed=now[2]))


async def _let_fall(uow: UnitOfWork, held: Iterable[Shift], planned: set[date]) -> None:
    """Cancel what nobody was told of and what the template no longer plans."""
    for one in held:
        if one.status is ShiftStatus.DRAFT and one.planned not in planned:
            await take_off(uow, one)
            shifts.change(uow, one.changed(status=ShiftStatus.CANCELLED))


async def take_off(uow: UnitOfWork, shift: Shift) -> list[Duty]:
    """Take everybody off a shift; return who was on it."""
    held = [one for one in await shifts.on(uow, shift.community_id, shift.id) if one.status in ON]
    for one in held:
        shifts.change_duty(uow, one.changed(status=DutyStatus.OFF))
    return held


async def fill_up(
    uow: UnitOfWork, community: Community, roster: Roster, drafts: Iterable[Shift]
) -> None:
    """Let the fair rule fill what is open, in the order of time; who was taken off stays off.

    Who has left the roster, or cannot be reached any more, is taken off.
    """
    wanting = sorted(drafts, key=lambda one: one.starts)
    if not wanting:
        return
    book = await book_of(uow, community, roster)
    known = await shifts.on_all(uow, roster.community_id, [one.id for one in wanting])
    there = {one.person_id for one in book.members}
    for shift in wanting:
        here = [one for one in known if one.shift_id == shift.id]
        on = [one.person_id for one in here if one.status in ON and one.person_id in there]
        off = {one.person_id for one in here if one.person_id not in on}
        for duty in here:
            if duty.status in ON and duty.person_id not in there:
                shifts.change_duty(uow, duty.changed(status=DutyStatus.OFF))
        for person_id in fill(book, shift, on, roster.skills, but=off):
            id_ = await next_number(uow, roster.community_id, "duty")
            shifts.put(uow, Duty(roster.community_id, id_, shift.id, person_id))


async def publish_week(uow: UnitOfWork, roster: Roster, monday: date) -> int:
    """Publish the shifts planned for seven local days, ask everybody; return how many shifts."""
    ahead = [
        one
        for one in await _held(uow, roster, monday, monday + 6 * _DAY)
        if one.status is ShiftStatus.DRAFT and one.starts > uow.now
    ]
    for one in ahead:
        await publish_one(uow, roster, one)
    if ahead:
        await roster_table.show(uow, roster, monday, anew=True)
    return len(ahead)


async def publish_one(uow: UnitOfWork, roster: Roster, draft: Shift) -> None:
    """Publish a shift, and ask everybody who is on it."""
    shift = shifts.change(uow, draft.changed(status=ShiftStatus.PUBLISHED))
    await shift_due.plan(uow, shift)
    held = await shifts.on(uow, shift.community_id, shift.id)
    for duty in (one for one in held if one.status in EXPECTED):
        await ask(uow, roster, shift, duty)


async def ask(uow: UnitOfWork, roster: Roster, shift: Shift, duty: Duty) -> None:
    """Ask somebody whether they can come."""
    who = await person_of(uow, shift.community_id, duty.person_id)
    tell(uow, who, "patrol.week", **await duty_facts(uow, roster, shift, duty))


# --- wishes that came later -------------------------------------------------------------


async def think_again(uow: UnitOfWork, who: Person) -> None:
    """Plan anew where somebody was to go and nobody was told of it: they wish otherwise now."""
    community = await community_of(uow, who.community_id)
    known = await rosters.memberships(uow, who.community_id, who.id)
    for roster in await rosters.live(uow, who.community_id):
        if roster.id in known:
            await _think_again(uow, community, roster, known[roster.id])


async def _think_again(
    uow: UnitOfWork, community: Community, roster: Roster, member: Member
) -> None:
    today = community.calendar.local(uow.now).date()
    held = await _held(uow, roster, today, today + AHEAD)
    drafts = [one for one in held if one.status is ShiftStatus.DRAFT and one.starts > uow.now]
    duties = await shifts.on_all(uow, roster.community_id, [one.id for one in drafts])
    book = await book_of(uow, community, roster)
    on = {one.shift_id for one in duties if _is_of(one, member.person_id)}
    mine = sorted((one for one in drafts if one.id in on), key=lambda one: one.starts)
    pair = _pair(book, member)
    counted = {one.starts for one in mine}
    book.served[:] = [
        one for one in book.served if one.person_id != member.person_id or one.starts not in counted
    ]
    for shift in mine:
        if book.can(member, shift.starts):
            book.served.append(Served(member.person_id, shift.starts, shift.ends))
            continue
        for duty in duties:
            if duty.shift_id == shift.id and duty.status in ON and duty.person_id in pair:
                shifts.change_duty(uow, duty.changed(status=DutyStatus.OFF))
    await fill_up(uow, community, roster, drafts)


def _pair(book: Book, member: Member) -> set[int]:
    """Return the person and who goes along with them, or not at all."""
    other = next((one for one in book.members if one.person_id == member.partner_id), None)
    agreed = other is not None and other.partner_id == member.person_id
    return {member.person_id, other.person_id} if other and agreed else {member.person_id}


def _is_of(duty: Duty, person_id: int) -> bool:
    return duty.person_id == person_id and duty.status in ON
