"""Asking how it is going: the case that is meant answers, and its handler reads what was said."""

import re

from bot.domain.case import TO_CONFIRM
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
    said = message.text if message is not None else None
    return bool(said) and len(turn.words) <= chase.LONGEST and bool(_ASKS.search(turn.words))


async def _answered(turn: Turn) -> bool:
    """Let the case that is meant answer; say whether there is one."""
    if await drafts.open_draft(turn.uow, turn.who) is not None:
        return False
    community = await community_of(turn.uow, turn.who.community_id)
    rest = _NOTHING.sub("", _FILLER.sub("", _ASKS.sub("", turn.words)))
    tells = len(rest) >= _SAYS
    found = await chase.meant_by(turn.uow, community, turn.who, turn.words, tells=tells)
    if not found:
        return False
    if len(found) > 1:
        await home.my_cases(turn)
    elif found[0].status in TO_CONFIRM:  # below it stands how to say that it is not done
        await tell_case.show_anew(turn.uow, community, found[0], turn.who)
    else:
        number, sent = found[0].number, sent_in(turn)
        await supplement.add(turn.uow, turn.who, number, sent, None, answer="case.chased")
        turn.react("✍")
    return True
