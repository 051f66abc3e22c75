"""Adding to a case: asked for, received, and shown to whoever has the case."""

from bot.domain.letter import Button, Drawing
from bot.domain.press import Press
from handlers.cards import case_parts as parts
from handlers.cards.case_parts import Case, case_of
from handlers.cards.common import Sheet, lines


def ask(sheet: Sheet) -> Drawing:
    """Ask for what is to be added."""
    number = sheet.facts["number"]
    stop = sheet.button("add_nothing", Press("supplement", "stop", number, 0))
    asked = sheet.say("case.supplement_ask", number=number)
    return Drawing(lines(asked, parts.standing(sheet)), ((stop,),))


def share(sheet: Sheet) -> Drawing:
    """Draw what can be forwarded to neighbours: no words, no name, no door."""
    facts = sheet.facts
    what = sheet.say(
        "card.what", icon=facts["icon"], name=sheet.named(facts["name"]), place=facts["place"]
    )
    status = sheet.say("progress." + facts["status"])
    text = sheet.say(
        "case.share", number=facts["number"], what=what, status=status, link=facts["link"]
    )
    return Drawing(text)


def call_told(sheet: Sheet) -> Drawing:
    """Say that whoever comes was told, and that a telephone number may follow."""
    case = case_of(sheet)
    who, how = parts.handler(sheet, case), parts.progress(sheet, case)
    number = case["number"]
    stop = sheet.button("add_nothing", Press("supplement", "stop", number, 0))
    text = sheet.say("case.call_told", number=number, handler=who, status=how)
    return Drawing(text, ((stop,),))


def call_first(sheet: Sheet) -> Drawing:
    """Ask whoever has the case to call before they come."""
    case = case_of(sheet)
    facts = {"number": case["number"], "what": parts.what(sheet, case)}
    return Drawing(sheet.say("task.call_first", name=sheet.facts["name"], **facts))


def supplemented(sheet: Sheet) -> Drawing:
    """Say that it was added, with the way to take it out again."""
    case = case_of(sheet)
    text = sheet.say(
        "case.noted" if sheet.facts.get("own") else "case.supplemented",
        number=case["number"],
        handler=parts.handler(sheet, case),
        status=parts.progress(sheet, case),
    )
    return Drawing(text, (_not_this(sheet, case),))


def chased(sheet: Sheet) -> Drawing:
    """Say how it stands to whoever asked, and that what they said was passed on."""
    case = case_of(sheet)
    text = sheet.say(
        "case.chased",
        number=case["number"],
        status=parts.progress(sheet, case),
        what=parts.what(sheet, case),
        who_when=parts.who_when(sheet, case),
        handler=parts.handler(sheet, case),
    )
    return Drawing(text, (_not_this(sheet, case),))


def _not_this(sheet: Sheet, case: Case) -> tuple[Button]:
    press = Press("supplement", "take_out", case["number"], 0, str(sheet.facts["remark"]))
    return (sheet.button("not_this", press),)


def received(sheet: Sheet) -> Drawing:
    """Show what was added to whoever has the case."""
    case = case_of(sheet)
    text = sheet.say(
        "task.supplemented",
        number=case["number"],
        words=sheet.facts["words"],
        status=parts.status(sheet, case),
    )
    return Drawing(text)
