"""Outages: what the desk says about where and until when, and what residents hear and answer."""

from collections.abc import Mapping
from typing import Any

from bot.domain.letter import Button, Drawing
from bot.domain.outage import SINGLE
from bot.domain.press import Press
from bot.texts import Markup
from handlers.cards import case_parts as parts
from handlers.cards.case_parts import Case, case_of
from handlers.cards.common import Kinds, Sheet, lines, plainly, rows
from handlers.cards.dispatching import of

NOUN, OFF = "outage", "off"  # of presses on the case, and on an outage that there is
Outage = Mapping[str, Any]


def line(sheet: Sheet, one: Outage) -> Markup:
    """Return in one line what is off, where and until when."""
    return sheet.say("outage.line", what=what(sheet, one), until=_until(sheet, one))


def what(sheet: Sheet, one: Outage) -> Markup:
    """Return where and what is off, such as "building 3 without water"."""
    names: list[str] = one["where"]
    key = {1: "one", 2: "two"}.get(len(names), "many")
    where = sheet.say(f"outage.{key}", name=names[0], other=names[-1], n=len(names))
    return sheet.say(f"outage.what_{one['what']}", where=where)


def instead(sheet: Sheet, case: Case) -> str:
    """Return the line about the outage that the case is; without one who has it, and by when."""
    one = case.get("off")
    return line(sheet, one) if one else parts.who_when(sheet, case)


def _until(sheet: Sheet, one: Outage) -> str:
    return sheet.when(one["until"], one["zone"])


def on_desk(sheet: Sheet, case: Case) -> list[str]:
    """Return the line about the outage of the case: until when, or what was answered."""
    one = of(case).get("outage")
    if not one or "outage" not in one:
        return []
    if not one["over"]:
        return [line(sheet, one)]
    said = {name: one[name] for name in ("asked", "back", "not_yet")}
    return [sheet.say("outage.counts", **said)]


def openings(sheet: Sheet, case: Case) -> list[Button]:
    """Return the button that begins an outage, or opens the one that is on."""
    one = of(case).get("outage")
    if not one or "outage" not in case["moves"]:
        return []
    if one["may"] and case["category"] in SINGLE:
        return []
    if one["may"]:
        return [sheet.button("outage", parts.press(case, "start", noun=NOUN))]
    return [sheet.button("outage_on", _press("show", one))]


def where(sheet: Sheet) -> Drawing:
    """Ask where it is off: here, in several buildings, in the whole estate."""
    facts = sheet.facts
    tiles = [_tile(sheet, "outage_here", "here", facts["here"])] if facts["here"] else []
    tiles += [_tile(sheet, "outage_estate", "estate", facts["estate"])] if facts["estate"] else []
    tiles += [_button(sheet, "outage_pick", "pick")] if facts["several"] else []
    return Drawing(_said(sheet, "outage.where"), rows([*tiles, _cancel(sheet)]))


def pick(sheet: Sheet) -> Drawing:
    """Let buildings be ticked, a page at a time."""
    facts = sheet.facts
    tiles = [
        sheet.button(
            "ticked" if one["ticked"] else "unticked",
            parts.press(case_of(sheet), "tick", one["code"], noun=NOUN),
            name=one["name"],
        )
        for one in facts["tiles"]
    ]
    turn = str((facts["page"] + 1) % facts["pages"])
    more = [_button(sheet, "more", "pick", turn)] if facts["pages"] > 1 else []
    done = [_button(sheet, "picked", "picked")] if facts["n"] else []
    text = _said(sheet, "outage.pick", n=facts["n"])
    return Drawing(text, rows([*tiles, *more, *done, _cancel(sheet)]))


def time(sheet: Sheet) -> Drawing:
    """Ask until when; a time of one's own is typed."""
    case, facts = case_of(sheet), sheet.facts
    tiles = [
        sheet.button(
            "outage_until",
            parts.press(case, "at", one["code"], noun=NOUN),
            at=sheet.when(one["at"], case["zone"]),
        )
        for one in facts["choices"]
    ]
    again = sheet.say("dates.again") if facts["again"] else ""
    own = _button(sheet, "outage_own", "own")
    text = lines(again, _said(sheet, "outage.own" if facts["own"] else "outage.time"))
    return Drawing(text, rows([*tiles, *([] if facts["own"] else [own]), _cancel(sheet)]))


def card(sheet: Sheet) -> Drawing:
    """Show an outage to the desk, with its end to be moved or made."""
    facts, case = sheet.facts, case_of(sheet)
    text = lines(line(sheet, facts), sheet.say("outage.joined_n", n=case["joined"]))
    buttons = [sheet.button(f"outage_{verb}", _press(verb, facts)) for verb in ("move", "end")]
    return Drawing(text, rows([*buttons, sheet.button("back", parts.press(case, "show"))]))


def joined(sheet: Sheet) -> Drawing:
    """Say to whoever reports it that it is known, and that they will be asked."""
    facts = sheet.facts
    text = sheet.say("outage.joined", what=what(sheet, facts), until=_until(sheet, facts))
    apart = sheet.button("outage_apart", Press(OFF, "apart", facts["draft"], 0))
    look = sheet.button(
        "look_at", Press("case", "show", facts["master"], 0), number=facts["master"]
    )
    return Drawing(text, rows([apart, look]))


def told(sheet: Sheet) -> Drawing:
    """Say to those who joined that it is an outage, or that its end has moved."""
    return Drawing(
        sheet.say(sheet.kind, what=what(sheet, sheet.facts), until=_until(sheet, sheet.facts))
    )


def ask(sheet: Sheet) -> Drawing:
    """Ask whether it is over."""
    facts = sheet.facts
    text = lines(
        sheet.say(f"outage.ask_{facts['what']}"), sheet.say("outage.ask", what=what(sheet, facts))
    )
    return Drawing(text, rows([_answer(sheet, "back"), _answer(sheet, "not_yet")]))


def noted(sheet: Sheet) -> Drawing:
    """Answer that it is not over yet; once it is, that can be said."""
    number = sheet.facts["master"]
    look = sheet.button("look_at", Press("case", "show", number, 0), number=number)
    return Drawing(sheet.say_all(sheet.kind), rows([_answer(sheet, "back"), look]))


def not_yet(sheet: Sheet) -> Drawing:
    """Tell the desk of the first who says that it is not over."""
    case = case_of(sheet)
    look = sheet.button("look", parts.press(case, "show"))
    return Drawing(_said(sheet, sheet.kind), rows([look]))


def _answer(sheet: Sheet, verb: str) -> Button:
    return sheet.button(f"outage_{verb}", Press(OFF, verb, sheet.facts["outage"], 0))


def _press(verb: str, one: Outage) -> Press:
    return Press(OFF, verb, one["outage"], one["outage_version"])


def _tile(sheet: Sheet, name: str, verb: str, place: str) -> Button:
    return sheet.button(name, parts.press(case_of(sheet), verb, noun=NOUN), name=place)


def _button(sheet: Sheet, name: str, verb: str, choice: str = "") -> Button:
    return sheet.button(name, parts.press(case_of(sheet), verb, choice, noun=NOUN))


def _cancel(sheet: Sheet) -> Button:
    return _button(sheet, "cancel", "cancel")


def _said(sheet: Sheet, key: str, **facts: Any) -> Markup:
    case = case_of(sheet)
    return sheet.say(key, number=case["number"], what=parts.what(sheet, case), **facts)


KINDS: Kinds = {
    "outage.where": where,
    "outage.pick": pick,
    "outage.time": time,
    "outage.card": card,
    "outage.joined": joined,
    "outage.on": told,
    "outage.moved": told,
    "outage.ask": ask,
    "outage.noted": noted,
    "outage.thanks": plainly,
    "desk.outage_not_yet": not_yet,
}
