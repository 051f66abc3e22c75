"""Rosters, for those who make and lead them: templates, people, weeks and shifts."""

from collections.abc import Mapping
from typing import Any

from bot.domain.letter import Button, Drawing
from bot.domain.press import Press
from bot.domain.roster import MOST_NEEDED
from handlers.cards import patrol, recurrence
from handlers.cards.common import Kinds, Sheet, lines, next_page, plainly, rows

MOST_SHIFTS = 4  # of a week as buttons; the rest is reached by the page


def listing(sheet: Sheet) -> Drawing:
    """List the rosters."""
    held = sheet.facts["rosters"]
    tiles = [
        sheet.button("roster_item", Press("roster", "show", one["id"], 0), name=one["name"])
        for one in held
    ]
    if sheet.facts["may"]:
        tiles.append(sheet.button("new_roster", Press("roster", "new", 0, 0)))
    return Drawing(sheet.say("roster.list" if held else "roster.list_none"), rows(tiles))


def card(sheet: Sheet) -> Drawing:
    """Show a template, with all that can be changed."""
    facts = sheet.facts
    rule = facts["rule"]
    text = lines(
        sheet.say("roster.card", roster=facts["roster"]),
        recurrence.said(sheet, rule) if rule else sheet.say("roster.no_rule"),
        sheet.say("roster.where", place=facts["place"])
        if facts["place"]
        else sheet.say("roster.no_place"),
        sheet.say(
            "roster.who", needed=facts["needed"], members=facts["members"], leader=facts["leader"]
        ),
    )
    tiles = [
        _roster(sheet, "roster_week", "week", "1"),
        _roster(sheet, "roster_people", "people"),
        _roster(sheet, "roster_rule", "rule"),
        _roster(sheet, "roster_place", "places"),
        _roster(sheet, "roster_needed", "needed"),
        _roster(sheet, "roster_leader", "leaders"),
        _roster(sheet, "roster_end", "end"),
        sheet.button("all_rosters", Press("roster", "list", 0, 0)),
    ]
    return Drawing(text, rows(tiles))


def places(sheet: Sheet) -> Drawing:
    """Ask where people meet."""
    tiles = [
        _roster(sheet, "choice", "place", one["code"], name=one["name"])
        for one in sheet.facts["tiles"]
    ]
    more = next_page(sheet, lambda page: _press(sheet, "places", page))
    return Drawing(sheet.say("roster.ask_place"), rows([*tiles, *more, _back(sheet)]))


def needed(sheet: Sheet) -> Drawing:
    """Ask how many go."""
    tiles = [
        _roster(sheet, "so_many", "many", str(n), n=n) for n in (1, 2, 3, 4, 5, 6, MOST_NEEDED)
    ]
    return Drawing(sheet.say("roster.ask_needed"), rows([*tiles, _back(sheet)]))


def people(sheet: Sheet) -> Drawing:
    """Let it be ticked who belongs to the roster."""
    tiles = [
        _roster(
            sheet,
            "ticked" if one["on"] else "unticked",
            "member",
            f"{one['id']}:{'off' if one['on'] else 'on'}",
            name=one["name"],
        )
        for one in sheet.facts["tiles"]
    ]
    more = next_page(sheet, lambda page: _press(sheet, "people", page))
    text = sheet.say("roster.ask_people", n=sheet.facts["n"])
    return Drawing(text, rows([*tiles, *more, _back(sheet)]))


def leaders(sheet: Sheet) -> Drawing:
    """Ask who leads."""
    tiles = [
        _roster(sheet, "somebody", "leader", str(one["id"]), name=one["name"])
        for one in sheet.facts["tiles"]
        if one["on"]
    ]
    more = next_page(sheet, lambda page: _press(sheet, "leaders", page))
    return Drawing(sheet.say("roster.ask_leader"), rows([*tiles, *more, _back(sheet)]))


def ends(sheet: Sheet) -> Drawing:
    """Ask once more before a roster ends."""
    sure = _roster(sheet, "roster_ends", "ended")
    text = sheet.say("roster.ask_end", roster=sheet.facts["roster"])
    return Drawing(text, rows([sure, _back(sheet)]))


def week(sheet: Sheet) -> Drawing:
    """Show a week: who goes, who has not said yet; what is a draft can be published."""
    facts = sheet.facts
    ahead, held = facts["ahead"], facts["rows"][: patrol.ROWS]
    text = lines(
        sheet.say(
            "roster.week_draft" if facts["drafts"] else "roster.week", roster=facts["roster"]
        ),
        *(patrol.shift(sheet, one) for one in held),
        "" if held else sheet.say("roster.week_none"),
    )
    tiles = [
        sheet.button("shift_at", Press("shift", "show", one["shift"], 0),
                     at=sheet.when(one["starts"], one["zone"]))
        for one in held[:MOST_SHIFTS]
    ]  # fmt: skip
    turn = [_roster(sheet, "next_week", "week", str((ahead + 1) % 4))]
    publish = [_roster(sheet, "publish", "publish", str(ahead))] if facts["drafts"] else []
    return Drawing(text, rows([*tiles, *turn, *publish, _back(sheet)]))


def shift(sheet: Sheet) -> Drawing:
    """Show a shift with who is on it; each can be taken off, somebody put on."""
    facts = sheet.facts
    may = facts["may"]
    text = lines(
        patrol.line(sheet, facts),
        *(sheet.say(f"roster.crew_{one['said']}", name=one["name"]) for one in facts["crew"]),
        "" if facts["crew"] else sheet.say("roster.nobody"),
    )
    tiles = [
        sheet.button("take_off", Press("shift", "drop", one["duty"], 0), name=one["name"])
        for one in facts["crew"][:5]
        if may and one["said"] != "came"
    ]
    more = [
        _shift(sheet, "put_on", "people"),
        _shift(sheet, "shift_move", "pick"),
        _shift(sheet, "shift_cancel", "cancel"),
    ]
    back = sheet.button("back", Press("roster", "week", facts["roster_id"], 0, "1"))
    return Drawing(text, rows([*tiles, *(more if may else []), back]))


def pick(sheet: Sheet) -> Drawing:
    """Ask whom to put on a shift; first those whose turn it is."""
    tiles = [
        _shift(
            sheet, "somebody" if one["fits"] else "hardly", "put", str(one["id"]), name=one["name"]
        )
        for one in sheet.facts["tiles"]
    ]
    more = next_page(sheet, lambda page: _shift_press(sheet, "people", page))
    text = sheet.say("roster.pick" if tiles else "roster.pick_none")
    return Drawing(text, rows([*tiles, *more, _shift(sheet, "back", "show")]))


def sure(sheet: Sheet) -> Drawing:
    """Ask whether a short overlap with another duty is fine."""
    yes = _shift(sheet, "put_anyhow", "sure", str(sheet.facts["person"]))
    return Drawing(sheet.say("roster.sure"), rows([yes, _shift(sheet, "back", "people")]))


def unsure(sheet: Sheet) -> Drawing:
    """Tell the leader who is not sure yet, and how many are missing."""
    facts = sheet.facts
    missing = facts["missing"]
    text = lines(
        sheet.say("roster.unsure"),
        patrol.line(sheet, facts),
        *(sheet.say(f"roster.crew_{one['said']}", name=one["name"]) for one in facts["crew"]),
        sheet.say("patrol.short", n=missing) if missing else "",
    )
    return Drawing(text, rows([_look(facts, sheet)]))


def missed(sheet: Sheet) -> Drawing:
    """Tell the leader alone who did not come."""
    names = str(sheet.say("recur.and")).join(sheet.facts["names"])
    text = lines(sheet.say("roster.missed", names=names), patrol.line(sheet, sheet.facts))
    return Drawing(text, rows([_look(sheet.facts, sheet)]))


def _look(facts: Mapping[str, Any], sheet: Sheet) -> Button:
    return sheet.button("look_at_it", Press("shift", "show", facts["shift"], 0))


def _press(sheet: Sheet, verb: str, choice: str = "") -> Press:
    return Press("roster", verb, sheet.facts["id"], sheet.facts["version"], choice)


def _roster(sheet: Sheet, name: str, verb: str, choice: str = "", /, **facts: Any) -> Button:
    return sheet.button(name, _press(sheet, verb, choice), **facts)


def _shift_press(sheet: Sheet, verb: str, choice: str = "") -> Press:
    return Press("shift", verb, sheet.facts["shift"], sheet.facts["version"], choice)


def _shift(sheet: Sheet, name: str, verb: str, choice: str = "", /, **facts: Any) -> Button:
    return sheet.button(name, _shift_press(sheet, verb, choice), **facts)


def _back(sheet: Sheet) -> Button:
    return sheet.button("back", Press("roster", "show", sheet.facts["id"], 0))


KINDS: Kinds = {
    "roster.list": listing,
    "roster.card": card,
    "roster.name": plainly,
    "roster.left": plainly,
    "roster.ended": plainly,
    "roster.places": places,
    "roster.needed": needed,
    "roster.people": people,
    "roster.leaders": leaders,
    "roster.ends": ends,
    "roster.week": week,
    "roster.shift": shift,
    "roster.pick": pick,
    "roster.sure": sure,
    "roster.unsure": unsure,
    "roster.missed": missed,
    "roster.rule": recurrence.ask,
    "roster.rule_own": recurrence.own,
    "shift.day": recurrence.day,
    "shift.hour": recurrence.hour,
}
