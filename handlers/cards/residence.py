"""What is drawn about homes: whose they are, the door, the word for one, the end of it."""

from bot.domain.letter import Button, Drawing
from bot.domain.press import Press
from bot.domain.residence import FAMILY, GOOD_FOR, REASONS
from handlers.cards.common import Kinds, Sheet, home, lines, plainly, rows

MOST_UNITS = 7


def homes(sheet: Sheet) -> Drawing:
    """List one's homes, each with the way to end it."""
    facts = sheet.facts
    held = [*enumerate(facts["homes"], start=1)]
    text = lines(
        sheet.say("residence.home" if held else "residence.none"),
        *(sheet.say("residence.line", n=n, home=one["home"]) for n, one in held),
        sheet.say("residence.only_said", home=facts["said"]) if facts["said"] else "",
    )
    ends = [sheet.button("moved_out", _press("leave", one["id"]), n=n) for n, one in held]
    bind = [] if facts["full"] else [sheet.button("bind_home", _press("begin"))]
    move = [sheet.button("move_house", Press("moving", "ask", 0, 0))] if facts["several"] else []
    doors = [sheet.button("guarded", _press("doors"))] if facts.get("guarded") else []
    return Drawing(text, rows([*bind, *ends, sheet.button("my_home", _settings()), *move, *doors]))


def door(sheet: Sheet) -> Drawing:
    """Ask for the door."""
    elsewhere = sheet.button("not_here", _press("buildings", choice="0"))
    return Drawing(sheet.say_all(sheet.kind), rows([elsewhere, _cancel(sheet)]))


def word(sheet: Sheet) -> Drawing:
    """Ask for the word, again if it was wrong; say who gives it."""
    facts = sheet.facts
    key = "residence.ask" if facts["whom"] else "residence.ask_community"
    whom = sheet.say(key, whom=facts["whom"] or "", phone=facts["phone"])
    return Drawing(lines(sheet.say(sheet.kind, home=facts["home"]), whom), rows([_cancel(sheet)]))


def settled(sheet: Sheet) -> Drawing:
    """Say what came of it, with the way to one's homes."""
    reason = sheet.word("residence.because", sheet.facts.get("reason", ""))
    text = sheet.say(sheet.kind, **{**sheet.facts, "reason": reason})
    return Drawing(text, rows([sheet.button("bound_homes", _press("home"))]))


def wait(sheet: Sheet) -> Drawing:
    """Say that there were too many tries."""
    return Drawing(sheet.say_all(sheet.kind), rows([sheet.button("phone", home("phone"))]))


def leave(sheet: Sheet) -> Drawing:
    """Ask once more whether they moved out."""
    yes = sheet.button("moved_out_yes", _press("moved", sheet.facts["id"]))
    text = sheet.say(sheet.kind, home=sheet.facts["home"])
    return Drawing(text, rows([sheet.button("back", _press("home")), yes]))


def end(sheet: Sheet) -> Drawing:
    """Ask an organizer why it ends."""
    facts = sheet.facts
    tiles = [
        sheet.button("choice", _press("end", facts["id"], one), name=sheet.word("why_ended", one))
        for one in REASONS
    ]
    back = sheet.button("back", Press("people", "show", facts["person"], 0))
    return Drawing(sheet.say(sheet.kind, name=facts["name"], home=facts["home"]),
                   rows([*tiles, back]))  # fmt: skip


def buildings(sheet: Sheet) -> Drawing:
    """Show buildings as tiles, for residents and for whoever makes a word."""
    facts, noun = sheet.facts, _noun(sheet)
    tiles = [
        sheet.button("tile", Press(noun, "building", 0, 0, one["code"]), name=one["name"])
        for one in facts["buildings"]
    ]
    if facts["pages"] > 1:
        next_ = str(facts["page"] + 1)
        tiles.append(sheet.button("more", Press(noun, "buildings", 0, 0, next_)))
    return Drawing(sheet.say(sheet.kind), rows([*tiles, _cancel(sheet)]))


def unit(sheet: Sheet) -> Drawing:
    """Show the units of a building as tiles."""
    building, noun = sheet.facts["building"], _noun(sheet)
    tiles = [
        sheet.button(
            "tile", Press(noun, "unit", 0, 0, f"{building['code']}-{one['code']}"), name=one["name"]
        )
        for one in sheet.facts["units"][:MOST_UNITS]
    ]
    back = sheet.button("back", Press(noun, "buildings", 0, 0, "0"))
    text = sheet.say("draft.unit", building=sheet.named(building["name"]))
    return Drawing(text, rows([*tiles, back]))


def word_door(sheet: Sheet) -> Drawing:
    """Ask for the door of a home that is to get a word."""
    return Drawing(sheet.say_all(sheet.kind), rows([_cancel(sheet)]))


def made(sheet: Sheet) -> Drawing:
    """Show the word, to be said on the doorstep."""
    facts = sheet.facts
    text = sheet.say(sheet.kind, home=facts["home"], word=facts["word"], days=GOOD_FOR.days,
                     most=FAMILY, n=facts["n"])  # fmt: skip
    again = sheet.button("another_word", Press("home_word", "buildings", 0, 0, "0"))
    return Drawing(text, rows([again]))


def _noun(sheet: Sheet) -> str:
    return sheet.kind.partition(".")[0]


def _cancel(sheet: Sheet) -> Button:
    return sheet.button("bind_later", _press("cancel"))


def _settings() -> Press:
    return Press("settings", "buildings", 0, 0, "0")


def _press(verb: str, id_: int = 0, choice: str = "") -> Press:
    return Press("residence", verb, id_, 0, choice)


KINDS: Kinds = {
    "residence.home": homes,
    "residence.door": door,
    **dict.fromkeys(("residence.word", "residence.wrong"), word),
    **dict.fromkeys(("residence.bound", "residence.ended"), settled),
    "residence.wait": wait,
    "residence.left": plainly,
    "residence.leave": leave,
    "residence.end": end,
    **dict.fromkeys(("residence.buildings", "home_word.buildings"), buildings),
    **dict.fromkeys(("residence.unit", "home_word.unit"), unit),
    "home_word.door": word_door,
    "home_word.made": made,
}
