"""Keeps one person from drowning the others. Counted from the tables, so that restarts count on."""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.flood import DAY, HOUR, MINUTE, Allowance, Passage
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.role import STAFF
from bot.services.community import community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import flood, inbox
from storage import person as people
from storage.inbox import Taken


async def sent_before(uow: UnitOfWork, batch: Sequence[Taken]) -> dict[str, int]:
    """Return for each lane of the batch how many updates it had within a minute before it."""
    lanes = {one.lane for one in batch}
    found = await inbox.count_before(uow, lanes, batch[0].update_id, uow.now - MINUTE)
    return dict.fromkeys(lanes, 0) | found


async def lets_through(uow: UnitOfWork, telegram_id: int, nth: int, waited: timedelta) -> bool:
    """Say whether the person's `nth` update of this minute is handled; tell them once if not."""
    who = await people.find_by_telegram(uow, telegram_id)
    if who is None:  # belongs nowhere yet: what they send is kept until they do
        return Allowance().of_update(nth, waited) is Passage.GOES_ON
    if who.holds_somewhere(*STAFF):
        return True
    community = await community_of(uow, who.community_id)
    passage = community.flood.of_update(nth, waited)
    if passage is Passage.NOTICE:
        tell(uow, who, "common.too_fast", phone=community.phone)
    return passage is Passage.GOES_ON


async def check_may_report(uow: UnitOfWork, who: Person) -> None:
    """Raise Refusal when the person has reported too much; what they wrote stays as it is."""
    if who.holds_somewhere(*STAFF):
        return
    community = await community_of(uow, who.community_id)
    times = await flood.reported(uow, who.community_id, who.id, uow.now - DAY)
    in_hour, in_day = [sum(one >= uow.now - span for one in times) for span in (HOUR, DAY)]
    if not community.flood.may_report(in_hour, in_day):
        raise Refusal("refusal.many_reports", n=in_hour or in_day, phone=community.phone)
