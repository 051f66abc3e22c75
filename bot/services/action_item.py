"""What a meeting has decided that somebody does: reminded of, extended, done, followed.

The same nudges as cases: two days before, on the day, when it is late; five days late it comes
onto the agenda once more.
"""

from dataclasses import replace
from datetime import UTC, date
from typing import Any

from bot.domain import action_item as rules
from bot.domain.action_item import WORDS, ActionItem, ActionStatus, Stage
from bot.domain.agenda import Item
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.services.callback_due import concerned
from bot.services.community import Community, community_of
from bot.services.letter import tell
from bot.services.meeting_shown import brief
from bot.services.meeting_staff import is_staff, one_named, secretaries
from bot.services.unit_of_work import UnitOfWork
from storage import action_item as actions
from storage import agenda, audit, due
from storage import case as cases
from storage import meeting as meetings
from storage import person as people
from storage.due import Due

KIND = "action_item"
PAGE = 4  # of a list
LATE = "action"  # why an item is on an agenda: what was decided was not done
GOOD, BAD = "good", "bad"  # what a follower says of what was done


async def begin(uow: UnitOfWork, community: Community, made: ActionItem) -> None:
    """Tell who does it, and plan its nudges."""
    _plan(uow, community, made)
    await _tell_owner(uow, community, made, "action.given")


def _plan(uow: UnitOfWork, community: Community, made: ActionItem) -> None:
    """Plan what is still ahead, instead of what was planned before."""
    due.cancel(uow, made.community_id, KIND, str(made.id))
    for stage, at in rules.falls_due(made, community.calendar.zone).items():
        if at > uow.now:
            occurrence = f"{made.extensions}/{stage.value}"
            row = Due(made.community_id, KIND, str(made.id), occurrence, at.astimezone(UTC))
            due.plan_new(uow, row)


async def look(uow: UnitOfWork, row: Due) -> None:
    """Say what belongs to the stage that has come."""
    one = await actions.find(uow, row.community_id, int(row.subject))
    if one is None or one.status is not ActionStatus.OPEN:
        return
    community = await community_of(uow, row.community_id)
    stage = Stage(row.occurrence.partition("/")[2])
    await _tell_owner(uow, community, one, f"action.{stage.value}")
    if stage in {Stage.LATE, Stage.VERY_LATE}:
        for who in await _secretaries(uow, one):
            if who.id != one.owner_id:
                tell(uow, who, "action.late_desk", **await facts(uow, community, one, who))
    if stage is Stage.VERY_LATE:
        await _back_onto_the_agenda(uow, one)


async def _tell_owner(uow: UnitOfWork, community: Community, one: ActionItem, kind: str) -> None:
    found = await people.find(uow, one.community_id, [one.owner_id])
    for who in found.values():
        tell(uow, who, kind, **await facts(uow, community, one, who))


async def _secretaries(uow: UnitOfWork, one: ActionItem) -> list[Person]:
    held = await meetings.find(uow, one.community_id, one.meeting_id)
    return await secretaries(uow, held) if held else []


async def _back_onto_the_agenda(uow: UnitOfWork, one: ActionItem) -> None:
    held = await meetings.find(uow, one.community_id, one.meeting_id)
    if held is not None:
        item = Item(one.community_id, 0, held.series, LATE, one.case_number, None, uow.now,
                    {"action": one.id}, words=one.what)  # fmt: skip
        await agenda.keep(uow, item)


async def facts(
    uow: UnitOfWork, community: Community, one: ActionItem, who: Person
) -> dict[str, Any]:
    """Return what is shown of it, and what the person can do about it."""
    found = await people.find(uow, one.community_id, [one.owner_id])
    today = community.calendar.local(uow.now).date()
    opened = one.status is ActionStatus.OPEN
    held = await meetings.find(uow, one.community_id, one.meeting_id)
    following = await actions.followers_of(uow, one.community_id, one.id)
    return {
        "id": one.id,
        "version": one.version,
        "meeting": one.meeting_id,
        "of_case": one.case_number,
        "what": one.what,
        "owner": found[one.owner_id].name if found else "",
        "until": one.until,
        "zone": community.zone,
        "late": max(0, (today - one.last_day).days) if opened else 0,
        "open": opened,
        "done": one.status is ActionStatus.DONE,
        "half": one.half,
        "was_late": one.was_late(community.calendar.zone),
        "words": one.done_words or "",
        "photo": one.done_photo or "",
        "reason": one.reason or "",
        "mine": who.id == one.owner_id,
        "speaks": held is not None and is_staff(who, held),
        "follows": who.id in following,
    }


# --- what people do ---------------------------------------------------------------------


async def find(uow: UnitOfWork, who: Person, id_: int) -> ActionItem:
    """Return one of the person's community; raises Refusal when there is none."""
    one = await actions.find(uow, who.community_id, id_)
    if one is None:
        raise Refusal("toast.stale")
    return one


async def to_do(uow: UnitOfWork, who: Person, id_: int) -> ActionItem:
    """Return one that the person has to do, or the secretary speaks for; raises Refusal."""
    one = await find(uow, who, id_)
    held = await meetings.find(uow, who.community_id, one.meeting_id)
    if who.id != one.owner_id and not (held and is_staff(who, held)):
        raise Refusal("refusal.not_yours", who=["handler"])
    if one.status is not ActionStatus.OPEN:
        raise Refusal("toast.action_done")
    return one


async def half(uow: UnitOfWork, who: Person, id_: int) -> ActionItem:
    """Note that half of it is done; raises Refusal."""
    one = await to_do(uow, who, id_)
    return one if one.half else _changed(uow, one, half=True)


async def finish(
    uow: UnitOfWork, who: Person, id_: int, words: str, photo: str | None = None
) -> ActionItem:
    """Note that it is done, in words and with a picture if there is one; raises Refusal."""
    one = await to_do(uow, who, id_)
    words = _checked(words)
    done = {"done_at": uow.now, "done_words": words, "done_photo": photo}
    one = _changed(uow, one, status=ActionStatus.DONE, **done)
    due.cancel(uow, one.community_id, KIND, str(one.id))
    await audit.add(uow, one.community_id, who.id, "action_done", f"action:{one.id}")
    await _tell_followers(uow, one, who, "action.done")
    return one


async def extend(uow: UnitOfWork, who: Person, id_: int, until: date, reason: str) -> ActionItem:
    """Move its day, with a reason that everybody reads who follows it; raises Refusal."""
    one = await to_do(uow, who, id_)
    reason = _checked(reason)
    community = await community_of(uow, who.community_id)
    if until <= one.last_day or not rules.may_be_until(
        until, community.calendar.local(uow.now).date()
    ):
        raise Refusal("refusal.past_time")
    moved = {"until": until.isoformat(), "reason": reason, "extensions": one.extensions + 1}
    one = _changed(uow, one, **moved)
    _plan(uow, community, one)
    facts_ = {"until": one.until, "reason": reason}
    await audit.add(uow, one.community_id, who.id, "action_extended", f"action:{one.id}", **facts_)
    await _tell_followers(uow, one, who, "action.extended")
    return one


async def check_may_hand_over(uow: UnitOfWork, who: Person, id_: int) -> ActionItem:
    """Return one that the person may give to somebody else: the secretary. Raises Refusal."""
    one = await to_do(uow, who, id_)
    held = await meetings.find(uow, who.community_id, one.meeting_id)
    if held is None or not is_staff(who, held):
        raise Refusal("refusal.not_yours", who=["organizer"])
    return one


async def hand_over(uow: UnitOfWork, who: Person, id_: int, words: str) -> ActionItem:
    """Let somebody else do it whose name was written; both hear so. Raises Refusal."""
    one = await check_may_hand_over(uow, who, id_)
    to = await one_named(uow, who, words)
    if to.id == one.owner_id:
        return one
    community = await community_of(uow, who.community_id)
    given = _changed(uow, one, owner_id=to.id, half=False)
    facts_ = {"from": one.owner_id, "to": to.id}
    await audit.add(uow, one.community_id, who.id, "action_given", f"action:{one.id}", **facts_)
    await _tell_owner(uow, community, given, "action.given")
    for before in (await people.find(uow, one.community_id, [one.owner_id])).values():
        tell(uow, before, "action.taken_off", **await facts(uow, community, given, before))
    return given


def _checked(words: str) -> str:
    words = words.strip()
    if not words:
        raise Refusal("refusal.needs_words")
    if len(words) > WORDS:
        raise Refusal("common.too_long", limit=WORDS)
    return words


def _changed(uow: UnitOfWork, one: ActionItem, **changes: Any) -> ActionItem:
    return actions.change(uow, replace(one, version=one.version + 1, **changes))


async def follow(uow: UnitOfWork, who: Person, id_: int) -> ActionItem:
    """Let the person hear what becomes of it; twice is once. Raises Refusal."""
    one = await find(uow, who, id_)
    if who.id not in await actions.followers_of(uow, one.community_id, one.id):
        actions.follow(uow, one, who.id)
    return one


async def judge(uow: UnitOfWork, who: Person, id_: int, said: str) -> ActionItem:
    """Hear from whom it concerns whether it was done well; raises Refusal."""
    one = await find(uow, who, id_)
    if said not in {GOOD, BAD} or one.status is not ActionStatus.DONE:
        raise Refusal("toast.stale")
    if who.id not in await actions.followers_of(uow, one.community_id, one.id):
        actions.follow(uow, one, who.id)
    actions.say(uow, one, who.id, said)
    if said == BAD:
        community = await community_of(uow, who.community_id)
        for person in await _secretaries(uow, one):
            tell(uow, person, "action.not_good", **await facts(uow, community, one, person))
    return one


async def _tell_followers(uow: UnitOfWork, one: ActionItem, by: Person, kind: str) -> None:
    """Tell who follows it, whose case it is, and the secretary; never who has done it."""
    community = await community_of(uow, one.community_id)
    following = await actions.followers_of(uow, one.community_id, one.id)
    found = await people.find(uow, one.community_id, following)
    case = await cases.find(uow, one.community_id, one.case_number) if one.case_number else None
    found |= {who.id: who for who in (await concerned(uow, case) if case else [])}
    found |= {who.id: who for who in await _secretaries(uow, one)}
    if by.id != one.owner_id:  # the secretary spoke for them
        found.pop(one.owner_id, None)
        await _tell_owner(uow, community, one, "action.card" if kind == "action.done" else kind)
    for id_ in sorted(found):
        if id_ != by.id and found[id_].blocked_at is None:
            tell(uow, found[id_], kind, **await facts(uow, community, one, found[id_]))


async def of_meeting(
    uow: UnitOfWork, who: Person, meeting_id: int, page: int = 0
) -> dict[str, Any]:
    """Return a page of what a meeting has decided, and how far it is."""
    held = await meetings.find(uow, who.community_id, meeting_id)
    if held is None:
        raise Refusal("toast.stale")
    community = await community_of(uow, who.community_id)
    found = await actions.of_meeting(uow, who.community_id, meeting_id)
    pages = max(1, -(-len(found) // PAGE))
    at = min(page, pages - 1)
    shown = found[at * PAGE : (at + 1) * PAGE]
    items = [await facts(uow, community, one, who) for one in shown]
    return {**brief(community, held), "actions": items, "page": at, "pages": pages}
