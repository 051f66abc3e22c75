"""One question of a survey: its kind, its options, and where an answer leads.

Every question can be passed over. Leads go forward only, so that nobody goes round in circles.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from bot.domain.refusal import Refusal

LONGEST = 50  # characters of a question
FEWEST_OPTIONS, OPTIONS = 2, 6
OPTION_LONGEST = 8  # characters: more does not stand on a button
END = 99  # where a lead goes that ends the survey
STARS = 5


class Kind(StrEnum):
    """What an answer looks like."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    RATING = "rating"
    YES_HALF_NO = "yes_half_no"
    NUMBER = "number"
    WORDS = "free_words"
    PHOTO = "picture"


LISTED = frozenset({Kind.SINGLE, Kind.MULTIPLE})  # with options of their own
SENT = frozenset({Kind.NUMBER, Kind.WORDS, Kind.PHOTO})  # answered by a message, not by a tap
LEADING = frozenset({Kind.SINGLE, Kind.RATING, Kind.YES_HALF_NO})
SIZES: Mapping[Kind, int] = {Kind.RATING: STARS, Kind.YES_HALF_NO: 3}
UNSATISFIED: Mapping[Kind, frozenset[int]] = {
    Kind.RATING: frozenset({0, 1}),
    Kind.YES_HALF_NO: frozenset({1, 2}),
}
Answer = int | list[int] | float | str | None  # an option, several, a number, words; passed over


@dataclass(frozen=True, slots=True)
class Question:
    """A question; `leads` is where an option leads, when not to the next question."""

    kind: Kind
    words: str
    options: tuple[str, ...] = ()
    leads: Mapping[int, int] = field(default_factory=dict, hash=False)
    bad: frozenset[int] = frozenset()  # options of its own that say that somebody is not satisfied

    @property
    def size(self) -> int:
        """Return how many options there are to tap."""
        return SIZES.get(self.kind, len(self.options))

    def stored(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "kind": self.kind.value,
            "words": self.words,
            "options": list(self.options),
            "leads": {str(option): to for option, to in self.leads.items()},
            "bad": sorted(self.bad),
        }

    @classmethod
    def read(cls, held: Mapping[str, Any]) -> "Question":
        """Return what was stored."""
        leads = {int(option): int(to) for option, to in held["leads"].items()}
        bad = frozenset(held.get("bad", ()))
        return cls(Kind(held["kind"]), held["words"], tuple(held["options"]), leads, bad)

    def is_bad(self, answer: Answer) -> bool:
        """Say whether whoever answers so is not satisfied."""
        bad = UNSATISFIED.get(self.kind, frozenset()) | self.bad
        return isinstance(answer, int) and answer in bad

    def after(self, at: int, answer: Answer) -> int:
        """Return the number of the question behind this one, which is number `at`."""
        lead = self.leads.get(answer) if isinstance(answer, int) else None
        return at + 1 if lead is None else lead

    def takes(self, answer: Answer) -> bool:
        """Say whether it is an answer to this question by tapping."""
        if answer is None:
            return True
        if self.kind is Kind.MULTIPLE:
            return isinstance(answer, list) and all(0 <= one < self.size for one in answer)
        tapped = self.kind not in SENT
        return tapped and isinstance(answer, int) and 0 <= answer < self.size


def checked(
    kind: Kind, words: str, options: Sequence[str] = (), bad: Sequence[str] = ()
) -> Question:
    """Return the question; raises Refusal when it is empty, or longer than can be read.

    An option that holds one of the words `bad` says that somebody is not satisfied.
    """
    said = words.strip()
    if not said:
        raise Refusal("refusal.needs_words")
    if len(said) > LONGEST:
        raise Refusal("common.too_long", limit=LONGEST)
    found = {at for at, one in enumerate(options) if any(word in one.lower() for word in bad)}
    single = kind is Kind.SINGLE  # of several that were ticked none says it for the whole
    return Question(kind, said, tuple(options), bad=frozenset(found if single else ()))


def options_in(typed: str) -> tuple[str, ...]:
    """Return the options that were typed, one a line; raises Refusal when they do not fit."""
    found = tuple(dict.fromkeys(one.strip() for one in typed.splitlines() if one.strip()))
    if not FEWEST_OPTIONS <= len(found) <= OPTIONS:
        raise Refusal("refusal.survey_options", most=OPTIONS)
    if any(len(one) > OPTION_LONGEST for one in found):
        raise Refusal("refusal.survey_option_long", most=OPTION_LONGEST)
    return found


def without(questions: Sequence[Question], at: int) -> tuple[Question, ...]:
    """Return the questions but number `at`; leads behind it move with what they lead to.

    What led to it leads to the one behind it, and ends the survey where there is none.
    """
    left = [one for number, one in enumerate(questions) if number != at]

    def moved(number: int, one: Question) -> Question:
        leads = {}
        for option, lead in one.leads.items():
            to = lead - 1 if at < lead < END else lead
            to = to if to < len(left) else END
            if to != number + 1:
                leads[option] = to
        return replace(one, leads=leads)

    return tuple(moved(number, one) for number, one in enumerate(left))


def with_options(one: Question, other: Question) -> Question:
    """Return the question with the options of the other; leads go along with what they are of."""
    names = {name: at for at, name in enumerate(other.options)}
    leads = {
        names[one.options[option]]: to
        for option, to in one.leads.items()
        if one.options[option] in names
    }
    return replace(one, options=other.options, bad=other.bad, leads=leads)
