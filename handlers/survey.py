"""Surveys for those who are asked: one card, edited question by question; words when asked for."""

from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler

from bot.domain.refusal import Refusal
from bot.services import case as cases
from bot.services import conversation, desk, survey_answer, survey_reader, survey_shown
from bot.services.community import community_of
from bot.services.survey_answer import Over
from bot.services.survey_shown import Shown
from handlers.awaited import Awaited, awaited, stops, wait, wait_no_more
from handlers.context import Context
from handlers.turn import Step, Turn, on, on_presses
from handlers.urgent import emergencies_first
from handlers.words import WORK

NAME = survey_shown.DIALOGUE  # of what is waited for: the answer, in words or a picture
ALBUM = "survey album"  # whose first picture was an answer; its others come one by one
_SAID = " said"  # behind it: that one picture is enough

_OFTEN = {
    "each": "toast.surveys_each",
    "daily": "toast.surveys_daily",
    "less": "toast.surveys_less",
}


async def _show(turn: Turn, shown: Shown) -> None:
    """Draw what comes next over what was pressed, and wait for words where they are asked for."""
    asked = survey_answer.waits_for(shown)
    if asked is None:
        wait_no_more(turn, NAME)
    else:
        wait(turn, NAME, f"{asked[0]} {asked[1]}")
    turn.redraw(shown[0], **shown[1])


def _pressed(answer: Callable[[Turn, str, str], Awaitable[Shown]]) -> Step:
    """Return the step for a button of the paper; `answer` gets what was chosen and whose paper."""

    async def step(turn: Turn) -> None:
        choice, _, paper = turn.pressed.choice.partition(".")
        try:
            shown = await answer(turn, choice, paper)
        except Over as over:
            await _say_over(turn, over)
        else:
            await _show(turn, shown)

    return step


async def _say_over(turn: Turn, over: Over) -> None:
    """Say that it ended meanwhile, in the place of the question."""
    turn.toast(over.key)
    community = await community_of(turn.uow, turn.who.community_id)
    wait_no_more(turn, NAME)
    turn.redraw("survey.closed", **survey_shown.of_survey(community, over.survey))


async def _begin(turn: Turn, _choice: str, _paper: str) -> Shown:
    return await survey_answer.begin(turn.uow, turn.who, turn.pressed.id)


async def _decline(turn: Turn, _choice: str, _paper: str) -> Shown:
    return await survey_answer.decline(turn.uow, turn.who, turn.pressed.id)


async def _say(turn: Turn, choice: str, paper: str) -> Shown:
    asked = turn.pressed
    answer = _number(choice)
    return await survey_answer.say(turn.uow, turn.who, asked.id, asked.version, paper, answer)


async def _tick(turn: Turn, choice: str, paper: str) -> Shown:
    asked, on = turn.pressed, choice.endswith("+")
    option = _number(choice[:-1])
    return await survey_answer.tick(
        turn.uow, turn.who, asked.id, asked.version, paper, option, on=on
    )


async def _next(turn: Turn, _choice: str, paper: str) -> Shown:
    asked = turn.pressed
    return await survey_answer.go_on(turn.uow, turn.who, asked.id, asked.version, paper)


async def _back(turn: Turn, _choice: str, paper: str) -> Shown:
    asked = turn.pressed
    return await survey_answer.back(turn.uow, turn.who, asked.id, asked.version, paper)


async def _change(turn: Turn, _choice: str, paper: str) -> Shown:
    return await survey_answer.change(turn.uow, turn.who, turn.pressed.id, paper)


def _number(choice: str) -> int:
    """Return the option; raises Refusal for what no button of ours says."""
    if not (choice.isascii() and choice.isdecimal() and len(choice) == 1):
        raise Refusal("toast.stale")
    return int(choice)


async def look(turn: Turn) -> None:
    """Show the invitation, or what came of it, to somebody who found it elsewhere."""
    kind, facts = await survey_reader.look(turn.uow, turn.who, turn.pressed.id)
    turn.tell(kind, **facts)


async def less(turn: Turn) -> None:
    """Let surveys ring less for this person."""
    wish = survey_reader.want_less(turn.uow, turn.who, turn.pressed.id)
    turn.toast(_OFTEN[wish], alert=True)


async def again(turn: Turn) -> None:
    """Ask for the case to be done again."""
    number = await survey_answer.ask_again(turn.uow, turn.who, turn.pressed.id)
    case = await cases.find(turn.uow, turn.who, number)
    turn.toast("toast.contested", number=number)
    turn.redraw("case.card", case=await desk.facts_of(turn.uow, turn.who, case))


async def hear(turn: Turn) -> None:
    """Take what was written, or the picture that was sent, as the answer."""
    survey, _, at = (awaited(turn.who.telegram_id, NAME) or "0 0").partition(" ")
    if stops(turn):
        wait_no_more(turn, NAME)
        turn.tell("survey.left_open")
        return
    photo = _photo_in(turn)
    try:
        shown = await survey_answer.hear(
            turn.uow, turn.who, int(survey), int(at), turn.words, photo
        )
    except Over as over:
        await _say_over(turn, over)
    else:
        await _show(turn, shown)
        if photo is not None and turn.message is not None:
            conversation.move(ALBUM, _key(turn.who.telegram_id), turn.message.media_group_id)


def _photo_in(turn: Turn) -> str | None:
    message = turn.message
    return message.photo[-1].file_id if message is not None and message.photo else None


def _key(telegram_id: int) -> tuple[int, int]:
    return telegram_id, telegram_id


async def hear_carried(turn: Turn) -> None:
    """Take a picture as the answer; of an album the first alone, which is said once.

    A voice, a film or a file is no answer: it is asked again, and nothing is reported by it.
    """
    group = turn.message.media_group_id if turn.message is not None else None
    if group is None or not _is_of_album(turn.who.telegram_id, group):
        await hear(turn)
    elif conversation.state(ALBUM, _key(turn.who.telegram_id)) == group:
        conversation.move(ALBUM, _key(turn.who.telegram_id), f"{group}{_SAID}")
        turn.tell("survey.one_picture")


def _is_of_album(telegram_id: int, group: str) -> bool:
    """Say whether the first picture of the album was an answer."""
    return conversation.state(ALBUM, _key(telegram_id)) in {group, f"{group}{_SAID}"}


class AwaitedCarried(BaseHandler[Any, Context, Any]):
    """The handler of a picture that answers a question, and of what was meant to be one."""

    def __init__(self) -> None:
        super().__init__(on(hear_carried))

    def check_update(self, update: object) -> bool:
        """Say whether somebody sent a file while an answer is waited for from them."""
        if not isinstance(update, Update) or update.effective_user is None:
            return False
        if update.message is None or not WORK.check_update(update):
            return False
        who, group = update.effective_user.id, update.message.media_group_id
        return awaited(who, NAME) is not None or (group is not None and _is_of_album(who, group))


def handlers() -> list[BaseHandler[Any, Context, Any]]:
    """Return the handlers of the buttons, and of the words and pictures that they ask for."""
    steps: dict[str, Step] = {
        "begin": _pressed(_begin),
        "decline": _pressed(_decline),
        "say": _pressed(_say),
        "tick": _pressed(_tick),
        "next": _pressed(_next),
        "back": _pressed(_back),
        "change": _pressed(_change),
        "again": again,
        "open": look,
        "less": less,
    }
    words = Awaited(NAME, emergencies_first(hear))
    return [on_presses("survey", steps), words, AwaitedCarried()]
