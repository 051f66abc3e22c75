"""The example's keyword table against what people may write: right when it speaks at all."""

import tomllib
from pathlib import Path

from bot.domain.category import guess
from bot.sandbox.guest import EXAMPLE
from bot.services.organisation_file import read_organisation

KEYWORDS = {one.code: one.keywords for one in read_organisation(EXAMPLE).categories}
UNSEEN = tomllib.loads(Path(__file__).with_name("category_phrases.toml").read_text("utf-8"))


def test_at_least_ninety_of_a_hundred_guesses_are_right() -> None:
    guesses = [
        (code, guess(words, KEYWORDS)) for code, phrases in UNSEEN.items() for words in phrases
    ]
    spoken = [(code, guessed) for code, guessed in guesses if guessed is not None]
    right = sum(code == guessed for code, guessed in spoken)
    assert len(guesses) >= 200
    assert set(UNSEEN) == set(KEYWORDS), "every category is asked about"
    assert len(spoken) >= len(guesses) / 2, "it does not hide behind silence"
    assert right / len(spoken) >= 0.9
