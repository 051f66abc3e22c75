"""Surveys for those who are asked: the invitation, question after question, thanks, what came."""

from typing import Any

from bot.domain.letter import Button, Drawing
from bot.domain.press import Press
from bot.domain.survey_question import Kind
from bot.texts import Markup
from handlers.cards.common import Kinds, Sheet, home, lines, plainly, rows

NOUN = "survey"
YES_HALF_NO = ("yes", "half", "no")
_GROUPS = (8, 4, 2, 1)  # of alike lines, of each question
_ROOM, _BETWEEN = 3_800, 2  # characters of a message, and between two lines when they are large
_BAR, _FULL, _EMPTY = 10, "▰", "▱"


def invite(sheet: Sheet) -> Drawing:
    """Ask whether somebody takes part; the second time says that it is the second."""
    again = sheet.say("survey.invite_again") if sheet.facts["again"] else ""
    said = sheet.say(
        "survey.invite", title=sheet.facts["title"], n=sheet.facts["n"], ends=_ends(sheet)
    )
    text = lines(again, said, _about(sheet), _secrecy(sheet))
    return Drawing(text, rows([_button(sheet, "begin"), _button(sheet, "decline"), _less(sheet)]))


def _about(sheet: Sheet) -> str:
    """Return which case is meant."""
    number = sheet.facts.get("about")
    return sheet.say("survey.about", case_number=str(number)) if number else ""


def _less(sheet: Sheet) -> Button:
    return sheet.button("broadcast_less", Press(NOUN, "less", sheet.facts["id"], 0))


def _secrecy(sheet: Sheet) -> Markup:
    return sheet.say("survey.secret_so" if sheet.facts["anonymous"] else "survey.named_so")


def _ends(sheet: Sheet) -> Markup:
    return sheet.when(sheet.facts["ends"], sheet.facts["zone"])


def paper(sheet: Sheet) -> Drawing:
    """Draw the question that comes next, or the thanks."""
    return _question(sheet) if sheet.facts["step"] == "question" else _thanks(sheet)


def _question(sheet: Sheet) -> Drawing:
    facts = sheet.facts
    kind = Kind(facts["what"])
    head = sheet.say("survey.head", title=facts["title"], n=facts["at"] + 1, of=facts["n"])
    asked = sheet.say("survey.question", words=facts["words"])
    written = kind in {Kind.WORDS, Kind.NUMBER, Kind.PHOTO} and facts["answered"]
    hint = sheet.say(f"survey.hint_{'written' if written else kind.value}")
    before = [_press_button(sheet, "survey_back", "back")] if facts["back"] else []
    on = _press_button(sheet, "survey_next" if _goes_on(kind, written) else "survey_skip", "next")
    return Drawing(
        lines(head, _about(sheet), asked, hint), rows([*_options(sheet, kind), on, *before])
    )


def _goes_on(kind: Kind, written: bool) -> bool:
    return written or kind is Kind.MULTIPLE


def _options(sheet: Sheet, kind: Kind) -> list[Button]:
    facts = sheet.facts
    if kind is Kind.MULTIPLE:
        ticked = facts["answer"] or []
        return [
            sheet.button(
                "ticked" if at in ticked else "unticked",
                _press(sheet, "tick", f"{at}{'-' if at in ticked else '+'}"),
                name=name,
            )
            for at, name in enumerate(facts["options"])
        ]
    return [
        sheet.button(
            "ticked" if at == facts["answer"] else "choice",
            _press(sheet, "say", str(at)),
            name=option_name(sheet, kind, facts["options"], at),
        )
        for at in range(facts["size"])
    ]


def option_name(sheet: Sheet, kind: Kind, names: list[str], at: int) -> str:
    """Return what an option is called."""
    if kind is Kind.RATING:
        return sheet.say("survey.stars", n=at + 1)
    if kind is Kind.YES_HALF_NO:
        return sheet.say(f"survey.{YES_HALF_NO[at]}")
    return names[at]


def _thanks(sheet: Sheet) -> Drawing:
    facts = sheet.facts
    text = sheet.say("survey.thanked", title=facts["title"], ends=_ends(sheet))
    again = facts["again"]
    sorry = sheet.say("survey.sorry", case_number=str(again)) if again else ""
    buttons = [_press_button(sheet, "survey_change", "change")]
    if again:
        buttons.append(_again(sheet))
    return Drawing(lines(text, sorry), rows(buttons))


def declined(sheet: Sheet) -> Drawing:
    """Say that it is all right, and how to take part after all."""
    return Drawing(_titled(sheet), rows([_button(sheet, "begin_after_all", "begin")]))


def closed(sheet: Sheet) -> Drawing:
    """Say that it is over."""
    return Drawing(_titled(sheet), rows([sheet.button("news", home("news"))]))


def ended(sheet: Sheet) -> Drawing:
    """Say that it is over in the place of what could be answered; doing it again still can be."""
    again = sheet.facts["again"]
    text = sheet.say(
        "survey.ended_thanks" if sheet.facts["answered"] else "survey.closed",
        title=sheet.facts["title"],
    )
    sorry = sheet.say("survey.sorry", case_number=str(again)) if again else ""
    buttons = [_again(sheet)] if again else []
    return Drawing(lines(text, sorry), rows([*buttons, sheet.button("news", home("news"))]))


def _again(sheet: Sheet) -> Button:
    press = Press(NOUN, "again", sheet.facts["id"], 0)
    return sheet.button("survey_again", press, n=str(sheet.facts["again"]))


def line_kept(sheet: Sheet) -> Drawing:
    """Say that what was written is kept, and how to go on."""
    return Drawing(_titled(sheet))


def _titled(sheet: Sheet) -> Markup:
    return sheet.say(sheet.kind, title=sheet.facts["title"])


def published(sheet: Sheet) -> Drawing:
    """Tell what came of it."""
    facts = sheet.facts
    said = {name: facts[name] for name in ("title", "answered", "asked")}
    text = lines(sheet.say("survey.published", **said), *results(sheet))
    return Drawing(text, rows([_less(sheet)]))


def results(sheet: Sheet) -> list[str]:
    """Return the results as lines, with bars."""
    facts = sheet.facts
    if facts["hidden"]:
        key = "survey.too_few" if facts["over"] else "survey.too_early"
        return [sheet.say(key, n=facts["missing"]) if facts["over"] else sheet.say(key)]
    found: list[str] = []
    for most in _GROUPS:  # as many lines of what was written as one message holds
        asked = enumerate(facts["questions"])
        found = [line for at, one in asked for line in _result(sheet, at, one, most)]
        if sum(len(line) + _BETWEEN for line in found) <= _ROOM:
            break
    return found


def _result(sheet: Sheet, at: int, one: dict[str, Any], most: int) -> list[str]:
    kind = Kind(one["what"])
    found = ["", sheet.say("survey.result_head", n=at + 1, words=one["words"], answers=one["n"])]
    if one["hidden"]:
        return [*found, sheet.say("survey.too_few_here")]
    found += [
        _bar(sheet, option_name(sheet, kind, one["names"], option), held)
        for option, held in enumerate(one["options"])
    ]
    if one["mean"] is not None:
        found.append(sheet.say("survey.mean", mean=one["mean"]))
    groups = one["groups"]
    found += [_group(sheet, kind, held) for held in groups[:most]]
    if len(groups) > most:
        found.append(sheet.say("survey.groups_left", n=len(groups) - most))
    return found


def _group(sheet: Sheet, kind: Kind, held: dict[str, Any]) -> Markup:
    if kind is Kind.NUMBER:
        return sheet.say("survey.said", n=held["n"], number=held["words"])
    return sheet.say("survey.group", words=held["words"], n=held["n"])


def _bar(sheet: Sheet, name: str, held: dict[str, Any]) -> Markup:
    percent = held["percent"]
    if percent is None:
        return sheet.say("survey.count", name=name, n=held["n"])
    full = round(percent * _BAR / 100)
    bar = _FULL * full + _EMPTY * (_BAR - full)
    return sheet.say("survey.bar", bar=bar, percent=percent, name=name)


def _button(sheet: Sheet, name: str, verb: str = "") -> Button:
    return sheet.button(f"survey_{name}", Press(NOUN, verb or name, sheet.facts["id"], 0))


def _press_button(sheet: Sheet, name: str, verb: str) -> Button:
    return sheet.button(name, _press(sheet, verb, ""))


def _press(sheet: Sheet, verb: str, answer: str) -> Press:
    """Return a press on the paper: its version is the number of the question."""
    facts = sheet.facts
    return Press(NOUN, verb, facts["id"], facts.get("at", 0), f"{answer}.{facts['code']}")


KINDS: Kinds = {
    "survey.invite": invite,
    "survey.paper": paper,
    "survey.secret": paper,
    "survey.declined": declined,
    "survey.closed": closed,
    "survey.ended": ended,
    "survey.line_kept": line_kept,
    **dict.fromkeys(("survey.left_open", "survey.one_picture"), plainly),
    "survey.published": published,
}
