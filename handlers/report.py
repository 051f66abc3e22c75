"""The report as a conversation: which step hears what, and what comes before every step."""

from telegram.ext import MessageHandler

from bot.services import draft as drafts
from bot.services import edit as edits
from handlers import draft, finish, home, kin, neighbour, resume, supplement, tap, urgent, which
from handlers.answer import answers_first
from handlers.chase import chases_first
from handlers.conversation import REPORT, Dialogue, Handlers
from handlers.onbehalf import registers_first
from handlers.resume import unless_left
from handlers.search import numbers_first, searches_first
from handlers.sent import sent_in
from handlers.supplement import supplements_first
from handlers.turn import Step, Turn, on, on_presses
from handlers.urgent import emergencies_first
from handlers.which import then_next, unless_another
from handlers.words import ASSENT, EDITED, HELLO, KIND_SIGNS, MEDIA, SIGNS, STOP, THANKS, WORDS

PRESSES: dict[str, Step] = {
    "building": draft.choose_building,
    "home": draft.choose_home,
    "unit": draft.choose_unit,
    "kind": draft.choose_kind,
    "page": draft.show_page,
    "more": draft.show_more,
    "change_kind": draft.change_kind,
    "change_place": draft.change_place,
    "back_place": draft.change_place,
    "more_photos": draft.invite_photos,
    "file": draft.file,
    "drop": draft.drop,
    "undrop": draft.undrop,
    **neighbour.DRAFT_PRESSES,
    **which.DRAFT_PRESSES,
    **kin.DRAFT_PRESSES,
    **finish.DRAFT_PRESSES,
    **tap.DRAFT_PRESSES,
    "resume": resume.go_on_left,
    "resume_drop": resume.drop_left,
    "resume_other": resume.report_other,
}
TYPED: dict[str, Step] = {  # what words mean at the steps where they may be the answer
    "place": draft.say_place,
    "unit": draft.say_unit,
}


def dialogue() -> Dialogue:
    """Return the conversation; its entries are everything that a person may send."""
    anything: Step = _first(draft.add)
    presses: Handlers = [on_presses("draft", _then_next(PRESSES)), supplement.into_report()]
    stop: Handlers = [MessageHandler(STOP, on(then_next(draft.cancel)))]
    sent: Handlers = [*stop, *presses, *_joins(anything)]
    steps: dict[object, Handlers] = dict.fromkeys((*drafts.STEPS, "resume", which.STATE), sent)
    for step, said in TYPED.items():
        careful = _first(said)
        steps[step] = [*stop, MessageHandler(WORDS, on(careful)), *presses, *_joins(anything)]
    steps[urgent.STATE] = [*stop, *presses, *_joins(urgent.joins_emergency(anything))]
    polite: Handlers = [
        MessageHandler(HELLO, on(home.start)),
        MessageHandler(THANKS, on(home.welcome)),
        MessageHandler(ASSENT | KIND_SIGNS, on(answers_first(home.welcome))),
        MessageHandler(SIGNS, on(answers_first(home.unknown))),
    ]
    return Dialogue(REPORT, entry=[*polite, *sent], steps=steps)


def _first(step: Step) -> Step:
    """Return `step` behind what comes first: searches, emergencies, answers, additions, ...

    Last comes the question whether it is about another thing.
    """
    careful = chases_first(unless_left(unless_another(step)))
    heard = emergencies_first(answers_first(supplements_first(numbers_first(careful))))
    return searches_first(registers_first(heard))


def _then_next(steps: dict[str, Step]) -> dict[str, Step]:
    return {verb: then_next(step) for verb, step in steps.items()}


def _joins(anything: Step) -> Handlers:
    """Return the handlers of everything that joins a report, edited messages included."""
    sent = [MessageHandler(kind, on(anything)) for kind in (MEDIA, WORDS)]
    return [*sent, MessageHandler(EDITED, on(edit))]


async def edit(turn: Turn) -> object:
    """Let the report say what the message says now."""
    edited = await edits.edit(turn.uow, turn.who, sent_in(turn))
    return None if edited is None else await draft.go_on(turn, edited)
