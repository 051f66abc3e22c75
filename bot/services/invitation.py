"""Who is invited to a meeting, what they say, their words, the reminder, and who came."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.meeting import (
    AHEAD,
    CHECK_IN,
    ON_NOW,
    REMINDED,
    WITH_MINUTES,
    WORDS,
    Answer,
    Invitation,
    Meeting,
)
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.role import Role
from bot.services import series
from bot.services.community import Community, community_of
from bot.services.letter import tell
from bot.services.meeting_shown import agenda_of, brief, spoken_of
from bot.services.meeting_staff import check, find, secretaries
from bot.services.unit_of_work import UnitOfWork
from storage import agenda
from storage import meeting as meetings
from storage import person as people

LATELY = timedelta(days=62)  # who came so lately is invited again
BY_CODE, BY_SECRETARY = "code", "secretary"
PAGE = 6  # tiles of the list of who came


async def invite(
    uow: UnitOfWork, community: Community, one: Meeting, told: Collection[int]
) -> None:
    """Invite whom the series names, who came lately, who proposed, and who is concerned.

    `told` have heard of it with their case: they are invited without a second letter.
    """
    known = {part.person_id: part for part in await meetings.invited(uow, one.community_id, one.id)}
    items = await agenda_of(uow, community, one)
    for who in await _guests(uow, community, one, told):
        part = known.get(who.id)
        if part is None:
            meetings.add_part(uow, Invitation(one.community_id, one.id, who.id, invited=True))
        else:
            meetings.change_part(uow, replace(part, invited=True))
        if who.id not in told:
            said = part.answer.value if part and part.answer else ""
            tell(uow, who, "meeting.invite", **brief(community, one), items=items, answer=said)


async def _guests(
    uow: UnitOfWork, community: Community, one: Meeting, told: Collection[int]
) -> list[Person]:
    held = (await series.all_of(uow, community, one.community_id)).get(one.series)
    roles = [Role(code) for code in held.invites] if held else []
    found = {who.id: who for who in await people.holders(uow, one.community_id, roles)}
    found |= {who.id: who for who in await secretaries(uow, one)}
    lately = await meetings.came_lately(uow, one.community_id, one.series, uow.now - LATELY)
    answered = [part.person_id for part in await meetings.invited(uow, one.community_id, one.id)]
    proposed = await _proposers(uow, one)
    found |= await people.find(uow, one.community_id, [*lately, *answered, *proposed, *told])
    return [found[id_] for id_ in sorted(found) if found[id_].blocked_at is None]


async def _proposers(uow: UnitOfWork, one: Meeting) -> list[int]:
    """Return who proposed what is on the agenda, or goes along with it."""
    found = []
    for item in await spoken_of(uow, one):
        along = await agenda.together_with(uow, one.community_id, item.id)
        found += [each.person_id for each in (item, *along) if each.person_id is not None]
    return found


async def let_in(uow: UnitOfWork, one: Meeting, person_id: int) -> None:
    """Count somebody among the invited who has heard of the meeting otherwise."""
    if await meetings.part(uow, one.community_id, one.id, person_id) is None:
        meetings.add_part(uow, Invitation(one.community_id, one.id, person_id, invited=True))


async def people_of(uow: UnitOfWork, one: Meeting) -> list[Person]:
    """Return who was invited, or has said anything."""
    held = await meetings.invited(uow, one.community_id, one.id)
    found = await people.find(uow, one.community_id, [part.person_id for part in held])
    return [found[id_] for id_ in sorted(found)]


async def take_answer(uow: UnitOfWork, who: Person, id_: int, said: str) -> Meeting:
    """Hear whether somebody comes, invited or not; the last word counts. Raises Refusal."""
    one = await find(uow, who, id_)
    if one.status not in AHEAD or said not in list(Answer):
        raise Refusal("toast.meeting_on" if said in list(Answer) else "toast.stale")
    part, is_new = await _part(uow, one, who)
    _keep(uow, replace(part, answer=Answer(said)), is_new=is_new)
    return one


async def send_words(uow: UnitOfWork, who: Person, id_: int, words: str) -> Meeting:
    """Take a word to the meeting from somebody who cannot come; raises Refusal."""
    one = await find(uow, who, id_)
    words = words.strip()
    if one.status not in AHEAD | WITH_MINUTES:
        raise Refusal("toast.meeting_on")
    if len(words) > WORDS:
        raise Refusal("common.too_long", limit=WORDS)
    part, is_new = await _part(uow, one, who)
    _keep(uow, replace(part, words=words), is_new=is_new)
    return one


async def _part(uow: UnitOfWork, one: Meeting, who: Person) -> tuple[Invitation, bool]:
    held = await meetings.part(uow, one.community_id, one.id, who.id)
    return held or Invitation(one.community_id, one.id, who.id), held is None


def _keep(uow: UnitOfWork, part: Invitation, *, is_new: bool) -> None:
    (meetings.add_part if is_new else meetings.change_part)(uow, part)


async def remind(uow: UnitOfWork, community: Community, one: Meeting) -> None:
    """Remind on the day, silently, those who come or may come; nobody else."""
    held = await meetings.invited(uow, one.community_id, one.id)
    wanted = [part.person_id for part in held if part.answer in REMINDED]
    found = await people.find(uow, one.community_id, wanted)
    for id_ in sorted(found):
        if found[id_].blocked_at is None:
            tell(uow, found[id_], "meeting.reminder", silent=True, **brief(community, one))


# --- who came ---------------------------------------------------------------------------


async def check_in(uow: UnitOfWork, who: Person, place: str) -> Meeting | None:
    """Note that somebody came, who scanned the code of the room; None when no meeting is on.

    From an hour before the beginning until an hour after the end.
    """
    found = [
        one
        for one in await meetings.in_status(uow, who.community_id, ON_NOW)
        if one.starts_at - CHECK_IN <= uow.now <= one.ends_at + CHECK_IN
    ]
    here = next((one for one in found if one.place == place), None)
    community = await community_of(uow, who.community_id)
    here = here or next((one for one in found if not _has_code(community, one)), None)
    if here is None:
        return None
    part, is_new = await _part(uow, here, who)
    if part.came_at is None:
        came = replace(part, came_at=uow.now, came_by=BY_CODE)
        _keep(uow, came, is_new=is_new)
    return here


def _has_code(community: Community, one: Meeting) -> bool:
    """Say whether the meeting is in a room where a code of its own hangs."""
    return bool(one.place) and community.place_of_code(one.place) is not None


async def tiles(uow: UnitOfWork, who: Person, id_: int, page: int) -> dict[str, Any]:
    """Return who was invited or has answered, to tick who came; raises Refusal."""
    one = await find(uow, who, id_)
    check(who, one, "attend")
    held = await meetings.invited(uow, one.community_id, one.id)
    found = await people.find(uow, one.community_id, [part.person_id for part in held])
    order = {Answer.YES: 0, Answer.MAYBE: 1, None: 2, Answer.NO: 3}
    held.sort(key=lambda part: (order[part.answer], part.person_id))
    pages = max(1, -(-len(held) // PAGE))
    at = min(page, pages - 1)
    return {
        **brief(await community_of(uow, one.community_id), one),
        "tiles": [
            {
                "person": part.person_id,
                "name": found[part.person_id].name,
                "came": part.came_at is not None,
            }
            for part in held[at * PAGE : (at + 1) * PAGE]
        ],
        "came": sum(part.came_at is not None for part in held),
        "page": at,
        "pages": pages,
    }


async def tick(uow: UnitOfWork, who: Person, id_: int, person_id: int, *, on: bool) -> None:
    """Note that somebody came, or did not after all; twice is once. Raises Refusal."""
    one = await find(uow, who, id_)
    check(who, one, "attend")
    if one.status not in WITH_MINUTES:
        raise Refusal("toast.stale")
    of = (await people.find(uow, who.community_id, [person_id])).get(person_id)
    if of is None:
        raise Refusal("toast.stale")
    part, is_new = await _part(uow, one, of)
    if (part.came_at is not None) != on:
        came = {"came_at": uow.now, "came_by": BY_SECRETARY} if on else _DID_NOT
        _keep(uow, replace(part, **came), is_new=is_new)


_DID_NOT: dict[str, Any] = {"came_at": None, "came_by": None}
