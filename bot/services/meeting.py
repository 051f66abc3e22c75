"""Meetings: who may do what about one, moving and cancelling it, and what the clock does.

Invitations stand in `invitation`, the agenda in `meeting_agenda`, what comes after the meeting in
`minutes`.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from bot.domain.meeting import (
    CONFERENCE,
    INVITED,
    MOVES,
    WORDS,
    Meeting,
    Party,
    Step,
    after,
    allowed,
)
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.role import Role
from bot.services import agenda as putting
from bot.services import invitation, meeting_agenda, meeting_clock, minutes, minutes_lapse
from bot.services.community import Community, community_of
from bot.services.letter import tell
from bot.services.meeting_shown import brief
from bot.services.meeting_staff import check, find, secretaries
from bot.services.unit_of_work import UnitOfWork
from storage import audit
from storage import meeting as meetings
from storage.due import Due

LONGEST = timedelta(days=366)  # ahead


async def to_change(uow: UnitOfWork, who: Person, id_: int, version: int, move: str) -> Meeting:
    """Return the meeting for a move of an organizer or the secretary; raises Refusal."""
    one = await find(uow, who, id_)
    check(who, one, move)
    if one.version != version:
        raise Refusal("toast.stale")
    if not allowed(one, move):
        raise Refusal("toast.meeting_on" if MOVES[move].to else "toast.stale")
    return one


async def move(
    uow: UnitOfWork, who: Person, id_: int, version: int, starts_at: datetime
) -> Meeting:
    """Hold one meeting at another time (UTC); who was invited hears of it. Raises Refusal."""
    one = await to_change(uow, who, id_, version, "move")
    if not uow.now < starts_at <= uow.now + LONGEST:
        raise Refusal("refusal.past_time")
    moved = replace(after(one, "move"), starts_at=starts_at, note="moved")
    return await _changed(uow, who, moved, "move", earlier=one.starts_at.isoformat())


async def cancel(uow: UnitOfWork, who: Person, id_: int, version: int, reason: str) -> Meeting:
    """Call one meeting off; what it was to speak of waits for the next. Raises Refusal."""
    one = await to_change(uow, who, id_, version, "cancel")
    if not reason.strip():
        raise Refusal("refusal.needs_words")
    if len(reason) > WORDS:
        raise Refusal("common.too_long", limit=WORDS)
    off = replace(after(one, "cancel"), note=reason.strip())
    await meeting_agenda.give_back(uow, one)
    return await _changed(uow, who, off, "cancel", reason=reason.strip())


async def _changed(uow: UnitOfWork, who: Person, one: Meeting, move: str, **facts: Any) -> Meeting:
    community = await community_of(uow, one.community_id)
    meeting_clock.plan(uow, community, meetings.change(uow, one))
    await audit.add(uow, one.community_id, who.id, f"meeting_{move}", f"meeting:{one.id}", **facts)
    for person in await invitation.people_of(uow, one):  # before anybody is invited: who answered
        if person.id != who.id:
            tell(uow, person, MOVES[move].tells, **brief(community, one), **facts)
    return one


# --- what the clock does ----------------------------------------------------------------


async def look(uow: UnitOfWork, row: Due) -> None:
    """Do the step that has come; nothing when the meeting has gone on in between."""
    one = await meetings.find(uow, row.community_id, int(row.subject))
    if one is None:
        return
    community = await community_of(uow, row.community_id)
    await _STEPS[meeting_clock.step_of(row)](uow, community, one)


async def _invite(uow: UnitOfWork, community: Community, one: Meeting) -> None:
    """Make the agenda and invite; who was told of their case hears of the meeting with it."""
    if not _may(one, "invite") or one.starts_at <= uow.now:  # the bot was away: it is too late
        return
    one = meetings.change(uow, after(one, "invite"))
    await meeting_agenda.compile_(uow, community, one)
    told = await meeting_agenda.tell_concerned(uow, community, one)
    await invitation.invite(uow, community, one, told)
    if one.series == CONFERENCE:
        for person in await secretaries(uow, one):
            tell(uow, person, "meeting.pack", **brief(community, one))
    meeting_clock.plan(uow, community, one)


async def _decide(uow: UnitOfWork, community: Community, one: Meeting) -> None:
    """Let come onto the agenda what nobody has decided about: everybody gets an answer."""
    await meeting_agenda.decide_left(uow, community, one)


async def _remind(uow: UnitOfWork, community: Community, one: Meeting) -> None:
    if one.status in INVITED:
        await invitation.remind(uow, community, one)


async def _begin(uow: UnitOfWork, community: Community, one: Meeting) -> None:
    if not _may(one, "begin"):
        return
    await putting.let_go(uow, one)  # of which nobody could decide: the bot was away
    day = community.calendar.local(one.starts_at).date().isoformat()
    held = meetings.change(uow, replace(after(one, "begin"), held_on=day))
    meeting_clock.plan(uow, community, held)


async def _draft(uow: UnitOfWork, community: Community, one: Meeting) -> None:
    if _may(one, "draft"):
        await minutes.draft(uow, community, one)


async def _nag(uow: UnitOfWork, community: Community, one: Meeting) -> None:
    await minutes.nag(uow, community, one)


async def _lapse(uow: UnitOfWork, community: Community, one: Meeting) -> None:
    if _may(one, "lapse"):
        await minutes_lapse.lapse(uow, community, one)


async def _publish(uow: UnitOfWork, community: Community, one: Meeting) -> None:
    if _may(one, "publish"):
        await minutes.publish(uow, community, one)


def _may(one: Meeting, move: str) -> bool:
    assert Party.CLOCK in MOVES[move].needs
    return allowed(one, move)


_STEPS: Mapping[Step, Callable[[UnitOfWork, Community, Meeting], Awaitable[None]]] = (
    MappingProxyType(
        {
            Step.INVITE: _invite,
            Step.DECIDE: _decide,
            Step.REMIND: _remind,
            Step.BEGIN: _begin,
            Step.DRAFT: _draft,
            Step.NAG: _nag,
            Step.LAPSE: _lapse,
            Step.PUBLISH: _publish,
        }
    )
)


def is_organizer(who: Person) -> bool:
    """Say whether somebody makes and changes series."""
    return who.holds(Role.ORGANIZER, Role.ADMIN)
