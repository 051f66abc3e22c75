"""Calls by hand: to those who never answered, and the supervisor's own to a tenth of the others.

Neither the handler of a case nor anybody who is asked about it writes down the answers.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.domain import callback as rules
from bot.domain import permission
from bot.domain.area import NOWHERE, Area
from bot.domain.callback import Callback
from bot.domain.case_record import Case
from bot.domain.onbehalf import phone_of, tail_of
from bot.domain.page import AHEAD, Page
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.role import Role
from bot.services import callback as said
from bot.services import case as cases
from bot.services.case_facts import actor_in, case_facts
from bot.services.community import community_of
from bot.services.guarded import is_minimal
from bot.services.onbehalf import look_at_phone
from bot.services.unit_of_work import UnitOfWork
from storage import audit
from storage import callback as callbacks
from storage import case as stored
from storage import person as people

CALLERS = (Role.DISPATCHER, Role.GRID_WORKER)
CHECKERS = (Role.SUPERVISOR,)
CALL, CHECK = "call", "check"
ON_BEHALF = "on_behalf"  # in the audit
_WHO = {CALL: CALLERS, CHECK: CHECKERS}


async def listing(
    uow: UnitOfWork, who: Person, which: str, *, page: int, per_page: int
) -> dict[str, Any]:
    """Return one page of those whom `who` should telephone; raises Refusal for others."""
    _check_role(who, which)
    turned = Page(page, per_page)
    shown, facts = turned.cut(await _waiting(uow, who, which, turned.most))
    names = await people.find(uow, who.community_id, [one.person_id for one in shown])
    minimal = await is_minimal(uow, who)
    await stored.load(uow, who.community_id, {one.case_number for one in shown})
    items = [
        {
            "number": one.case_number,
            "round": one.round,
            "person": one.person_id,
            "name": names[one.person_id].name,
            "tail": None if minimal else tail_of(names[one.person_id]),
            "place": (await cases.find(uow, who, one.case_number)).place,
        }
        for one in shown
    ]
    others = CHECK if which == CALL else CALL
    return {**facts, "items": items, "others": await _count(uow, who, others)}


async def counts(uow: UnitOfWork, who: Person) -> dict[str, int]:
    """Return how many calls of each kind wait for the person; `AHEAD` when there may be more."""
    return {which: await _count(uow, who, which) for which in (CALL, CHECK)}


async def _count(uow: UnitOfWork, who: Person, which: str) -> int:
    if not who.holds_somewhere(*_WHO[which]):
        return 0
    return len(await _waiting(uow, who, which, AHEAD))


async def _waiting(uow: UnitOfWork, who: Person, which: str, most: int) -> Sequence[Any]:
    caller = callbacks.Caller(who.community_id, who.id, who.scopes_of(*_WHO[which]))
    if which == CALL:
        return await callbacks.to_phone(uow, caller, rules.PHONE, most)
    return await callbacks.to_check(uow, caller, rules.WANTED, most)


def _check_role(who: Person, which: str, area: Area = NOWHERE) -> None:
    if not who.holds_in(area, *_WHO[which]):
        raise Refusal("refusal.not_yours", who=[role.value for role in _WHO[which]])


def _may_write_down(one: Callback, case: Case, who: Person) -> bool:
    """Say whether it is neither their own work nor their own report."""
    own = {case.handler_id, case.former_handler_id, case.reporter_id, one.person_id}
    return who.id not in own


async def find(
    uow: UnitOfWork, who: Person, which: str, number: int, round_: int, person_id: int
) -> tuple[Callback, Person]:
    """Return whom to ask about what; raises Refusal when that is not theirs to write down."""
    case = await cases.find(uow, who, number)
    _check_role(who, which, case.area)
    one = await callbacks.find(uow, who.community_id, number, round_, person_id)
    if one is None:
        raise Refusal("toast.stale")
    if not _may_write_down(one, case, who):
        own_work = who.id in {case.handler_id, case.former_handler_id}
        raise Refusal("refusal.own_work" if own_work else "refusal.own_case")
    return one, (await people.find(uow, who.community_id, [person_id]))[person_id]


async def card(uow: UnitOfWork, who: Person, which: str, one: Callback) -> dict[str, Any]:
    """Return the facts of the card on which the answers are tapped."""
    case = await cases.find(uow, who, one.case_number)
    community = await community_of(uow, who.community_id)
    resident = (await people.find(uow, who.community_id, [one.person_id]))[one.person_id]
    home = community.place_of_home(resident.home)
    hidden = community.minimal and phone_of(resident) is not None
    return {
        "case": await case_facts(uow, community, case, who),
        "round": one.round,
        "person": one.person_id,
        "name": resident.name,
        "phone": None if hidden else await look_at_phone(uow, who, resident, case.number),
        "guarded": hidden,
        "home": home.text if home else None,
        "step": call_step(one) if which == CALL else await _check_step(uow, one, case, resident),
        "said": {"solved": one.solved, "satisfied": one.satisfied, "words": one.words},
        "heard": {"solved": one.check_solved, "satisfied": one.check_satisfied},
        "differs": one.differs,
        "wish": one.wish,
    }


async def phone(
    uow: UnitOfWork, who: Person, which: str, number: int, round_: int, person_id: int
) -> dict[str, Any]:
    """Return name and number of whom to call, which the card does not show; raises Refusal."""
    one, resident = await find(uow, who, which, number, round_, person_id)
    phone = await look_at_phone(uow, who, resident, one.case_number)
    if phone is None:
        raise Refusal("toast.stale")
    return {"number": str(number), "place": resident.name, "door": "", "said": f"☎ {phone}"}


def call_step(one: Callback) -> str:
    """Return what to ask next on the telephone; the third question is left out."""
    if one.status == rules.PHONE:
        return "q1"  # also of those who had said "no" and wanted to be called
    if one.status == rules.VOID:
        return "over"
    step = rules.step_of(one)
    if step == "reopen" and one.satisfied is None:
        return "q2"
    return "done" if step in {"q3", "thanks"} else step


async def _check_step(uow: UnitOfWork, one: Callback, case: Case, resident: Person) -> str:
    if one.check_solved is None:
        return "q1"
    if one.check_satisfied is None:
        return "q2"
    if one.check_solved == rules.YES or case.round != one.round:
        return "done"
    terms = (await community_of(uow, case.community_id)).terms
    actor = await actor_in(uow, case, resident)
    return "reopen" if permission.may(case, "contest", actor, uow.now, terms) else "done"


async def write_down(
    uow: UnitOfWork, who: Person, one: Callback, resident: Person, question: str, choice: str
) -> Callback:
    """Keep what the resident said on the telephone, as if they had tapped it themself."""
    if question != call_step(one):
        raise Refusal("toast.answered_before")
    number, round_ = one.case_number, one.round
    if question == "q1":
        await said.say_solved(uow, resident, number, round_, choice, by=who)
    elif question == "q2":
        await said.say_satisfied(uow, resident, number, round_, choice, by=who)
    else:
        await said.wish(uow, resident, number, round_, choice)
    await _note(uow, who, one, question, choice)
    found, _ = await find(uow, who, CALL, number, round_, resident.id)
    return found


async def write_check(
    uow: UnitOfWork, who: Person, one: Callback, resident: Person, question: str, choice: str
) -> Callback:
    """Keep what the supervisor heard, beside what the bot was told."""
    case = await cases.find(uow, who, one.case_number)
    if question != await _check_step(uow, one, case, resident):
        raise Refusal("toast.answered_before")
    if question == "reopen" and choice == rules.AGAIN:
        await cases.move(uow, resident, one.case_number, "contest")
    else:
        one = callbacks.save(uow, _heard(uow, who, one, question, choice))
    await _note(uow, who, one, question, choice)
    return one


def _heard(uow: UnitOfWork, who: Person, one: Callback, question: str, choice: str) -> Callback:
    if question == "q1" and choice in rules.SOLVED:
        return replace(one, check_solved=choice)
    if question == "q2" and choice in rules.SATISFIED:
        return replace(
            one,
            check_satisfied=choice,
            check_status=rules.DONE,
            checked_at=uow.now,
            checked_by=who.id,
        )
    raise Refusal("toast.stale")


async def _note(uow: UnitOfWork, who: Person, one: Callback, question: str, choice: str) -> None:
    """Write down who tapped what for somebody else."""
    said = {"person": one.person_id, "question": question, "choice": choice}
    await audit.add(uow, who.community_id, who.id, ON_BEHALF, f"case:{one.case_number}", **said)
