"""The questions after the work: the result, three of one tap each, and doing it again."""

from bot.domain import callback as rules
from bot.domain.letter import Button, Drawing
from bot.domain.press import Press
from handlers.cards import case_parts as parts
from handlers.cards.case_buttons import AFTERWARDS
from handlers.cards.case_parts import case_of
from handlers.cards.common import Sheet, lines, rows


def result(sheet: Sheet) -> Drawing:
    """Say what was done and ask whether it is fixed."""
    case = case_of(sheet)
    text = sheet.say(
        "survey.result",
        number=case["number"],
        handler=parts.handler(sheet, case),
        did=sheet.word("did", sheet.facts["did"] or ""),
        proof=_proof(sheet),
    )
    good, bad = (
        sheet.button(name, _press(sheet, "q1", choice))
        for name, choice in (("confirm", rules.YES), ("contest", rules.NO))
    )
    return Drawing(text, ((good, bad),))


def _proof(sheet: Sheet) -> str:
    """Return how many pictures there are of the work, or why there is none."""
    taken = sheet.facts["photos_after"]
    if taken:
        return sheet.say("survey.photos_after", n=taken)
    why = sheet.word("no_photo", sheet.facts["no_photo"] or "other")
    return sheet.say("survey.no_photo", why=why)


def solved(sheet: Sheet) -> Drawing:
    """Ask whether it is solved."""
    buttons = [sheet.button("solved_" + one, _press(sheet, "q1", one)) for one in rules.SOLVED]
    return Drawing(_question(sheet, "survey.q1"), rows(buttons))


def satisfied(sheet: Sheet) -> Drawing:
    """Ask whether they are satisfied."""
    buttons = [
        sheet.button("satisfied_" + one, _press(sheet, "q2", one)) for one in rules.SATISFIED
    ]
    return Drawing(_question(sheet, "survey.q2"), rows(buttons))


def more(sheet: Sheet) -> Drawing:
    """Ask what else they want to say."""
    ready = [sheet.button("said_" + one, _press(sheet, "q3", one)) for one in rules.SAID]
    nothing = sheet.button("said_nothing", _press(sheet, "q3", rules.NOTHING))
    return Drawing(_question(sheet, "survey.q3"), rows([*ready, _write(sheet), nothing]))


def reopen(sheet: Sheet) -> Drawing:
    """Offer to do it again."""
    wishes = [sheet.button("wish_" + one, _press(sheet, "wish", one)) for one in rules.WISHES]
    first, *others = wishes
    key = "survey.reopen_half" if sheet.facts["half"] else "survey.reopen"
    return Drawing(_question(sheet, key), ((first,), *rows([*others, _write(sheet)])))


def write(sheet: Sheet) -> Drawing:
    """Ask for a line of their own."""
    asked = sheet.say("survey.write", number=sheet.facts["number"])
    return Drawing(lines(asked, parts.standing(sheet)))


def thanks(sheet: Sheet) -> Drawing:
    """Thank, and say whether it is closed now or waits for the others."""
    closed = case_of(sheet)["phase"] == "closed"
    return Drawing(_said(sheet, "survey.thanks" if closed else "survey.thanks_waits"))


def later(sheet: Sheet) -> Drawing:
    """Ask whether it is still good."""
    buttons = [sheet.button("later_" + one, _press(sheet, "later", one)) for one in rules.LATER]
    return Drawing(_said(sheet, "survey.later"), rows(buttons))


def broken(sheet: Sheet) -> Drawing:
    """Say under which number it was reported anew."""
    return Drawing(_said(sheet, "survey.later_broken", new=str(sheet.facts["new"])))


def call(sheet: Sheet) -> Drawing:
    """Say by when somebody telephones."""
    due = sheet.when(sheet.facts["due"], case_of(sheet)["zone"])
    return Drawing(_said(sheet, "survey.call", due=due))


def said(sheet: Sheet) -> Drawing:
    """Say one thing about a case, with what can still be done about it."""
    buttons = parts.offers(sheet, case_of(sheet), AFTERWARDS)
    return Drawing(_said(sheet, sheet.kind), rows(buttons))


def _question(sheet: Sheet, key: str) -> str:
    """Return the question, below what became of the case before and above how many follow."""
    before = sheet.facts["before"]
    thanked = (
        sheet.say("survey.before_" + before["what"], number=before["number"]) if before else ""
    )
    others = sheet.facts["others"]
    follow = sheet.say("survey.others", n=others) if others else ""
    return lines(thanked, _said(sheet, key), follow)


def _said(sheet: Sheet, key: str, **facts: str) -> str:
    case = case_of(sheet)
    what, who_when = parts.what(sheet, case), parts.who_when(sheet, case)
    return sheet.say(key, number=case["number"], what=what, who_when=who_when, **facts)


def _write(sheet: Sheet) -> Button:
    return sheet.button("write", _press(sheet, "write"))


def _press(sheet: Sheet, verb: str, choice: str = "") -> Press:
    """Return a press on this round of the case."""
    case = case_of(sheet)
    round_ = sheet.facts.get("round", case["round"])
    return Press("callback", verb, case["number"], round_, choice)
