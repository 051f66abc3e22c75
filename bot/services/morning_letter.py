"""The letter of the morning: one for each who serves, with what waits for them, by counts.

A due row per community and local date, so that it goes once, also after hours away. Read with
a few statements per community, however many get it.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain import callback as callback_rules
from bot.domain import morning_letter as rules
from bot.domain.case import UNFINISHED
from bot.domain.case_record import Case
from bot.domain.person import Person
from bot.services.callback_call import CALLERS, CHECKERS
from bot.services.community import Community, community_of
from bot.services.letter import tell
from bot.services.signal_answer import WHO, areas_of, may_see
from bot.services.unit_of_work import UnitOfWork
from storage import callback as callbacks
from storage import case as stored
from storage import community, due
from storage import person as people
from storage import signal as signals
from storage.callback import ToCall
from storage.due import Due

KIND, LETTER = "morning_letter", "desk.morning"
EVERYBODY = "all"
_MOST = 20_000  # unfinished cases that are counted


async def plan(
    uow: UnitOfWork, community_id: int, zone: ZoneInfo, after: date | None = None
) -> None:
    """Plan the next letter; after that of the local date `after`, where one was due."""
    now = uow.now
    day = rules.day_after(zone, after, now) if after else rules.first_day(zone, now)
    row = Due(community_id, KIND, EVERYBODY, day.isoformat(), rules.sent_at(zone, day))
    await due.plan(uow, row)


async def plan_anew(uow: UnitOfWork, community_id: int) -> None:
    """Plan the next letter from now on, instead of any that was planned before."""
    due.cancel(uow, community_id, KIND, EVERYBODY)
    held = await community_of(uow, community_id)
    await plan(uow, community_id, held.calendar.zone)


async def plan_all(uow: UnitOfWork) -> None:
    """Plan the next letter of every community, for those imported by an older version."""
    for community_id in await community.codes(uow):
        held = await community_of(uow, community_id)
        await plan(uow, community_id, held.calendar.zone)


async def send(uow: UnitOfWork, row: Due) -> None:
    """Tell each who serves what waits for them; nothing when nothing does, or it is too late."""
    held, day = await community_of(uow, row.community_id), date.fromisoformat(row.occurrence)
    await plan(uow, row.community_id, held.calendar.zone, day)
    if not rules.is_in_time(held.calendar.zone, day, uow.now):
        return
    cases = await stored.in_status(uow, row.community_id, UNFINISHED, most=_MOST)
    calls = await callbacks.to_call(
        uow, row.community_id, callback_rules.PHONE, callback_rules.WANTED
    )
    raised = await areas_of(uow, held, await signals.open_in(uow, row.community_id))
    works = held.calendar.is_working_day(day)
    in_hand: dict[int | None, list[Case]] = defaultdict(list)
    for case in cases:
        in_hand[case.handler_id].append(case)
    for who in await _readers(uow, row.community_id, cases):
        if who.away_on == day.isoformat() or who.blocked_at is not None:
            continue
        wide = who.holds_somewhere(*WHO)  # nobody else is told of what others have in hand
        counts = _counts(held, who, cases if wide else in_hand[who.id], calls, uow.now)
        signalled = sum(may_see(who, area) for area in raised)
        counts |= {"signals": signalled} if signalled else {}
        if not works:
            counts = _on_a_day_off(held, who, counts)
        if counts.keys() - rules.NO_REASON:
            checks = not who.holds_somewhere(*CALLERS)
            tell(uow, who, LETTER, counts=counts, wide=wide, checks=checks, works=works)


async def _readers(uow: UnitOfWork, community_id: int, cases: Sequence[Case]) -> list[Person]:
    """Return dispatchers, supervisors and whoever has a case, each once."""
    desk = await people.holders(uow, community_id, WHO)
    handlers = {case.handler_id for case in cases if case.handler_id is not None}
    found = await people.find(uow, community_id, sorted(handlers))
    return list({one.id: one for one in (*desk, *found.values())}.values())


def _counts(
    held: Community, who: Person, cases: Sequence[Case], calls: Sequence[ToCall], now: datetime
) -> dict[str, int]:
    theirs = [one for one in calls if who.id not in one.concerned]
    n = sum(one.by_phone and who.holds_in(one.area, *CALLERS) for one in theirs)
    n += sum(one.check and who.holds_in(one.area, *CHECKERS) for one in theirs)
    counts = rules.counted(who, cases, held.calendar, now)
    return counts | ({"calls": n} if n else {})


def _on_a_day_off(held: Community, who: Person, counts: dict[str, int]) -> dict[str, int]:
    """Return what those on duty hear on a day off; others hear nothing."""
    if who.telegram_id not in held.on_duty:
        return {}
    return {name: n for name, n in counts.items() if name in rules.ON_DAYS_OFF}
