"""What a card of a case shows to one viewer: facts only, drawn elsewhere."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.domain.audience import is_asked, is_called
from bot.domain.callback import YES
from bot.domain.case import TO_ANSWER, TO_NUDGE, TO_SUPERVISE, TO_TAKE
from bot.domain.case_record import Case
from bot.domain.level import STREET, USUAL, acts
from bot.domain.onbehalf import CHANNELS, phone_of
from bot.domain.permission import Actor, moves_for
from bot.domain.person import Person
from bot.domain.remark import RemarkKind
from bot.domain.role import STAFF, Role
from bot.services import dispatching, doorstep, outage_shown
from bot.services.community import Community
from bot.services.picture import summed_up
from bot.services.sent import counted
from bot.services.unit_of_work import UnitOfWork
from storage import callback as callbacks
from storage import case as cases
from storage import co_signer as co_signers
from storage import person as people
from storage import remark as remarks

_KNOWS_THE_DOOR = frozenset({"reporter", "handler", "supervisor", "dispatcher"})


def actor_of(case: Case, who: Person) -> Actor:
    """Return the person as the move table sees them towards the case."""
    return Actor(
        who.id,
        who.roles_in(case.area),
        in_audience=is_asked(case, who),
        at_level=acts(case, who),
        called=is_called(case, who),
    )


async def actor_in(uow: UnitOfWork, case: Case, who: Person) -> Actor:
    """Return the same, with what only the tables know: whether the person joined the case."""
    return replace(actor_of(case, who), co_signer=await has_joined(uow, case, who))


def views_of(case: Case, who: Person, *, joined: bool = False) -> tuple[str, ...]:
    """Return as what the person sees the case; the nearest comes first, and its words count.

    Somebody may be several things to it, and has the buttons of all; but nobody works on, or
    supervises, what they reported.
    """
    if who.id == case.reporter_id:
        return ("reporter",)
    there = who.roles_in(case.area)
    supervises = Role.SUPERVISOR in there
    held = {
        "handler": who.id == case.handler_id,
        "decides": supervises and case.status in TO_SUPERVISE,
        "dispatcher": Role.DISPATCHER in there or acts(case, who),
        "offer": case.status in TO_TAKE and is_asked(case, who),
        "supervisor": supervises,
        "lead": who.id == case.lead_id,
        "co_signer": joined,
    }
    named = ("supervisor" if name == "decides" else name for name, holds in held.items() if holds)
    return tuple(dict.fromkeys(named)) or ("onlooker",)


def view_of(case: Case, who: Person, *, joined: bool = False) -> str:
    """Return as what the person sees the case; the nearest relation counts."""
    return views_of(case, who, joined=joined)[0]


def knows_the_door(case: Case, who: Person) -> bool:
    """Say whether the cards of the case show the person its door."""
    return view_of(case, who) in _KNOWS_THE_DOOR


def is_group(who: Person) -> bool:
    """Say whether it is a group that looks at the case."""
    return who.telegram_id < 0


async def has_joined(uow: UnitOfWork, case: Case, who: Person) -> bool:
    """Say whether the person joined the case."""
    joined = await co_signers.of_case(uow, case.community_id, case.number)
    return who.id in {one.person_id for one in joined}


async def facts_for(
    uow: UnitOfWork, community: Community, case: Case, who: Person
) -> dict[str, Any]:
    """Return the facts of `case.card` as `who` may see them."""
    joined = await has_joined(uow, case, who)
    view, views = _eyes(case, who, joined=joined), views_of(case, who, joined=joined)
    facts = await case_facts(uow, community, case, who)
    if view == "group" or "dispatcher" in views:
        facts["desk"] = await dispatching.facts(uow, community, case)
    if view in {"reporter", "co_signer"}:
        facts["off"] = await outage_shown.lasting(uow, community, case)
    if view == "supervisor":
        facts["said"] = await _what_was_said(uow, case)
    also = [one for one in views if one != view]
    return {"view": view, "also": also, "case": facts}


async def _what_was_said(uow: UnitOfWork, case: Case) -> dict[str, Any] | None:
    """Return what was answered about this round, and whether a call heard otherwise.

    By the reporter, and how many of the others said that it is good, and that it is not.
    """
    said = await callbacks.of_round(uow, case.community_id, case.number, case.round)
    told = [one for one in said if one.solved is not None]
    if not told:
        return None
    own = next((one for one in told if one.person_id == case.reporter_id), None)
    others = [one.solved == YES for one in told if one is not own]
    return {
        "solved": own.solved if own else None,
        "satisfied": own.satisfied if own else None,
        "differs": own is not None and own.differs,
        "others": [others.count(True), others.count(False)],
    }


async def case_facts(
    uow: UnitOfWork, community: Community, case: Case, who: Person
) -> dict[str, Any]:
    """Return the facts of the case, with the moves that `who` may make now."""
    category = community.category_or_other(case.category)
    files = await cases.attached(uow, case.community_id, case.number)
    joined = await co_signers.of_case(uow, case.community_id, case.number)
    mine = next((one for one in joined if one.person_id == who.id), None)
    actor = replace(actor_of(case, who), co_signer=mine is not None)
    return {
        **_plainly(case),
        "icon": category.icon,
        "name": category.name.model_dump(),
        **_in_words(community, case, _eyes(case, who, joined=mine is not None)),
        **summed_up(files),
        "handler": await name_of(uow, case, case.handler_id),
        **await _in_hand(uow, community, case, who),
        **await _came(uow, case, who),
        "zone": community.zone,
        "joined": sum(not one.kin for one in joined),
        "kin": mine is not None and mine.kin,
        "master": await _master(uow, case),
        "muted": mine is not None and mine.muted,
        "answers": await _answers(uow, case),
        "doorstep": await doorstep.of(uow, community, case, who),
        "moves": list(moves_for(case, actor, uow.now, community.terms)),
    }


def _plainly(case: Case) -> dict[str, Any]:
    """Return what everybody may know who sees the case at all."""
    return {
        "number": case.number,
        "version": case.version,
        "status": case.status.value,
        "phase": case.status.phase.value,
        "urgent": case.urgent,
        "to_nudge": case.status in TO_NUDGE,
        "category": case.category,
        "arrived": case.arrived_at is not None,
        "contacted": case.first_contact_at is not None,
        "deadline": _iso(case.solution_due),
        "promise": _iso(case.promise_at),
        "hold_until": _iso(case.hold_until),
        "due": _iso(case.due),
        "reported_at": _iso(case.reported_at),
        "round": case.round,
        "level": case.level,
    }


async def _master(uow: UnitOfWork, case: Case) -> dict[str, Any] | None:
    """Return number and status of the case that this one was merged into."""
    if case.master is None:
        return None
    found = await cases.find(uow, case.community_id, case.master)
    return {"number": case.master, "status": found.status.value} if found else None


def _eyes(case: Case, who: Person, *, joined: bool) -> str:
    return "group" if is_group(who) else view_of(case, who, joined=joined)


def readable(community: Community, case: Case, view: str) -> Callable[[str], str]:
    """Return how anything that was written about the case reads in this view of it."""
    if view in _KNOWS_THE_DOOR:
        return str
    return lambda words: community.without_door(words, case.door)


def _in_words(community: Community, case: Case, view: str) -> dict[str, Any]:
    """Return all that somebody has written; a door in it only for those who have to know it."""
    read, asked = readable(community, case, view), case.asked
    with_door = case.door and view in _KNOWS_THE_DOOR
    return {
        "place": f"{case.place} {case.door}" if with_door else read(case.place),
        "door": case.door if with_door else None,
        "knows_door": view in _KNOWS_THE_DOOR - {"reporter"},
        "words": "" if view == "co_signer" else read(case.words),
        "reason": case.reason and read(case.reason),
        "outcome": case.outcome and read(case.outcome),
        "asked": asked and {**asked, "reason": read(asked["reason"])},
    }


async def _came(uow: UnitOfWork, case: Case, who: Person) -> dict[str, Any]:
    """Return for staff how it came, and whether the handler can look at the reporter's number."""
    staff = who.holds_in(case.area, *STAFF)
    calls = False
    if staff and who.id == case.handler_id and case.channel in CHANNELS:
        reporter = (await people.find(uow, case.community_id, [case.reporter_id]))[case.reporter_id]
        calls = phone_of(reporter) is not None
    channel = case.channel if staff and case.channel in CHANNELS else None
    return {"staff": staff, "channel": channel, "calls": calls}


async def _in_hand(
    uow: UnitOfWork, community: Community, case: Case, who: Person
) -> dict[str, Any]:
    """Return at which level it is, who had it first, and whom staff calls at the street."""
    leads = who.id == case.lead_id
    calls = case.level == STREET and (leads or who.holds_in(case.area, *STAFF))
    return {
        "level": case.level or USUAL,
        "lead": await name_of(uow, case, case.lead_id),
        "leads": leads,
        "street": community.street if calls else None,
    }


async def name_of(uow: UnitOfWork, case: Case, person_id: int | None) -> str | None:
    """Return the name of somebody who has, or had, to do with the case."""
    if person_id is None:
        return None
    found = await people.find(uow, case.community_id, [person_id])
    return found[person_id].name


def _iso(instant: Any) -> str | None:
    return instant.isoformat() if instant else None


async def _answers(uow: UnitOfWork, case: Case) -> list[str]:
    """Return the answers that the open question offers."""
    if case.status not in TO_ANSWER:
        return []
    said = await remarks.of(uow, case.community_id, case.number)
    asked = [one for one in said if one.kind is RemarkKind.QUESTION]
    return list(asked[-1].facts["answers"]) if asked else []


async def asked_last(uow: UnitOfWork, case: Case) -> dict[str, Any]:
    """Return the last question to the resident, who asked it, and the answer if there is one."""
    said = await remarks.of(uow, case.community_id, case.number)
    question = [one for one in said if one.kind is RemarkKind.QUESTION][-1]
    answers = [one for one in said if one.kind is RemarkKind.ANSWER and one.id > question.id]
    answer = answers[-1] if answers else None
    return {
        "question": question.words,
        "answer": answer.words if answer else "",
        **counted(answer.facts["kinds"] if answer else ()),
    }
