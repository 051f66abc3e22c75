"""Asking how it is going: the case that is meant answers, and its handler reads what was said."""

import re

from bot.domain.case import TO_CONFIRM
from bot.domain.case_record import Case
from bot.services import case as cases
from bot.services import chase, supplement, tell_case
from bot.services import draft as drafts
from bot.services.community import community_of
from bot.texts import words
from handlers import home
from handlers.sent import sent_in
from handlers.turn import Step, Turn

_ASKS = re.compile("|".join(map(re.escape, words()["chase"])), re.IGNORECASE)
_FILLER = re.compile("|".join(map(re.escape, words()["chase_filler"])), re.IGNORECASE)
_NOTHING = re.compile(r"[\W_0-9]+")
_SAYS = 3  # letters beside all that say what is wrong


def chases_first(step: Step) -> Step:
    """Return `step`, which is not reached by words that ask after a case of one's own."""

    async def careful(turn: Turn) -> object:
        if _asks(turn) and await _answered(turn):
            return None
        return await step(turn)

    return careful


def _asks(turn: Turn) -> bool:
    message = turn.message
    said = (message.text or message.caption) if message is not None else None
    return bool(said) and len(turn.words) <= chase.LONGEST and bool(_ASKS.search(turn.words))


async def _answered(turn: Turn) -> bool:
    """Let the case that is meant answer; say whether there is one."""
    if await drafts.open_draft(turn.uow, turn.who) is not None:
        return False
    community = await community_of(turn.uow, turn.who.community_id)
    rest = _NOTHING.sub("", _FILLER.sub("", _ASKS.sub("", turn.words)))
    tells = len(rest) >= _SAYS
    found = await chase.meant_by(turn.uow, community, turn.who, turn.words, tells=tells)
    if not found or (tells and len(found) > 1):  # a report of its own keeps what was told
        return False
    return await _shown(turn, found[0]) if len(found) == 1 else await _listed(turn)


async def _listed(turn: Turn) -> bool:
    """Show all of the person's cases; a picture is not lost for that."""
    if turn.message is None or not turn.message.text:
        return False
    await home.my_cases(turn)
    return True


async def _shown(turn: Turn, case: Case) -> bool:
    """Keep what was said with the case and say how it stands, or ask once more whether it is done.

    Below a case that is said to be done stands how to say that it is not.
    """
    done, sent = case.status in TO_CONFIRM, sent_in(turn)
    if not done or sent.file_id:
        group = turn.message.media_group_id if turn.message is not None else None
        await supplement.add(turn.uow, turn.who, case.number, sent, group, answer="case.chased")
        turn.react("✍")
    if done:
        community = await community_of(turn.uow, turn.who.community_id)
        now = await cases.find(turn.uow, turn.who, case.number)
        await tell_case.show_anew(turn.uow, community, now, turn.who)
    return True
