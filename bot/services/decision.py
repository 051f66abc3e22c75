"""What somebody is writing step by step about a case: a reason, a refusal, what was done.

One open draft per person and noun; beginning anew drops the former one.
"""

from typing import Any

from bot.domain import draft as states
from bot.domain.case_record import Case
from bot.domain.draft import Draft
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.services import case as cases
from bot.services.unit_of_work import UnitOfWork
from storage import draft as drafts
from storage.counter import next_number


async def begin(
    uow: UnitOfWork, who: Person, move: str, number: int, seen: int, **facts: Any
) -> Draft:
    """Begin to prepare the move of case `number`.

    Raises Stale when the case has moved on since version `seen`, and Refusal when the move is
    not this person's to make now: nobody writes a reason in vain.
    """
    await cases.allowed(uow, who, number, move, seen)
    former = await drafts.find_open(uow, who.community_id, who.id, move)
    if former is not None:
        drafts.change(uow, former.ended(states.DROPPED))
    begun = Draft(
        id=await next_number(uow, who.community_id, "draft"),
        community_id=who.community_id,
        person_id=who.id,
        noun=move,
        facts={"number": number, "version": seen, **facts},
        status=states.OPEN,
        started_at=uow.now,
        changed_at=uow.now,
    )
    drafts.add(uow, begun)
    return begun


async def held(uow: UnitOfWork, who: Person, move: str, number: int, fact: str) -> Any:
    """Return what the person has sent before for the same move of the same case, else None."""
    former = await drafts.find_open(uow, who.community_id, who.id, move)
    if former is None or former.facts["number"] != number:
        return None
    return former.facts.get(fact)


async def current(uow: UnitOfWork, who: Person, move: str) -> Draft:
    """Return what the person is preparing; raises Refusal when it is over."""
    found = await drafts.find_open(uow, who.community_id, who.id, move)
    if found is None:
        raise Refusal("common.stale_draft")
    return found


async def case_of(uow: UnitOfWork, who: Person, draft: Draft) -> Case:
    """Return the case that the draft is about."""
    return await cases.find(uow, who, draft.facts["number"])


def note(uow: UnitOfWork, draft: Draft, **facts: Any) -> Draft:
    """Keep what was said so far."""
    return drafts.change(uow, draft.with_facts(**facts))


def done(uow: UnitOfWork, draft: Draft) -> None:
    """End the draft: the move was made."""
    drafts.change(uow, draft.ended(states.FILED))


def drop(uow: UnitOfWork, draft: Draft) -> None:
    """End the draft: no move was made."""
    drafts.change(uow, draft.ended(states.DROPPED))
