"""Shows what is kept and where messages travel, once a version; keeps who knows, and since when.

It is kept beside what the person has chosen, which is read with them anyway.
"""

from dataclasses import replace
from typing import Any

from bot.domain import consent as rules
from bot.domain.letter import IDEMPOTENT_KINDS, Notification
from bot.domain.person import Person
from bot.domain.settings import Settings
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import letter as letters
from storage import person as people


def said_so_far(uow: UnitOfWork) -> int:
    """Return how many letters the transaction has so far: where the answers of a turn begin."""
    return len(letters.gathered(uow))


async def show(uow: UnitOfWork, who: Person, since: int) -> None:
    """Let the answers to somebody's turn, the letters from `since` on, carry the text if it is due.

    Where none of them can, it is a message of its own which does not ring, before them.
    """
    if not rules.is_due(who.settings):
        return
    now = await people.find_by_telegram(uow, who.telegram_id)  # they may have moved, or chosen
    if now is None or not rules.is_due(now.settings):
        return
    held = letters.gathered(uow)
    answers = [one.values for one in held[since:] if one.values["chat_id"] == now.telegram_id]
    answers = [one for one in answers if one["kind"] not in IDEMPOTENT_KINDS]
    if not rules.may_come(one["kind"] for one in answers):
        return
    carrier = next((one for one in reversed(answers) if one["kind"] in rules.CARRIERS), None)
    if carrier is not None:
        carrier["facts"] |= {rules.FACT: button(now)}
    else:
        tell(uow, now, rules.NOTE, silent=True, consent=button(now))  # `rules.FACT`
        held.insert(since, held.pop())
    _keep(uow, now, told=rules.VERSION)


def button(who: Person) -> dict[str, Any]:
    """Return what the button below the text says: whose it is, and of which version."""
    return {"id": who.id, "version": rules.VERSION}


def agree(uow: UnitOfWork, who: Person) -> bool:
    """Keep that the person knows the text as it is now, and since when; say whether it is new."""
    if Settings.of(who).knows >= rules.VERSION:
        return False
    since = uow.now.isoformat()
    _keep(uow, who, told=rules.VERSION, knows=rules.VERSION, knows_since=since)
    return True


async def known(uow: UnitOfWork, who: Person) -> dict[str, Any]:
    """Return which version the person knows (0: none), since when (UTC), and which one there is."""
    held = Settings.of((await people.find(uow, who.community_id, [who.id]))[who.id])
    return {"version": held.knows, "at": held.knows_since, "now": rules.VERSION}


async def below(uow: UnitOfWork, who: Person, message_id: int | None) -> Notification | None:
    """Return the letter with the text that the message shows, as long as it is kept."""
    if message_id is None:
        return None
    found = await letters.shown_in(uow, who.community_id, who.telegram_id, message_id)
    return found if found is not None and rules.FACT in found.facts else None


def _keep(uow: UnitOfWork, who: Person, **changes: Any) -> None:
    chosen = replace(Settings.of(who), **changes).stored(who.settings)
    people.change(uow, replace(who, settings=chosen))
