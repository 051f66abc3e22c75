"""Whom a survey means, and about which case of theirs; how many of them a letter reaches."""

from datetime import UTC, datetime, timedelta

from bot.domain.area import EVERYWHERE
from bot.domain.case import DONE
from bot.domain.onbehalf import has_no_chat
from bot.domain.period import MONTH, Period
from bot.domain.person import Person
from bot.domain.survey import Survey, Whom
from bot.services import addressees
from bot.services.community import Community, community_of
from bot.services.unit_of_work import UnitOfWork
from storage import person as people
from storage import survey as surveys


async def meant(
    uow: UnitOfWork, community: Community, survey: Survey, after: int, most: int
) -> list[tuple[Person, int | None]]:
    """Return a page of those who are meant, behind the person `after`, each with their case."""
    whom = survey.whom.addressees
    if not survey.whom.closed_cases:
        found = await addressees.page(uow, survey.community_id, whom, after=after, most=most)
        return [(one, whom.case) for one in found]
    at = survey.community_id, survey.whom, survey.starts_at
    held = await _with_closed_cases(uow, community, *at)
    ids = [one for one in sorted(held) if one > after][:most]
    known = await people.find(uow, survey.community_id, ids)
    return [(known[one], held[one]) for one in ids]


async def reached(uow: UnitOfWork, community_id: int, whom: Whom, starts: datetime) -> int:
    """Return how many would be reached by what starts then (UTC)."""
    if not whom.closed_cases:
        return (await addressees.count(uow, community_id, whom.addressees)).reached
    community = await community_of(uow, community_id)
    held = await _with_closed_cases(uow, community, community_id, whom, starts)
    known = await people.find(uow, community_id, sorted(held))
    return sum(can_be_asked(one) for one in known.values())


def can_be_asked(who: Person) -> bool:
    """Say whether a letter would reach the person, who has not shut Linli out."""
    return not (has_no_chat(who.telegram_id) or who.blocked_at or who.block_id)


async def _with_closed_cases(
    uow: UnitOfWork, community: Community, community_id: int, whom: Whom, starts: datetime
) -> dict[int, int]:
    """Return who had a case closed in the month before, with the last of each."""
    calendar, scopes = community.calendar, whom.addressees.scopes
    month = Period.around(MONTH, calendar.local(starts).date()).previous()
    since, until = (
        datetime(day.year, day.month, day.day, tzinfo=calendar.zone).astimezone(UTC)
        for day in (month.first, month.last + timedelta(days=1))
    )
    done = [one.value for one in DONE]
    buildings = None if EVERYWHERE in scopes else addressees.buildings_in(community, scopes)
    return await surveys.with_closed_cases(uow, community_id, done, since, until, buildings)
