"""Which message of a chat, or of one topic of it, shows the live card of a thing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace

from sqlalchemy import bindparam, insert, select, update

from storage.counter import next_number
from storage.tables import cards
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Card:
    """A live card; `message_id` is None until it was sent."""

    community_id: int
    id: int
    chat_id: int
    noun: str
    subject_id: int
    message_id: int | None
    topic: int = 0  # of a group with topics; 0: none


# Without the copies, which only delivery counts.
_COLUMNS = [cards.c[one.name] for one in fields(Card)]
_OF = (
    select(*_COLUMNS)
    .where(
        cards.c.community_id == bindparam("community"),
        cards.c.noun == bindparam("of"),
        cards.c.subject_id == bindparam("subject"),
    )
    .order_by(cards.c.chat_id, cards.c.topic)  # that of the index; PostgreSQL has none by itself
)
_OF_SEVERAL = (
    select(*_COLUMNS)
    .where(
        cards.c.community_id == bindparam("community"),
        cards.c.noun == bindparam("of"),
        cards.c.subject_id.in_(bindparam("subjects", expanding=True)),
    )
    .order_by(cards.c.subject_id, cards.c.chat_id, cards.c.topic)
)
_SUBJECTS_IN = (
    select(cards.c.subject_id)
    .where(
        cards.c.community_id == bindparam("community"),
        cards.c.chat_id == bindparam("chat"),
        cards.c.noun == bindparam("of"),
    )
    .order_by(cards.c.id.desc())
    .limit(bindparam("most"))
)
_ADD = insert(cards)
_BECOME = (
    update(cards)
    .where(cards.c.community_id == bindparam("community"), cards.c.id == bindparam("card"))
    .values(noun=bindparam("new_noun"), subject_id=bindparam("new_subject"), copies=0)
)
_SHOW_IN = (
    update(cards)
    .where(cards.c.community_id == bindparam("community"), cards.c.id == bindparam("card"))
    .values(message_id=bindparam("message"), copies=0)
)


async def of(uow: UnitOfWork, community_id: int, noun: str, subject_id: int) -> Sequence[Card]:
    """Return the live cards of a thing in all chats."""
    key = ("cards", community_id, noun, subject_id)
    if key not in uow.cache:
        values = {"community": community_id, "of": noun, "subject": subject_id}
        uow.cache[key] = tuple(Card(**row._asdict()) for row in await uow.read(_OF, values))
    found: tuple[Card, ...] = uow.cache[key]
    return found


async def load(uow: UnitOfWork, community_id: int, noun: str, subjects: Collection[int]) -> None:
    """Read the live cards of several things into the unit of work, in one query."""
    keys = {one: ("cards", community_id, noun, one) for one in subjects}
    wanted = [one for one, key in keys.items() if key not in uow.cache]
    if not wanted:
        return
    values = {"community": community_id, "of": noun, "subjects": wanted}
    rows = await uow.read(_OF_SEVERAL, values)
    uow.cache.update(dict.fromkeys((keys[one] for one in wanted), ()))
    for row in rows:
        uow.cache[keys[row.subject_id]] += (Card(**row._asdict()),)


async def subjects_in(
    uow: UnitOfWork, community_id: int, chat_id: int, noun: str, most: int
) -> list[int]:
    """Return what the latest live cards of a noun in a chat are about, latest first."""
    values = {"community": community_id, "chat": chat_id, "of": noun, "most": most}
    return [row.subject_id for row in await uow.read(_SUBJECTS_IN, values)]


async def add(
    uow: UnitOfWork,
    community_id: int,
    chat_id: int,
    noun: str,
    subject: int,
    topic: int = 0,
) -> Card:
    """Make a card for the thing in the chat or its topic, still without a message."""
    number = await next_number(uow, community_id, "card")
    card = Card(community_id, number, chat_id, noun, subject, None, topic)
    others = await of(uow, community_id, noun, subject)
    uow.write(
        _ADD,
        {
            "community_id": community_id,
            "id": number,
            "chat_id": chat_id,
            "noun": noun,
            "subject_id": subject,
            "message_id": None,
            "topic": topic,
        },
    )
    uow.cache["cards", community_id, noun, subject] = (*others, card)
    return card


def begin(uow: UnitOfWork, community_id: int, noun: str, subject_id: int) -> None:
    """Note that the thing is new and has no cards, which saves asking."""
    uow.cache["cards", community_id, noun, subject_id] = ()


async def become(uow: UnitOfWork, card: Card, noun: str, subject_id: int) -> Card:
    """Let the message that showed one thing (a draft) show another (its case) from now on."""
    uow.write(
        _BECOME,
        {
            "community": card.community_id,
            "card": card.id,
            "new_noun": noun,
            "new_subject": subject_id,
        },
    )
    changed = replace(card, noun=noun, subject_id=subject_id)
    left = await of(uow, card.community_id, card.noun, card.subject_id)
    there = await of(uow, card.community_id, noun, subject_id)
    key = ("cards", card.community_id, card.noun, card.subject_id)
    uow.cache[key] = tuple(one for one in left if one.id != card.id)
    uow.cache["cards", card.community_id, noun, subject_id] = (*there, changed)
    return changed


async def show_in(uow: UnitOfWork, card: Card, message_id: int | None) -> Card:
    """Let the card stand in another message, None for one that is still to be sent.

    The message that showed it until now is no longer live.
    """
    uow.write(_SHOW_IN, {"community": card.community_id, "card": card.id, "message": message_id})
    key = ("cards", card.community_id, card.noun, card.subject_id)
    left = await of(uow, card.community_id, card.noun, card.subject_id)
    moved = replace(card, message_id=message_id)
    uow.cache[key] = tuple(moved if one.id == card.id else one for one in left)
    return moved
