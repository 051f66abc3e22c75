"""Putting right what a case is, where it is, how urgent it is and whose it is."""

from dataclasses import replace
from typing import Any

from bot.domain.case import TO_DISPATCH
from bot.domain.case_record import Case
from bot.domain.level import LEVELS, USUAL, is_above, lead_of, next_level
from bot.domain.person import Person
from bot.domain.place import Place
from bot.domain.refusal import Refusal
from bot.domain.remark import RemarkKind
from bot.services import case as cases
from bot.services import clocks, route, tell_case
from bot.services.community import community_of
from bot.services.unit_of_work import UnitOfWork
from storage import remark as remarks

CORRECT, GIVEN = "correct", ["category_or_place"]
PLACE_LONGEST = 40  # characters


async def category(uow: UnitOfWork, who: Person, number: int, seen: int, code: str) -> Case:
    """Let the case be of another category; its deadlines are reckoned anew from the report on."""
    case = await _begin(uow, who, number, seen)
    community = await community_of(uow, who.community_id)
    if community.category(code) is None or code == case.category:
        raise Refusal("toast.stale")
    changes = await clocks.corrected(uow, community, replace(case, category=code))
    await _keep(uow, who, case, "category", case.category, code)
    return await cases.move(uow, who, number, CORRECT, given=GIVEN, category=code, **changes)


async def place(uow: UnitOfWork, who: Person, number: int, seen: int, to: Place) -> Case:
    """Let the case be somewhere else."""
    case = await _begin(uow, who, number, seen)
    if not to.text or len(to.text) > PLACE_LONGEST:
        raise Refusal("common.too_long", limit=PLACE_LONGEST)
    await _keep(uow, who, case, "place", case.place, to.text)
    community = await community_of(uow, case.community_id)
    changes = community.placed(to)
    after = await cases.move(uow, who, number, CORRECT, given=GIVEN, **changes)
    if after.area != case.area and after.status in TO_DISPATCH:  # others may have to see to it
        await tell_case.show_dispatchers(uow, community, after)
    return after


async def said_place(uow: UnitOfWork, who: Person, words: str) -> Place:
    """Return the place that was typed: one that is known, or the words themselves."""
    community = await community_of(uow, who.community_id)
    return community.find_place(words) or Place(words.strip())


async def _begin(uow: UnitOfWork, who: Person, number: int, seen: int) -> Case:
    return await cases.allowed(uow, who, number, CORRECT, seen)


async def _keep(uow: UnitOfWork, who: Person, case: Case, what: str, was: str, now: str) -> None:
    """Keep the correction, so that the guess can learn from it."""
    facts: dict[str, Any] = {"what": what, "from": was, "to": now, "said": case.words}
    words = f"{was} → {now}" if what == "place" else now
    await remarks.add(uow, case, RemarkKind.CORRECTION, who.id, words, **facts)


async def raise_urgency(uow: UnitOfWork, who: Person, number: int, seen: int) -> Case:
    """Let the clock of emergencies run from now on; raises Refusal when it does already."""
    case = await cases.allowed(uow, who, number, "raise_urgency", seen)
    if case.urgent:
        raise Refusal("refusal.not_now")
    community = await community_of(uow, who.community_id)
    dues = clocks.at_report(community, case.category, uow.now, urgent=True)
    dues |= {"original_due": case.original_due, "due_on": case.due_on}
    if case.claim_due is not None:
        dues["claim_due"] = community.clock_of(case.category, urgent=True).claim_due(uow.now)
    return await cases.move(uow, who, number, "raise_urgency", seen=seen, urgent=True, **dues)


def above(case: Case) -> str | None:
    """Return the level that the case can be passed on to, None from the street."""
    level = case.level or USUAL
    return None if level == LEVELS[-1] else next_level(level)


async def transfer(
    uow: UnitOfWork, who: Person, number: int, seen: int, to: str | None = None
) -> Case:
    """Pass the case on to the next level, or straight `to` the one that its route names.

    Whoever had it first stays in the lead; when nobody has had it, that is who passes it on.
    """
    case = await cases.allowed(uow, who, number, "transfer", seen)
    level = to or above(case)
    if level is None:
        raise Refusal("refusal.not_now")
    if level != above(case):
        await _check_is_routed(uow, case, level)
    return await cases.move(
        uow,
        who,
        number,
        "transfer",
        seen=seen,
        given=["level"],
        level=level,
        lead_id=lead_of(case) or who.id,
        handler_id=None,
        audience=None,
    )


async def _check_is_routed(uow: UnitOfWork, case: Case, level: str) -> None:
    """Raise Refusal unless the case's route leads to this level, and it lies above."""
    community = await community_of(uow, case.community_id)
    if level != route.level_of(community, case, uow.now) or not is_above(level, case.level):
        raise Refusal("toast.stale")
