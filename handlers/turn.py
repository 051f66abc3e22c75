"""One turn of a chat: who wrote or pressed what; and how a refusal is answered.

Handlers are written against `Turn`. They call one service and answer with letters; they
never call a method of the bot.
"""

from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from telegram import MaybeInaccessibleMessage, Message, Update, User
from telegram.constants import ChatType
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.domain.letter import Immediate, Reaction, Toast
from bot.domain.person import Person
from bot.domain.press import Press
from bot.domain.refusal import Refusal
from bot.services import audit, consent, letter, menu, moving, person
from bot.services.person import Account
from bot.services.unit_of_work import UnitOfWork
from bot.texts import plain
from handlers.context import Context
from handlers.twin import TYPED

State = object
_FALLBACK_LANGUAGE = "zh_CN"
_OUTDATED = frozenset(
    {"toast.stale", "toast.wish_gone"}
)  # refusals of a button that has become old


@dataclass(slots=True)
class Turn:
    """What happened, in the words of the neighbourhood."""

    uow: UnitOfWork
    who: Person
    new: bool  # the person's very first turn
    at: MaybeInaccessibleMessage | None  # the message written, or the one under which was pressed
    press: Press | None = None
    callback_id: str = ""  # of a press; a typed one has none
    answered: bool = False
    spoke: bool = False  # a message came of it
    unsaid: tuple[str, dict[str, Any]] | None = None  # a toast for a press that was typed
    refused: list[Refusal] = field(default_factory=list)
    begun: int = 0  # how much was written before the step began

    @property
    def now(self) -> datetime:
        """The instant of this turn, UTC."""
        return self.uow.now

    @property
    def message(self) -> Message | None:
        """The message written; None when something was pressed."""
        return self.at if self.press is None and isinstance(self.at, Message) else None

    @property
    def words(self) -> str:
        """The words written, as text or under a picture."""
        if self.message is None:
            return ""
        return (self.message.text or self.message.caption or "").strip()

    @property
    def in_group(self) -> bool:
        """Whether it happened in a group: what follows is said in private."""
        return self.at is not None and self.at.chat.type != ChatType.PRIVATE

    @property
    def topic(self) -> int:
        """The topic of the group in which it happened, 0 for none."""
        if not isinstance(self.at, Message) or not self.at.is_topic_message:
            return 0
        return self.at.message_thread_id or 0

    @property
    def message_id(self) -> int | None:
        """The message written, or pressed; None for a press that was typed."""
        typed = self.press is not None and not self.callback_id
        if self.at is None or typed or self.in_group:
            return None
        return self.at.message_id

    @property
    def pressed(self) -> Press:
        """The press; raises LookupError when nothing was pressed."""
        if self.press is None:
            raise LookupError("nothing was pressed")
        return self.press

    def tell(self, kind: str, **facts: Any) -> None:
        """Answer with a message of its own."""
        self.spoke = True
        letter.tell(self.uow, self.who, kind, **facts)

    def redraw(self, kind: str, **facts: Any) -> None:
        """Draw `kind` over the message under which was pressed; else send it."""
        self.spoke = True
        over = self.message_id if self.press is not None else None
        letter.tell(self.uow, self.who, kind, message_id=over, **facts)

    def toast(self, key: str, *, alert: bool = False, **facts: Any) -> None:
        """Answer a press with a short text over the chat; the last one counts.

        After a press that was typed it is a message, unless another one says how it went.
        """
        self.answered = True
        if not self.callback_id:
            self.unsaid = (key, facts)
            return
        text = plain(key, self.who.language, **facts)
        toast = Toast(self.callback_id, text, alert)
        others = [one for one in self.uow.immediate if not _answers(one, self.callback_id)]
        self.uow.immediate[:] = [*others, toast]

    def react(self, emoji: str) -> None:
        """Put an emoji on the person's message."""
        if self.message is not None:
            self.uow.immediate.append(Reaction(self.message.chat.id, self.message.id, emoji))

    def refuse(self, refusal: Refusal) -> None:
        """Say why not: over the chat after a press, as a message otherwise.

        Raises RuntimeError when something was written before: half of it must not be kept.
        """
        if self.uow.writes != self.begun:
            raise RuntimeError("refused after something was written") from refusal
        self.refused.append(refusal)
        if self.callback_id:
            self.toast(refusal.key, alert=True, **refusal.facts)
        else:
            self.tell(refusal.key, **refusal.facts)


def _answers(one: Immediate, callback_id: str) -> bool:
    return isinstance(one, Toast) and one.callback_id == callback_id


Step = Callable[[Turn], Awaitable[State | None]]
Callback = Callable[[Update, Context], Coroutine[Any, Any, State | None]]


def account_of(user: User) -> Account:
    """Return the account behind an update."""
    code = user.language_code or _FALLBACK_LANGUAGE
    language = _FALLBACK_LANGUAGE if code.startswith("zh") else "en"
    return Account(user.id, user.full_name, language)


def community_chosen(press: Press) -> int | None:
    """Return the community that a newcomer has pressed; None for any other press."""
    return press.id if (press.noun, press.verb) == ("newcomer", "join") else None


def payload_of(update: Update) -> str:
    """Return what stands behind /start."""
    said = update.message.text if update.message is not None else None
    command, _, payload = (said or "").partition(" ")
    return payload.strip() if command == "/start" else ""


async def turn_of(update: Update, context: Context) -> Turn:
    """Return what happened; somebody new becomes a resident."""
    user = update.effective_user
    if user is None:
        raise LookupError("nobody is behind this update")
    chat = update.effective_chat
    in_private = chat is None or chat.type == ChatType.PRIVATE
    query = update.callback_query
    press = None if query is None else Press.parse(query.data)
    who, new = await person.recognise(
        context.uow,
        account_of(user),
        in_private=in_private,
        payload=payload_of(update),
        chosen=None if press is None else community_chosen(press),
    )
    who = menu.fit(context.uow, who)
    if query is None:
        turn = Turn(context.uow, who, new, update.effective_message)
    else:
        turn = Turn(context.uow, who, new, query.message, press)
        turn.callback_id = "" if query.id == TYPED else query.id
    return turn


def on(step: Step) -> Callback:
    """Return `step` as PTB wants it, with refusals answered and every press acknowledged."""

    async def callback(update: Update, context: Context) -> State | None:
        turn = await turn_of(update, context)
        if turn.callback_id and turn.press is None:  # no button that we ever drew
            turn.toast("toast.stale")
            return None
        state, turn.begun = None, turn.uow.writes
        who, since = turn.who, consent.said_so_far(turn.uow)
        try:
            state = await _take(turn, step)
        except Refusal as refusal:
            turn.refuse(refusal)
        for one in turn.refused:
            await audit.note_denial(turn.uow, turn.who, turn.press, one)
        _acknowledge(turn)
        if turn.unsaid and not turn.spoke:
            turn.tell(turn.unsaid[0], **turn.unsaid[1])
        if not turn.in_group:
            await consent.show(turn.uow, who, since)
        return state

    callback.__name__ = getattr(step, "__name__", "step")
    return callback


async def _take(turn: Turn, step: Step) -> State | None:
    """Take the step, as whom the community means whose button was pressed."""
    if turn.press is not None:
        turn.who = await moving.presser(turn.uow, turn.who, turn.press)
    return await step(turn)


def _acknowledge(turn: Turn) -> None:
    """Answer a press that nothing has answered yet."""
    if turn.callback_id and not turn.answered and turn.in_group and turn.spoke:
        _send_to_private(turn)
    if turn.callback_id and not turn.answered:
        turn.uow.immediate.append(Toast(turn.callback_id))


def _send_to_private(turn: Turn) -> None:
    """Say over the group that it goes on in private, and to whom nobody can write, how."""
    if turn.who.blocked_at is None:
        turn.toast("toast.in_private")
    else:
        turn.toast("toast.start_first", alert=True)


class Command(CommandHandler[Context, Any]):
    """The handler of a command; a press is passed by at a glance."""

    def check_update(self, update: object) -> Any:
        """Return what PTB returns for a message, None for a press."""
        is_press = isinstance(update, Update) and update.callback_query is not None
        return None if is_press else super().check_update(update)


class Presses(CallbackQueryHandler[Context, Any]):
    """The one handler of a noun's buttons; a press of another noun is passed by at a glance."""

    def __init__(self, noun: str, callback: Callback, *, verbs: Iterable[str]) -> None:
        super().__init__(callback, pattern=rf"^v1[.\d]*:{noun}:(?:{'|'.join(verbs)}):")
        self.noun = noun

    def check_update(self, update: object) -> Any:
        """Return what PTB returns for an update that is ours, None for another."""
        is_ours = isinstance(update, Update) and noun_of(update) == self.noun
        return super().check_update(update) if is_ours else None


def noun_of(update: Update) -> str | None:
    """Return the noun of the button that was pressed; None when none of ours was."""
    query = update.callback_query
    parts = (query.data or "").split(":", 2) if query is not None else []
    return parts[1] if len(parts) > 1 else None


def on_presses(noun: str, steps: Mapping[str, Step]) -> Presses:
    """Return the one handler of a noun's buttons, by verb: one look at each press."""

    async def step(turn: Turn) -> State | None:
        return await steps[turn.pressed.verb](turn)

    return Presses(noun, on(step), verbs=steps)


def or_as_it_is(step: Step, instead: Step) -> Step:
    """Return `step`, which shows how things stand when the button has become old."""

    async def pressed(turn: Turn) -> None:
        try:
            await step(turn)
        except Refusal as refusal:
            turn.refuse(refusal)
            if refusal.key in _OUTDATED:
                await instead(turn)

    return pressed
