"""Patrols: what people are asked, the reminder, who stands in, arriving, wishes, the table."""

from collections.abc import Mapping
from typing import Any

from bot.domain.letter import Button, Drawing, EventFile
from bot.domain.press import Press
from bot.domain.roster import LIMITS
from bot.domain.shift import WHY
from bot.texts import Markup
from handlers.cards.common import Kinds, Sheet, lines, next_page, plainly, rows

NOUN = "patrol"
MARKS = {"asked": "⏳", "seeking": "🔄", "coming": "✅", "came": "✅", "missed": ""}
ROWS = 8  # shifts in a table


def line(sheet: Sheet, one: Mapping[str, Any]) -> Markup:
    """Return when and where a shift is, in one line."""
    at = sheet.when(one["starts"], one["zone"])
    return sheet.say(
        "patrol.line", at=at, ends=one["ends"], roster=one["roster"], place=one["place"]
    )


def week(sheet: Sheet) -> Drawing:
    """Ask whether somebody can come; of today or next week the date speaks for itself."""
    text = lines(sheet.say("patrol.week"), line(sheet, sheet.facts), _mates(sheet))
    return Drawing(text, rows([*_saying(sheet), _duty(sheet, "patrol_calendar", "file")]))


def today(sheet: Sheet) -> Drawing:
    """Remind somebody that it is today, or at dawn."""
    key = "patrol.tomorrow" if sheet.facts.get("ahead") else "patrol.today"
    text = lines(sheet.say(key), line(sheet, sheet.facts), _mates(sheet))
    coming = _duty(sheet, "patrol_fine", "ok")
    return Drawing(text, rows([coming, _duty(sheet, "patrol_cannot", "swap")]))


def duty(sheet: Sheet) -> Drawing:
    """Show how somebody stands to a shift, and what they can do now."""
    facts = sheet.facts
    said = "here" if facts["here"] else facts["said"]
    text = lines(sheet.say(f"patrol.said_{said}"), line(sheet, facts), _mates(sheet))
    buttons = [_duty(sheet, "patrol_here", "here")] if facts["may_come"] else []
    buttons += [_duty(sheet, "patrol_hazards", "hazards")] if facts["here"] else []
    if facts["may_say"]:
        buttons += _saying(sheet, said)
        buttons.append(_duty(sheet, "patrol_calendar", "file"))
    return Drawing(text, rows([*buttons, _mine(sheet)]))


def _saying(sheet: Sheet, said: str = "asked") -> list[Button]:
    come, swap = _duty(sheet, "patrol_come", "ok"), _duty(sheet, "patrol_swap", "swap")
    return {"coming": [swap], "seeking": [come]}.get(said, [come, swap])


def _mates(sheet: Sheet) -> str:
    names = sheet.facts["mates"]
    if not names:
        return ""
    return sheet.say("patrol.mates", names=str(sheet.say("recur.and")).join(names))


def why(sheet: Sheet) -> Drawing:
    """Ask why somebody cannot come; nobody has to say."""
    tiles = [_duty(sheet, f"swap_{one}", "why", one) for one in WHY]
    text = lines(sheet.say("patrol.why"), line(sheet, sheet.facts))
    return Drawing(text, rows([*tiles, _duty(sheet, "back", "show")]))


def swap_ask(sheet: Sheet) -> Drawing:
    """Ask somebody to stand in."""
    facts = sheet.facts
    text = lines(sheet.say("patrol.swap_ask"), line(sheet, facts), sheet.say("patrol.swap_how"))
    tiles = [
        sheet.button(f"stand_in_{verb}", Press(NOUN, verb, facts["swap"], 0))
        for verb in ("take", "no", "month")
    ]
    return Drawing(text, rows(tiles))


def swap_sure(sheet: Sheet) -> Drawing:
    """Ask whether a short overlap with another duty is fine."""
    id_ = sheet.facts["swap"]
    tiles = [
        sheet.button("sure_take", Press(NOUN, "take", id_, 0, "sure")),
        sheet.button("stand_in_no", Press(NOUN, "no", id_, 0)),
    ]
    return Drawing(sheet.say("patrol.swap_sure"), rows(tiles))


def nobody(sheet: Sheet) -> Drawing:
    """Tell who looks for somebody that all were asked; who was silent may still say yes."""
    text = lines(sheet.say("patrol.nobody"), line(sheet, sheet.facts))
    return Drawing(text, rows([_duty(sheet, "patrol_come", "ok")]))


def swapped(sheet: Sheet) -> Drawing:
    """Say who goes instead of whom; who goes no more can take it out of the calendar."""
    facts = sheet.facts
    text = sheet.say("patrol.swapped", old=facts["old"], new=facts["new"])
    gone = Press(NOUN, "file", facts.get("gives", 0), facts["version"])
    tiles = [sheet.button("out_of_calendar", gone)] if facts.get("gives") else []
    return Drawing(lines(text, line(sheet, facts)), rows(tiles))


def off(sheet: Sheet) -> Drawing:
    """Say that somebody need not come."""
    text = lines(sheet.say("patrol.off"), line(sheet, sheet.facts))
    known = "duty" in sheet.facts  # a letter that waited through an upgrade has none
    return Drawing(text, rows([_duty(sheet, "out_of_calendar", "file")] if known else []))


def moved(sheet: Sheet) -> Drawing:
    """Say that a shift is at another time, and ask whether somebody can come then."""
    facts = sheet.facts
    earlier = sheet.when(facts["earlier"], facts["zone"])
    text = lines(sheet.say("patrol.moved", earlier=earlier), line(sheet, facts), _mates(sheet))
    return Drawing(text, rows([*_saying(sheet), _duty(sheet, "patrol_calendar", "file")]))


def thanks(sheet: Sheet) -> Drawing:
    """Thank somebody when the shift is over, and say what was kept of it."""
    return Drawing(sheet.say("patrol.thanks", minutes=sheet.facts["minutes"]))


def mine(sheet: Sheet) -> Drawing:
    """List somebody's next duties, and lead to their wishes and to what they lead."""
    facts = sheet.facts
    held = facts["duties"]
    head = sheet.say("patrol.mine" if held else "patrol.mine_none", n=facts["total"])
    text = lines(
        head,
        *(
            sheet.say(
                "patrol.mine_line",
                mark=MARKS.get(one["said"], ""),
                at=sheet.when(one["starts"], one["zone"]),
                roster=one["roster"],
            )
            for one in held
        ),
    )
    tiles = [
        sheet.button("duty_at", Press(NOUN, "show", one["duty"], 0),
                     at=sheet.when(one["starts"], one["zone"]))
        for one in held
    ]  # fmt: skip
    if facts["member"]:
        tiles.append(sheet.button("my_wishes", Press(NOUN, "wishes", 0, 0)))
    if facts["leads"]:
        tiles.append(sheet.button("all_rosters", Press("roster", "list", 0, 0)))
    return Drawing(text, rows(tiles))


def wishes(sheet: Sheet) -> Drawing:
    """Show what somebody has wished for."""
    facts = sheet.facts
    days = str(sheet.say("recur.and")).join(
        sheet.say(f"when.weekday_{one}") for one in facts["not_on"]
    )
    text = lines(
        sheet.say("patrol.wishes"),
        sheet.say("patrol.not_on", days=days) if days else sheet.say("patrol.any_day"),
        sheet.say("patrol.most", n=facts["most"]) if facts["most"] else sheet.say("patrol.any"),
        _partner(sheet),
        _away(sheet),
    )
    names = ("wish_days", "wish_most", "wish_partner", "wish_away")
    verbs = ("days", "most", "partner", "back" if facts["away"] else "away")
    tiles = [_wish("wish_back" if verb == "back" else name, verb, sheet)
             for name, verb in zip(names, verbs, strict=True)]  # fmt: skip
    return Drawing(text, rows([*tiles, _mine(sheet)]))


def _partner(sheet: Sheet) -> str:
    facts = sheet.facts
    if not facts["partner"]:
        return ""
    return sheet.say(
        "patrol.together" if facts["agreed"] else "patrol.together_asked", name=facts["partner"]
    )


def _away(sheet: Sheet) -> str:
    until = sheet.facts["away"]
    if not until:
        return ""
    month, day = int(until[5:7]), int(until[8:10])
    return sheet.say("patrol.away_until", month=sheet.say(f"when.month_{month}"), day=day)


def days(sheet: Sheet) -> Drawing:
    """Let weekdays be ruled out."""
    out = sheet.facts["not_on"]
    tiles = [
        _wish(
            "crossed" if day in out else "unticked",
            "day",
            sheet,
            f"{day}:{'off' if day in out else 'on'}",
            name=sheet.say(f"when.weekday_{day}"),
        )
        for day in range(7)
    ]
    return Drawing(sheet.say("patrol.days"), rows([*tiles, _wish("back", "wishes", sheet)]))


def most(sheet: Sheet) -> Drawing:
    """Ask how often at most."""
    tiles = [
        _wish("at_most" if one else "any_number", "limit", sheet, str(one), n=one) for one in LIMITS
    ]
    return Drawing(sheet.say("patrol.ask_most"), rows([*tiles, _wish("back", "wishes", sheet)]))


def away(sheet: Sheet) -> Drawing:
    """Ask how long somebody is away."""
    tiles = [_wish(f"away_{one}", "gone", sheet, one) for one in sheet.facts["spans"]]
    return Drawing(sheet.say("patrol.ask_away"), rows([*tiles, _wish("back", "wishes", sheet)]))


def partner(sheet: Sheet) -> Drawing:
    """Ask with whom somebody would like to go."""
    tiles = [
        _wish("somebody", "with", sheet, str(one["id"]), name=one["name"])
        for one in sheet.facts["tiles"]
    ]
    more = next_page(sheet, lambda page: Press(NOUN, "partner", 0, 0, page))
    alone = _wish("alone", "with", sheet, "0")
    return Drawing(
        sheet.say("patrol.ask_partner"),
        rows([*tiles, *more, alone, _wish("back", "wishes", sheet)]),
    )


def file(sheet: Sheet) -> Drawing:
    """Send a file that a telephone puts into its calendar."""
    key = "patrol.file_off" if sheet.facts.get("off") else "patrol.file"
    return Drawing(lines(sheet.say(key), line(sheet, sheet.facts)), makes=EventFile.SHIFT)


def table(sheet: Sheet) -> Drawing:
    """Show a week of a roster in the group: who goes, and who has said so."""
    facts = sheet.facts
    head = sheet.say("patrol.table", roster=facts["roster"])
    held = [shift(sheet, one) for one in facts["rows"][:ROWS]]
    return Drawing(lines(head, *held, sheet.say("patrol.legend")))


def shift(sheet: Sheet, one: Mapping[str, Any]) -> Markup:
    """Return a shift in one line: when, and who with the mark of what they said."""
    crew = " ".join(f"{MARKS.get(each['said'], '')}{each['name']}" for each in one["crew"])
    at = sheet.when(one["starts"], one["zone"])
    missing = one["needed"] - len(one["crew"])
    short = sheet.say("patrol.short", n=missing) if missing > 0 else ""
    return sheet.say("patrol.row", at=at, crew=crew, short=short)


def _duty(sheet: Sheet, name: str, verb: str, choice: str = "", /, **facts: Any) -> Button:
    id_, version = sheet.facts["duty"], sheet.facts["version"]
    return sheet.button(name, Press(NOUN, verb, id_, version, choice), **facts)


def _wish(name: str, verb: str, sheet: Sheet, choice: str = "", /, **facts: Any) -> Button:
    return sheet.button(name, Press(NOUN, verb, 0, 0, choice), **facts)


def _mine(sheet: Sheet) -> Button:
    return sheet.button("my_duties", Press(NOUN, "mine", 0, 0))


KINDS: Kinds = {
    "patrol.week": week,
    "patrol.today": today,
    "patrol.duty": duty,
    "patrol.why": why,
    "patrol.swap_ask": swap_ask,
    "patrol.swap_sure": swap_sure,
    "patrol.nobody": nobody,
    "patrol.swapped": swapped,
    "patrol.answered": plainly,
    "patrol.off": off,
    "patrol.moved": moved,
    "patrol.thanks": thanks,
    "patrol.mine": mine,
    "patrol.wishes": wishes,
    "patrol.days": days,
    "patrol.ask_most": most,
    "patrol.ask_away": away,
    "patrol.ask_partner": partner,
    "patrol.file": file,
    "patrol.table": table,
}
