"""Finding a case: /find, a word said to staff's Linli, or the number of a case alone."""

import re

from bot.domain.role import STAFF
from bot.services import draft as drafts
from bot.services import search, tell_case
from bot.services.community import community_of
from bot.texts import words
from handlers.turn import Step, Turn

PAGE = 6
_WORDS = words()
_COMMAND = re.compile(r"^/\w+(?:@\w+)?\s*", re.ASCII)
_FIND = re.compile(rf"^(?:{'|'.join(map(re.escape, _WORDS['find']))})\s+(.+)$", re.IGNORECASE)
_NUMBER = re.compile(
    rf"^(?P<called>(?:{'|'.join(map(re.escape, _WORDS['number']))})?)\s*(?P<digits>[0-9]{{1,9}})$",
    re.IGNORECASE,
)


async def command(turn: Turn) -> None:
    """Find what stands behind the command; alone it explains itself."""
    query = _COMMAND.sub("", turn.words)
    if not query:
        turn.tell("search.ask" if turn.who.holds_somewhere(*STAFF) else "search.own")
        return
    await _find(turn, query)


def searches_first(step: Step) -> Step:
    """Return `step`, which is not reached by a search of staff: "find lift".

    A resident who says "find" may want a handyman.
    """

    async def careful(turn: Turn) -> object:
        asked = _FIND.match(turn.words) if _is_plain(turn) else None
        if asked is None or not turn.who.holds_somewhere(*STAFF):
            return await step(turn)
        await _find(turn, asked[1])
        return None

    return careful


def numbers_first(step: Step) -> Step:
    """Return `step`, which is not reached by the number of a case alone.

    A bare number goes on when it is no case, or may belong to the report being written.
    """

    async def careful(turn: Turn) -> object:
        number = _NUMBER.match(turn.words) if _is_plain(turn) else None
        if number is not None and await _is_number(turn, number):
            return None
        return await step(turn)

    return careful


def _is_plain(turn: Turn) -> bool:
    """Say whether it is a new text that answers no message."""
    message = turn.message
    return message is not None and bool(message.text) and message.reply_to_message is None


async def _find(turn: Turn, query: str) -> None:
    """Show the case with this number, or list what has these words."""
    number = _NUMBER.match(query)
    if number is None or not await _show(turn, int(number["digits"])):
        await _list(turn, query, 0)


async def _is_number(turn: Turn, said: re.Match[str]) -> bool:
    """Answer the number of a case; say whether it was one."""
    number = int(said["digits"])
    if not said["called"] and await drafts.open_draft(turn.uow, turn.who) is not None:
        return False
    if await _show(turn, number):
        return True
    if said["called"]:
        turn.tell("refusal.no_case", number=number)
    return bool(said["called"])


async def _show(turn: Turn, number: int) -> bool:
    """Show the case with this number; say whether there is one for the person's eyes."""
    case = await search.by_number(turn.uow, turn.who, number)
    if case is None:
        return False
    community = await community_of(turn.uow, turn.who.community_id)
    await tell_case.show_anew(turn.uow, community, case, turn.who)
    return True


async def turn_page(turn: Turn) -> None:
    """Show another page over the one shown; the press carries what was looked for."""
    page, _, query = turn.pressed.choice.partition(".")
    at = int(page) if page.isascii() and page.isdecimal() else 0
    await _list(turn, query, at, below=turn.pressed.id)


async def _list(turn: Turn, query: str, page: int, *, below: int = 0) -> None:
    community = await community_of(turn.uow, turn.who.community_id)
    found = await search.find(
        turn.uow, community, turn.who, query, page=page, per_page=PAGE, below=below
    )
    turn.redraw("list.find", **found)
