"""What is said as the time of a case runs out: nudges, the written notice, the agenda."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.letter import Drawing, Paper
from bot.texts import Markup, plain
from handlers.cards import case_parts as parts
from handlers.cards.case_parts import Case, case_of
from handlers.cards.common import Rows, Sheet, rows

_ON_PAPER = "%Y-%m-%d %H:%M"
_LINES = ("to", "case", "words", "reported", "due", "handler", "ask", "written")


def nudge(sheet: Sheet) -> Drawing:
    """Say how far the time has run; the button opens the case."""
    return Drawing(_said(sheet, sheet.kind), _look(sheet))


def still(sheet: Sheet) -> Drawing:
    """Tell the resident that somebody is still at it, and until when."""
    late = parts.is_late(sheet, case_of(sheet))
    return Drawing(_said(sheet, "case.still_late" if late else "case.still"))


def notice(sheet: Sheet) -> Drawing:
    """Write to the secretary of the property branch: a message, and a page to put on file."""
    case = case_of(sheet)
    said = {name: plain(f"notice.{name}", sheet.language, **_facts(sheet)) for name in _LINES}
    title = plain("notice.title", sheet.language)
    paper = Paper(f"{case['number']}", title, tuple(line for line in said.values() if line))
    return Drawing(_said(sheet, sheet.kind, branch=_branch(sheet)), _look(sheet), makes=paper)


def _facts(sheet: Sheet) -> dict[str, Any]:
    case = case_of(sheet)
    return {
        "branch": _branch(sheet),
        "number": case["number"],
        "name": sheet.named(case["name"]),
        "place": parts.place(sheet, case),
        "words": case["words"],
        "reported": _on_paper(case["reported_at"], case),
        "due": _on_paper(case["deadline"], case),
        "late": _late(sheet, case),
        "handler": _handler(sheet, case),
        "written": _on_paper(sheet.facts["at"], case),
    }


def _on_paper(instant: str, case: Case) -> str:
    """Return an instant as it is still understood next year."""
    return datetime.fromisoformat(instant).astimezone(ZoneInfo(case["zone"])).strftime(_ON_PAPER)


def _branch(sheet: Sheet) -> str:
    named = sheet.facts["branch"] or sheet.facts["company"]
    return named or plain("level.property", sheet.language)


def _look(sheet: Sheet) -> Rows:
    return rows([sheet.button("look", parts.press({**case_of(sheet), "version": 0}, "show"))])


def _handler(sheet: Sheet, case: Case) -> str:
    return case["handler"] or sheet.say("piece.nobody_yet")


def _late(sheet: Sheet, case: Case) -> str:
    return parts.late_for(sheet, case["deadline"])


def _said(sheet: Sheet, key: str, **facts: str) -> Markup:
    case = case_of(sheet)
    at = case["due"] if key.startswith(("late.dispatch", "late.claim")) else case["deadline"]
    return sheet.say(
        key,
        number=case["number"],
        what=parts.what(sheet, case),
        handler=_handler(sheet, case),
        at=sheet.when(at, case["zone"]) if at else "",
        late=_late(sheet, case),
        company=sheet.facts.get("company") or plain("level.property", sheet.language),
        **facts,
    )
