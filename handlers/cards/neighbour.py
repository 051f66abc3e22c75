"""What neighbours with the same problem see: that it is known, and the case that they joined."""

from bot.domain.letter import Drawing
from bot.domain.press import Press
from handlers.cards import case_buttons, outage
from handlers.cards import case_parts as parts
from handlers.cards.case_parts import Case
from handlers.cards.common import Sheet, lines, rows


def similar(sheet: Sheet) -> Drawing:
    """Show what may be the same thing, and ask whether it is."""
    facts = sheet.facts
    found = facts["similar"]
    shown = _one(sheet, found[0]) if len(found) == 1 else _several(sheet, found)
    me_too = "me_too" if len(found) == 1 else "me_too_number"
    buttons = [
        sheet.button(me_too, _press(sheet, "join", str(one["number"])), number=one["number"])
        for one in found
    ]
    buttons.append(sheet.button("another", _press(sheet, "another")))
    buttons.append(sheet.button("drop", _press(sheet, "drop")))
    return Drawing(lines(sheet.say("case.similar"), *shown), rows(buttons))


def _one(sheet: Sheet, case: Case) -> list[str]:
    said = {"reported": parts.reported(sheet, case), "status": parts.progress(sheet, case)}
    joined = case["joined"] + 1
    return [
        sheet.say("similar.what", number=case["number"], what=parts.what(sheet, case)),
        sheet.say("similar.how", **said),
        parts.who_when(sheet, case) if case["handler"] else "",
        sheet.say("similar.joined", n=joined) if case["joined"] else "",
    ]


def _several(sheet: Sheet, found: list[Case]) -> list[str]:
    return [
        sheet.say(
            "similar.line",
            number=one["number"],
            place=parts.place(sheet, one),
            reported=parts.reported(sheet, one),
        )
        for one in found
    ]


def _press(sheet: Sheet, verb: str, choice: str = "") -> Press:
    return Press("draft", verb, sheet.facts["draft_id"], 0, choice)


def co_signer(sheet: Sheet, case: Case) -> Drawing:
    """Draw the case for somebody who joined it: no words and no door of the others."""
    closed = case["phase"] == "closed"
    text = lines(
        _head(sheet, case),
        parts.what(sheet, case),
        outage.instead(sheet, case),
        sheet.say("joined.closed" if closed else "joined.hint", status=parts.progress(sheet, case)),
    )
    return Drawing(text, rows(case_buttons.co_signer(sheet, case)))


def _head(sheet: Sheet, case: Case) -> str:
    if case.get("kin"):
        return sheet.say("case.of_family", number=case["number"])
    return sheet.say("case.joined", number=case["number"], n=case["joined"] + 1)
