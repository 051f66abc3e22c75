"""Templates of texts: parsed once, filled often, safe by construction.

A fact `{words}` is cut to DEFAULT_LIMIT characters, `{words:200}` to 200; it is cleaned of what
could disturb the message around it and escaped. Nothing here knows a language.
"""

import re
from dataclasses import dataclass
from html import escape
from string import Formatter
from typing import Any

DEFAULT_LIMIT = 60  # characters of one fact; what people write may be 5,000 long
ELLIPSIS = "…"
# Line breaks and any other white space become one space: a fact never adds a line to a card.
_SPACE = re.compile(r"[\s\x1c-\x1f\x85\u2028\u2029]+")
# Control characters, marks that turn the direction of writing, halves of letters outside the
# first plane, and invisible marks. The joiner U+200D stays: emoji are glued with it.
_UNWANTED = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffc\ud800-\udfff]"
)
_MARKS_AT_THE_END = "\u200d\ufe0f "
_TAG = re.compile(r"</?b>")  # the only tag that the texts use


class Markup(str):
    """HTML that is already drawn: it is neither escaped nor cut when it is a fact."""

    __slots__ = ()


def clean(text: str) -> str:
    """Return `text` in one line, without control and bidirectional characters."""
    if text.isprintable():  # nearly everything that people write; much faster to ask
        return text.strip()
    return _UNWANTED.sub("", _SPACE.sub(" ", text)).strip()


def unmarked(text: str) -> str:
    """Return `text` without control and bidirectional characters; its lines stay."""
    return "\n".join(_UNWANTED.sub("", line) for line in text.splitlines())


def cut(text: str, limit: int) -> str:
    """Return `text` as it is, or its beginning with an ellipsis: `limit` characters in all."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rstrip(_MARKS_AT_THE_END) + ELLIPSIS


def tidy(value: str, limit: int) -> str:
    """Return `value` cleaned and cut to `limit` characters; not escaped."""
    return cut(clean(value[: 8 * limit]) if len(value) > 8 * limit else clean(value), limit)


def _drawn(value: Any, limit: int) -> str:
    """Return one fact as HTML; raises TypeError for what nobody should read, such as None."""
    if type(value) is Markup:
        return value
    if isinstance(value, str):
        return escape(tidy(value, limit), quote=False)
    if type(value) is int:
        return str(value)
    raise TypeError(f"a fact is a word or a whole number, not {value!r}")


@dataclass(frozen=True, slots=True)
class Template:
    """A text in pieces: (what stands before, the name of a fact or "", its limit).

    `bare` are the same pieces without tags. A text without facts is kept ready.
    """

    pieces: tuple[tuple[str, str, int], ...]
    bare: tuple[tuple[str, str, int], ...]
    ready: Markup | None

    @classmethod
    def parse(cls, text: str) -> "Template":
        """Take a text apart; raises ValueError when its braces or limits are wrong."""
        pieces = tuple(
            (before, name or "", int(limit or DEFAULT_LIMIT))
            for before, name, limit, _ in Formatter().parse(text)
        )
        bare = tuple((_TAG.sub("", before), name, limit) for before, name, limit in pieces)
        fixed = not any(name for _, name, _ in pieces)
        return cls(pieces, bare, Markup(text) if fixed else None)

    @property
    def facts(self) -> frozenset[str]:
        """Return the names of the facts that this text needs."""
        return frozenset(name for _, name, _ in self.pieces if name)

    def html(self, facts: dict[str, Any]) -> Markup:
        """Return the text as HTML; raises KeyError for a missing fact."""
        if self.ready is not None:
            return self.ready
        drawn = [
            before + _drawn(facts[name], limit) if name else before
            for before, name, limit in self.pieces
        ]
        return Markup("".join(drawn))

    def plain(self, facts: dict[str, Any]) -> str:
        """Return the text as it is read where there is no HTML: on buttons and in toasts."""
        drawn = [
            before + tidy(str(facts[name]), limit) if name else before
            for before, name, limit in self.bare
        ]
        return "".join(drawn)
