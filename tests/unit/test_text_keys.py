"""No text is dead and none is missing: what is drawn is recorded, what is said stands in the code.

A key that is put together ("status." + status) says nothing about which of its group are used, so
only drawing counts for it: every card is drawn with the samples, and what was looked up is noted.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import cache
from pathlib import Path

import pytest

from bot import texts
from bot.board.server import words_in
from bot.domain import callback, hold, return_
from bot.domain.code import SPOT_KINDS
from bot.paper import poster
from bot.texts import LANGUAGES, has
from bot.texts.template import Template
from handlers.cards import KINDS, dates, desk, finish
from tests.unit.card_samples import EVERYTHING, draw

ROOT = Path(__file__).parents[2]
CARDS = ROOT / "handlers" / "cards"
KEY = r"[a-z_]+(\.[a-z_0-9]+)+"
HOLE, ANY = "([a-z_0-9]+)", "[a-z_0-9.]+"
SPEAKING = {"t", "say", "say_all", "plain", "toast", "Refusal", "tell", "redraw", "Stale", "Shown"}
LABELLING = {"label", "button"}
# Words for codes: where one is missing, a person would read the code itself.
CODES = {
    "reason": {
        *(*return_.REASONS, *hold.REASONS, *desk.REASONS, "cannot_come", "nudged"),
        *(code for codes in dates.REASONS.values() for code in codes),
    },
    "did": set(finish.DID),
    "no_photo": set(finish.WHY),
    "solved": set(callback.SOLVED),
    "satisfied": {*callback.SATISFIED, "unknown"},
}
zh = texts._TEXTS["zh_CN"]


class Noting(dict[str, Template]):
    """Texts of one language that note which of them were looked up."""

    noted: set[str]

    def __getitem__(self, key: str) -> Template:
        self.noted.add(key)
        return super().__getitem__(key)


@pytest.fixture(scope="module")
def drawn() -> set[str]:
    """Return the keys that are looked up while every card, and a poster, is drawn."""
    found: set[str] = set()
    with pytest.MonkeyPatch.context() as patch:
        for language in LANGUAGES:
            noting = Noting(texts._TEXTS[language])
            noting.noted = found
            patch.setitem(texts._TEXTS, language, noting)
        texts._said_on.cache_clear()  # words for instants are kept ready
        for kind, facts in EVERYTHING:
            draw(kind, facts)
        for language in LANGUAGES:
            words_in(language)
        for kind in SPOT_KINDS:
            sheet = poster.Sheet(*["x"] * len(fields(poster.Sheet)))
            poster._words(replace(sheet, kind=kind), 1, "zh_CN")
    return found


@cache
def sources() -> tuple[tuple[Path, ast.AST], ...]:
    return tuple(
        (path, node)
        for room in ("bot", "handlers", "storage")
        for path in sorted((ROOT / room).rglob("*.py"))
        if "sandbox" not in path.parts
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
    )


@cache
def constants(*, cards: bool) -> frozenset[str]:
    """Return the strings of the code; with `cards`, those of the drawings as well."""
    return frozenset(
        node.value
        for path, node in sources()
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if cards or CARDS not in path.parents
    )


def pattern(node: ast.AST) -> str | None:
    """Return a string that is put together, as a pattern with holes; None for anything else."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        sides = [pattern(one) or HOLE for one in (node.left, node.right)]
        return "".join(sides) if sides != [HOLE, HOLE] else None
    if isinstance(node, ast.JoinedStr):
        return "".join(pattern(one) or HOLE for one in node.values)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value)
    return None


def put_together(*, cards: bool) -> set[str]:
    """Return the patterns of the keys that the code puts together."""
    found = {
        pattern(node) or ""
        for path, node in sources()
        if isinstance(node, ast.JoinedStr | ast.BinOp)
        if cards or CARDS not in path.parents
    }
    return {
        one
        for one in found
        if HOLE in one and re.fullmatch(KEY, one.replace(HOLE, "x").replace("\\", ""))
    }


def called(node: ast.Call) -> str:
    return str(getattr(node.func, "attr", getattr(node.func, "id", "")))


def arguments(names: set[str]) -> Iterator[ast.expr]:
    for _, node in sources():
        if isinstance(node, ast.Call) and called(node) in names:
            yield from node.args


def literals(names: set[str]) -> set[str]:
    given = (one.value for one in arguments(names) if isinstance(one, ast.Constant))
    return {one for one in given if isinstance(one, str)}


def test_every_text_is_drawn_by_a_sample_or_said_by_its_full_name(drawn: set[str]) -> None:
    """A text of a card that no sample draws is dead, or held to no limit."""
    said = constants(cards=False)  # by handlers and services: toasts, refusals, words of a case
    assert [key for key in zh if key not in drawn and key not in said] == []


def test_every_kind_of_letter_is_sent_by_somebody() -> None:
    said, patterns = constants(cards=False), put_together(cards=False)

    anything = rf"{HOLE}\.{HOLE}"  # the dialogues of dates: their noun and a step
    dated = rf"({'|'.join(dates.REASONS)})\.{HOLE}"
    patterns = (patterns - {anything}) | {dated}

    def made(kind: str) -> bool:
        found = (re.fullmatch(one, kind) for one in patterns)
        return any(one and said.issuperset(one.groups()) for one in found)

    assert [kind for kind in KINDS if kind not in said and not made(kind)] == []


def test_no_text_is_missing() -> None:
    asked = {one for one in literals(SPEAKING) if re.fullmatch(KEY, one)}
    assert len(asked) > 200
    assert [key for key in sorted(asked) if key not in zh and key not in KINDS] == []


def test_no_text_that_is_put_together_is_missing() -> None:
    given = {pattern(one) or "" for one in arguments(SPEAKING | {"has"})}
    asked = {one for one in given if HOLE in one and one.strip("\\.") != HOLE}
    assert len(asked) > 20
    known = (*zh, *KINDS)
    assert [
        one for one in asked if not any(re.fullmatch(one.replace(HOLE, ANY), key) for key in known)
    ] == []


def test_no_label_is_missing() -> None:
    asked = {
        first.value
        for path, node in sources()
        if isinstance(node, ast.Call) and called(node) in LABELLING and "handlers" in path.parts
        if node.args
        if isinstance(first := node.args[0], ast.Constant) and isinstance(first.value, str)
    }
    assert len(asked) > 50
    assert [one for one in sorted(asked) if not has("label." + one, "zh_CN")] == []


@pytest.mark.parametrize("group", CODES)
def test_every_code_has_its_word(group: str) -> None:
    assert [code for code in sorted(CODES[group]) if f"{group}.{code}" not in zh] == []
