"""What people do with a case: each function is one move of the table, in one transaction.

The table in bot/domain/case.py says who may and what follows; here rows are written and people
are told. Refusals are raised before anything is written.
"""

from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import replace
from typing import Any

from bot.domain import permission
from bot.domain.case import ASKED, FIRST, MOVES, TO_TAKE, Relation, Status
from bot.domain.case_record import Case
from bot.domain.draft import Draft
from bot.domain.level import takers
from bot.domain.permission import Actor
from bot.domain.person import Person
from bot.domain.place import Place
from bot.domain.refusal import Refusal
from bot.services import (
    advice,
    audience,
    callback_due,
    clocks,
    finding,
    kin,
    leaving,
    onbehalf,
    outage_end,
    route,
    search_index,
    signal,
    tell_case,
)
from bot.services import draft as drafts
from bot.services.case_facts import actor_in, actor_of
from bot.services.community import Community, community_of
from bot.services.draft_tiles import remember_place
from bot.services.sent import SHOWS
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases
from storage import person as people
from storage.case import Attachment, Entry
from storage.counter import next_number

RULE, CLOCK = (Actor(None, relation=one) for one in (Relation.RULE, Relation.CLOCK))
First = Callable[[Case], Awaitable[None]]
CHAT = "chat"  # the channel of a report that came from a person's own chat


class Stale(Refusal):
    """The button was drawn for an older version of the case; `case` is how it is now."""

    def __init__(self, case: Case, key: str = "toast.stale") -> None:
        super().__init__(key)
        self.case = case


async def find(uow: UnitOfWork, who: Person, number: int) -> Case:
    """Return the case of the person's community; raises Refusal when there is none."""
    case = await cases.find(uow, who.community_id, number)
    if case is None:
        raise Refusal("refusal.no_case", number=number)
    return case


async def report(
    uow: UnitOfWork, who: Person, draft: Draft, *, urgent: bool = False, first: First | None = None
) -> Case:
    """File the person's complete draft: it gets its number, and the dispatchers their card.

    What comes `first` is done before anybody is shown a card.
    """
    community = await community_of(uow, who.community_id)
    behalf = draft.facts.get(onbehalf.KEY)
    held = onbehalf.told(draft.facts) if behalf else draft.facts
    whose = onbehalf.reporter_of(uow, draft) if behalf else kin.reporter_of(uow, who, draft)
    reporter = await whose
    case = Case(
        community_id=who.community_id,
        number=await next_number(uow, who.community_id, "case"),
        status=FIRST,
        version=1,
        category=held["kind"],
        words=held["words"],
        channel=behalf or (finding.PATROL if held.get(finding.PATROL) else CHAT),
        urgent=urgent,
        reporter_id=reporter.id,
        reported_at=uow.now,
        **community.placed(Place.of(held), reporter.home),
        **clocks.at_report(community, held["kind"], uow.now, urgent=urgent),
    )
    cases.add(uow, case := replace(case, level=route.level_of(community, case, uow.now)))
    search_index.index(uow, None, case)
    clocks.plan(uow, community, None, case)
    _attach(uow, case, who, held["photos"])
    _note(uow, None, case, "report", actor_of(case, who))
    drafts.mark_filed(uow, draft, case.number)
    remember_place(uow, community, reporter, held)
    family = [reporter.id, *await kin.family(uow, reporter)]
    signal.watch(uow, case)
    await tell_case.begin(uow, case, draft.id)
    if first is not None:
        await first(case)
    await tell_case.reported(uow, community, case, who, family=family)
    return case


def _attach(uow: UnitOfWork, case: Case, who: Person, photos: Iterable[dict[str, Any]]) -> None:
    for one in photos:
        sent = Attachment("before", one["kind"], one["id"], one["unique"], who.id)
        sent = replace(sent, message_id=one.get("message"), seconds=one.get("seconds"))
        cases.attach(uow, case, sent)


async def move(
    uow: UnitOfWork,
    who: Person,
    number: int,
    name: str,
    *,
    seen: int | None = None,
    to: Status | None = None,
    given: Collection[str] = (),
    **changes: Any,
) -> Case:
    """Make one move, tell everybody concerned and return the case as it is now.

    `seen` is the version of the button. Raises Stale, or Refusal when the table forbids it.
    """
    before = await find(uow, who, number)
    if seen is not None and seen != before.version:
        raise Stale(before)
    actor = await actor_for(uow, before, name, who)
    return await make(uow, before, name, actor, to=to, given=given, **changes)


async def check(
    uow: UnitOfWork, who: Person, case: Case, name: str, given: Collection[str] = ()
) -> None:
    """Raise Refusal unless the person may make the move now: before anything is written."""
    actor = await actor_for(uow, case, name, who)
    terms = (await community_of(uow, case.community_id)).terms
    permission.check(case, name, actor, uow.now, given=given, terms=terms)


async def allowed(
    uow: UnitOfWork, who: Person, number: int, name: str, seen: int | None = None
) -> Case:
    """Return the case, of which the person may make the move now.

    Comes before what they say is looked at, so that whoever may not is denied whatever they say.
    Raises Stale, or Refusal when the table forbids it.
    """
    case = await find(uow, who, number)
    if seen is not None and seen != case.version:
        raise Stale(case)
    terms = (await community_of(uow, case.community_id)).terms
    permission.check_allowed(case, name, await actor_for(uow, case, name, who), uow.now, terms)
    return case


async def actor_for(uow: UnitOfWork, case: Case, name: str, who: Person) -> Actor:
    """Return the person as the table sees them; who joined is only read where it counts."""
    if Relation.CO_SIGNER in MOVES[name].needs and who.id != case.reporter_id:
        return await actor_in(uow, case, who)
    return actor_of(case, who)


async def move_by_rule(uow: UnitOfWork, before: Case, name: str, **changes: Any) -> Case:
    """Make a move that follows from a rule, and tell everybody concerned."""
    return await make(uow, before, name, RULE, **changes)


async def make(
    uow: UnitOfWork,
    before: Case,
    name: str,
    actor: Actor,
    *,
    to: Status | None = None,
    given: Collection[str] = (),
    **changes: Any,
) -> Case:
    """Make one move as `actor`, who may be the clock or a rule; raises as `move` does."""
    community = await community_of(uow, before.community_id)
    terms = community.terms
    target = permission.check(before, name, actor, uow.now, to=to, given=given, terms=terms)
    after = permission.apply(before, name, target, uow.now, **changes)
    after = clocks.after_move(community, before, after, uow.now)
    if not await cases.save(uow, after, before.version):
        raise Stale(before)
    search_index.index(uow, before, after)
    advice.after_move(uow, before, after)
    clocks.plan(uow, community, before, after)
    await callback_due.after_move(uow, community, before, after)
    await leaving.after_move(uow, before, after)
    await outage_end.after_move(uow, before, after)
    _note(uow, before, after, name, actor)
    await signal.after_move(uow, community, before, after, name)
    await tell_case.moved(uow, community, before, after, name, actor.person_id)
    return await ask_on(uow, community, after)


async def ask_on(uow: UnitOfWork, community: Community, case: Case) -> Case:
    """Ask the next ones at once when nobody is there to be asked; else nothing happens."""
    if case.status not in TO_TAKE or await audience.asked(uow, community, case):
        return case
    return await next_tier(uow, community, case)


async def next_tier(uow: UnitOfWork, community: Community, case: Case) -> Case:
    """Ask the next ones to take it; when nobody is left, the dispatchers have it again."""
    building = community.building_of(case.place)
    following = audience.following(case.audience, building)
    tier = case.tier + 1 if following else 0
    to = ASKED if following else FIRST
    return await make(uow, case, "next_tier", CLOCK, to=to, audience=following, tier=tier)


def _note(uow: UnitOfWork, before: Case | None, after: Case, name: str, actor: Actor) -> None:
    gave_reason = before is None or after.reason != before.reason
    entry = Entry(
        version=after.version,
        move=name,
        from_status=before.status.value if before else None,
        to_status=after.status.value,
        person_id=actor.person_id,
        role=permission.role_in(before or after, name, actor),
        reason=after.reason if gave_reason else None,
        at=uow.now,
    )
    cases.note(uow, after, entry)


async def assign(uow: UnitOfWork, who: Person, number: int, seen: int, person_id: int) -> Case:
    """Give the case to one person; raises Refusal when it is their own report."""
    case = await allowed(uow, who, number, "assign", seen)
    await check_may_take(uow, case, person_id)
    return await move(
        uow,
        who,
        number,
        "assign",
        seen=seen,
        given=["person"],
        handler_id=person_id,
        audience=None,
        claimed_at=uow.now,
    )


async def decline(
    uow: UnitOfWork, who: Person, number: int, seen: int, reason: str, whom: str
) -> Case:
    """Say that it is not ours, why, and whom to ask instead; both are compulsory."""
    given = [name for name, value in (("reason", reason), ("whom", whom)) if value.strip()]
    return await move(
        uow, who, number, "decline", seen=seen, given=given, reason=reason, outcome=whom
    )


async def resolve(
    uow: UnitOfWork,
    who: Person,
    number: int,
    did: str,
    *,
    files: Collection[tuple[str, str, str]] = (),
    no_photo: str | None = None,
) -> Case:
    """Say what was done, with pictures or the reason why there are none.

    `files`: id, unique id and kind of each; a voice message says what was done and shows nothing.
    """
    case = await find(uow, who, number)
    given = ["words"] if did.strip() else []
    if no_photo or any(kind in SHOWS for _, _, kind in files):
        given.append("photo_or_reason")
    permission.check(case, "resolve", actor_of(case, who), uow.now, given=given)
    pictures = await cases.attached(uow, who.community_id, number)
    known = {one.file_unique_id for one in pictures if one.stage == "after"}  # of a round before
    for file_id, unique, kind in (one for one in files if one[1] not in known):
        cases.attach(uow, case, Attachment("after", kind, file_id, unique, who.id))
    return await move(
        uow, who, number, "resolve", given=given, outcome=did, no_photo=no_photo, reason=None
    )


async def check_may_take(uow: UnitOfWork, case: Case, person_id: int) -> None:
    """Raise Refusal unless the case can be given to the person."""
    if person_id == case.reporter_id:
        raise Refusal("refusal.own_case")
    found = await people.find(uow, case.community_id, [person_id])
    if person_id not in found or not found[person_id].holds_in(case.area, *takers(case)):
        raise Refusal("toast.stale")
