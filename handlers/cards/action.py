"""What a meeting has decided: nudges to whoever does it, and how far it is for who follows it."""

from collections.abc import Mapping
from typing import Any

from bot.domain.letter import Button, Drawing
from bot.domain.press import Press
from bot.texts import Markup
from handlers.cards.common import Kinds, Sheet, lines, plainly, rows, turning
from handlers.cards.meeting import day, name


def _press(held: Mapping[str, Any], verb: str, choice: str = "") -> Press:
    return Press("action", verb, held["id"], held["version"], choice)


def _what(sheet: Sheet, held: Mapping[str, Any]) -> Markup:
    number = sheet.say("action.case", number=held["of_case"]) if held["of_case"] else ""
    return sheet.say("action.what", what=held["what"], case=number)


def mine(sheet: Sheet) -> Drawing:
    """Remind whoever does it, or show them their own."""
    facts = sheet.facts
    key = sheet.kind if sheet.kind != "action.card" else "action.mine"
    text = lines(
        sheet.say(key, day=day(sheet, facts["until"]), n=facts["late"]),
        _what(sheet, facts),
        sheet.say("action.half") if facts["half"] else "",
    )
    return Drawing(text, rows(_can(sheet, facts)))


def _can(sheet: Sheet, held: Mapping[str, Any]) -> list[Button]:
    found = [sheet.button("action_done", _press(held, "done"))]
    if not held["half"]:
        found.append(sheet.button("action_half", _press(held, "half")))
    found.append(sheet.button("action_extend", _press(held, "extend")))
    if held["speaks"]:
        found.append(sheet.button("hand_over", _press(held, "hand")))
    return found


def card(sheet: Sheet) -> Drawing:
    """Show how far it is."""
    facts = sheet.facts
    if facts["mine"] and facts["open"]:
        return mine(sheet)
    text = lines(_what(sheet, facts), _state(sheet, facts))
    buttons = _can(sheet, facts) if facts["speaks"] and facts["open"] else []
    if not facts["follows"] and facts["open"]:
        buttons.append(sheet.button("follow_this", _press(facts, "follow")))
    buttons.append(sheet.button("back", Press("action", "list", facts["meeting"], 0)))
    return Drawing(text, rows(buttons))


def _state(sheet: Sheet, held: Mapping[str, Any]) -> Markup:
    """Return who has it, by when, and how far it is."""
    if held["done"]:
        key = "action.is_done_late" if held["was_late"] else "action.is_done"
        return sheet.say(key, owner=held["owner"], words=held["words"])
    key = "action.is_late" if held["late"] else "action.is_open"
    return sheet.say(key, owner=held["owner"], day=day(sheet, held["until"]), n=held["late"])


def listing(sheet: Sheet) -> Drawing:
    """List what a meeting has decided."""
    facts = sheet.facts
    found = facts["actions"]
    told = [lines(_what(sheet, one), _state(sheet, one)) for one in found]
    text = lines(
        sheet.say("action.list" if found else "action.list_none", name=name(sheet, facts)), *told
    )
    tiles = [sheet.button("an_action", _press(one, "show"), name=one["what"]) for one in found]
    tiles += turning(sheet, Press("action", "list", facts["id"], facts["version"]))
    back = sheet.button("all_meetings", Press("meeting", "list", 0, 0))
    return Drawing(text, rows([*tiles, back]))


def late_desk(sheet: Sheet) -> Drawing:
    """Tell the secretary that it is late."""
    facts = sheet.facts
    text = lines(sheet.say("action.late_desk", n=facts["late"]), _what(sheet, facts),
                 _state(sheet, facts))  # fmt: skip
    return Drawing(text, rows([sheet.button("look_at_it", _press(facts, "show"))]))


def days(sheet: Sheet) -> Drawing:
    """Ask until when."""
    facts = sheet.facts
    tiles = [
        sheet.button(
            "choice",
            _press(facts, "until", one["code"]),
            name=sheet.say("minutes.short_day", month=one["month"], day=one["day"]),
        )
        for one in facts["days"]
    ]
    text = lines(sheet.say("action.days"), _what(sheet, facts))
    return Drawing(text, rows([*tiles, sheet.button("back", _press(facts, "show"))]))


def done(sheet: Sheet) -> Drawing:
    """Tell who follows it that it is done, and ask whether it is good."""
    facts = sheet.facts
    key = "action.done_late" if facts["was_late"] else "action.done"
    text = lines(sheet.say(key, owner=facts["owner"]), _what(sheet, facts),
                 sheet.say("agenda.words", words=facts["words"]))  # fmt: skip
    buttons = [sheet.button("good", _press(facts, "good")),
               sheet.button("bad", _press(facts, "bad"))]  # fmt: skip
    photos = (facts["photo"],) if facts["photo"] else ()
    return Drawing(text, rows(buttons), photos=photos)


def extended(sheet: Sheet) -> Drawing:
    """Tell who follows it that it takes longer, and why."""
    facts = sheet.facts
    until = day(sheet, facts["until"])
    return Drawing(
        lines(
            _what(sheet, facts),
            sheet.say("action.extended", owner=facts["owner"], day=until, reason=facts["reason"]),
        )
    )


def taken_off(sheet: Sheet) -> Drawing:
    """Tell who was to do it that somebody else does."""
    facts = sheet.facts
    return Drawing(lines(sheet.say("action.taken_off", owner=facts["owner"]), _what(sheet, facts)))


def not_good(sheet: Sheet) -> Drawing:
    """Tell the secretary that somebody does not find it good."""
    facts = sheet.facts
    text = lines(sheet.say("action.not_good"), _what(sheet, facts), _state(sheet, facts))
    return Drawing(text, rows([sheet.button("look_at_it", _press(facts, "show"))]))


_MINE = ("given", "soon", "today", "late", "very_late")
KINDS: Kinds = {
    **dict.fromkeys([f"action.{one}" for one in _MINE], mine),
    "action.card": card,
    "action.list": listing,
    "action.late_desk": late_desk,
    "action.days": days,
    "action.taken_off": taken_off,
    "action.done": done,
    "action.extended": extended,
    "action.not_good": not_good,
    **dict.fromkeys(
        [f"action.{one}" for one in ("write_done", "write_photo", "write_why", "kept", "moved")],
        plainly,
    ),
}
