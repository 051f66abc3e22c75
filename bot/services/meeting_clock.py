"""When the clock acts about a meeting: rows that move with it, and fall away with it."""

from datetime import UTC, datetime, timedelta

from bot.domain.meeting import NAGS, REVIEWED_FOR, Meeting, Step, lapses, nags, steps_ahead
from bot.services.community import Community
from bot.services.unit_of_work import UnitOfWork
from storage import due
from storage.due import Due

KIND = "meeting"
_WELL_BEFORE = timedelta(minutes=30)
_ONLY_IN_TIME = {Step.REMIND}  # what would come too late is left out


def plan(uow: UnitOfWork, community: Community, one: Meeting) -> None:
    """Plan what comes next as the meeting stands now, instead of what was planned before.

    Once for each version of the meeting.
    """
    stop(uow, one)
    for step, usual in steps_ahead(one, community.calendar.zone).items():
        at = _before_the_rest(community, usual) if step is Step.REMIND else usual
        if step not in _ONLY_IN_TIME or at >= uow.now:
            _plan(uow, one, step.value, at)


def _before_the_rest(community: Community, at: datetime) -> datetime:
    """Return half an hour before the midday rest for what falls into it: after it, it is late."""
    zone, (_, noon, *_) = community.calendar.zone, community.quiet
    if noon.end_after(at.astimezone(zone)) is None:
        return at
    return datetime.combine(at.astimezone(zone).date(), noon.begins, zone) - _WELL_BEFORE


def plan_nags(uow: UnitOfWork, community: Community, one: Meeting) -> None:
    """Plan the reminders of minutes that are not written, and the end of waiting for them.

    Where they come late, the bot having been away, nobody is reminded in the same breath, and
    there are some days left to write them.
    """
    for number, at in enumerate(nags(one, community.calendar.zone)):
        if at > uow.now:
            _plan(uow, one, f"{Step.NAG.value}{number}", at)
    at_least = uow.now + timedelta(days=NAGS[0])
    _plan(uow, one, Step.LAPSE.value, max(lapses(one, community.calendar.zone), at_least))


def plan_publishing(uow: UnitOfWork, one: Meeting) -> datetime:
    """Plan the publication, once those who came had their time; return when (UTC)."""
    stop(uow, one)
    at = uow.now + REVIEWED_FOR
    _plan(uow, one, Step.PUBLISH.value, at)
    return at


def stop(uow: UnitOfWork, one: Meeting) -> None:
    """Let nothing come any more that was planned."""
    due.cancel(uow, one.community_id, KIND, str(one.id))


def step_of(row: Due) -> Step:
    """Return what a row is about."""
    return Step(row.occurrence.partition("/")[2].rstrip("0123456789"))


def _plan(uow: UnitOfWork, one: Meeting, step: str, at: datetime) -> None:
    row = Due(one.community_id, KIND, str(one.id), f"{one.version}/{step}", at.astimezone(UTC))
    due.plan_new(uow, row)
