"""What was written down: when, who, what they did, and about whom or what."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.letter import Drawing
from bot.domain.press import Press
from bot.texts import Markup
from handlers.cards.common import Sheet, lines, rows, turning


def listing(sheet: Sheet) -> Drawing:
    """Show a page, the newest row first."""
    facts = sheet.facts
    text = lines(
        sheet.say("audit.list" if facts["rows"] else "audit.none", n=facts["total"]),
        *(_row(sheet, one) for one in facts["rows"]),
    )
    return Drawing(text, rows(turning(sheet, Press("audit", "list", 0, 0))))


def _row(sheet: Sheet, one: Mapping[str, Any]) -> Markup:
    return sheet.say(
        "audit.row",
        at=sheet.when(one["at"], sheet.facts["zone"]),
        who=one["who"] or sheet.say("audit.nobody"),
        what=sheet.word("audited", one["what"]),
        about=_about(sheet, one),
    )


def _about(sheet: Sheet, one: Mapping[str, Any]) -> Markup:
    key = f"audit.about_{one['noun']}"
    return sheet.say(key, about=one["about"]) if sheet.has(key) and one["about"] else Markup("")


KINDS: Mapping[str, Callable[[Sheet], Drawing]] = {"audit.list": listing}
