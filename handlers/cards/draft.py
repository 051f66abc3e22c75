"""The card of a report that is being written: one question a time."""

from collections.abc import Mapping
from typing import Any

from bot.domain.letter import Button, Drawing
from bot.domain.press import Press
from handlers.cards.common import MOST_BUTTONS, Rows, Sheet, kinds, lines, next_page, rows, seen

CHECK = ("change_kind", "change_place", "more_photos", "drop")
WHOLE_BUILDING = "0"


def place(sheet: Sheet) -> Drawing:
    """Ask where: home first, then buildings and shared spots, a page of them."""
    facts = sheet.facts
    first = [*_last(sheet), *_home(sheet)]
    tiles = [
        *_tiles(sheet, "estate", facts.get("estates", ())),
        *_tiles(sheet, "building", facts["buildings"]),
        *_tiles(sheet, "spot", facts.get("spots", ())),
        *_next_page(sheet),
    ]
    return Drawing(_asking(sheet), _with_drop(sheet, [*first, *tiles]))


def _last(sheet: Sheet) -> list[Button]:
    """Return the button of the last report's place."""
    last = sheet.facts.get("last")
    return [sheet.button("last_place", _press(sheet, "home", "last"), name=last)] if last else []


def _home(sheet: Sheet) -> list[Button]:
    """Return the button of the place where the person lives."""
    home_ = sheet.facts.get("home")
    return [sheet.button("home_place", _press(sheet, "home"), name=home_)] if home_ else []


def _next_page(sheet: Sheet) -> list[Button]:
    """Return the button to the next page; behind the last comes the first again."""
    return next_page(sheet, lambda page: _press(sheet, "page", page))


def unit(sheet: Sheet) -> Drawing:
    """Ask which unit of the building."""
    tiles = [
        *_tiles(sheet, "unit", sheet.facts["units"]),
        sheet.button("whole_building", _press(sheet, "unit", WHOLE_BUILDING)),
        sheet.button("back", _press(sheet, "back_place")),
    ]
    building = sheet.named(sheet.facts["building"]["name"])
    return Drawing(sheet.say("draft.unit", building=building), rows(tiles))


def kind(sheet: Sheet) -> Drawing:
    """Ask for the category."""
    facts = sheet.facts
    tiles = kinds(sheet, lambda verb, choice: _press(sheet, verb, choice), "kind", "more")
    n = len(facts["tiles"])
    text = sheet.say("draft.kind", seen=_seen(sheet), place=facts["place"], n=n)
    return Drawing(text, _with_drop(sheet, tiles))


def check(sheet: Sheet) -> Drawing:
    """Show the whole report once more before it is filed."""
    facts = sheet.facts
    elder, last = facts.get("for_name"), facts.get("last")
    text = sheet.say(
        "draft.check_for" if elder else "draft.check",
        **({"elder": elder} if elder else {}),
        icon=facts["icon"],
        name=sheet.named(facts["name"]),
        place=sheet.say("piece.last_place", place=last) if last else facts["place"],
        seen=_seen(sheet),
    )
    submit = sheet.button("submit", _press(sheet, "file"))
    others = [sheet.button(name, _press(sheet, name)) for name in CHECK]
    others = [*(_home(sheet) if last else ()), *others]
    others += _family(sheet)[: MOST_BUTTONS - 1 - len(others)]
    return Drawing(text, ((submit,), *rows(others)))


def task(sheet: Sheet) -> Drawing:
    """Ask somebody who has cases in hand whether the picture shows that one is done."""
    buttons = [
        sheet.button(
            "task_done",
            _press(sheet, "task", str(one["number"])),
            number=one["number"],
            name=sheet.named(one["name"]),
        )
        for one in sheet.facts["tasks"]
    ]
    buttons.append(sheet.button("new_thing", _press(sheet, "new_thing")))
    return Drawing(sheet.say("draft.task", seen=_seen(sheet)), _with_drop(sheet, buttons))


def _family(sheet: Sheet) -> list[Button]:
    """Return for which elders the report may be, or the way back to one's own."""
    if sheet.facts.get("for_name"):
        return [sheet.button("for_me", _press(sheet, "own"))]
    return [
        sheet.button("for_elder", _press(sheet, "kin", str(one["id"])), name=one["name"])
        for one in sheet.facts.get("elders", ())
    ]


def resume(sheet: Sheet) -> Drawing:
    """Ask what is to become of a report that was left in the middle."""
    facts = sheet.facts
    key = "draft.resume" if facts["complete"] else "draft.resume_incomplete"
    text = sheet.say(key, left=sheet.when(facts["left_at"], facts["zone"]), seen=_seen(sheet))
    go_on = "submit_left" if facts["complete"] else "go_on"
    buttons = [
        sheet.button(go_on, _press(sheet, "resume")),
        sheet.button("drop_left", _press(sheet, "resume_drop")),
        sheet.button("report_other", _press(sheet, "resume_other")),
    ]
    return Drawing(text, rows(buttons))


def dropped(sheet: Sheet) -> Drawing:
    """Say that nothing was filed, and what that was, with the way back."""
    undrop = sheet.button("undrop", _press(sheet, "undrop"))
    return Drawing(sheet.say("draft.dropped", seen=seen(sheet, sheet.facts)), ((undrop,),))


def kept(sheet: Sheet) -> Drawing:
    """Say that it waits until another report is made."""
    return Drawing(sheet.say("draft.kept", seen=_seen(sheet)))


def _asking(sheet: Sheet) -> str:
    asked = sheet.say("draft.place", seen=_seen(sheet))
    wordless = sheet.facts.get("voices") and not sheet.facts["words"]
    return lines(sheet.say("draft.heard"), asked) if wordless else asked


def _seen(sheet: Sheet) -> str:
    known = seen(sheet, sheet.facts)
    return known or sheet.say("draft.seen_nothing")


def _press(sheet: Sheet, verb: str, choice: str = "") -> Press:
    return Press("draft", verb, sheet.facts["draft_id"], sheet.facts["version"], choice)


def _tiles(sheet: Sheet, verb: str, places: Any) -> list[Button]:
    return [_tile(sheet, verb, one) for one in places]


def _tile(sheet: Sheet, verb: str, place: Mapping[str, Any]) -> Button:
    press = _press(sheet, verb, place["code"])
    return sheet.button("tile", press, name=sheet.named(place["name"]))


def _with_drop(sheet: Sheet, buttons: list[Button]) -> Rows:
    """Return the rows with the way out, unless the card is full: the words for it work too."""
    if len(buttons) < MOST_BUTTONS:
        buttons = [*buttons, sheet.button("drop", _press(sheet, "drop"))]
    return rows(buttons)
