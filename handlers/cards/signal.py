"""Signals: what was noticed, about which cases, and what can be done about it."""

from collections.abc import Mapping
from typing import Any

from bot.domain.letter import Button, Drawing
from bot.domain.press import Press
from handlers.cards.case_parts import Case
from handlers.cards.common import Sheet, lines, rows, turning
from handlers.cards.dispatching import of

ANSWERS = ("agenda", "known")


def card(sheet: Sheet) -> Drawing:
    """Show one signal with its cases; below it what to do, or what was done."""
    facts = sheet.facts
    said = facts["closed_as"]
    advice = sheet.say("signal.answer_" + said) if said else sheet.say("signal.advice")
    open_ = [_case(sheet, number) for number in facts["numbers"]]
    answers = [] if said else [_answer(sheet, facts, one) for one in ANSWERS]
    text = lines(_line(sheet, facts, "signal.head_"), _where(sheet, facts), advice)
    return Drawing(text, rows([*open_, *answers]))


def listing(sheet: Sheet) -> Drawing:
    """List what waits for an answer."""
    items = sheet.facts["items"]
    if not items:
        return Drawing(sheet.say("signal.list_empty"))
    shown = [
        sheet.say("signal.item", what=_line(sheet, one, "signal.say_"), where=_where(sheet, one))
        for one in items
    ]
    opens = [
        sheet.button(
            "signal_item", Press("signal", "show", one["signal"], 0), number=one["numbers"][0]
        )
        for one in items
        if one["numbers"]
    ]
    head = sheet.say("signal.list", total=sheet.facts["total"])
    pages = turning(sheet, Press("signal", "list", 0, 0))
    return Drawing(lines(head, *shown), rows([*opens, *pages]))


def on_desk(sheet: Sheet, case: Case) -> list[str]:
    """Return a line for each open signal about the case."""
    return [_line(sheet, one, "signal.say_") for one in of(case).get("signals", ())]


def openings(sheet: Sheet, case: Case) -> list[Button]:
    """Return the button that opens the newest signal about the case."""
    held = of(case).get("signals", ())
    return [sheet.button("signal", Press("signal", "show", one["id"], 0)) for one in held[:1]]


def _line(sheet: Sheet, one: Mapping[str, Any], group: str) -> str:
    number = next(iter(one.get("numbers", ())), "")
    return sheet.say(group + one["what"], n=one["n"], days=one.get("days", ""), number=number)


def _where(sheet: Sheet, one: Mapping[str, Any]) -> str:
    return sheet.say(
        "card.what", icon=one["icon"], name=sheet.named(one["name"]), place=one["place"]
    )


def _case(sheet: Sheet, number: int) -> Button:
    return sheet.button("look_at", Press("case", "show", number, 0), number=number)


def _answer(sheet: Sheet, facts: Mapping[str, Any], name: str) -> Button:
    return sheet.button("signal_" + name, Press("signal", name, facts["signal"], 0))
