"""What people do with a case: each function is one move of the table, in one transaction.

The table in bot/domain/case.py says who may and what follows; here the rows are written and
everybody concerned is told. Refusals are raised before anything is written.
"""

from dataclasses import replace
from typing import Any

from bot.domain import case as rules
from bot.domain.case import Case, Status
from bot.domain.draft import Draft
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.services import draft as drafts
from bot.services import tell_case
from bot.services.case_facts import POOL, actor_of
from bot.services.community import Community, community_of
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases
from storage import person as people
from storage.case import Attachment, Entry
from storage.counter import next_number

CHAT = "chat"


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


async def report(uow: UnitOfWork, who: Person, draft: Draft) -> Case:
    """File the person's complete draft: it gets its number, and the dispatchers their card."""
    community = await community_of(uow, who.community_id)
    number = await next_number(uow, who.community_id, "case")
    held = draft.facts
    limits = community.limits_of(held["kind"])
    case = rules.filed(
        community_id=who.community_id,
        number=number,
        category=held["kind"],
        place=held["place"],
        words=held["words"],
        channel=CHAT,
        reporter_id=who.id,
        deadlines=community.deadlines(held["kind"], uow.now),
        now=uow.now,
    )
    del limits
    cases.add(uow, case)
    for one in held["photos"]:
        cases.attach(uow, case, Attachment("before", "photo", one["id"], one["unique"], who.id))
    _note(uow, case, None, "report", who)
    drafts.mark_filed(uow, draft, number)
    await _settle(uow, community, who, draft)
    await tell_case.reported(uow, community, case, who, draft.id)
    return case


async def _settle(uow: UnitOfWork, community: Community, who: Person, draft: Draft) -> None:
    """Remember where somebody lives who has never said so: the place of the first report."""
    building, unit = draft.facts.get("building"), draft.facts.get("unit")
    if who.home is None and building and unit and unit != drafts.WHOLE_BUILDING:
        people.change(uow, replace(who, home=f"{building}-{unit}"))


async def move(
    uow: UnitOfWork,
    who: Person,
    number: int,
    name: str,
    *,
    seen: int | None = None,
    to: Status | None = None,
    given: frozenset[str] = frozenset(),
    **changes: Any,
) -> Case:
    """Make one move and tell everybody concerned; return the case as it is now.

    `seen` is the version for which the button was drawn. Raises Stale when the case has moved
    on meanwhile, and Refusal when the table does not allow the move.
    """
    community = await community_of(uow, who.community_id)
    before = await find(uow, who, number)
    if seen is not None and seen != before.version:
        raise Stale(before)
    target = rules.check(before, name, actor_of(before, who), to=to, given=given, now=uow.now)
    after = rules.apply(before, name, target, uow.now, **changes)
    after = community.set_clocks(before, after, name, uow.now)
    if not await cases.save(uow, after, before.version):
        raise Stale(before)
    _note(uow, after, before, name, who)
    await tell_case.moved(uow, community, before, after, name, who)
    return after


def _note(uow: UnitOfWork, case: Case, before: Case | None, name: str, who: Person) -> None:
    entry = Entry(
        version=case.version,
        move=name,
        from_status=before.status.value if before else None,
        to_status=case.status.value,
        person_id=who.id,
        role=rules.role_in(before or case, name, actor_of(before or case, who)),
        reason=case.reason if before is None or case.reason != before.reason else None,
        at=uow.now,
    )
    cases.note(uow, case, entry)


async def offer(uow: UnitOfWork, who: Person, number: int, seen: int) -> Case:
    """Offer the case to the pool: volunteers and property staff are asked."""
    return await move(uow, who, number, "offer", seen=seen, given=_GIVEN_AUDIENCE, audience=POOL)


async def assign(uow: UnitOfWork, who: Person, number: int, seen: int, person_id: int) -> Case:
    """Give the case to one person; raises Refusal when that cannot be."""
    case = await find(uow, who, number)
    found = await people.find(uow, who.community_id, [person_id])
    if person_id not in found:
        raise Refusal("toast.stale")
    if person_id == case.reporter_id:
        raise Refusal("refusal.own_case")
    return await move(
        uow,
        who,
        number,
        "assign",
        seen=seen,
        given=frozenset({"person"}),
        handler_id=person_id,
        claimed_at=uow.now,
    )


async def claim(uow: UnitOfWork, who: Person, number: int, seen: int) -> Case:
    """Take an offered case: one winner; the others hear that it is taken."""
    case = await find(uow, who, number)
    if not case.status.is_offered and case.handler_id != who.id:
        raise Stale(case, "toast.taken")
    return await move(
        uow, who, number, "claim", seen=seen, handler_id=who.id, claimed_at=uow.now
    )


_GIVEN_AUDIENCE = frozenset({"audience"})
