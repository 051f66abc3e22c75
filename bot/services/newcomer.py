"""Newcomers where several communities are: nobody has a row before they have said which is theirs.

What they send meanwhile stays in the inbox and comes again, in its order, once they are placed.
"""

from datetime import timedelta
from typing import Any

from bot.domain.letter import Recipient
from bot.domain.newcomer import page_of
from bot.services import letter
from bot.services.community import Community, community_of
from bot.services.person import Account
from bot.services.unit_of_work import UnitOfWork
from storage import community as communities
from storage import inbox
from storage import person as people

ASKED_AGAIN = timedelta(minutes=10)  # after the last that they sent: the tiles may be far up
_KEPT = "communities to choose from"


async def is_unplaced(uow: UnitOfWork, telegram_id: int) -> bool:
    """Say whether the account belongs nowhere yet and there is more than one community."""
    if await people.find_by_telegram(uow, telegram_id) is not None:
        return False
    return await has_choice(uow)


async def has_choice(uow: UnitOfWork) -> bool:
    """Say whether there is more than one community."""
    return len(await choices(uow)) > 1


async def choices(uow: UnitOfWork) -> dict[int, str]:
    """Return the name of every community, by its id."""
    if _KEPT not in uow.kept:
        found = {one: (await community_of(uow, one)).name for one in await communities.codes(uow)}
        uow.kept[_KEPT] = found
    held: dict[int, str] = uow.kept[_KEPT]
    return held


async def keep(uow: UnitOfWork, telegram_id: int) -> bool:
    """Keep the update at hand for later; say whether it is time to ask which community it is."""
    last = await inbox.last_kept(uow, _lane(telegram_id))
    inbox.keep_back(uow, _lane(telegram_id))
    return last is None or uow.now - last >= ASKED_AGAIN


async def ask(uow: UnitOfWork, account: Account, page: int = 0, over: int | None = None) -> None:
    """Show a page of communities to somebody who belongs to none."""
    shown, at, pages = page_of(await choices(uow), page)
    to = await _stranger(uow, account)
    tiles = [{"id": one, "name": name} for one, name in shown.items()]
    facts: dict[str, Any] = {"communities": tiles, "page": at, "pages": pages}
    letter.tell(uow, to, "newcomer.ask", message_id=over, **facts)


async def warn(uow: UnitOfWork, account: Account, words: str) -> bool:
    """Answer words that sound like an emergency anywhere with the numbers to call; say if so."""
    found = [await community_of(uow, one) for one in await choices(uow)]
    if not any(one.urgent_words.heard_in(words) for one in found):
        return False
    numbers = _numbers(found, words)
    letter.tell(uow, await _stranger(uow, account), "newcomer.urgent", emergencies=numbers)
    return True


def _numbers(found: list[Community], words: str) -> list[dict[str, Any]]:
    """Return every emergency number once, what the words speak of first."""
    meant = [one for community in found if (one := community.emergency_in(words)) is not None]
    every = [*meant, *(one for community in found for one in community.emergencies)]
    return list({one["phone"]: one for one in reversed(every)}.values())[::-1]


async def take_up(uow: UnitOfWork, telegram_id: int) -> bool:
    """Let what the person sent before come again, now that they are placed; say if there is any."""
    lane = _lane(telegram_id)
    has_any = await inbox.last_kept(uow, lane) is not None
    inbox.take_up(uow, lane)
    return has_any


async def _stranger(uow: UnitOfWork, account: Account) -> Recipient:
    """Return the chat of somebody unplaced; the first community lends its name to the letter."""
    return Recipient(await communities.first_id(uow), account.telegram_id, account.language)


def _lane(telegram_id: int) -> str:
    return f"person:{telegram_id}"
