"""What everybody gets: a notice as it was written, what is put right in it, and the digest."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.letter import Button, Drawing, Over, Paper
from bot.domain.poll import Poll
from bot.domain.press import Press
from bot.texts import Markup, plain, tidy
from handlers.cards.common import Kinds, Sheet, lines, next_page, plainly, rows

NOUN = "broadcast"
_SHORT = 8  # characters of a title on a button


def letter(sheet: Sheet) -> Drawing:
    """Draw a notice: its words exactly as they were written, with their pictures or file."""
    facts = sheet.facts
    if facts.get("poll"):
        return _poll(sheet)
    at = sheet.when(facts["corrected"], facts["zone"]) if facts["corrected"] else ""
    text = lines(
        sheet.say("broadcast.head", community=facts["community"]),
        Markup(facts["html"]),
        sheet.say("broadcast.corrected_at", at=at) if at else "",
    )
    return Drawing(
        text,
        rows(_below(sheet)),
        photos=tuple(facts["photos"]),
        file=(facts["file"][0], facts["file"][1]) if facts["file"] else None,
        together=facts["together"],
    )


def _poll(sheet: Sheet) -> Drawing:
    """Draw a notice that is a poll: its words below the question, and no button."""
    facts = sheet.facts
    text = lines(
        sheet.say("broadcast.head", community=facts["community"]),
        Markup(facts["html"]),
        sheet.say("broadcast.poll_less"),
    )
    at = (facts["poll_at"][0], facts["poll_at"][1]) if "poll_at" in facts else None
    return Drawing(text, poll=Poll.read(facts["poll"]), poll_at=at)


def preview(sheet: Sheet) -> Drawing:
    """Draw it as it will be seen; a poll as one in which nobody can vote yet."""
    drawn = corrected(sheet)
    return drawn if drawn.poll is None else replace(drawn, poll=replace(drawn.poll, closed=True))


def poll_end(sheet: Sheet) -> Drawing:
    """Close its poll."""
    return replace(letter(sheet), over=Over.ENDED)


def _below(sheet: Sheet) -> list[Button]:
    id_ = sheet.facts.get("broadcast")
    verbs = [*(["got"] if sheet.facts["receipts"] else []), "less"]
    presses = {verb: Press(NOUN, verb if id_ else "preview", id_ or 0, 0) for verb in verbs}
    return [sheet.button(f"broadcast_{verb}", press) for verb, press in presses.items()]


def corrected(sheet: Sheet) -> Drawing:
    """Draw the words and buttons over those that were sent; the pictures stay."""
    return replace(letter(sheet), over=Over.WORDS)


def recalled(sheet: Sheet) -> Drawing:
    """Take the message away; where that is too late, say that it no longer counts."""
    drawn = replace(letter(sheet), text=sheet.say(sheet.kind), buttons=())
    return replace(drawn, over=Over.GONE)


def read(sheet: Sheet) -> Drawing:
    """Draw a notice for somebody who asks for it."""
    drawn = letter(sheet)
    return drawn if drawn.poll is None else replace(drawn, instead=sheet.say("broadcast.poll_gone"))


def digest(sheet: Sheet) -> Drawing:
    """Draw what did not ring by itself, each to be opened."""
    items: list[Mapping[str, Any]] = sheet.facts["items"]
    more = sheet.facts["more"]
    text = lines(
        sheet.say("broadcast.digest", n=len(items) + more),
        sheet.say("broadcast.digest_more", n=more) if more else "",
    )
    return Drawing(text, rows(openings(sheet, items), width=1))


def every(sheet: Sheet) -> Drawing:
    """Draw a page of all the notices that still count, each to be opened."""
    more = next_page(sheet, lambda to: Press(NOUN, "every", 0, 0, to))
    text = sheet.say(sheet.kind, n=sheet.facts["n"])
    return Drawing(text, rows([*openings(sheet, sheet.facts["items"]), *more]))


def openings(sheet: Sheet, items: list[Mapping[str, Any]]) -> list[Button]:
    """Return a button for each of some notices and surveys."""
    return [_opening(sheet, one) for one in items]


def _opening(sheet: Sheet, one: Mapping[str, Any]) -> Button:
    if "survey" in one:
        name = "survey_outcome" if one["results"] else "survey_item"
        return sheet.button(name, Press("survey", "open", one["survey"], 0), title=one["title"])
    press = Press(NOUN, "read", one["broadcast"], 0)
    return sheet.button("broadcast_read", press, title=_title(sheet, one))


def _title(sheet: Sheet, one: Mapping[str, Any]) -> str:
    return tidy(one["title"], _SHORT) or sheet.say("broadcast.untitled")


def paper(sheet: Sheet) -> Drawing:
    """Draw the page for homes without Linli."""
    facts = sheet.facts
    on = datetime.fromisoformat(facts["at"]).astimezone(ZoneInfo(facts["zone"]))
    day = plain("broadcast.paper_day", sheet.language, year=on.year, month=on.month, day=on.day)
    whose = {"community": facts["community"], "phone": facts["phone"]}
    page = Paper(
        f"notice-{facts['broadcast']}",
        plain("broadcast.paper_title", sheet.language),
        tuple(facts["lines"]),
        foot=plain("broadcast.paper_foot", sheet.language, day=day, **whose),
        hangs=True,
        photos=tuple(facts.get("photos", ())),
    )
    return Drawing(sheet.say(sheet.kind), makes=page)


KINDS: Kinds = {
    "broadcast.letter": letter,
    "broadcast.preview": preview,
    "broadcast.poll": letter,
    "broadcast.poll_end": poll_end,
    "broadcast.poll_elsewhere": plainly,
    "broadcast.poll_of_resident": plainly,
    "broadcast.read": read,
    "broadcast.corrected": corrected,
    "broadcast.recalled": recalled,
    "broadcast.digest": digest,
    "broadcast.every": every,
    "broadcast.paper": paper,
}
