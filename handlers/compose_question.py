"""One question of a survey in the making: its words, its options, where an answer leads."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.domain import survey_question as asking
from bot.domain.draft import Draft
from bot.domain.refusal import Refusal
from bot.domain.survey_question import LISTED, Kind, Question
from bot.services import survey_draft as drafts
from bot.texts import words as understood
from handlers.compose_when import Made, numbers
from handlers.turn import Step, Turn

_TARGETS = _WHOLE = 4  # questions to lead to, and to be seen, on a page


def question(kind: Kind, said: str, options: Sequence[str]) -> Question:
    """Return a question; raises Refusal when it does not fit."""
    return asking.checked(kind, said, options, understood()["unsatisfied"])


async def card(turn: Turn, draft: Draft) -> object:
    """Show the draft."""
    turn.redraw("compose.draft", **await drafts.card(turn.uow, turn.who, draft))
    return "card"


def ask(turn: Turn, draft: Draft, what: str) -> object:
    """Ask for words."""
    turn.redraw(f"compose.{what}", draft=draft.id)
    return what


async def kind(turn: Turn, draft: Draft) -> object:
    """Ask for the words of the new question."""
    if turn.pressed.choice not in set(Kind):
        raise Refusal("toast.stale")
    draft = drafts.note(turn.uow, draft, making={"kind": turn.pressed.choice, "at": None})
    return ask(turn, draft, "words")


async def words(turn: Turn, draft: Draft) -> object:
    """Ask for other words of a question."""
    at = numbers(turn)[0]
    asked = drafts.at_of(draft, at)
    draft = drafts.note(turn.uow, draft, making={"kind": asked.kind.value, "at": at})
    return ask(turn, draft, "words")


async def options(turn: Turn, draft: Draft) -> object:
    """Ask for other options of a question."""
    at = numbers(turn)[0]
    asked = drafts.at_of(draft, at)
    if asked.kind not in LISTED:
        raise Refusal("toast.stale")
    making = {"kind": asked.kind.value, "at": at, "words": asked.words}
    return ask(turn, drafts.note(turn.uow, draft, making=making), "options")


async def say_words(turn: Turn) -> object:
    """Take the words of a question, and ask for its options where it has any."""
    draft = await drafts.current(turn.uow, turn.who)
    making = draft.facts["making"]
    made, at = asking.checked(Kind(making["kind"]), turn.words), making["at"]
    if at is not None:
        made = replace(drafts.at_of(draft, at), words=made.words)
    elif made.kind in LISTED:
        draft = drafts.note(turn.uow, draft, making={**making, "words": made.words})
        return ask(turn, draft, "options")
    return await card(turn, drafts.put(turn.uow, draft, at, made))


async def say_options(turn: Turn) -> object:
    """Take the options, one a line."""
    draft = await drafts.current(turn.uow, turn.who)
    making, at = draft.facts["making"], draft.facts["making"]["at"]
    made = question(Kind(making["kind"]), making["words"], asking.options_in(turn.words))
    if at is not None:
        made = asking.with_options(drafts.at_of(draft, at), made)
    return await card(turn, drafts.put(turn.uow, draft, at, made))


async def edit(turn: Turn, draft: Draft) -> object:
    """Show a question."""
    return _show(turn, draft, "edit", numbers(turn)[0])


def _show(turn: Turn, draft: Draft, what: str, at: int, **facts: Any) -> object:
    asked = drafts.shown(drafts.at_of(draft, at))
    of = len(draft.facts["questions"])
    turn.redraw(f"compose.{what}", draft=draft.id, at=at, of=of, question=asked, **facts)
    return "card"


async def out(turn: Turn, draft: Draft) -> object:
    """Take a question out."""
    return await card(turn, drafts.take_out(turn.uow, draft, numbers(turn)[0]))


async def lead(turn: Turn, draft: Draft) -> object:
    """Let an answer lead somewhere else: which, then where."""
    at, *more = numbers(turn)
    asked = drafts.at_of(draft, at)
    if not more:
        return _show(turn, draft, "lead", at)
    if more[0] >= asked.size:
        raise Refusal("toast.stale")
    if len(more) == 1:
        return _show_targets(turn, draft, at, more[0], 0)
    return _show(turn, drafts.lead(turn.uow, draft, at, more[0], more[1]), "edit", at)


async def further(turn: Turn, draft: Draft) -> object:
    """Show the next questions to which an answer can lead."""
    at, option, page, *_ = (*numbers(turn), 0, 0)
    if option >= drafts.at_of(draft, at).size:
        raise Refusal("toast.stale")
    return _show_targets(turn, draft, at, option, page)


def _show_targets(turn: Turn, draft: Draft, at: int, option: int, page: int) -> object:
    every = range(at + 1, len(draft.facts["questions"]))
    pages = max(1, -(-len(every) // _TARGETS))
    shown = every[min(page, pages - 1) * _TARGETS :][:_TARGETS]
    where = {"page": min(page, pages - 1), "pages": pages, "targets": list(shown)}
    return _show(turn, draft, "lead_to", at, option=option, **where)


async def whole(turn: Turn, draft: Draft) -> object:
    """Show everything that will be asked, a page at a time."""
    pages = max(1, -(-len(draft.facts["questions"]) // _WHOLE))
    page = numbers(turn)[0] if turn.pressed.choice else 0
    where = {"page": min(page, pages - 1), "pages": pages, "first": min(page, pages - 1) * _WHOLE}
    facts = await drafts.card(turn.uow, turn.who, draft)
    shown = facts["questions"][where["first"] :][:_WHOLE]
    turn.redraw("compose.whole", **facts, **where, shown=shown)
    return "card"


STEPS: Mapping[str, Made] = {
    one.__name__: one for one in (kind, words, options, edit, out, lead, further, whole)
}
SAID: Mapping[str, Step] = {"words": say_words, "options": say_options}
