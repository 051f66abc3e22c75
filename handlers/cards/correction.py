"""The full view of a case, and the questions with which it is put right."""

from collections.abc import Mapping
from typing import Any

from bot.domain.letter import Button, Drawing
from bot.domain.press import Press
from bot.texts import Markup
from handlers.cards import case_parts as parts
from handlers.cards.case_parts import Offers, case_of
from handlers.cards.common import MOST_BUTTONS, Sheet, lines, rows, turning
from handlers.cards.meeting import name

TILES = 5
UNITS = 6
CHANGES: Offers = (
    ("note", ("note", "start"), "note"),
    ("correct", ("fix", "start"), "correct"),
    ("raise_urgency", ("case", "urgent"), "raise_urgency"),
    ("transfer", ("case", "up_ask"), "transfer"),
    ("answer_now", ("now", "start"), "answer_now"),
)


def full(sheet: Sheet) -> Drawing:
    """Draw who did what and when; below it what else can be done."""
    case = case_of(sheet)
    level = _level(sheet)
    held = sheet.say("desk.full_level", level=level) if level else ""
    head = sheet.say("desk.full", number=case["number"], what=parts.what(sheet, case))
    text = lines(
        head,
        Markup(" · ".join(part for part in (parts.channel(sheet, case), held) if part)),
        *(_line(sheet, one) for one in sheet.facts["lines"]),
        _meeting(sheet),
    )
    done = {"raise_urgency"} if case["urgent"] else set()
    done |= set() if sheet.facts["above"] else {"transfer"}
    table = tuple(one for one in CHANGES if one[0] not in done)
    back = sheet.button("back", parts.press(case, "show"))
    pages = turning(sheet, parts.press(case, "full"))
    buttons = [*parts.offers(sheet, case, table), *pages]
    held_at = sheet.facts.get("meeting")
    if held_at and len(buttons) < MOST_BUTTONS - 1:
        show = Press("meeting", "show", held_at["id"], held_at["version"])
        buttons.append(sheet.button("agenda", show))
    return Drawing(text, rows([*buttons, back]))


def _meeting(sheet: Sheet) -> str:
    """Return the last meeting that speaks of the case."""
    held = sheet.facts.get("meeting")
    if not held:
        return ""
    when = sheet.when(held["starts"], held["zone"])
    return sheet.say("meeting.head", name=name(sheet, held), when=when)


def _level(sheet: Sheet) -> str:
    level = sheet.facts["level"]
    return sheet.say("level." + level) if level else ""


def _line(sheet: Sheet, one: Mapping[str, Any]) -> str:
    zone = case_of(sheet)["zone"]
    said = sheet.word("reason", one["words"])
    somebody = "role.resident" if one.get("resident") else "piece.nobody"
    facts = {
        "at": sheet.when(one["at"], zone),
        "who": one["person"] or sheet.say(somebody),
        "move": sheet.say("move." + one["move"]),
    }
    if said:
        return sheet.say("desk.full_said", words=said, **facts)
    return sheet.say("desk.full_line", **facts)


def fix(sheet: Sheet) -> Drawing:
    """Ask what is not right."""
    buttons = [
        _button(sheet, "change_kind", "ask_kind"),
        _button(sheet, "change_place", "ask_place"),
    ]
    return Drawing(_said(sheet), rows([*buttons, _button(sheet, "cancel", "cancel")]))


def fix_kind(sheet: Sheet) -> Drawing:
    """Ask for the category."""
    shown = [
        sheet.button(
            "kind",
            parts.press(case_of(sheet), "kind", one["code"], noun="fix"),
            icon=one["icon"],
            name=sheet.named(one["name"]),
        )
        for one in _on_page(sheet)
    ]
    return _paged(sheet, shown, "ask_kind")


def fix_place(sheet: Sheet) -> Drawing:
    """Ask for the place."""
    shown = [_tile(sheet, "building", one["code"], one["name"]) for one in _on_page(sheet)]
    return _paged(sheet, shown, "ask_place")


def fix_unit(sheet: Sheet) -> Drawing:
    """Ask for the unit of a building."""
    building = sheet.facts["building"]["code"]
    units = sheet.facts["units"][:UNITS]
    shown = [_tile(sheet, "unit", f"{building}-{one['code']}", one["name"]) for one in units]
    shown.append(
        sheet.button(
            "whole_building", parts.press(case_of(sheet), "unit", f"{building}-0", noun="fix")
        )
    )
    return Drawing(_said(sheet), rows([*shown, _button(sheet, "cancel", "cancel")]))


def transfer(sheet: Sheet) -> Drawing:
    """Ask once before it goes to the next level."""
    case = case_of(sheet)
    level = _level(sheet)
    text = sheet.say(sheet.kind, number=case["number"], what=parts.what(sheet, case), level=level)
    yes = sheet.button("transfer_yes", parts.press(case, "up"))
    return Drawing(text, rows([yes, sheet.button("back", parts.press(case, "full"))]))


def _on_page(sheet: Sheet) -> list[Mapping[str, Any]]:
    page = sheet.facts["page"]
    found: list[Mapping[str, Any]] = sheet.facts["tiles"][page * TILES : (page + 1) * TILES]
    return found


def _paged(sheet: Sheet, shown: list[Button], verb: str) -> Drawing:
    page, pages = sheet.facts["page"], -(-len(sheet.facts["tiles"]) // TILES)
    press = {"previous": page - 1, "next": page + 1}
    turn = [
        sheet.button(name, parts.press(case_of(sheet), verb, str(to), noun="fix"))
        for name, to in press.items()
        if 0 <= to < pages
    ]
    return Drawing(_said(sheet), rows([*shown, *turn, _button(sheet, "cancel", "cancel")]))


def _tile(sheet: Sheet, verb: str, code: str, name: str) -> Button:
    return sheet.button("tile", parts.press(case_of(sheet), verb, code, noun="fix"), name=name)


def _button(sheet: Sheet, name: str, verb: str) -> Button:
    return sheet.button(name, parts.press(case_of(sheet), verb, noun="fix"))


def _said(sheet: Sheet) -> str:
    case = case_of(sheet)
    return sheet.say(sheet.kind, number=case["number"], what=parts.what(sheet, case))
