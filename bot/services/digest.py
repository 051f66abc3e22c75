"""The digest: what was said to many and did not ring at once, in one message a day.

Nothing is lost: what waits is a row a person; a day on which something rang already puts the
digest off to the next.
"""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.broadcast import IN_THE_NEWS, Way
from bot.domain.budget import Notices, digest_after, is_told_on
from bot.domain.person import Person
from bot.domain.survey import OPEN, SHARED
from bot.domain.survey_guest import ANSWERED, LEFT_OUT
from bot.services.community import Community, community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import broadcast as broadcasts
from storage import digest, due
from storage import person as people
from storage import survey as surveys
from storage import survey_guest as guests
from storage.digest import Waiting
from storage.due import Due

KIND, LETTER = "digest", "broadcast.digest"
PAGE = 60  # people in one step; as many letters are on their way until the next
MOST = 6  # things in one digest with a button each; the rest stand among the news
_STEP = timedelta(seconds=4)
_DAY = timedelta(days=1)


async def plan(uow: UnitOfWork, community_id: int, at: datetime, after: int = 0) -> None:
    """Let the digests that are due at `at` (UTC) be written then, behind the person `after`."""
    moment = at + _STEP if after else at
    row = Due(community_id, KIND, str(after), at.isoformat(), moment)
    if not await due.is_known(uow, row):
        due.plan_new(uow, row)


async def write(uow: UnitOfWork, planned: Due) -> None:
    """Write the digests of a page of people, and plan the next page."""
    community = await community_of(uow, planned.community_id)
    waiting = await digest.page(uow, planned.community_id, int(planned.subject), PAGE)
    if not waiting:
        return
    found = await people.find(uow, planned.community_id, list(waiting))
    since = uow.now - 2 * _DAY
    told = await digest.told(uow, planned.community_id, list(waiting), since)
    for id_, held in waiting.items():
        rung = [at for way, at in told.get(id_, ()) if way is Way.LETTER]
        await _write(uow, community, found[id_], held, rung)
    at = datetime.fromisoformat(planned.occurrence)
    await plan(uow, planned.community_id, at, max(waiting))


async def _write(
    uow: UnitOfWork, community: Community, who: Person, held: Waiting, rung: list[datetime]
) -> None:
    zone = ZoneInfo(community.zone)
    if is_told_on(rung, uow.now, zone):
        until = digest_after(Notices.DAILY, uow.now, zone)
        digest.postpone(uow, who.community_id, who.id, until)
        await plan(uow, who.community_id, until)
        return
    digest.digested(uow, who.community_id, who.id)
    shown = await _surveys(uow, who, held.surveys)  # first: they wait for an answer
    shown += await _titles(uow, who.community_id, held.broadcasts)
    if shown and who.blocked_at is None:
        more = max(0, len(shown) - MOST)
        tell(uow, who, LETTER, bulk=True, items=shown[:MOST], more=more)


async def _titles(uow: UnitOfWork, community_id: int, items: list[int]) -> list[dict[str, Any]]:
    """Return what a digest shows of its broadcasts; one that was recalled is left out."""
    found = [await broadcasts.find(uow, community_id, one) for one in items]
    return [
        {"broadcast": one.id, "title": one.title}
        for one in found
        if one is not None and one.status in IN_THE_NEWS
    ]


async def _surveys(
    uow: UnitOfWork, who: Person, waiting: list[tuple[int, int]]
) -> list[dict[str, Any]]:
    """Return what a digest shows of surveys: what came of one; those that wait for an answer."""
    found = []
    for id_ in dict.fromkeys(id_ for id_, _ in waiting):
        survey = await surveys.find(uow, who.community_id, id_)
        guest = await guests.find(uow, who.community_id, id_, who.id)
        if survey is None or guest is None:
            continue
        results = survey.status in SHARED and guest.status == ANSWERED
        asked = survey.status in OPEN and guest.status not in {ANSWERED, LEFT_OUT}
        if results or asked:
            found.append({"survey": id_, "title": survey.title, "results": results})
    return found
