"""Shutting somebody out, what they read of it, and their appeal."""

from bot.domain.letter import Button, Drawing
from bot.domain.press import Press
from handlers.cards.common import Kinds, Sheet, lines, plainly, rows


def term(sheet: Sheet) -> Drawing:
    """Ask for how long."""
    facts = sheet.facts
    tiles = [_choice(sheet, "term", sheet.word("block_term", one), one) for one in facts["terms"]]
    return Drawing(sheet.say("block.term", name=facts["name"]), rows([*tiles, _back(sheet)]))


def reason(sheet: Sheet) -> Drawing:
    """Ask for the reason."""
    facts = sheet.facts
    tiles = [
        _choice(sheet, "why", sheet.word("block_reason", one), f"{facts['term']}:{one}")
        for one in facts["reasons"]
    ]
    return Drawing(sheet.say("block.reason", name=facts["name"]), rows([*tiles, _back(sheet)]))


def _choice(sheet: Sheet, verb: str, name: str, choice: str) -> Button:
    press = Press("block", verb, sheet.facts["id"], 0, choice)
    return sheet.button("choice", press, name=name)


def _back(sheet: Sheet) -> Button:
    return sheet.button("back", Press("people", "show", sheet.facts["id"], 0))


def write(sheet: Sheet) -> Drawing:
    """Ask for the reason in words."""
    return Drawing(sheet.say_all(sheet.kind))


def asked(sheet: Sheet) -> Drawing:
    """Ask a second person."""
    facts = sheet.facts
    text = sheet.say("block.ask", asker=facts["asker"], name=facts["name"], why=_why(sheet))
    buttons = [_button(sheet, "agree", "agree"), _button(sheet, "disagree", "refuse")]
    return Drawing(text, rows(buttons))


def told(sheet: Sheet) -> Drawing:
    """Tell the person why, until when, and what they can do."""
    text = lines(
        sheet.say("block.told", until=_until(sheet), why=_why(sheet)),
        sheet.say("block.goes_on", phone=sheet.facts["phone"]),
    )
    return Drawing(text, rows([_button(sheet, "appeal_block", "appeal")]))


def answer(sheet: Sheet) -> Drawing:
    """Tell the person again; who has not appealed still can."""
    facts = sheet.facts
    text = sheet.say("block.answer", until=_until(sheet), phone=facts["phone"])
    buttons = [] if facts["appealed"] else [_button(sheet, "appeal_block", "appeal")]
    return Drawing(text, rows(buttons))


def appeal(sheet: Sheet) -> Drawing:
    """Show an appeal to who judges it."""
    facts = sheet.facts
    text = lines(
        sheet.say("block.appeal", name=facts["name"], why=_why(sheet)),
        sheet.say("block.says", words=facts["words"]),
        sheet.say("block.own") if facts["own"] else "",
    )
    buttons = [_button(sheet, "lift_block", "free"), _button(sheet, "keep_block", "keep")]
    return Drawing(text, rows(buttons))


def sentence(sheet: Sheet) -> Drawing:
    """Ask for the sentence that the person will read."""
    key = "block.sentence_lift" if sheet.facts["lifts"] else "block.sentence_keep"
    return Drawing(sheet.say(key, name=sheet.facts["name"]))


def _button(sheet: Sheet, name: str, verb: str) -> Button:
    return sheet.button(name, Press("block", verb, sheet.facts["id"], 0))


def _why(sheet: Sheet) -> str:
    return sheet.word("block_reason", sheet.facts["reason"])


def _until(sheet: Sheet) -> str:
    until = sheet.facts["until"]
    if not until:
        return sheet.say("block.open_end")
    return sheet.say("block.until", at=sheet.when(until, sheet.facts["zone"]))


_SAID = (
    *("appeal_ask", "appealed", "judged_lifted", "judged_kept", "lifted", "over", "agreed"),
    *("refused", "left", "you_agreed", "you_refused", "you_lifted", "you_kept"),
)
KINDS: Kinds = {
    "block.term": term,
    "block.reason": reason,
    "block.write": write,
    "block.ask": asked,
    "block.told": told,
    "block.answer": answer,
    "block.appeal": appeal,
    "block.sentence": sentence,
    **dict.fromkeys([f"block.{one}" for one in _SAID], plainly),
}
