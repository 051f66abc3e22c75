"""Broadcasts: what an organizer says to many, now or later, and what can still be done about it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain import broadcast as rules
from bot.domain.addressees import Addressees
from bot.domain.broadcast import MOVES, Broadcast, Party
from bot.domain.broadcast_body import Body
from bot.domain.budget import quiet_until
from bot.domain.draft import Draft
from bot.domain.outage_said import Announced
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.services import addressees, broadcast_agree, broadcast_draft, broadcast_due
from bot.services.broadcast_draft import may_reach
from bot.services.broadcast_shown import NOUN, find, parties, save, show, shown
from bot.services.community import Community, community_of
from bot.services.unit_of_work import UnitOfWork
from storage import broadcast as broadcasts
from storage import broadcast_letters as letters
from storage.counter import next_number

_SOON = timedelta(minutes=1)


# --- to be sent ----------------------------------------------------------------------------


def quiet_end(community: Community, at: datetime) -> datetime | None:
    """Return when (UTC) the residents' quiet hours end in which `at` lies; None outside."""
    return quiet_until(at, ZoneInfo(community.zone), community.quiet)


async def hand_in(
    uow: UnitOfWork,
    who: Person,
    draft: Draft,
    at: datetime,
    *,
    urgent: bool = False,
    outage: Announced | None = None,
) -> Broadcast:
    """Let what was written go at `at` (UTC), with the outage that it announces.

    Raises Refusal when it cannot.
    """
    body, whom = broadcast_draft.body_of(draft), broadcast_draft.whom_of(draft)
    body = replace(body, outage=outage)
    held = draft.facts
    said = Said(body, whom, silent=held["silent"], receipts=held["receipts"] and body.poll is None)
    made = await issue(uow, who, said, at, urgent=urgent)
    broadcast_draft.done(uow, draft)
    return made


@dataclass(frozen=True, slots=True)
class Said:
    """What is said to whom, and how; `series_id`: it comes again and again."""

    body: Body
    whom: Addressees
    silent: bool
    receipts: bool
    series_id: int | None = None


async def issue(
    uow: UnitOfWork, who: Person, said: Said, at: datetime, *, urgent: bool = False
) -> Broadcast:
    """Let something go at `at` (UTC) in the person's name; raises Refusal when it cannot.

    Whether a second person has to agree is decided here: for more than 500 people, for an
    emergency in the quiet hours, and for what comes again and again when its author may not
    send any more.
    """
    whom = said.whom
    community = await community_of(uow, who.community_id)
    own = may_reach(community, who, whom)
    if not own and said.series_id is None:
        raise Refusal("refusal.not_a_sender")
    if at < uow.now - _SOON:
        raise Refusal("refusal.past_time")
    if said.body.ends_before(max(at, uow.now)):
        raise Refusal("refusal.poll_ends_before")
    quiet = quiet_end(community, at)
    if quiet is not None and not urgent:
        raise Refusal("refusal.quiet_then")
    reached = (await addressees.count(uow, who.community_id, whom)).reached
    if not reached:
        raise Refusal("refusal.nobody_there")
    at_night = urgent and quiet is not None
    second = not own or rules.needs_second(urgent_at_night=at_night, reached=reached)
    made = await _make(uow, who, said, at, urgent=urgent, second=second)
    if second and not await broadcast_agree.seconds(uow, made):
        raise Refusal("refusal.no_second")
    broadcasts.add(uow, made, await shown(uow, made))
    if second:
        await broadcast_agree.ask(uow, made, reached)
    else:
        broadcast_due.plan(uow, made, made.send_at)
    return made


async def _make(
    uow: UnitOfWork,
    who: Person,
    said: Said,
    at: datetime,
    *,
    urgent: bool,
    second: bool,
) -> Broadcast:
    return Broadcast(
        community_id=who.community_id,
        id=await next_number(uow, who.community_id, NOUN),
        version=1,
        author_id=who.id,
        status=rules.first_status(second=second),
        body=said.body,
        whom=said.whom,
        urgent=urgent,
        silent=said.silent,
        receipts=said.receipts,
        send_at=max(at, uow.now),
        created_at=uow.now,
        series_id=said.series_id,
    )


# --- what can still be done ----------------------------------------------------------------


async def allowed(uow: UnitOfWork, who: Person, name: str, id_: int, seen: int) -> Broadcast:
    """Return the broadcast of which the person saw version `seen`; raises Refusal.

    Whose it is comes first, then whether it has moved on.
    """
    one = await find(uow, who, id_)
    rules.check(one, name, await parties(uow, one, who))
    rules.check_age(one, name, uow.now)
    if one.version != seen:
        raise Refusal("toast.stale")
    return one


async def move(uow: UnitOfWork, who: Person, name: str, id_: int, seen: int) -> Broadcast:
    """Let the person approve, refuse, cancel, pause, resume or stop it; raises Refusal."""
    one = await allowed(uow, who, name, id_, seen)
    if name not in _EFFECTS:
        raise Refusal("toast.stale")
    made = rules.moved(one, name)
    if MOVES[name].needs is Party.SECOND:
        made = replace(made, decided_by=who.id)
    made = await _EFFECTS[name](uow, made)
    await save(uow, made)
    await show(uow, made, anew=name == "refuse")  # whoever wrote it waits for the answer
    return made


async def _approved(uow: UnitOfWork, one: Broadcast) -> Broadcast:
    made = replace(one, send_at=max(one.send_at, uow.now))
    broadcast_due.plan(uow, made, made.send_at)
    return made


async def _nothing(uow: UnitOfWork, one: Broadcast) -> Broadcast:
    del uow
    return one


async def _paused(uow: UnitOfWork, one: Broadcast) -> Broadcast:
    await letters.pause(uow, one)
    return _next(uow, one, broadcast_due.EVERY)  # what was in flight is counted then


async def _resumed(uow: UnitOfWork, one: Broadcast) -> Broadcast:
    await letters.resume(uow, one)
    return _next(uow, one, timedelta(0))


async def _stopped(uow: UnitOfWork, one: Broadcast) -> Broadcast:
    await letters.stop(uow, one)
    return _next(uow, one, broadcast_due.EVERY)


def _next(uow: UnitOfWork, one: Broadcast, rest: timedelta) -> Broadcast:
    made = replace(one, steps=one.steps + 1)
    broadcast_due.plan(uow, made, uow.now + rest)
    return made


_EFFECTS = {
    "approve": _approved,
    "refuse": _nothing,
    "cancel": _nothing,
    "pause": _paused,
    "resume": _resumed,
    "stop": _stopped,
}
