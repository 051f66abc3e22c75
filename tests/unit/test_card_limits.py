"""Every kind of letter with the longest facts, in both languages and in large text.

Source of the limits: dialogues, "Limits on every text". What people wrote may be of any kind.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.letter import Drawing
from bot.domain.press import LIMIT, Press
from bot.sandbox.entities import parse_html
from bot.texts import LANGUAGES
from handlers.cards import KINDS
from tests.unit.card_rules import (
    CHINESE,
    LONG,
    ROOMY,
    buttons,
    check_says_enough,
    is_for_staff,
    shown,
    with_words,
)
from tests.unit.card_samples import EVERYTHING, SAMPLES, draw

TEXT, CAPTION = 4096, 1024  # UTF-16 units after entities: Telegram's own limits
LONGEST: Mapping[str, Any] = {  # what can stand in a fact at most, in practice
    "place": "幸福里东区11号楼3单元12楼",
    "home": "11号楼13单元",
    "handler": "欧阳上官诗雨",
    "words": "楼道里的灯坏了很久了一直没有人来修," * 300,
    "name": {"zh_CN": "电动车与充电桩", "en": "Electric bikes, chargers"},
    "community": "幸福里东区第一社区",
    "reason": "灯具缺货,要等厂家发过来",
    "outcome": "换了声控灯,已经试亮了",
    "did": "换了声控灯,已经试亮了",
    "phone": "010-5550 1240 转 8001",
    "whom": "路口红绿灯归交警,请打 122",
}
VERY_WORDS = {"task.supplemented", "desk.full"}  # what people said is what it is about
# Letters with a number that need not say how the case stands; see the decisions.
SAY_LESS = {
    *("case.photos", "case.file"),  # captions of what was asked for on the card
    "common.card_moved",  # points at the card
    "case.share",  # to be passed on to others
    "desk.registered",
}
LEARN_LESS = {"offer", "onlooker"}  # views of neighbours who are asked for help, or came second
OF_A_CASE = tuple(
    (kind, facts)
    for kind, facts in EVERYTHING
    if ("case" in facts or "number" in facts) and kind not in SAY_LESS
    if not is_for_staff(kind, facts) and facts.get("view") not in LEARN_LESS
)


def longest(facts: Any, name: str = "") -> Any:
    """Return the facts, each as long as it gets."""
    if name in LONGEST and isinstance(facts, str):
        found = LONGEST[name]
        return "欧阳上官诗雨" if isinstance(found, dict) else found
    if isinstance(facts, dict):
        if name == "name":
            return LONGEST["name"]
        return {key: longest(value, key) for key, value in facts.items()}
    if isinstance(facts, list | tuple):
        return [longest(one) for one in facts]
    return facts


def drawings(language: str, *, large: bool = False) -> Iterator[tuple[str, Any, Drawing]]:
    for kind, facts in EVERYTHING:
        yield kind, facts, draw(kind, longest(facts), language, large=large)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_every_kind_has_a_sample_and_every_sample_is_a_kind() -> None:
    assert [kind for kind in KINDS if kind not in SAMPLES] == []
    spoken = ("common.", "refusal.", "toast.")
    assert [kind for kind in SAMPLES if kind not in KINDS and not kind.startswith(spoken)] == []


@pytest.mark.parametrize("large", [False, True], ids=["usual", "large"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_cards_have_few_lines(language: str, large: bool) -> None:
    for kind, facts, drawing in drawings(language, large=large):
        if kind in LONG or not drawing.text:
            continue
        most = 10 if is_for_staff(kind, facts) or kind in ROOMY else 5
        lines = [line for line in shown(drawing).split("\n") if line.strip()]
        # Large text gives what stood beside each other a line of its own.
        assert len(lines) <= (2 * most if large else most), (kind, lines)


def test_cards_have_few_words() -> None:
    for kind, facts, drawing in drawings("zh_CN"):
        if kind not in LONG:
            text = shown(drawing)
            if kind in VERY_WORDS:
                continue
            most = 220 if is_for_staff(kind, facts) or kind in ROOMY else 90
            assert len(CHINESE.findall(text)) <= most, (kind, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_are_few_and_short(language: str) -> None:
    for kind, _, drawing in drawings(language):
        grid = kind.endswith(".day")  # two weeks of days, a week a row, and the ways out
        assert len(buttons(drawing)) <= (16 if grid else 8), kind
        assert all(1 <= len(row) <= (7 if grid else 2) for row in drawing.buttons), kind
        for button in buttons(drawing):
            label = re.sub(r"[((].*?[))]", "", button.label)
            assert len(CHINESE.findall(label)) <= 8, (kind, button.label)
            assert len(button.data.encode()) <= LIMIT
            assert Press.parse(button.data) is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_large_text_has_one_button_a_row_and_loses_none(language: str) -> None:
    for kind, facts in EVERYTHING:
        usual, large = (draw(kind, facts, language, large=one) for one in (False, True))
        assert buttons(large) == buttons(usual)
        assert all(len(row) == 1 for row in large.buttons)
        assert " · " not in shown(large)
        assert re.sub(r"[\s·]", "", shown(large)) == re.sub(r"[\s·]", "", shown(usual))


@pytest.mark.parametrize("kind", sorted({kind for kind, _ in OF_A_CASE}))
def test_what_a_resident_reads_of_a_case_names_number_and_two_of_who_status_when(
    kind: str,
) -> None:
    for named, facts in OF_A_CASE:
        if named == kind:
            check_says_enough(kind, facts)
            check_says_enough(kind, {**facts, "case": {**facts["case"], "moves": []}})


def check_valid(words: str) -> None:
    """Draw everything with these words: HTML as Telegram parses it, within its limits."""
    for language in LANGUAGES:
        for kind, facts in EVERYTHING:
            given = with_words(json.loads(json.dumps(facts)), words)
            for large in (False, True):
                drawing = draw(kind, given, language, large=large)
                text, entities = parse_html(drawing.text) if drawing.text else ("", [])
                pictures = drawing.photos or drawing.file
                assert units(text) <= (CAPTION if pictures else TEXT), kind
                assert {one["type"] for one in entities} <= KNOWN, kind
                assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069]", text)


KNOWN = {"bold", "bot_command", "url", "mention", "hashtag", "cashtag", "phone_number", "email"}
ANYTHING = st.one_of(
    st.text(max_size=400),
    st.text(st.sampled_from("<>&\"'/b= \n\t"), max_size=60),
    st.text(st.characters(categories=["Cf", "Cc", "Zs", "Zl", "Zp", "Mn"]), max_size=60),
    st.text(st.sampled_from("👨‍👩‍👧😀🏳️‍🌈1️⃣\u200d\ufe0f"), max_size=60),
    st.text(st.characters(min_codepoint=0x590, max_codepoint=0x8FF), max_size=60),
    st.builds(lambda one: one * 5000, st.characters()),
)


@settings(max_examples=5, deadline=None)
@given(ANYTHING)
@example("\u202e\u2067<b>\u200f</i>&amp;")
@example("👨‍👩‍👧‍👦" * 1250)
@example("\u200b" * 5000)
@example("إصلاح السلم " * 400)
def test_whatever_people_write_every_letter_is_valid(words: str) -> None:
    check_valid(words)
