"""What stands on the card of the desk alone: whose it is, the one alike, who sent it.

Read with the facts of bot/services/dispatching.py.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.letter import Button
from handlers.cards import case_parts as parts
from handlers.cards.case_parts import Case
from handlers.cards.common import Sheet


def of(case: Case) -> Mapping[str, Any]:
    """Return what only the desk reads; empty for a letter that does not bring it."""
    found: Mapping[str, Any] = case.get("desk") or {}
    return found


def whose(sheet: Sheet, case: Case) -> str:
    """Return who answers for it and why, where a route says so; else which team is advised."""
    one = of(case).get("route")
    if not one:
        return parts.advice(sheet, of(case).get("team"))
    who = one["team"]["name"] if one["team"] else sheet.say("level." + one["level"])
    why = " · ".join(_ground(sheet, ground) for ground in one["why"])
    return sheet.say("desk.route_why" if why else "desk.route", who=who, why=why)


def _ground(sheet: Sheet, ground: Mapping[str, Any]) -> str:
    """Return a condition that was fulfilled, as people say it."""
    if "code" in ground:
        return sheet.say("route." + ground["code"])
    return sheet.named(ground["name"])


def to_whom(sheet: Sheet, case: Case) -> list[Button]:
    """Return the button that gives it to whom it belongs, or to the team that is advised."""
    one = of(case).get("route") or {}
    if one.get("above") and "transfer" in case["moves"]:
        level = one["level"]
        return [
            sheet.button(
                "to_level", parts.press(case, "up", level), name=sheet.say(f"level.{level}")
            )
        ]
    team = one.get("team") or of(case).get("team")
    if not team or "offer" not in case["moves"]:
        return []
    to = parts.press(case, "offer", f"team:{team['code']}")
    return [sheet.button("to_team", to, name=team["name"])]


def naming_the_one_alike(sheet: Sheet, case: Case, buttons: list[Button]) -> list[Button]:
    """Let the button for merging say the number when only one case is alike."""
    alike: Sequence[int] = of(case).get("alike", ())
    if len(alike) != 1:
        return buttons
    ask = parts.press(case, "start", noun="merge")
    named = sheet.button("merge_into", ask, number=alike[0])
    return [named if one.data == ask.data else one for one in buttons]


def sent(sheet: Sheet, case: Case) -> str:
    """Return who has sent it where, and when."""
    one = of(case).get("sent")
    if not one:
        return ""
    key = "desk.sent_team" if one["team"] else "desk.sent"
    at = sheet.when(one["at"], case["zone"])
    return sheet.say(key, who=one["who"], at=at, team=one["team"] or "")
