"""Series of meetings: which there are, the meetings that they bring, and changing them.

Four weeks are planned ahead, of a series that is rarer its next meeting. A row for each planned
date, so that nothing comes twice however often it is looked at.
"""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.domain.meeting import CALLED_OFF, FIRST, REMINDED, Meeting, Series
from bot.domain.recurrence import AHEAD as FOUR_WEEKS
from bot.domain.recurrence import Occurrence, next_five, occurrences
from bot.services import agenda, meeting_clock
from bot.services.community import Community, community_of
from bot.services.letter import tell
from bot.services.meeting_shown import brief
from bot.services.organisation_series import SeriesRow, rule_of
from bot.services.unit_of_work import UnitOfWork
from storage import community as communities
from storage import due
from storage import meeting as meetings
from storage import person as people
from storage import series as stored
from storage.counter import next_number
from storage.due import Due

KIND = "meetings"  # the tick that plans ahead
_AT, _DAY = time(6), timedelta(days=1)  # local
_SERIES_CHANGED = "series"  # why a planned meeting fell away, when its series no longer has it


async def all_of(uow: UnitOfWork, community: Community, community_id: int) -> dict[str, Series]:
    """Return every series by code: those of the file, and what organizers made of them."""
    found = dict(community.series)
    for code, (version, document) in (await stored.all_of(uow, community_id)).items():
        found[code] = SeriesRow.model_validate(document).meant(version)
    return found


async def plan_all(uow: UnitOfWork) -> None:
    """Plan ahead in every community, and the next look."""
    for community_id in await communities.codes(uow):
        await plan_ahead(uow, community_id)
        await _plan_look(uow, community_id)


async def _plan_look(uow: UnitOfWork, community_id: int) -> None:
    calendar = (await community_of(uow, community_id)).calendar
    day = calendar.local(uow.now).date() + _DAY
    at = datetime.combine(day, _AT, calendar.zone).astimezone(UTC)
    await due.plan(uow, Due(community_id, KIND, "", day.isoformat(), at))


async def look(uow: UnitOfWork, row: Due) -> None:
    """Plan ahead once a day."""
    await plan_ahead(uow, row.community_id)
    await _plan_look(uow, row.community_id)


async def plan_ahead(uow: UnitOfWork, community_id: int) -> None:
    """Add the meetings of the next four weeks that are not there yet; let go what fell away."""
    community = await community_of(uow, community_id)
    for one in (await all_of(uow, community, community_id)).values():
        await _plan_series(uow, community, community_id, one)


async def _plan_series(
    uow: UnitOfWork, community: Community, community_id: int, one: Series
) -> None:
    wanted = {} if one.paused else _dates(community, uow.now, one)
    for held in await meetings.in_status(uow, community_id, [FIRST]):
        is_ours = held.series == one.code and held.note is None
        # One that has begun meanwhile, the bot having been away, has taken place all the same.
        if is_ours and held.starts_at > uow.now and held.occurrence not in wanted:
            await _let_go(uow, community, held)
    for occurrence in wanted.values():
        key = occurrence.planned.isoformat()
        held_one = await meetings.planned(uow, community_id, one.code, key)
        if held_one is None:
            id_ = await next_number(uow, community_id, "meeting")
            made = _made(community_id, id_, one, occurrence)
            meeting_clock.plan(uow, community, meetings.add(uow, made))
        else:
            _fit(uow, community, held_one, one, occurrence)


def _dates(community: Community, now: datetime, one: Series) -> dict[str, Occurrence]:
    """Return what is to come, by its planned date."""
    today = community.calendar.local(now).date()
    rule = rule_of(one)
    near = occurrences(rule, community.calendar, today, today + FOUR_WEEKS)
    found = [each for each in near if each.starts > now]
    found = found or next_five(rule, community.calendar, now)[:1]
    return {each.planned.isoformat(): each for each in found}


def _made(community_id: int, id_: int, one: Series, at: Occurrence) -> Meeting:
    return Meeting(
        community_id=community_id,
        id=id_,
        series=one.code,
        occurrence=at.planned.isoformat(),
        status=FIRST,
        version=1,
        name=one.name,
        place=one.place,
        starts_at=at.starts,
        minutes=one.minutes,
        secretary=one.secretary,
    )


def _fit(uow: UnitOfWork, community: Community, held: Meeting, one: Series, at: Occurrence) -> None:
    """Let a meeting to which nobody is invited yet be as its series is now.

    What people have moved or cancelled themselves stays as they said.
    """
    fell_away = held.status is CALLED_OFF and held.note == _SERIES_CHANGED
    if not fell_away and (held.status is not FIRST or held.note is not None):
        return
    like = _made(held.community_id, held.id, one, at)
    fitted = replace(like, version=held.version)
    if fitted == held:
        return
    fitted = meetings.change(uow, replace(fitted, version=held.version + 1))
    meeting_clock.plan(uow, community, fitted)


async def _let_go(uow: UnitOfWork, community: Community, held: Meeting) -> None:
    """Call it off; who has said that they come hears so, topics go to the next one."""
    gone = replace(held, status=CALLED_OFF, note=_SERIES_CHANGED, version=held.version + 1)
    meeting_clock.stop(uow, meetings.change(uow, gone))
    await agenda.let_go(uow, gone)
    parts = await meetings.invited(uow, held.community_id, held.id)
    coming = [one.person_id for one in parts if one.answer in REMINDED]
    found = await people.find(uow, held.community_id, coming)
    for id_ in sorted(found):
        facts = {**brief(community, gone), "reason": _SERIES_CHANGED}
        tell(uow, found[id_], "meeting.cancelled", **facts)
