"""The supervisor's question: who does it this time; and what is said when there is none."""

from bot.domain.letter import Drawing
from handlers.cards import case_parts as parts
from handlers.cards.case_parts import case_of
from handlers.cards.common import Sheet, rows, turning


def reopen(sheet: Sheet) -> Drawing:
    """Ask who is to do it again: the pool, one of those who could, or the same person."""
    case, same = case_of(sheet), sheet.facts["same"]
    pool = sheet.button("offer", parts.press(case, "reopen"))
    last = [sheet.button("back", parts.press(case, "show"))]
    if same:
        press = parts.press(case, "reopen", str(same["id"]))
        last.insert(0, sheet.button("same", press, name=same["name"]))
    pages = turning(sheet, parts.press(case, "reopen_page"))
    tiles = [
        sheet.button(
            "person",
            parts.press(case, "reopen", str(one["id"])),
            name=one["name"],
            open=one["open"],
        )
        for one in sheet.facts["people"]
    ]
    text = sheet.say("desk.reopen", number=case["number"], what=parts.what(sheet, case))
    return Drawing(text, ((pool,), *rows(tiles), *rows([*pages, *last])))


def nobody_there(sheet: Sheet) -> Drawing:
    """Say that nobody may dispatch the case, or decide about it, so that somebody is found."""
    case = case_of(sheet)
    text = sheet.say(sheet.kind, number=case["number"], what=parts.what(sheet, case))
    show = sheet.button("look", parts.press({**case, "version": 0}, "show"))
    return Drawing(text, rows([show]))
