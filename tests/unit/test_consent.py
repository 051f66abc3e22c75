"""The text about what is kept has a version, which rises with what it says; when it may be said."""

from hashlib import sha256

import pytest

from bot.domain import consent
from bot.texts import LANGUAGES, plain

WORDS = {1: "b1553f6b"}  # how the texts of each version begin when they are hashed


def test_a_text_that_says_something_else_has_another_version() -> None:
    said = "".join(plain("consent.text", one) for one in LANGUAGES)
    assert sha256(said.encode()).hexdigest()[:8] == WORDS[consent.VERSION], (
        "raise VERSION in bot/domain/consent.py, so that everybody reads it, and note its hash here"
    )


@pytest.mark.parametrize(
    ("settings", "due"),
    [({}, True), ({"told": None}, True), ({"told": 0}, True), ({"told": consent.VERSION}, False)],
)
def test_it_is_due_until_this_version_was_shown(settings: dict[str, object], due: bool) -> None:
    assert consent.is_due(settings) is due


@pytest.mark.parametrize(
    ("kinds", "may"),
    [
        ([], False),
        (["menu.start"], True),
        (["draft.check", "case.urgent"], False),
        (["case.urgent_safe"], False),
    ],
)
def test_it_stands_beside_an_answer_and_never_beside_an_emergency(
    kinds: list[str], may: bool
) -> None:
    assert consent.may_come(kinds) is may
