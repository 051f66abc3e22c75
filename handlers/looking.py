"""What somebody hears while nothing can be written down: what they ask to see, or that it is so."""

import re

from bot.domain.letter import Letter, LetterClass
from bot.domain.settings import Settings
from bot.services import person, todo
from bot.services.community import community_of
from bot.services.unit_of_work import UnitOfWork
from handlers import home
from handlers.words import pattern

_MY = re.compile(r"^/my\b|" + pattern(*home.labels("my")), re.IGNORECASE)


async def look(uow: UnitOfWork, telegram_id: int, text: str) -> Letter | None:
    """Return what answers `text` without writing a row; None for somebody unknown."""
    who = await person.known(uow, telegram_id)
    if who is None:
        return None
    if _MY.search(text):
        kind, facts = "list.my", await todo.listing(uow, who, "my", page=0, per_page=home.PAGE)
    else:
        phone = (await community_of(uow, who.community_id)).phone
        kind, facts = "common.full", {"phone": phone}
    return Letter(
        id=0,
        community_id=who.community_id,
        chat_id=telegram_id,
        language=who.language,
        kind=kind,
        facts=facts,
        letter_class=LetterClass.AT_MOST_ONCE,
        silent=False,
        due_at=uow.now,
        attempts=0,
        large=Settings.of(who).large,
    )
