"""What rings in an emergency: safety first, then the numbers to call and who is being called."""

from bot.domain.letter import Button, Drawing
from bot.domain.press import Press
from bot.texts import Markup
from handlers.cards import case_parts as parts
from handlers.cards.case_parts import case_of
from handlers.cards.common import Sheet, lines, rows


def filed(sheet: Sheet) -> Drawing:
    """Say what to do at once, whom to call, and who was called."""
    facts, case = sheet.facts, case_of(sheet)
    first = facts["first"]
    head = sheet.named(first["advice"]) if first and first["advice"] else sheet.say("urgent.advice")
    called = "urgent.called" if facts["called"] else "urgent.nobody"
    text = lines(
        sheet.say("case.urgent", advice=head),
        _numbers(sheet),
        sheet.say(called, number=case["number"], who=facts["called"] or "", phone=facts["phone"]),
        parts.who_when(sheet, case),
        "" if case["place"] else sheet.say("urgent.where"),
    )
    return Drawing(text, rows(_buttons(sheet, "safe", "calm")))


def safe(sheet: Sheet) -> Drawing:
    """Say that all who come know that nobody is in danger any more; the numbers stay."""
    case = case_of(sheet)
    text = lines(
        sheet.say("case.urgent_safe", number=case["number"]),
        parts.progress(sheet, case),
        parts.who_when(sheet, case),
        _numbers(sheet),
    )
    return Drawing(text, rows(_buttons(sheet, "calm")))


def _buttons(sheet: Sheet, *names: str) -> list[Button]:
    case = case_of(sheet)
    return [
        sheet.button(name, Press("urgent", name, case["number"], case["version"])) for name in names
    ]


def _numbers(sheet: Sheet) -> Markup:
    first, others = sheet.facts["first"], sheet.facts["emergencies"]
    shown = ([first] if first else []) + others
    parts = [
        sheet.say("urgent.number", name=sheet.named(one["name"]), phone=one["phone"])
        for one in shown
    ]
    return Markup(" · ".join(parts))


def next_called(sheet: Sheet) -> Drawing:
    """Say that somebody else is being called as well."""
    facts, case = sheet.facts, case_of(sheet)
    text = sheet.say(
        "case.urgent_next", number=case["number"], who=facts["called"], phone=facts["phone"]
    )
    return Drawing(lines(text, parts.who_when(sheet, case)))
