"""Typed twins: 1, 2, 3, 0 and the words of a button do what pressing it does.

Buttons can go dead on some phones, and some people do not press. What fits nothing goes on as
words. Every press is checked as if it had been pressed.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType

from bot.domain.consent import NOTE
from bot.domain.letter import Button, Drawing
from bot.domain.press import Press
from bot.services import twin
from bot.services.twin import Asked
from bot.services.unit_of_work import UnitOfWork
from bot.texts import labels_without_facts, words
from handlers.cards import render

TYPED = "typed"  # the id of a press that was typed: no toast can answer it
WAYS_OUT = ("drop", "cancel")  # what 0 does
OWN_NUMBERS = frozenset({"draft.place"})  # where a number means a building
# These show how things are; for digits they are a question only when ...
STANDING = frozenset({"case.card", "case.taken", NOTE})
QUESTIONS = frozenset({"confirm", "claim"})  # ... one of these can be pressed
REPEATED = "draft."
_LONGEST = 12  # characters; what is longer is said, not chosen
_NOT_A_WORD = re.compile(r"[\W_]+")


def bare(text: str) -> str:
    """Return the words of a label or a message alone: no icons, no marks, small letters."""
    return _NOT_A_WORD.sub("", unicodedata.normalize("NFKC", text)).casefold()


FINISH = "finish.start"  # of many nouns' starts the one that "fixed" means
_MEANT = {  # the buttons that a word in zh_CN_words.toml stands for: verb, or verb and choice
    "yes": ("confirm", "q1:yes", FINISH),
    "no": ("contest", "q1:no"),
    "submit": ("file",),
}
_SYNONYMS = {bare(word): _MEANT[name] for name, said in words()["twins"].items() for word in said}
_THANKS = re.compile("|".join(sorted(map(bare, words()["thanks"]), key=len, reverse=True)))
_KNOWN = frozenset({*_SYNONYMS, *map(bare, labels_without_facts())}) - {""}


async def as_press(uow: UnitOfWork, update: Update) -> Update:
    """Return the update as the press that it stands for, or as it is."""
    message = update.message
    if message is None or message.chat.type != ChatType.PRIVATE or not message.text:
        return update
    said = bare(message.text) if len(message.text) <= _LONGEST else ""
    said = said if said in _KNOWN else _THANKS.sub("", said)  # "fixed, thank you"
    if message.from_user is None or not (is_digit(said) or said in _KNOWN):
        return update
    press = choose(said, await twin.asked(uow, message.chat.id), uow.now)
    return update if press is None else _pressed(update, message, press)


def choose(said: str, asked: Iterable[Asked], now: datetime) -> str | None:
    """Return the data of the button that is meant; None when nothing fits.

    The latest open question counts, of a word the latest that has a button called so; a digit may
    also file a report once more, which is then answered as a second press is.
    """
    questions = list(_questions(said, [(one, render(one.letter, now)) for one in asked]))
    if not said.isdecimal():
        named = (_named(said, _buttons(drawing)) for one, drawing in questions if one.open)
        return next(filter(None, named), None)
    first_open = next(((one, drawing) for one, drawing in questions if one.open), None)
    if first_open is None:
        repeated = bool(questions) and questions[0][0].letter.kind.startswith(REPEATED)
        first_open = questions[0] if repeated and is_digit(said) else None
    if first_open is None or (first_open[0].letter.kind in OWN_NUMBERS and is_digit(said)):
        return None
    buttons = _buttons(first_open[1])
    return _numbered(buttons).get(said) or _named(said, buttons)


def _buttons(drawing: Drawing) -> list[Button]:
    return [button for row in drawing.buttons for button in row]


def _questions(
    said: str, drawn: Iterable[tuple[Asked, Drawing]]
) -> Iterator[tuple[Asked, Drawing]]:
    """Yield what asks; a closing word about a case ("thank you") settles what was asked before."""
    settled: set[int] = set()
    for one, drawing in drawn:
        if one.own and not drawing.buttons and one.about is not None:
            settled.add(one.about)
        elif _asks(said, one, drawing) and one.about not in settled:
            yield one, drawing


def _asks(said: str, one: Asked, drawing: Drawing) -> bool:
    verbs = {verb for verb, _ in _verbs(button for row in drawing.buttons for button in row)}
    standing = one.letter.kind in STANDING and is_digit(said)
    return bool(verbs & QUESTIONS) if standing else bool(verbs)


def _verbs(buttons: Iterable[Button]) -> Iterator[tuple[str, Button]]:
    for button in buttons:
        press = Press.parse(button.data)
        if press is not None:
            yield press.verb, button


def _numbered(buttons: list[Button]) -> dict[str, str]:
    """Return the buttons by their digit: in their order from 1 on; the way out is 0."""
    out = [button.data for verb, button in _verbs(buttons) if verb in WAYS_OUT]
    others = [button.data for verb, button in _verbs(buttons) if verb not in WAYS_OUT]
    found = {str(number): data for number, data in enumerate(others, start=1)}
    return found | ({"0": out[0]} if out else {})


def _named(said: str, buttons: list[Button]) -> str | None:
    """Return the button whose label or meaning was typed."""
    wanted = _SYNONYMS.get(said, ())
    meant = [one.data for one in buttons if bare(one.label) == said or _meaning(one.data) in wanted]
    return meant[0] if meant else None


def _meaning(data: str) -> str:
    press = Press.parse(data)
    if press is None:
        return ""
    if f"{press.noun}.{press.verb}" == FINISH:
        return FINISH
    return f"{press.verb}:{press.choice}" if press.choice else press.verb


def is_digit(said: str) -> bool:
    """Say whether it is one digit and nothing else."""
    return len(said) == 1 and said.isascii() and said.isdigit()


def _pressed(update: Update, message: Message, data: str) -> Update:
    assert message.from_user is not None
    query = CallbackQuery(
        TYPED, message.from_user, str(message.chat.id), message=message, data=data
    )
    return Update(update.update_id, callback_query=query)
