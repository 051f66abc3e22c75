"""What a notice says will be off: shown before it goes, and switched off by whoever knows better.

Source: dialogues 6.12.
"""

from typing import Any

from bot.domain.addressees import Addressees
from bot.domain.broadcast_body import bare
from bot.domain.draft import Draft
from bot.domain.outage_said import Announced, SaidWords, outage_in
from bot.services import outage_announced
from bot.services.community import community_of
from bot.texts import words
from handlers.dates import MOMENT
from handlers.turn import Turn

SWITCH = "joins"  # whether reports of what is off join each other
_HELD = words()["outage_said"]
SAID = SaidWords(
    off={what: tuple(said) for what, said in _HELD["off"].items()},
    places=_HELD["places"],
    moment=MOMENT,
    **{name: tuple(_HELD[name]) for name in ("not_off", "to", "back", "minute")},
)


async def announced(turn: Turn, draft: Draft) -> Announced | None:
    """Return what is off by the words of the draft; None when that was switched off."""
    if not draft.facts.get(SWITCH, True):
        return None
    return await _said(turn, draft)


async def _said(turn: Turn, draft: Draft) -> Announced | None:
    calendar = (await community_of(turn.uow, turn.who.community_id)).calendar
    return outage_in(bare(draft.facts["html"]), SAID, calendar.local(turn.now))


async def facts(turn: Turn, draft: Draft, whom: Addressees) -> dict[str, Any] | None:
    """Return what the cards say of what is off, None when it is nothing, or nowhere."""
    said = await _said(turn, draft)
    community = await community_of(turn.uow, turn.who.community_id)
    if said is None or not outage_announced.places(community, whom):
        return None
    joins = draft.facts.get(SWITCH, True)
    return outage_announced.facts(community, whom, said, joins=joins)
