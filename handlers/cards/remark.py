"""What staff writes to a case, step by step, and what comes back from the resident."""

from bot.domain.letter import Button, Drawing
from handlers.cards import case_parts as parts
from handlers.cards.case_parts import case_of
from handlers.cards.common import SENT, Sheet, lines, rows

MOST_TILES = 5


def words(sheet: Sheet) -> Drawing:
    """Ask for the words; ready sentences are tiles."""
    noun = sheet.facts["noun"]
    tiles = template_tiles(sheet, noun)
    return Drawing(_said(sheet, sheet.kind), rows([*tiles, _button(sheet, "cancel", noun)]))


def template_tiles(sheet: Sheet, noun: str) -> list[Button]:
    """Return the ready sentences as tiles."""
    return [
        sheet.button(
            "tile",
            parts.press(case_of(sheet), "pick", one["code"], noun=noun),
            name=sheet.named(one["name"]),
        )
        for one in sheet.facts["tiles"][:MOST_TILES]
    ]


def ask_preview(sheet: Sheet) -> Drawing:
    """Show the question and its answers as the resident will read them."""
    answers = " / ".join(sheet.facts["answers"])
    shown = sheet.say("desk.ask_answers", answers=answers) if answers else ""
    text = lines(_said(sheet, sheet.kind, words=sheet.facts["words"]), shown)
    return Drawing(text, _decide(sheet, "ask"))


def now_preview(sheet: Sheet) -> Drawing:
    """Show the answer as the resident will read it."""
    return Drawing(_said(sheet, sheet.kind, words=sheet.facts["words"]), _decide(sheet, "now"))


def answered(sheet: Sheet) -> Drawing:
    """Tell who asked what the resident says."""
    facts = sheet.facts
    sent = [sheet.say(f"piece.{name}", n=facts[name]) for name in SENT if facts.get(name)]
    said = " · ".join([*([facts["answer"]] if facts["answer"] else []), *sent])
    return Drawing(_said(sheet, sheet.kind, question=facts["question"], answer=said), _look(sheet))


def lapsed(sheet: Sheet) -> Drawing:
    """Tell who asked that nothing was answered."""
    return Drawing(_said(sheet, sheet.kind, question=sheet.facts["question"]), _look(sheet))


def refer(sheet: Sheet) -> Drawing:
    """Tell the dispatchers that the resident asks them to pass it on."""
    whom = case_of(sheet)["outcome"] or ""
    return Drawing(_said(sheet, sheet.kind, whom=whom), _look(sheet))


def kept(sheet: Sheet) -> Drawing:
    """Tell the resident that the answer is passed on."""
    case = case_of(sheet)
    text = _said(sheet, sheet.kind, status=parts.progress(sheet, case))
    return Drawing(lines(text, parts.who_when(sheet, case)))


def _look(sheet: Sheet) -> tuple[tuple[Button, ...], ...]:
    press = parts.press({**case_of(sheet), "version": 0}, "show")
    return ((sheet.button("look", press),),)


def _decide(sheet: Sheet, noun: str) -> tuple[tuple[Button, ...], ...]:
    send, again = _button(sheet, "send", noun), _button(sheet, "again", noun)
    return ((send,), (again, _button(sheet, "cancel", noun)))


def _button(sheet: Sheet, name: str, noun: str) -> Button:
    return sheet.button(name, parts.press(case_of(sheet), name, noun=noun))


def _said(sheet: Sheet, key: str, **facts: str) -> str:
    case = case_of(sheet)
    return sheet.say(key, number=case["number"], what=parts.what(sheet, case), **facts)
