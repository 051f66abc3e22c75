"""What a person was asked last, so that 1, 2, 3 or the words of a button can be typed instead.

The outbox is the record: a letter is written in the transaction that asks, and its drawing
follows from its facts. Knows neither buttons nor words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.domain.case import UNFINISHED
from bot.domain.letter import Letter
from bot.domain.person import Person
from bot.services import draft as drafts
from bot.services import guarded, survey_shown
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases
from storage import person as people
from storage import told

SURVEY, EMERGENCY = "survey.", "case.urgent"
LATEST = 8  # letters that are looked through
NOT_OLDER = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Asked:
    """A letter that the person got: still open, and whether it answered something they did."""

    letter: Letter
    open: bool
    own: bool = True

    @property
    def about(self) -> int | None:
        """The number of the case that it is about."""
        case = self.letter.facts.get("case")
        return case["number"] if isinstance(case, Mapping) else None


async def asked(uow: UnitOfWork, telegram_id: int) -> list[Asked]:
    """Return the latest letters that rang at the person, or answered them; latest first."""
    who = await people.find_by_telegram(uow, telegram_id)
    if who is None:
        return []
    since = uow.now - NOT_OLDER
    found = await told.latest(uow, who.community_id, telegram_id, since, LATEST)
    asked = [  # as they were drawn: what a community hides changes which buttons there are
        Asked(await guarded.letter(uow, one), await _is_open(uow, who, one), own)
        for one, own in found
    ]
    in_hand = survey_shown.in_hand(uow, telegram_id)  # of which nothing is kept in the outbox
    if in_hand is not None and all(one.letter.due_at <= in_hand.due_at for one in asked[:1]):
        return [Asked(in_hand, open=True), *asked]
    return asked


async def _is_open(uow: UnitOfWork, who: Person, letter: Letter) -> bool:
    facts: Mapping[str, Any] = letter.facts
    draft_id = facts.get("draft_id")
    if draft_id is not None:
        draft = await drafts.open_draft(uow, who)
        return draft is not None and draft.id == draft_id
    case = facts.get("case")
    if not isinstance(case, Mapping):
        return True
    now = await cases.find(uow, who.community_id, int(case["number"]))
    if now is not None and letter.kind.startswith(SURVEY):  # good for the whole round
        return bool(now.round == case["round"])
    if now is not None and letter.kind == EMERGENCY:  # good as long as it is one
        return now.urgent and now.status in UNFINISHED
    return now is not None and now.version == case["version"]
