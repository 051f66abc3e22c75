"""One question to the resident, with up to three answers to choose from.

Source: dialogues, scene 6.9. Typed answers stand behind a slash: "which one? / this / that".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.refusal import Refusal

LONGEST = 120  # characters of a question
ANSWERS = 3
ANSWER_LONGEST = 8  # characters; more does not stand on a button
_SLASH = re.compile(r"\s*[/\uff0f]\s*")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and what can be answered with one tap."""

    words: str
    answers: tuple[str, ...] = ()

    def facts(self) -> dict[str, Any]:
        """Return what is kept of it; JSON."""
        return {"words": self.words, "answers": list(self.answers)}


def parse(typed: str) -> Question:
    """Return the question that was typed; raises Refusal when it is empty or too long.

    What stands behind slashes counts as answers only when each fits on a button; otherwise the
    slashes belong to the question.
    """
    words, *answers = (part for part in _SLASH.split(typed.strip()))
    answers = [one for one in answers if one]
    if not words or len(answers) > ANSWERS or any(len(one) > ANSWER_LONGEST for one in answers):
        words, answers = typed.strip(), []
    return checked(words, answers)


def checked(words: str, answers: Sequence[str] = ()) -> Question:
    """Return the question; raises Refusal when it is empty or too long to be read at a glance."""
    if not words:
        raise Refusal("refusal.needs_words")
    if len(words) > LONGEST:
        raise Refusal("common.too_long", limit=LONGEST)
    return Question(words, tuple(answers))
