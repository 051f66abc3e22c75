"""The last steps of whoever does the work: a picture or why not, a line, and "done"."""

from bot.domain.letter import Button, Drawing
from handlers.cards import case_parts as parts
from handlers.cards.case_parts import case_of
from handlers.cards.common import Sheet, lines, rows

WHY = ("privacy", "unwilling", "other")
DID = ("repaired", "cleaned", "replaced", "advised")


def photo(sheet: Sheet) -> Drawing:
    """Ask for a picture; there may be a reason for none. What came as a file shows nothing yet."""
    cannot = sheet.button("cannot", parts.press(case_of(sheet), "start", noun="return"))
    buttons = [_button(sheet, "no_photo", "no_photo"), cannot, _button(sheet, "cancel", "cancel")]
    hint = sheet.say("finish.as_file") if sheet.facts.get("as_file") else ""
    call = parts.doorstep(sheet, case_of(sheet))
    return Drawing(lines(_said(sheet, "finish.photo"), call, hint), rows(buttons))


def no_photo(sheet: Sheet) -> Drawing:
    """Ask why there is no picture."""
    return Drawing(
        _said(sheet, "finish.no_photo"),
        rows(_button(sheet, "why_" + code, "why", code) for code in WHY),
    )


def words(sheet: Sheet) -> Drawing:
    """Ask what was done: four tiles, or a line of one's own."""
    return Drawing(
        _said(sheet, "finish.words", proof=_proof(sheet)),
        rows(_button(sheet, "did_" + code, "words", code) for code in DID),
    )


def check(sheet: Sheet) -> Drawing:
    """Ask whether it is really done."""
    did = sheet.word("did", sheet.facts["did"] or "")
    buttons = [_button(sheet, "done", "done"), _button(sheet, "not_yet", "cancel")]
    return Drawing(_said(sheet, "finish.check", did=did, proof=_proof(sheet)), rows(buttons))


def said(sheet: Sheet) -> Drawing:
    """Say one thing about a case; there is nothing to press."""
    return Drawing(_said(sheet, sheet.kind))


def _proof(sheet: Sheet) -> str:
    """Return how many pictures there are, or why there is none."""
    taken = sheet.facts["photos"]
    if taken:
        return sheet.say("piece.photos", n=taken)
    why = sheet.word("no_photo", sheet.facts.get("no_photo") or "other")
    return sheet.say("survey.no_photo", why=why)


def _button(sheet: Sheet, name: str, verb: str, choice: str = "") -> Button:
    return sheet.button(name, parts.press(case_of(sheet), verb, choice, noun="finish"))


def _said(sheet: Sheet, key: str, **facts: str) -> str:
    case = case_of(sheet)
    return sheet.say(key, number=case["number"], what=parts.what(sheet, case), **facts)
