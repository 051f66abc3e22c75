"""Merging: what a case could be merged into, and what residents hear of it."""

from bot.domain.letter import Drawing
from handlers.cards import case_parts as parts
from handlers.cards.case_parts import case_of
from handlers.cards.common import Sheet, lines, rows


def ask(sheet: Sheet) -> Drawing:
    """Show what is alike, and ask for another number."""
    case, masters = case_of(sheet), sheet.facts["masters"]
    shown = [
        sheet.say(
            "similar.line",
            number=one["number"],
            place=parts.place(sheet, one),
            reported=parts.reported(sheet, one),
        )
        for one in masters
    ]
    head = sheet.say("desk.merge" if masters else "desk.merge_none", number=case["number"])
    buttons = [
        sheet.button(
            "merge_into",
            parts.press(case, "into", str(one["number"]), noun="merge"),
            number=one["number"],
        )
        for one in masters
    ]
    cancel = sheet.button("cancel", parts.press(case, "cancel", noun="merge"))
    return Drawing(lines(head, *shown), rows([*buttons, cancel]))


def merged(sheet: Sheet) -> Drawing:
    """Say that it goes on under another number, and how that stands."""
    case, master = case_of(sheet), sheet.facts["master"]
    goes_on = master if sheet.kind == "case.merged" else case
    text = sheet.say(
        sheet.kind,
        number=case["number"],
        what=parts.what(sheet, case),
        master=master["number"],
        status=parts.progress(sheet, master),
        who_when=parts.who_when(sheet, goes_on),
    )
    return Drawing(text)
