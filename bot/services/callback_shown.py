"""What somebody sees after an answer: the next question, the next case, or how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.domain import callback as rules
from bot.domain.callback import Callback
from bot.domain.case import SOLVED
from bot.domain.case_record import Case
from bot.domain.letter import Reaction
from bot.domain.person import Person
from bot.services import callback_due as dues
from bot.services import case as cases
from bot.services.case_facts import case_facts
from bot.services.community import community_of
from bot.services.unit_of_work import UnitOfWork
from storage import callback as callbacks
from storage import case as stored

CELEBRATION = "\N{PARTY POPPER}"
_PHONE_WITHIN = timedelta(hours=8)  # of service time


@dataclass(frozen=True, slots=True)
class Shown:
    """What the person sees next: a kind of letter and its facts, and what to say over the chat."""

    kind: str
    facts: Mapping[str, Any]
    toast: str = ""


async def after(uow: UnitOfWork, who: Person, one: Callback, *, toast: str = "") -> Shown:
    """Return what comes next: the rest of this case, the next case, or thanks."""
    step = rules.step_of(one)
    if step != "thanks":
        return await _question(uow, who, one, step, toast)
    following = await _following(uow, who, one)
    if following is not None:
        shown = await _question(uow, who, following, rules.step_of(following), toast)
        said = {"what": one.wish or "thanks", "number": one.case_number}
        return replace(shown, facts={**shown.facts, "before": said})
    return await ending(uow, who, one, toast)


async def _question(uow: UnitOfWork, who: Person, one: Callback, step: str, toast: str) -> Shown:
    others = len(await _asked(uow, who, one))
    facts = dues.question_facts(await _facts(uow, who, one.case_number), one, others)
    return Shown(f"survey.{step}", {**facts, "half": one.solved == rules.HALF}, toast)


async def _following(uow: UnitOfWork, who: Person, one: Callback) -> Callback | None:
    return next(iter(await _asked(uow, who, one)), None)


async def _asked(uow: UnitOfWork, who: Person, but: Callback) -> list[Callback]:
    """Return what else the person was asked in the same message and has not answered."""
    since = uow.now - rules.LATER_AFTER
    held = await callbacks.of_person(uow, who.community_id, who.id, since)
    return [
        one
        for one in held
        if one.status == rules.ASKED and one.asked_at == but.asked_at and one.solved is None
        if one.case_number != but.case_number
    ]


async def ending(uow: UnitOfWork, who: Person, one: Callback, toast: str) -> Shown:
    """Return the last words about a case: thanks, or what was wished and by when."""
    case = await cases.find(uow, who, one.case_number)
    facts: dict[str, Any] = {"case": await _facts(uow, who, case.number)}
    if one.wish == rules.AGAIN:
        facts["due"] = case.due.isoformat() if case.due else None
        return Shown("case.reopen_requested", facts, toast)
    if one.wish == rules.CALL:
        calendar = (await community_of(uow, who.community_id)).calendar
        facts["due"] = calendar.add_service_time(one.shown_at, _PHONE_WITHIN).isoformat()
        return Shown("survey.call", facts, toast)
    if one.solved == rules.YES and case.status is SOLVED:
        await _celebrate(uow, who, case)
    kind = "survey.left" if one.wish == rules.LEAVE else "survey.thanks"
    return Shown(kind, facts, toast)


async def _celebrate(uow: UnitOfWork, who: Person, case: Case) -> None:
    """Put an emoji on the picture with which the person had reported it."""
    pictures = await stored.attached(uow, case.community_id, case.number)
    sent = [one.message_id for one in pictures if one.person_id == who.id and one.message_id]
    if sent:
        uow.immediate.append(Reaction(who.telegram_id, sent[0], CELEBRATION))


async def late(uow: UnitOfWork, who: Person, one: Callback, case: Case) -> Shown:
    """Answer a press that decides nothing any more; what can still be done stands below it."""
    if one.solved is not None and case.round == one.round:
        return await after(uow, who, one, toast="toast.answered_before")
    facts = await _facts(uow, who, case.number)
    return Shown("survey.over", {"case": facts}, "toast.stale")


async def _facts(uow: UnitOfWork, who: Person, number: int) -> dict[str, Any]:
    case = await cases.find(uow, who, number)
    return await case_facts(uow, await community_of(uow, who.community_id), case, who)
