"""Speaking to people: letters and live cards, written in the transaction that causes them."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.budget import Reason
from bot.domain.letter import Notification, Recipient
from bot.domain.person import Person
from bot.domain.settings import Settings
from bot.services import budget
from bot.services.unit_of_work import UnitOfWork
from storage import card as cards
from storage import letter


def recipient(person: Person) -> Recipient:
    """Return the person's private chat."""
    large = Settings.of(person).large if person.settings else False
    return Recipient(person.community_id, person.telegram_id, person.language, large)


def _reason(uow: UnitOfWork, to: Recipient) -> Reason:
    """Return why a letter is due now: an answer, or news, about which the budget decides."""
    if to.chat_id in uow.acting:
        return Reason.OWN
    uow.before_commit.setdefault("budget", budget.decide)
    return Reason.NEWS


def tell(
    uow: UnitOfWork,
    to: Person | Recipient,
    kind: str,
    *,
    message_id: int | None = None,
    reply_to: int | None = None,
    silent: bool = False,
    due_at: datetime | None = None,
    bulk: bool = False,
    **facts: Any,
) -> None:
    """Say `kind` with its facts; `message_id` redraws that message instead of sending one.

    One in `bulk`, which says the same to many, gives way to all others.
    """
    whom = to if isinstance(to, Recipient) else recipient(to)
    what = Notification(kind, facts)
    letter.queue(
        uow,
        whom,
        what,
        message_id=message_id,
        reply_to=reply_to,
        silent=silent,
        due_at=due_at,
        reason=_reason(uow, whom),
        bulk=bulk,
    )


async def show_card(
    uow: UnitOfWork,
    to: Person,
    thing: tuple[str, int],
    kind: str,
    *,
    anew: bool = False,
    over: int | None = None,
    due_at: datetime | None = None,
    topic: int = 0,
    **facts: Any,
) -> None:
    """Draw the live card of `thing` (noun, id) in the person's chat: once sent, then edited.

    `anew` sends it once more, at the end of the chat; `over` moves it into that message, under
    which was pressed. Where it was shown until then is said that it has moved. `due_at` (UTC)
    waits with the drawing; drawing again meanwhile replaces it. `topic` is that of a
    group (0: none), each of which has a card of its own.
    """
    noun, subject = thing
    known = await cards.of(uow, to.community_id, noun, subject)
    here = (to.telegram_id, topic)
    card = next((one for one in known if (one.chat_id, one.topic) == here), None)
    fresh, whom, left = card is None, replace(recipient(to), topic=topic or None), card
    if card is None:
        card = await cards.add(uow, to.community_id, to.telegram_id, noun, subject, topic)
    if over is not None or (anew and not fresh):
        card = await cards.show_in(uow, card, over)
    letter.queue(
        uow,
        whom,
        Notification(kind, facts),
        card=card,
        fresh_card=fresh,
        silent=not (fresh or anew),
        due_at=due_at,
        reason=_reason(uow, whom),
    )
    if left is not None and card.message_id != left.message_id:
        _leave(uow, whom, left)


def _leave(uow: UnitOfWork, whom: Recipient, card: cards.Card) -> None:
    """Let the message that showed the card of a case until now say that there is another."""
    if card.noun == "case" and card.message_id is not None:
        what = Notification("common.card_moved", {"number": card.subject_id})
        letter.queue(uow, whom, what, message_id=card.message_id, reason=Reason.EDIT)
