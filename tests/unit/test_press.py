"""What a button says: 64 bytes, read back exactly, and nothing that Linli never drew."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.press import LIMIT, Press

words = st.text(st.characters(categories=["Ll"], max_codepoint=122), min_size=1, max_size=10)
numbers = st.integers(0, 10**9)


@given(words, words, numbers, numbers, st.text("abcxyz019_-:", max_size=10))
def test_a_press_is_read_back_as_it_was_drawn(
    noun: str, verb: str, subject: int, version: int, choice: str
) -> None:
    press = Press(noun, verb, subject, version, choice)
    assert Press.parse(press.data) == press
    assert len(press.data.encode()) <= LIMIT


def test_it_is_written_as_the_house_writes_it() -> None:
    assert Press("case", "claim", 1001, 3).data == "v1:case:claim:1001:3"
    assert Press("draft", "unit", 7, 0, "2").data == "v1:draft:unit:7:0:2"


@pytest.mark.parametrize(
    "data",
    [
        None,
        "",
        "v1",
        "v1:case:claim:1001",
        "v2:case:claim:1001:3",
        "V1:case:claim:1001:3",
        "case:claim:1001:3",
        "v1:case:claim:abc:3",
        "v1:case:claim:1001:x",
        "v1:case:claim:-1:3",
        "v1:case:claim: 1:3",
        "v1:case:claim:1.5:3",
        "v1:case:claim::3",
        "v1:case:claim:١٢:3",
        "v1:case:claim:１:3",
        "v1:case:claim:²:3",
        "\x00",
        "v1::::",
    ],
)
def test_what_linli_never_drew_is_no_press(data: str | None) -> None:
    assert Press.parse(data) is None


@given(st.text(max_size=80))
def test_no_data_whatever_does_harm(data: str) -> None:
    found = Press.parse(data)
    if found is not None:
        assert found.id >= 0
        assert found.version >= 0


def test_more_than_telegram_takes_is_a_defect_at_once() -> None:
    fits = Press("case", "choose", 1, 1, "x" * (LIMIT - len("v1:case:choose:1:1:")))
    assert len(fits.data) == LIMIT
    with pytest.raises(ValueError, match="64 bytes"):
        _ = Press("case", "choose", 1, 1, fits.choice + "x").data
    with pytest.raises(ValueError, match="64 bytes"):
        _ = Press("case", "choose", 1, 1, "楼" * 16).data
