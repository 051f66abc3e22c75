"""Lists of cases: a line and a button each, six on a page."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.letter import Button, Drawing
from bot.domain.press import Press
from handlers.cards.case_parts import late_for
from handlers.cards.common import Sheet, few, home, lines, rows, turning


def my(sheet: Sheet) -> Drawing:
    """List what a resident has reported; residents read how it goes, not what staff calls it."""
    return _listing(sheet, "my", "progress", empty=[sheet.button("report", home("report"))])


def todo(sheet: Sheet) -> Drawing:
    """List what waits for a member of staff."""
    drawn = _listing(sheet, "todo", "status")
    narrow = sheet.button("filters", Press("list", "filters", 0, 0))
    return replace(drawn, buttons=(*drawn.buttons, *rows([*_calls(sheet), narrow])))


def filters(sheet: Sheet) -> Drawing:
    """Ask what to show, with how many there are of each; below stands registering for others."""
    tiles = [
        sheet.button("filter_" + name, Press("list", "todo", at, 0, "0"), n=few(n))
        for at, (name, n) in enumerate(sheet.facts["counts"].items())
    ]
    if signals := sheet.facts["signals"]:  # in the place of all, which is what one comes from
        press = Press("signal", "list", 0, 0, "0")
        tiles = [*tiles[1:], sheet.button("filter_signals", press, n=signals)]
    if sheet.facts["registers"]:
        tiles.append(sheet.button("onbehalf", Press("behalf", "start", 0, 0)))
    return Drawing(sheet.say(sheet.kind), rows(tiles))


def _calls(sheet: Sheet) -> list[Button]:
    """Return the button to those whom to telephone, where there are any."""
    waiting = sheet.facts["calls"]
    total = sum(waiting.values())
    if not total:
        return []
    which = "calls" if waiting["call"] else "checks"
    return [sheet.button("calls", Press("callback", which, 0, 0), n=few(total))]


def tasks(sheet: Sheet) -> Drawing:
    """List what could be taken."""
    return _listing(sheet, "tasks", "status")


def morning(sheet: Sheet) -> Drawing:
    """Say what went on while the resident was not to be disturbed."""
    items = sheet.facts["cases"]
    head = sheet.say("case.morning", total=len(items))
    shown = ({**one, "due": one.get("promise") or one["due"], "late": False} for one in items)
    text = lines(head, *(line(sheet, one, "progress") for one in shown))
    return Drawing(text, rows((opening(sheet, one) for one in items), width=1))


def _listing(sheet: Sheet, which: str, names: str, *, empty: list[Button] | None = None) -> Drawing:
    items = sheet.facts["items"]
    if not items:
        return Drawing(sheet.say(_empty(sheet, which)), rows(empty or []))
    head = sheet.say("list." + which, total=sheet.total())
    text = lines(head, *(line(sheet, one, names) for one in items))
    turn = turning(sheet, Press("list", which, sheet.facts.get("only", 0), 0))
    return Drawing(text, rows((opening(sheet, one) for one in items), width=1) + rows(turn))


def _empty(sheet: Sheet, which: str) -> str:
    return f"list.{which}_none" if sheet.facts.get("only") else f"list.{which}_empty"


def line(sheet: Sheet, item: Mapping[str, Any], names: str) -> str:
    """Return the line of one case; `names` is the group of texts for its status."""
    facts = {
        "number": item["number"],
        "icon": item["icon"],
        "place": item["place"] or sheet.say("piece.no_place"),
        "status": sheet.say(f"{names}.{item['status']}"),
    }
    if item.get("led"):
        return sheet.say("list.item_led", level=sheet.say("level." + item["level"]), **facts)
    if item["late"]:
        return sheet.say("list.item_late", late=late_for(sheet, item["due"]), **facts)
    if item["due"]:
        due = sheet.when(item["due"], sheet.facts["zone"])
        return sheet.say("list.item_due", due=due, **facts)
    return sheet.say("list.item", **facts)


def opening(sheet: Sheet, item: Mapping[str, Any]) -> Button:
    """Return the button that opens the case; its label begins with the icon of its status."""
    icon, _, _ = sheet.say("status." + item["status"]).partition(" ")
    press = Press("case", "show", item["number"], 0)
    return sheet.button(
        "item", press, status=icon, number=item["number"], name=sheet.named(item["name"])
    )
