"""Composes a survey: questions, whom, when, in any order; the draft is kept with every step."""

from collections.abc import Awaitable, Callable

from telegram.ext import MessageHandler

from bot.domain import survey as rules
from bot.domain.draft import Draft
from bot.domain.refusal import Refusal
from bot.domain.role import Role
from bot.domain.survey_template import TEMPLATES
from bot.services import survey as surveys
from bot.services import survey_draft as drafts
from bot.texts import plain
from handlers import compose_question, compose_when, compose_whom
from handlers.compose_question import ask, card, question
from handlers.compose_when import numbers
from handlers.conversation import END, Dialogue, Handlers
from handlers.turn import Step, Turn, on, on_presses
from handlers.words import STOP, WORDS

NAME = "compose"
Made = Callable[[Turn, Draft], Awaitable[object]]


def _on_draft(step: Made) -> Step:
    """Return the step for a button of the draft; one of a former draft is stale."""

    async def pressed(turn: Turn) -> object:
        return await step(turn, await drafts.current(turn.uow, turn.who, turn.pressed.id))

    return pressed


def _heard(step: Step) -> Step:
    """Return the step for words; who may compose no more, or has no draft, is let go."""

    async def hear(turn: Turn) -> object:
        try:
            await drafts.current(turn.uow, turn.who)
        except Refusal as refusal:
            turn.refuse(refusal)
            return END
        return await step(turn)

    hear.__name__ = step.__name__
    return hear


async def choose(turn: Turn) -> None:
    """Offer templates."""
    surveys.check_may_ask(turn.who)
    turn.redraw("compose.choose")


async def new(turn: Turn) -> object:
    """Begin with nothing, or with a template."""
    code, language = turn.pressed.choice, turn.who.language
    if code not in TEMPLATES:
        draft = await drafts.begin(turn.uow, turn.who)
        return ask(turn, draft, "title")
    held = TEMPLATES[code]
    questions = [
        question(
            one.kind, plain(one.key, language), [plain(name, language) for name in one.options]
        )
        for one in held.questions
    ]
    title = plain(held.title, language)
    draft = await drafts.begin(
        turn.uow,
        turn.who,
        title,
        questions,
        anonymous=held.anonymous,
        closed_cases=held.closed_cases,
    )
    return await card(turn, draft)


async def title(turn: Turn, draft: Draft) -> object:
    """Ask for another title."""
    return ask(turn, draft, "title")


async def add(turn: Turn, draft: Draft) -> object:
    """Ask what the answers to a new question look like."""
    if len(draft.facts["questions"]) >= rules.MOST_QUESTIONS:
        raise Refusal("refusal.survey_full", most=rules.MOST_QUESTIONS)
    turn.redraw("compose.kind", draft=draft.id)
    return "card"


async def say_title(turn: Turn) -> object:
    """Take the title."""
    draft = await drafts.current(turn.uow, turn.who)
    if len(turn.words) > rules.LONGEST_TITLE:
        raise Refusal("common.too_long", limit=rules.LONGEST_TITLE)
    return await card(turn, drafts.note(turn.uow, draft, title=turn.words))


async def whom(turn: Turn, draft: Draft) -> object:
    """Ask whom it means."""
    turn.redraw("compose.whom", **await drafts.card(turn.uow, turn.who, draft))
    return "card"


async def everybody(turn: Turn, draft: Draft) -> object:
    """Mean everybody."""
    return await card(turn, await drafts.mean(turn.uow, turn.who, draft, None))


async def closed(turn: Turn, draft: Draft) -> object:
    """Mean those who had a case closed last month; pressed again, not only those."""
    on = not drafts.whom_of(draft).closed_cases
    draft = await drafts.mean(turn.uow, turn.who, draft, None, closed=on)
    return await whom(turn, draft)


async def roles(turn: Turn, draft: Draft) -> object:
    """Offer roles."""
    turn.redraw("compose.roles", draft=draft.id, roles=[one.value for one in drafts.ROLES])
    return "card"


async def role(turn: Turn, draft: Draft) -> object:
    """Mean those of a role."""
    if turn.pressed.choice not in set(drafts.ROLES):
        raise Refusal("toast.stale")
    meant = await drafts.mean(turn.uow, turn.who, draft, Role(turn.pressed.choice))
    return await card(turn, meant)


async def buildings(turn: Turn, draft: Draft) -> object:
    """Show buildings to tick."""
    return await _tiles(turn, draft, numbers(turn)[0] if turn.pressed.choice else 0)


async def _tiles(turn: Turn, draft: Draft, page: int) -> object:
    facts = await drafts.card(turn.uow, turn.who, draft)
    tiles = await drafts.tiles(turn.uow, turn.who, draft, page)
    turn.redraw("compose.buildings", **facts, **tiles)
    return "card"


async def tick(turn: Turn, draft: Draft) -> object:
    """Tick a building, or take the tick away; the press says which, so that twice is once."""
    code, _, rest = turn.pressed.choice.partition(".")
    page, _, sign = rest.partition(".")
    ticked = await drafts.tick(turn.uow, turn.who, draft, code, on=sign == "+")
    return await _tiles(turn, ticked, int(page) if page.isascii() and page.isdecimal() else 0)


async def secret(turn: Turn, draft: Draft) -> object:
    """Ask for names, or for none."""
    return await card(turn, drafts.note(turn.uow, draft, anonymous=not draft.facts["anonymous"]))


async def home(turn: Turn, draft: Draft) -> object:
    """Show the draft."""
    return await card(turn, draft)


async def send(turn: Turn, draft: Draft) -> object:
    """Send it, now or at its time."""
    await drafts.send(turn.uow, turn.who, draft)
    turn.toast("toast.survey_sent")
    turn.redraw("compose.list", **await surveys.listing(turn.uow, turn.who))
    return END


async def drop(turn: Turn, draft: Draft) -> object:
    """Throw the draft away."""
    drafts.drop(turn.uow, draft)
    turn.toast("toast.survey_dropped")
    turn.redraw("compose.list", **await surveys.listing(turn.uow, turn.who))
    return END


async def leave(turn: Turn) -> object:
    """Write nothing after all: the draft stays as it is."""
    return await card(turn, await drafts.current(turn.uow, turn.who))


def dialogue() -> Dialogue:
    """Return the conversation; its buttons begin it again wherever it was left."""
    on_draft = (title, add, whom, everybody, closed, roles, role, buildings, tick)
    more = (secret, home, send, drop)
    steps: dict[str, Step] = {one.__name__: _on_draft(one) for one in (*on_draft, *more)}
    times = {
        name: _on_draft(step)
        for module in (compose_question, compose_when, compose_whom)
        for name, step in module.STEPS.items()
    }
    presses: Handlers = [on_presses(NAME, {"choose": choose, "new": new, **steps, **times})]
    stop: Handlers = [MessageHandler(STOP, on(_heard(leave)))]
    said: dict[str, Step] = {"title": say_title}
    said |= {**compose_question.SAID, **compose_when.SAID, **compose_whom.SAID}
    return Dialogue(
        NAME,
        entry=presses,
        steps={
            "card": presses,
            **{
                state: [*stop, MessageHandler(WORDS, on(_heard(step))), *presses]
                for state, step in said.items()
            },
        },
    )
