"""To whom a notice goes: everybody, buildings, roles, a team, the people of a case or a meeting."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.letter import Button, Drawing
from bot.domain.press import Press
from bot.texts import Markup
from handlers.cards.common import Kinds, Sheet, lines, rows

DRAFT = "announce"


def whom(sheet: Sheet) -> Drawing:
    """Show what there is, and ask to whom it goes."""
    facts = sheet.facts
    everybody = sheet.button("broadcast_all", press(sheet, "all"), n=facts["n"])
    names = ("roles", "others") if facts["roles"] else ()
    by_role = [button(sheet, f"broadcast_{one}", one) for one in names]
    buttons = [
        *(everybody, button(sheet, "broadcast_places", "places"), *by_role),
        button(sheet, "broadcast_me", "me"),
        button(sheet, "broadcast_anew", "anew"),
        button(sheet, "cancel", "cancel"),
    ]
    return Drawing(lines(held(sheet), sheet.say(sheet.kind)), rows(buttons))


def held(sheet: Sheet) -> Markup:
    """Show what there is so far."""
    facts = sheet.facts
    title = facts["title"] or sheet.say("broadcast.untitled")
    media = [
        sheet.say(f"piece.{name}", n=facts[name]) for name in ("photos", "files") if facts[name]
    ]
    poll = facts.get("poll")
    asked = [sheet.say("piece.poll_quiz" if poll["quiz"] else "piece.poll")] if poll else []
    return Markup(" · ".join([sheet.say("broadcast.held", title=title), *media, *asked]))


def places(sheet: Sheet) -> Drawing:
    """Let buildings be ticked, a page at a time."""
    facts = sheet.facts
    tiles = [
        sheet.button(
            "ticked" if one["ticked"] else "unticked",
            press(sheet, "tick", one["code"]),
            name=one["name"],
        )
        for one in facts["tiles"]
    ]
    turn = str((facts["page"] + 1) % facts["pages"])
    more = [button(sheet, "more", "places", turn)] if facts["pages"] > 1 else []
    done = [button(sheet, "picked", "picked")] if facts["n"] else []
    back = button(sheet, "back", "whom")
    return Drawing(sheet.say(sheet.kind, n=facts["n"]), rows([*tiles, *more, *done, back]))


def roles(sheet: Sheet) -> Drawing:
    """Offer roles."""
    tiles = [
        sheet.button("broadcast_role", press(sheet, "roles", one), name=sheet.word("role", one))
        for one in sheet.facts["roles"]
    ]
    return Drawing(sheet.say(sheet.kind), rows([*tiles, button(sheet, "back", "whom")]))


def to_whom(sheet: Sheet, to: Mapping[str, Any]) -> str:
    """Name those who are meant."""
    if to["everybody"]:
        return sheet.say("broadcast.to_all")
    if to["roles"]:
        return sheet.say("role.or").join(sheet.word("role", one) for one in to["roles"])
    if to["meeting"]:
        return sheet.say("broadcast.to_meeting")
    for name in ("team", "case"):
        if to[name] is not None:
            return sheet.say(f"broadcast.to_{name}", name=str(to[name]))
    parts: list[str] = to["parts"]
    key = {1: "one", 2: "two"}.get(len(parts), "many")
    return sheet.say(f"outage.{key}", name=parts[0], other=parts[-1], n=len(parts))


def others(sheet: Sheet) -> Drawing:
    """Offer what else can be said of whom it means."""
    buttons = [
        button(sheet, f"broadcast_{one}", one) for one in ("areas", "teams", "meetings", "case")
    ]
    return Drawing(sheet.say(sheet.kind), rows([*buttons, button(sheet, "back", "whom")]))


def areas(sheet: Sheet) -> Drawing:
    """Offer estates and grids."""
    tiles = [
        sheet.button("choice", press(sheet, "areas", one["scope"]), name=one["name"])
        for one in sheet.facts["areas"]
    ]
    return _choices(sheet, tiles)


def teams(sheet: Sheet) -> Drawing:
    """Offer the teams."""
    tiles = [
        sheet.button("choice", press(sheet, "teams", one["code"]), name=one["name"])
        for one in sheet.facts["teams"]
    ]
    return _choices(sheet, tiles)


def meetings(sheet: Sheet) -> Drawing:
    """Offer meetings."""
    return _choices(sheet, meeting_tiles(sheet, lambda id_: press(sheet, "meetings", id_)))


def meeting_tiles(sheet: Sheet, pressed: Callable[[str], Press]) -> list[Button]:
    """Return a button for each meeting that is offered, with its day."""
    return [
        sheet.button(
            "a_meeting_on",
            pressed(str(one["id"])),
            name=one["name"],
            day=datetime.fromisoformat(one["starts"]).astimezone(ZoneInfo(one["zone"])).day,
        )
        for one in sheet.facts["meetings"]
    ]


def _choices(sheet: Sheet, tiles: list[Button]) -> Drawing:
    text = sheet.say(sheet.kind if tiles else f"{sheet.kind}_none")
    return Drawing(text, rows([*tiles, button(sheet, "back", "others")]))


def case(sheet: Sheet) -> Drawing:
    """Ask for the number of a case."""
    again = sheet.say("broadcast.no_such_case") if sheet.facts["again"] else ""
    text = lines(again, sheet.say(sheet.kind))
    return Drawing(text, rows([button(sheet, "back", "others")]))


def press(sheet: Sheet, verb: str, choice: str = "") -> Press:
    """Return a press on the draft as it is now."""
    return Press(DRAFT, verb, sheet.facts["draft"], sheet.facts["edition"], choice)


def button(sheet: Sheet, label: str, verb: str, choice: str = "") -> Button:
    """Return a button of the draft."""
    return sheet.button(label, press(sheet, verb, choice))


KINDS: Kinds = {
    "broadcast.whom": whom,
    "broadcast.places": places,
    "broadcast.roles": roles,
    "broadcast.others": others,
    "broadcast.areas": areas,
    "broadcast.teams": teams,
    "broadcast.meetings": meetings,
    "broadcast.case": case,
}
