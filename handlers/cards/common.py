"""What every card is drawn with: a sheet (facts, language, now), lines and rows of buttons.

Knows no service and no table; it turns facts into words and nothing else.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Any

from bot.domain.letter import Button, Drawing
from bot.domain.page import AHEAD
from bot.domain.press import Press, of_community
from bot.texts import Markup, has, label, t, when

MOST_BUTTONS = 8
SENT = ("photos", "voices", "videos", "positions", "files")
_SELDOM, _MOST_KINDS = ("videos", "positions", "files"), 3  # beyond that they are one kind
CHECKS = ("checking", "unopened")  # files that are looked into first, and what came of it
_BLANKS = re.compile(r"\n{3,}")
Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One letter that is being drawn."""

    kind: str
    facts: Mapping[str, Any]
    language: str
    now: datetime  # UTC

    def say(self, key: str, /, **facts: Any) -> Markup:
        """Return a text."""
        return t(key, self.language, **facts)

    def say_all(self, key: str) -> Markup:
        """Return a text filled with the letter's own facts."""
        return t(key, self.language, **self.facts)

    def has(self, key: str) -> bool:
        """Say whether there is a text for `key`."""
        return has(key, self.language)

    def when(self, instant: str, zone: str) -> Markup:
        """Return an instant as people of the zone say it."""
        return when(instant, zone, self.language, self.now)

    def word(self, group: str, value: str) -> str:
        """Return the text for a code word, or the value itself when somebody typed it."""
        key = f"{group}.{value}"
        return self.say(key) if value and has(key, self.language) else value

    def named(self, name: str | Mapping[str, str] | None) -> str:
        """Return a name that may be given in two languages."""
        if name is None or isinstance(name, str):
            return name or ""
        return name[self.language]

    def total(self) -> Markup:
        """Return how many there are in the list; where nobody counted on, more than how many."""
        n = self.facts["total"]
        if self.facts.get("beyond"):
            return self.say("list.more_than", n=n - 1)
        return self.say("list.in_all", n=n)

    def button(self, name: str, press: Press, /, **facts: Any) -> Button:
        """Return a button with the label `name`."""
        return Button(label(name, self.language, **facts), press.data)


def lines(*parts: str) -> Markup:
    """Return the parts that say something, one a line."""
    return Markup("\n".join(part for part in parts if part))


def rows(buttons: Iterable[Button], width: int = 2) -> Rows:
    """Return the buttons in rows of `width`."""
    given = tuple(buttons)
    return tuple(given[at : at + width] for at in range(0, len(given), width))


def home(verb: str) -> Press:
    """Return the press that opens a screen everybody can reach."""
    return Press("home", verb, 0, 0)


def seen(sheet: Sheet, held: Mapping[str, Any], *, long: bool = False) -> Markup:
    """Return in one line what was sent: how many pictures, and the words or their beginning."""
    key = "piece.words_long" if long else "piece.words"
    words: str = held["words"]
    kinds_ = [one for one in SENT if held.get(one)]
    if len(kinds_) > _MOST_KINDS:
        held = {**held, "others": sum(held.get(one) or 0 for one in _SELDOM)}
        kinds_ = [*(one for one in kinds_ if one not in _SELDOM), "others"]
    parts = [
        *(_piece(sheet, held, one) for one in (*kinds_, *CHECKS) if held.get(one)),
        sheet.say(key, words=words) if words and words.strip() else "",
    ]
    return Markup(" · ".join(part for part in parts if part))


def _piece(sheet: Sheet, held: Mapping[str, Any], name: str) -> Markup:
    """Return how many there are of one kind; of voice messages also how long."""
    if name == "voices" and held.get("seconds"):
        return sheet.say("piece.voices_long", n=held[name], seconds=held["seconds"])
    return sheet.say(f"piece.{name}", n=held[name])


def next_page(sheet: Sheet, to: Callable[[str], Press]) -> list[Button]:
    """Return the button to the next page; behind the last comes the first again."""
    page, pages = sheet.facts.get("page", 0), sheet.facts.get("pages", 1)
    return [sheet.button("more", to(str((page + 1) % pages)))] if pages > 1 else []


def kinds(sheet: Sheet, press: Callable[[str, str], Press], choose: str, more: str) -> list[Button]:
    """Return a page of categories as tiles; `choose` and `more` are the verbs."""
    tiles = [
        sheet.button(
            "kind", press(choose, one["code"]), icon=one["icon"], name=sheet.named(one["name"])
        )
        for one in sheet.facts.get("tiles", ())
    ]
    return [*tiles, *next_page(sheet, lambda page: press(more, page))]


def turning(sheet: Sheet, turn: Press) -> list[Button]:
    """Return the buttons to the page before and after; `turn` is the press without its choice."""
    page, pages = sheet.facts["page"], sheet.facts["pages"]
    return [
        sheet.button(name, Press(turn.noun, turn.verb, turn.id, turn.version, str(to)))
        for name, to in (("previous", page - 1), ("next", page + 1))
        if 0 <= to < pages
    ]


def enlarged(drawing: Drawing) -> Drawing:
    """Return the drawing for somebody who reads with effort.

    A bot cannot choose the size of letters; the phone does. What it can do: one fact a line,
    room between the lines, and one button a row, which is drawn wide and never cut.
    """
    text = Markup("\n\n".join(drawing.text.replace(" · ", "\n").split("\n")))
    text = Markup(_BLANKS.sub("\n\n", text))
    return replace(drawing, text=text, buttons=rows(chain.from_iterable(drawing.buttons), width=1))


def marked(drawing: Drawing, community_id: int) -> Drawing:
    """Return the drawing with buttons that say of which community they are."""
    return replace(
        drawing,
        buttons=tuple(
            tuple(replace(one, data=of_community(one.data, community_id)) for one in row)
            for row in drawing.buttons
        ),
    )


def plainly(sheet: Sheet) -> Drawing:
    """Draw the text whose key is the letter's kind, without buttons."""
    return Drawing(sheet.say_all(sheet.kind))


def few(n: int) -> int | str:
    """Return a number for a button, and 99+ for any that nobody counted to its end."""
    return n if n < AHEAD else f"{AHEAD - 1}+"


Kinds = Mapping[str, Callable[[Sheet], Drawing]]  # of letters, and how each is drawn
