"""Weeks after the work: it is still good, it broke again, or nobody wants to be asked."""

from dataclasses import replace

from bot.domain import callback as rules
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.settings import Settings
from bot.services import callback as said
from bot.services import case as cases
from bot.services import draft as drafts
from bot.services.callback_shown import Shown
from bot.services.case_facts import case_facts
from bot.services.community import community_of
from bot.services.unit_of_work import UnitOfWork
from storage import callback as callbacks
from storage import person as people


async def say_later(
    uow: UnitOfWork, who: Person, number: int, round_: int, choice: str, words: str
) -> Shown:
    """Keep whether it is still good; what broke again is reported anew, at the same place.

    The window in which a case can be contested is over by then: hence a case of its own, with
    `words` that name the former one.
    """
    one = await said.find(uow, who, number, round_)
    if choice not in rules.LATER or one.later_at is None:
        raise Refusal("toast.stale")
    if one.later is not None:
        raise Refusal("toast.answered_before")
    callbacks.save(uow, replace(one, later=choice, shown_at=uow.now))
    case = await cases.find(uow, who, number)
    facts = await case_facts(uow, await community_of(uow, who.community_id), case, who)
    if choice == rules.NEVER:
        settings = replace(Settings.of(who), asked_later=False).stored(who.settings)
        people.change(uow, replace(who, settings=settings))
    if choice != rules.BROKEN:
        return Shown(f"survey.later_{choice}", {"case": facts}, "toast.confirmed")
    known = {"kind": case.category, "place": case.place, "door": case.door}
    draft = await drafts.begin(uow, who, {"words": words, "photos": [], **known})
    filed = await cases.report(uow, who, draft)
    return Shown("survey.later_broken", {"case": facts, "new": filed.number}, "toast.confirmed")
