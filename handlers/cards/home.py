"""The screens that everybody can reach, and the answers that fit no other noun."""

from collections.abc import Mapping
from typing import Any

from bot.domain.letter import Button, Drawing
from bot.domain.press import Press
from bot.texts import Markup, label, plain
from handlers.cards import broadcast_letter, outage
from handlers.cards.common import Rows, Sheet, home, kinds, lines, rows

FOUR_KEYS = (("report", "my"), ("news", "phone"))
AFTER_AN_ANSWER = ("report", "phone")
MOST_EMERGENCIES = 6
_MOST_SURVEYS, _MOST_ITEMS, _MOST_MEETINGS = 2, 4, 2  # with a button among the news


def start(sheet: Sheet) -> Drawing:
    """Greet; the buttons are the four keys and what the person's roles add."""
    names = ["report", "my", "news", "phone"]
    names += ["todo"] if sheet.facts["staff"] else []
    names += ["tasks"] if sheet.facts["volunteer"] else []
    first, *others = (sheet.button(name, home(name)) for name in names)
    return Drawing(sheet.say_all("menu.start"), ((first,), *rows(others)))


def keyboard(sheet: Sheet) -> Drawing:
    """Bring the four keys."""
    return Drawing(
        sheet.say("menu.keyboard"),
        keyboard=tuple(tuple(label(name, sheet.language) for name in row) for row in FOUR_KEYS),
        placeholder=plain("menu.placeholder", sheet.language),
    )


def report(sheet: Sheet) -> Drawing:
    """Invite to send what is wrong, or to tap what kind of thing it is."""
    tiles = kinds(sheet, lambda verb, choice: Press("draft", verb, 0, 0, choice), "begin", "kinds")
    return Drawing(sheet.say("menu.report"), rows([*tiles, sheet.button("phone", home("phone"))]))


def phone(sheet: Sheet) -> Drawing:
    """Show plain telephone numbers."""
    return Drawing(lines(sheet.say_all("menu.phone"), _emergencies(sheet)))


def _emergencies(sheet: Sheet) -> str:
    given = [
        sheet.say("menu.emergency", name=sheet.named(one["name"]), phone=one["phone"])
        for one in sheet.facts["emergencies"][:MOST_EMERGENCIES]
    ]
    return sheet.say("menu.emergencies", list=Markup(" · ".join(given))) if given else ""


def news(sheet: Sheet) -> Drawing:
    """Show the week in figures, what is off now, and the notices that count."""
    facts = sheet.facts
    surveys, notices = facts["surveys"][:_MOST_SURVEYS], facts["notices"]
    items, every = [*surveys, *notices], []
    if len(items) > _MOST_ITEMS:  # the last place leads to all of them
        items = items[: _MOST_ITEMS - 1]
        every = [sheet.button("all_notices", Press("broadcast", "every", 0, 0), n=len(notices))]
    buttons = [
        *broadcast_letter.openings(sheet, items),
        *every,
        *(_meeting(sheet, one) for one in facts["meetings"][:_MOST_MEETINGS]),
        sheet.button("all_meetings", Press("meeting", "list", 0, 0)),
        sheet.button("notices_often", Press("settings", "often", 0, 0)),
    ]
    off = [outage.line(sheet, one) for one in sheet.facts["outages"]]
    return Drawing(lines(sheet.say_all("menu.news"), *off), rows(buttons))


def _meeting(sheet: Sheet, one: Mapping[str, Any]) -> Button:
    name = "news_minutes" if one["past"] else "news_meeting"
    return sheet.button(name, Press("meeting", "show", one["id"], 0), name=one["name"])


def help_(sheet: Sheet) -> Drawing:
    """Explain how to use it: four lines, the person's own commands, two a line, whom to call."""
    commands = [
        sheet.say("menu.help_command", command=one, what=sheet.say(f"command.{one}"))
        for one in sheet.facts["commands"]
    ]
    figures = sheet.say("menu.help_figures") if "report" in sheet.facts["commands"] else ""
    pairs = [Markup(" · ").join(commands[at : at + 2]) for at in range(0, len(commands), 2)]
    parts = (
        sheet.say_all("menu.help"),
        lines(*pairs, figures),
        lines(sheet.say_all("menu.help_phone"), _emergencies(sheet)),
    )
    buttons = [sheet.button(name, home(name)) for name in (*AFTER_AN_ANSWER, "settings")]
    return Drawing(Markup("\n\n".join(parts)), rows(buttons))


def answer(sheet: Sheet) -> Drawing:
    """Draw a friendly answer with two ways to go on."""
    return Drawing(sheet.say_all(sheet.kind), _ways_out(sheet))


def _ways_out(sheet: Sheet) -> Rows:
    return rows(sheet.button(name, home(name)) for name in AFTER_AN_ANSWER)
