"""Writes down what was denied: who tried what on whose thing."""

from bot.domain.person import Person
from bot.domain.press import Press
from bot.domain.refusal import Refusal
from bot.services.unit_of_work import UnitOfWork
from storage import audit

DENIED = "denied"


async def note_denial(uow: UnitOfWork, who: Person, press: Press | None, refusal: Refusal) -> None:
    """Note that the person tried what is not theirs to do; other refusals are no matter."""
    if not refusal.is_denial:
        return
    subject = f"{press.noun}:{press.id}" if press else "message"
    tried = f"{press.noun}:{press.verb}" if press else ""
    await audit.add(uow, who.community_id, who.id, DENIED, subject, tried=tried, why=refusal.key)
