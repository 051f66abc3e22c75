"""The handler says that it is done: a picture or why not, one sentence, and "done"."""

from telegram.ext import MessageHandler

from bot.domain.draft import Draft
from bot.domain.picture import CHECKED
from bot.domain.refusal import Refusal
from bot.services import at_hand, conversation, decision
from bot.services import case as cases
from bot.services import draft as reports
from bot.services.sent import SHOWS, VOICE
from bot.texts import has, plain
from handlers.case import guarded
from handlers.conversation import END, Dialogue, Handlers
from handlers.decision import ask, ended, left_off
from handlers.sent import sent_in
from handlers.turn import Step, Turn, on, on_presses
from handlers.words import STOP, WORDS, WORK

MOVE = "resolve"


async def arrive(turn: Turn) -> object:
    """Note that the handler is there; from now on a picture means that it is done."""
    asked = turn.pressed
    case = await cases.move(turn.uow, turn.who, asked.id, "arrive", seen=asked.version)
    turn.toast("toast.arrived", number=case.number)
    return await _begin(turn, case.version)


async def start(turn: Turn) -> object:
    """Ask for a picture."""
    return await _begin(turn, turn.pressed.version)


async def _begin(turn: Turn, version: int) -> object:
    number = turn.pressed.id
    photos = await decision.held(turn.uow, turn.who, MOVE, number, "photos") or []
    draft = await decision.begin(
        turn.uow, turn.who, MOVE, number, version, photos=photos, no_photo=None, did=""
    )
    return await _go_on(turn, draft)


async def add_picture(turn: Turn) -> object:
    """Keep a picture or a film (later ones of an album too) and go on; a voice is words."""
    draft = await decision.current(turn.uow, turn.who, MOVE)
    sent, held = sent_in(turn), list(draft.facts["photos"])
    if sent.file_unique_id not in {one[1] for one in held}:
        held.append([sent.file_id, sent.file_unique_id, sent.file_kind])
    spoken = plain("did.voice", turn.who.language) if sent.file_kind == VOICE else ""
    said, asked_before = turn.words or spoken, _shown(draft) > 0
    draft = decision.note(turn.uow, draft, photos=held, did=said or draft.facts["did"])
    turn.react("👌")
    return _reached(draft) if asked_before and not said else await _go_on(turn, draft)


async def from_report(turn: Turn) -> object:
    """Let the picture of a report be the proof: it was sent before anything was pressed."""
    report = await reports.current(turn.uow, turn.who, turn.pressed.id)
    choice, held = turn.pressed.choice, report.facts
    case = await cases.find(turn.uow, turn.who, int(choice) if choice.isdecimal() else 0)
    photos = await decision.held(turn.uow, turn.who, MOVE, case.number, "photos") or []
    photos = [*photos, *([one["id"], one["unique"], one["kind"]] for one in held["photos"])]
    draft = await decision.begin(
        turn.uow, turn.who, MOVE, case.number, case.version,
        photos=photos, no_photo=None, did=held["words"],
    )  # fmt: skip
    reports.drop(turn.uow, report)
    key = (turn.who.telegram_id, turn.who.telegram_id)
    conversation.move(MOVE, key, str(await _go_on(turn, draft)))
    return END


async def is_new(turn: Turn) -> object:
    """Go on with the report: it is none of the cases in hand."""
    report = await reports.current(turn.uow, turn.who, turn.pressed.id)
    report = reports.note(turn.uow, report, **{at_hand.NEW: True})
    return await reports.show(turn.uow, turn.who, report)


DRAFT_PRESSES: dict[str, Step] = {"task": from_report, "new_thing": is_new}


async def ask_why_none(turn: Turn) -> object:
    """Ask why there is no picture; nobody is forced to take one."""
    await _ask(turn, "finish.no_photo", await decision.current(turn.uow, turn.who, MOVE))
    return "photo"


async def choose_why_none(turn: Turn) -> object:
    """Keep the reason why there is no picture."""
    draft = await decision.current(turn.uow, turn.who, MOVE)
    return await _go_on(turn, decision.note(turn.uow, draft, no_photo=turn.pressed.choice))


async def choose_words(turn: Turn) -> object:
    """Take a ready sentence."""
    key = f"did.{turn.pressed.choice}"
    if not has(key, turn.who.language):
        raise Refusal("toast.stale")
    did = plain(key, turn.who.language)
    draft = await decision.current(turn.uow, turn.who, MOVE)
    return await _go_on(turn, decision.note(turn.uow, draft, did=did))


async def say_words(turn: Turn) -> object:
    """Take the person's own sentence, whenever it comes."""
    draft = await decision.current(turn.uow, turn.who, MOVE)
    return await _go_on(turn, decision.note(turn.uow, draft, did=turn.words))


async def done(turn: Turn) -> object:
    """Say that it is done; the resident is asked."""
    draft = await decision.current(turn.uow, turn.who, MOVE)
    held = draft.facts
    case = await cases.resolve(
        turn.uow,
        turn.who,
        held["number"],
        held["did"],
        files=[(one[0], one[1], one[2]) for one in held["photos"]],
        no_photo=held["no_photo"],
    )
    return await ended(turn, draft, case, "toast.resolved")


async def cancel(turn: Turn) -> object:
    """There is still something to do; the pictures are kept for then."""
    return await left_off(turn, MOVE, keep=True)


def _reached(draft: Draft) -> str:
    held = draft.facts
    if not _shown(draft) and not held["no_photo"]:
        return "photo"
    return "check" if held["did"] else "words"


def _shown(draft: Draft) -> int:
    """Return how many pictures and films there are."""
    return sum(kind in SHOWS for _, _, kind in draft.facts["photos"])


async def _go_on(turn: Turn, draft: Draft) -> object:
    step = _reached(draft)
    await _ask(turn, f"finish.{step}", draft)
    return step


async def _ask(turn: Turn, kind: str, draft: Draft) -> None:
    case = await decision.case_of(turn.uow, turn.who, draft)
    held = draft.facts
    await ask(
        turn,
        case,
        kind,
        photos=_shown(draft),
        as_file=any(kind in CHECKED for _, _, kind in held["photos"]),
        no_photo=held["no_photo"],
        did=held["did"],
    )


def dialogue() -> Dialogue:
    """Return the conversation."""
    steps = {
        "start": start,
        "no_photo": ask_why_none,
        "why": choose_why_none,
        "words": choose_words,
        "done": done,
        "cancel": cancel,
    }
    presses: Handlers = [
        on_presses("case", {"arrive": guarded(arrive)}),
        on_presses("finish", {verb: guarded(step) for verb, step in steps.items()}),
    ]
    sent: Handlers = [
        MessageHandler(STOP, on(cancel)),
        MessageHandler(WORK, on(guarded(add_picture))),
        MessageHandler(WORDS, on(guarded(say_words))),
        *presses,
    ]
    return Dialogue(MOVE, entry=presses, steps={"photo": sent, "words": sent, "check": sent})
