"""The minutes: written item by item, looked at by those who came, published, and followed.

What is concluded becomes an action item, comes again, climbs to the series above, or becomes a
proposal, when the minutes are published and not before.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from bot.domain import action_item as actions
from bot.domain.agenda import Conclusion, Item, ItemStatus, choices_in
from bot.domain.meeting import (
    CLIMBS,
    IN_REVIEW,
    TO_FILL,
    WITH_MINUTES,
    WORDS,
    Meeting,
    after,
    allowed,
)
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.role import Role
from bot.services import meeting_agenda, meeting_clock, minutes_public
from bot.services.community import Community, community_of
from bot.services.letter import tell
from bot.services.meeting_shown import agenda_of, brief, case_of, draft_facts, item, spoken_of
from bot.services.meeting_staff import check, find, one_named, secretaries
from bot.services.unit_of_work import UnitOfWork
from storage import agenda, audit
from storage import meeting as meetings
from storage import person as people

OWNERS = 6  # people who are offered
PAGE = 5  # items of which one is chosen
_OWNERS = (Role.SUPERVISOR, Role.DISPATCHER, Role.PROPERTY_STAFF, Role.GRID_WORKER,
           Role.ORGANIZER)  # fmt: skip


async def draft(uow: UnitOfWork, community: Community, one: Meeting) -> None:
    """Hand the secretary the minutes to be filled in; two reminders follow."""
    drafted = meetings.change(uow, replace(after(one, "draft"), drafted_at=uow.now))
    meeting_clock.plan_nags(uow, community, drafted)
    await _hand_over(uow, community, drafted, "minutes.draft")


async def nag(uow: UnitOfWork, community: Community, one: Meeting) -> None:
    """Remind the secretary while the minutes are not written."""
    if one.status in TO_FILL and await spoken_of(uow, one):  # of nothing none are needed
        days = (community.calendar.local(uow.now).date() - _day(community, one)).days
        await _hand_over(uow, community, one, "minutes.nag", days=days)


def _day(community: Community, one: Meeting) -> date:
    return community.calendar.local(one.starts_at).date()


async def _hand_over(
    uow: UnitOfWork, community: Community, one: Meeting, kind: str, **more: Any
) -> None:
    facts = await draft_facts(uow, community, one)
    for who in await secretaries(uow, one):
        tell(uow, who, kind, **facts, **more)


# --- item by item -----------------------------------------------------------------------


async def to_write(uow: UnitOfWork, who: Person, meeting_id: int) -> Meeting:
    """Return a meeting in whose minutes the person writes now; raises Refusal."""
    one = await find(uow, who, meeting_id)
    check(who, one, "conclude")
    if one.status not in WITH_MINUTES:
        raise Refusal("toast.minutes_closed")
    return one


async def home(uow: UnitOfWork, who: Person, meeting_id: int) -> dict[str, Any]:
    """Return how far the minutes are; raises Refusal."""
    one = await to_write(uow, who, meeting_id)
    community = await community_of(uow, one.community_id)
    items = await agenda_of(uow, community, one)
    return {**await draft_facts(uow, community, one), "items": items}


async def tiles(uow: UnitOfWork, who: Person, meeting_id: int, page: int) -> dict[str, Any]:
    """Return a page of the items, to conclude one of them anew; raises Refusal."""
    facts = await home(uow, who, meeting_id)
    pages = max(1, -(-len(facts["items"]) // PAGE))
    at = min(page, pages - 1)
    shown = facts["items"][at * PAGE : (at + 1) * PAGE]
    return {**facts, "items": shown, "page": at, "pages": pages}


async def words_sent(uow: UnitOfWork, who: Person, meeting_id: int) -> dict[str, Any]:
    """Return what those have said who could not come; raises Refusal."""
    one = await find(uow, who, meeting_id)
    check(who, one, "conclude")
    held = [part for part in await meetings.invited(uow, one.community_id, one.id) if part.words]
    found = await people.find(uow, one.community_id, [part.person_id for part in held])
    said = [{"name": found[part.person_id].name, "words": part.words} for part in held]
    return {**brief(await community_of(uow, one.community_id), one), "said": said}


async def open_item(uow: UnitOfWork, who: Person, item_id: int) -> tuple[Meeting, Item]:
    """Return an item that the person may conclude now, and its meeting; raises Refusal."""
    held = await agenda.find(uow, who.community_id, item_id)
    if held is None or held.meeting_id is None:
        raise Refusal("toast.stale")
    one = await to_write(uow, who, held.meeting_id)
    if held.status is not ItemStatus.PLACED:
        raise Refusal("toast.stale")
    return one, held


async def item_facts(uow: UnitOfWork, who: Person, item_id: int) -> dict[str, Any]:
    """Return what is asked about one item: how the meeting concludes. Raises Refusal."""
    one, held = await open_item(uow, who, item_id)
    community = await community_of(uow, one.community_id)
    ids = [each.id for each in await spoken_of(uow, one)]
    shown = await item(uow, community, held, ids.index(held.id) + 1)
    case = await case_of(uow, held)
    above = CLIMBS.get(one.series)
    choices = [each.value for each in choices_in(above, proposals=True)]
    words = community.without_door(case.words, case.door) if case else held.words or ""
    return {"meeting": one.id, "item": shown, "words": words, "n": len(ids), "choices": choices}


async def conclude(uow: UnitOfWork, who: Person, item_id: int, said: str) -> Item:
    """Note the conclusion of one item; another one takes its place. Raises Refusal."""
    one, held = await open_item(uow, who, item_id)
    if said not in choices_in(CLIMBS.get(one.series), proposals=True):
        raise Refusal("toast.stale")
    kept = {name: value for name, value in held.facts.items() if name not in {"owner", "until"}}
    return _noted(uow, held, conclusion=Conclusion(said), facts=kept, said=None)


async def assign(uow: UnitOfWork, who: Person, item_id: int, person_id: int) -> Item:
    """Note who does it; raises Refusal."""
    _, held = await open_item(uow, who, item_id)
    found = await people.find(uow, who.community_id, [person_id])
    if person_id not in found or held.conclusion is not Conclusion.AGREED:
        raise Refusal("toast.stale")
    return _noted(uow, held, facts={**held.facts, "owner": person_id})


async def set_day(uow: UnitOfWork, who: Person, item_id: int, day: date) -> Item:
    """Note by when (a local date) it is to be done; raises Refusal."""
    one, held = await open_item(uow, who, item_id)
    community = await community_of(uow, one.community_id)
    if not actions.may_be_until(day, community.calendar.local(uow.now).date()):
        raise Refusal("refusal.past_time")
    if "owner" not in held.facts:
        raise Refusal("toast.stale")
    return _noted(uow, held, facts={**held.facts, "until": day.isoformat()})


async def say(uow: UnitOfWork, who: Person, item_id: int, words: str) -> Item:
    """Note the conclusion in words; raises Refusal."""
    _, held = await open_item(uow, who, item_id)
    if held.conclusion is None:
        raise Refusal("toast.stale")
    if len(words) > WORDS:
        raise Refusal("common.too_long", limit=WORDS)
    return _noted(uow, held, said=words.strip())


def _noted(uow: UnitOfWork, held: Item, **changes: Any) -> Item:
    return agenda.change(uow, replace(held, version=held.version + 1, **changes))


async def owners(uow: UnitOfWork, who: Person, item_id: int) -> dict[str, Any]:
    """Return who is offered to do it: who has the case first. Raises Refusal."""
    one, held = await open_item(uow, who, item_id)
    case = await case_of(uow, held)
    wanted = [case.handler_id] if case and case.handler_id else []
    found = list((await people.find(uow, one.community_id, wanted)).values())
    for role in _OWNERS:
        found += await people.holders(uow, one.community_id, [role])
    once = {each.id: each.name for each in found if each.blocked_at is None}
    return {
        **await item_facts(uow, who, item_id),
        "people": [{"id": id_, "name": name} for id_, name in list(once.items())[:OWNERS]],
    }


async def owner_named(uow: UnitOfWork, who: Person, item_id: int, words: str) -> Item:
    """Let somebody do it whose name was written; raises Refusal unless one person fits."""
    await open_item(uow, who, item_id)
    return await assign(uow, who, item_id, (await one_named(uow, who, words)).id)


async def next_open(uow: UnitOfWork, one: Meeting) -> Item | None:
    """Return the first item that is not concluded."""
    return next((each for each in await spoken_of(uow, one) if not each.is_whole), None)


# --- review and publication -------------------------------------------------------------


async def submit(uow: UnitOfWork, who: Person, meeting_id: int) -> Meeting:
    """Hand the minutes to those who came; a day later they are published. Raises Refusal."""
    one = await to_write(uow, who, meeting_id)
    if not allowed(one, "submit"):
        raise Refusal("toast.minutes_sent" if one.status == IN_REVIEW else "toast.stale")
    if await next_open(uow, one) is not None:
        raise Refusal("refusal.items_open")
    community = await community_of(uow, one.community_id)
    sent = meetings.change(uow, after(one, "submit"))
    at = meeting_clock.plan_publishing(uow, sent)
    items = await agenda_of(uow, community, sent)
    for person in await minutes_public.who_came(uow, sent):
        if person.id != who.id:
            facts = {**brief(community, sent), "items": items, "public_at": at.isoformat()}
            tell(uow, person, "minutes.review", silent=True, **facts)
    await audit.add(uow, one.community_id, who.id, "minutes_sent", f"meeting:{one.id}")
    return sent


async def approve(uow: UnitOfWork, who: Person, meeting_id: int) -> Meeting:
    """Hear from somebody who came that the minutes are right; raises Refusal."""
    one = await _to_review(uow, who, meeting_id)
    await _heard(uow, one, who, None)
    return one


async def object_(uow: UnitOfWork, who: Person, meeting_id: int, words: str) -> Meeting:
    """Hear what is wrong in the minutes; the secretary does too. Raises Refusal."""
    one = await _to_review(uow, who, meeting_id)
    if not words.strip():
        raise Refusal("refusal.needs_words")
    if len(words) > WORDS:
        raise Refusal("common.too_long", limit=WORDS)
    await _heard(uow, one, who, words.strip())
    community = await community_of(uow, one.community_id)
    for person in await secretaries(uow, one):
        facts = {**brief(community, one), "who": who.name, "words": words.strip()}
        tell(uow, person, "minutes.objected", **facts)
    return one


async def check_may_review(uow: UnitOfWork, who: Person, meeting_id: int) -> None:
    """Raise Refusal where the minutes are not theirs to look at now."""
    await _to_review(uow, who, meeting_id)


async def _to_review(uow: UnitOfWork, who: Person, meeting_id: int) -> Meeting:
    one = await find(uow, who, meeting_id)
    part = await meetings.part(uow, one.community_id, one.id, who.id)
    if part is None or part.came_at is None:
        raise Refusal("refusal.not_there")
    if not allowed(one, "object"):
        raise Refusal("toast.minutes_closed")
    return one


async def _heard(uow: UnitOfWork, one: Meeting, who: Person, words: str | None) -> None:
    part = await meetings.part(uow, one.community_id, one.id, who.id)
    assert part is not None
    meetings.change_part(uow, replace(part, reviewed_at=uow.now, objection=words))


async def fall_through(uow: UnitOfWork, who: Person, meeting_id: int) -> Meeting:
    """Note that nothing came of it: nobody was there. All waits for the next. Raises Refusal."""
    one = await to_write(uow, who, meeting_id)
    written = any(each.conclusion for each in await spoken_of(uow, one))
    if written or not allowed(one, "fall_through"):
        raise Refusal("toast.stale")
    await meeting_agenda.give_back(uow, one)
    off = meetings.change(uow, after(one, "fall_through"))
    meeting_clock.stop(uow, off)
    community = await community_of(uow, one.community_id)
    await meeting_agenda.tell_put_off(uow, community, off)
    await audit.add(uow, one.community_id, who.id, "meeting_fell_through", f"meeting:{one.id}")
    return off


async def publish(uow: UnitOfWork, community: Community, one: Meeting) -> None:
    """Publish the minutes; raises nothing, since the clock does it.

    Where the secretary has changed something half way, they are a draft again.
    """
    if await next_open(uow, one) is not None:
        again = meetings.change(uow, after(one, "take_back"))
        meeting_clock.plan_nags(uow, community, again)
        await nag(uow, community, again)
        return
    public = meetings.change(uow, replace(after(one, "publish"), published_at=uow.now))
    await minutes_public.carry_out(uow, community, public)
