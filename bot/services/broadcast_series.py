"""Notices that come again and again: kept with a rule, made a day before each time, ended.

Each time is a broadcast like any other, so who gets it is looked up when it goes, and whoever
wrote it can leave off a single one. A second person agrees each time where one is needed.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.domain.broadcast import SENDERS
from bot.domain.broadcast_series import AHEAD, MOST, BroadcastSeries
from bot.domain.draft import Draft
from bot.domain.person import Person
from bot.domain.recurrence import Occurrence, Rule, next_five
from bot.domain.refusal import Refusal
from bot.services import addressees, broadcast, broadcast_draft, recurrence
from bot.services.broadcast import Said
from bot.services.broadcast_draft import may_reach
from bot.services.broadcast_shown import show
from bot.services.community import Community, community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import broadcast_series as series
from storage import due
from storage import person as people
from storage.counter import next_number
from storage.due import Due

KIND = "broadcast_series"


async def keep(uow: UnitOfWork, who: Person, draft: Draft, rule: Rule) -> BroadcastSeries:
    """Let what was written come again and again; raises Refusal when it cannot."""
    body, whom = broadcast_draft.body_of(draft), broadcast_draft.whom_of(draft)
    community = await community_of(uow, who.community_id)
    if not may_reach(community, who, whom):
        raise Refusal("refusal.not_a_sender")
    if not (await addressees.count(uow, who.community_id, whom)).reached:
        raise Refusal("refusal.nobody_there")
    if len(await series.going(uow, who.community_id)) >= MOST:
        raise Refusal("refusal.enough_series", most=MOST)
    first = _next(community, rule, uow.now)
    if first is None:
        raise Refusal("refusal.past_time")
    if body.ends_before(first.starts):
        raise Refusal("refusal.poll_ends_before")
    if broadcast.quiet_end(community, first.starts) is not None:
        raise Refusal("refusal.quiet_then")
    made = BroadcastSeries(
        community_id=who.community_id,
        id=await next_number(uow, who.community_id, KIND),
        version=1,
        author_id=who.id,
        body=body,
        whom=whom,
        rule=rule,
        silent=draft.facts["silent"],
        receipts=draft.facts["receipts"] and body.poll is None,
        created_at=uow.now,
    )
    series.add(uow, made)
    broadcast_draft.done(uow, draft)
    _plan(uow, made, first)
    return made


def _next(community: Community, rule: Rule, after: datetime) -> Occurrence | None:
    found = next_five(rule, community.calendar, after)
    return found[0] if found else None


def _plan(uow: UnitOfWork, one: BroadcastSeries, at: Occurrence) -> None:
    due_at = max(uow.now, at.starts - AHEAD)
    due.plan_new(uow, Due(one.community_id, KIND, str(one.id), at.starts.isoformat(), due_at))


async def look(uow: UnitOfWork, planned: Due) -> None:
    """Make the broadcast of this time, and plan the next; what was missed comes once."""
    one = await series.find(uow, planned.community_id, int(planned.subject))
    if one is None or one.ended_at is not None:
        return
    starts = datetime.fromisoformat(planned.occurrence).astimezone(UTC)
    community = await community_of(uow, one.community_id)
    following = _next(community, one.rule, max(starts, uow.now))
    if following is not None:
        _plan(uow, one, following)
    author = (await people.find(uow, one.community_id, [one.author_id]))[one.author_id]
    at = max(starts, uow.now)
    if at > starts:  # it was missed: not in the night in which the machine came back
        at = broadcast.quiet_end(community, at) or at
    said = Said(one.body, one.whom, silent=one.silent, receipts=one.receipts, series_id=one.id)
    try:
        made = await broadcast.issue(uow, author, said, at)
    except Refusal:
        tell(uow, author, "broadcast.series_missed", **_brief(community, one))
    else:
        await show(uow, made)


async def end(uow: UnitOfWork, who: Person, id_: int, seen: int) -> None:
    """Let it come no more; what is made for tomorrow has a button of its own. Raises Refusal."""
    one = await series.find(uow, who.community_id, id_)
    community = await community_of(uow, who.community_id)
    if one is None or not who.holds_somewhere(*SENDERS) or not may_reach(community, who, one.whom):
        raise Refusal("refusal.not_a_sender")
    if one.version != seen or one.ended_at is not None:
        raise Refusal("toast.stale")
    series.change(uow, replace(one, version=one.version + 1, ended_at=uow.now))
    due.cancel(uow, one.community_id, KIND, str(one.id))


def _brief(community: Community, one: BroadcastSeries) -> dict[str, Any]:
    return {
        "id": one.id,
        "version": one.version,
        "title": one.title,
        "whom": addressees.name_of(community, one.whom),
        "rule": {**recurrence.rule_facts(one.rule), "moment": True},
        "zone": community.zone,
    }


async def listing(uow: UnitOfWork, who: Person) -> dict[str, Any]:
    """Return those that go on and are the person's to end, each with its next time."""
    community = await community_of(uow, who.community_id)
    if not who.holds_somewhere(*SENDERS):
        raise Refusal("refusal.not_a_sender")
    held = [
        one
        for one in await series.going(uow, who.community_id)
        if may_reach(community, who, one.whom)
    ]
    return {"series": [_shown(community, one, uow.now) for one in held], "zone": community.zone}


def _shown(community: Community, one: BroadcastSeries, now: datetime) -> dict[str, Any]:
    following = _next(community, one.rule, now)
    at = following.starts.isoformat() if following else None
    return {**_brief(community, one), "at": at}
