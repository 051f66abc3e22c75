"""What callers see: whom to telephone, and the answers to tap for those at the other end."""

from collections.abc import Mapping
from typing import Any

from bot.domain import callback as rules
from bot.domain.letter import Button, Drawing
from bot.domain.press import Press
from bot.texts import Markup
from handlers.cards import case_parts as parts
from handlers.cards.case_parts import case_of
from handlers.cards.common import Sheet, few, home, lines, rows, turning

WORDS = {"call": "call.", "check": "check."}
ANSWERS = {
    "q1": [("solved_" + one, one) for one in rules.SOLVED],
    "q2": [("satisfied_" + one, one) for one in rules.SATISFIED],
    "reopen": [("wish_again", rules.AGAIN), ("wish_leave", rules.LEAVE)],
}


def calls(sheet: Sheet) -> Drawing:
    """List whom to telephone about the work."""
    return _listing(sheet, "call")


def checks(sheet: Sheet) -> Drawing:
    """List whom the supervisor telephones, chosen by chance."""
    return _listing(sheet, "check")


def _listing(sheet: Sheet, which: str) -> Drawing:
    items = sheet.facts["items"]
    back = [*_other(sheet, which), sheet.button("todo", home("todo"))]
    words = WORDS[which]
    if not items:
        return Drawing(sheet.say(words + "list_empty"), rows(back))
    head = sheet.say(words + "list", total=few(sheet.facts["total"]))
    tiles = [
        sheet.button(
            "call_item",
            Press("callback", which, one["number"], one["round"], str(one["person"])),
            number=one["number"],
            name=_name(sheet, one),
        )
        for one in items
    ]
    pages = turning(sheet, Press("callback", which + "s", 0, 0))
    text = lines(head, *(_line(sheet, one) for one in items))
    return Drawing(text, (*rows(tiles), *rows([*pages, *back])))


def _other(sheet: Sheet, which: str) -> list[Button]:
    """Return the button to the other list, where somebody is on it."""
    name = "checks" if which == "call" else "calls"
    n = sheet.facts["others"]
    return [sheet.button(name, Press("callback", name, 0, 0), n=few(n))] if n else []


def _line(sheet: Sheet, one: Mapping[str, Any]) -> Markup:
    name = _name(sheet, one)
    return sheet.say("call.line", number=one["number"], name=name, place=one["place"])


def _name(sheet: Sheet, one: Mapping[str, Any]) -> str:
    """Return the name, or the end of the number that stands for it; some left neither."""
    if not one["name"] and one.get("tail"):
        return sheet.say("call.tail", tail=one["tail"])
    return one["name"] or sheet.say("role.resident")


def call(sheet: Sheet) -> Drawing:
    """Show whom to telephone, and the next question to put to them."""
    return _card(sheet, "call")


def check(sheet: Sheet) -> Drawing:
    """Show what the bot was told, and the next question; at the end whether it differs."""
    return _card(sheet, "check")


def _card(sheet: Sheet, which: str) -> Drawing:
    case, facts = case_of(sheet), sheet.facts
    where = sheet.say("call.home", home=facts["home"]) if facts["home"] else ""
    text = lines(
        sheet.say(WORDS[which] + "head", number=case["number"], what=parts.what(sheet, case)),
        sheet.say("call.who", name=facts.get("phone") or _name(sheet, facts), home=where),
        _work(sheet),
        parts.answer(sheet, "call.said", facts["said"]),
        parts.answer(sheet, "check.heard", facts["heard"]),
        sheet.say("check.differs") if facts["differs"] else "",
        sheet.say("call." + facts["step"]),
    )
    answers = _answers(sheet, which)
    back = sheet.button("back", Press("callback", which + "s", 0, 0))
    return Drawing(text, (*rows(answers), *rows([*_phone(sheet, which), back])))


def _phone(sheet: Sheet, which: str) -> list[Button]:
    """Return the button to the number, where messages show none."""
    case, facts = case_of(sheet), sheet.facts
    if not facts.get("guarded"):
        return []
    press = Press(
        "callback", which + "_phone", case["number"], facts["round"], str(facts["person"])
    )
    return [sheet.button("guarded", press)]


def _work(sheet: Sheet) -> Markup | str:
    case = case_of(sheet)
    if not case["outcome"]:
        return ""
    did = sheet.word("did", case["outcome"])
    return sheet.say("call.work", handler=parts.handler(sheet, case), did=did)


def _answers(sheet: Sheet, which: str) -> list[Button]:
    case, facts = case_of(sheet), sheet.facts
    step = facts["step"]
    given = ANSWERS.get(step, [])
    if which == "check" and step == "reopen":
        given = given[:1]
    return [
        sheet.button(
            name,
            Press(
                "callback",
                f"{which}_said",
                case["number"],
                facts["round"],
                f"{facts['person']}.{step}.{choice}",
            ),
        )
        for name, choice in given
    ]
