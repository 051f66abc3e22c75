"""Surveys for whoever asks: the list, how one goes, what came of it as words and files."""

from typing import Any

from bot.domain.letter import Button, Drawing, SurveyFile
from bot.domain.press import Press
from bot.domain.survey_question import Kind
from bot.texts import Markup
from handlers.cards.common import Kinds, Sheet, lines, rows, turning
from handlers.cards.survey import results

NOUN = "survey"
_MOST_BUILDINGS = 5


def listing(sheet: Sheet) -> Drawing:
    """List the surveys, the newest first, and offer a new one."""
    facts = sheet.facts
    held = [
        sheet.say(
            "compose.item",
            n=at,
            title=one["title"],
            stage=sheet.say(f"compose.stage_{one['stage']}"),
            answered=one["answered"],
            asked=one["asked"],
        )
        for at, one in enumerate(facts["surveys"], start=1)
    ]
    tiles = [
        sheet.button("survey_item", Press(NOUN, "show", one["id"], 0), title=one["title"])
        for one in facts["surveys"]
    ]
    new = sheet.button("survey_new", Press("compose", "choose", 0, 0))
    turns = turning(sheet, Press(NOUN, "list", 0, 0))
    head = sheet.say("compose.list" if held else "compose.none")
    return Drawing(lines(head, *held), rows([*tiles, new, *turns]))


def card(sheet: Sheet) -> Drawing:
    """Show how one goes: how many took part, by building, until when."""
    facts = sheet.facts
    said = [
        _part(sheet, "compose.building", one, name=one["name"] or sheet.say("compose.elsewhere"))
        for one in _shown(facts["buildings"])
    ]
    left = len(facts["buildings"]) - len(said)
    if left:
        said.append(sheet.say("compose.buildings_left", n=left))
    head = sheet.say(
        "compose.card", title=facts["title"], stage=sheet.say(f"compose.stage_{facts['stage']}")
    )
    when = facts["starts"] if not (facts["open"] or facts["over"]) else facts["ends"]
    key = "compose.until" if facts["open"] or facts["over"] else "compose.from"
    until = sheet.say(key, at=sheet.when(when, facts["zone"]))
    text = lines(head, _part(sheet, "compose.part", facts), *said, until)
    return Drawing(text, rows([*_looks(sheet), *_moves(sheet), _back(sheet)]))


def _shown(buildings: list[Any]) -> list[Any]:
    """Return those that have room on the card, with a line for how many have none."""
    few = len(buildings) <= _MOST_BUILDINGS
    return buildings if few else buildings[: _MOST_BUILDINGS - 1]


def _part(sheet: Sheet, key: str, held: object, **more: str) -> Markup:
    facts = dict(held)  # type: ignore[call-overload]
    percent = facts["percent"]
    share = "" if percent is None else sheet.say("compose.percent", n=percent)
    return sheet.say(
        key, answered=facts["answered"], asked=facts["asked"], share=Markup(share), **more
    )


def _looks(sheet: Sheet) -> list[Button]:
    if not (sheet.facts["open"] or sheet.facts["over"]):
        return []
    taken = any(one["what"] == Kind.PHOTO and one["n"] for one in sheet.facts["questions"])
    names = ("result", "charts", *(["photos"] if taken else []), "sheet")
    return [_button(sheet, name) for name in names]


def photos(sheet: Sheet) -> Drawing:
    """Show pictures that people took as their answers, and say whose they are."""
    facts = sheet.facts
    names = sheet.say("compose.between").join(facts["names"])
    text = sheet.say(sheet.kind, words=facts["words"], names=names)
    return Drawing(text, photos=tuple(facts["photos"]))


def _moves(sheet: Sheet) -> list[Button]:
    names = {"end": "end_ask", "publish": "publish", "call_off": "call_off"}
    return [_button(sheet, names[one]) for one in sheet.facts["moves"] if one in names]


def end(sheet: Sheet) -> Drawing:
    """Ask once more before it ends early."""
    sure = _button(sheet, "end")
    return Drawing(sheet.say(sheet.kind, title=sheet.facts["title"]), rows([sure, _show(sheet)]))


def result(sheet: Sheet) -> Drawing:
    """Tell what came of it in words and bars."""
    head = sheet.say("compose.result", title=sheet.facts["title"])
    return Drawing(lines(head, *results(sheet)), rows([_show(sheet)]))


def files(sheet: Sheet) -> Drawing:
    """Name the survey below its pictures or its workbook."""
    makes = SurveyFile.CHARTS if sheet.kind == "compose.charts" else SurveyFile.WORKBOOK
    facts = sheet.facts
    said = sheet.say(
        "compose.file", title=facts["title"], answered=facts["answered"], asked=facts["asked"]
    )
    return Drawing(said, makes=makes)


def ended(sheet: Sheet) -> Drawing:
    """Tell whoever asked that it is over."""
    facts = sheet.facts
    text = sheet.say("compose.ended", title=facts["title"], n=facts["answered"])
    return Drawing(text, rows([_show(sheet)]))


def _show(sheet: Sheet) -> Button:
    return sheet.button("survey_show", Press(NOUN, "show", sheet.facts["id"], 0))


def _back(sheet: Sheet) -> Button:
    return sheet.button("back", Press(NOUN, "list", 0, 0))


def _button(sheet: Sheet, verb: str) -> Button:
    facts = sheet.facts
    return sheet.button(f"survey_{verb}", Press(NOUN, verb, facts["id"], facts["version"]))


KINDS: Kinds = {
    "compose.list": listing,
    "compose.card": card,
    "compose.end": end,
    "compose.result": result,
    "compose.photos": photos,
    "compose.charts": files,
    "compose.sheet": files,
    "compose.ended": ended,
}
