"""What one person has answered, the way through the questions, and what all answers come to.

A paper of an anonymous survey names nobody. Its id is known only to the buttons below the
person's own message: whoever holds them can change it, and nobody else finds it again.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.domain.search import pieces_of
from bot.domain.survey_question import SENT, Answer, Kind, Question

FEWEST = 5  # answers; of fewer there is no percentage, and of nameless ones nothing at all
_ALIKE = 0.5  # of the pieces of the shorter line: then two say the same
_MOST_GROUPS = 8
_SPANS, _DIGITS = 7, 6  # fewer spans than this; digits behind the point


@dataclass(frozen=True, slots=True)
class Paper:
    """The answers of one person, by the number of the question; `done`: handed in, it counts."""

    community_id: int
    survey_id: int
    id: str
    answers: Mapping[str, Any]
    done: bool = False
    person_id: int | None = None  # None: nobody knows whose

    def answered(self, at: int) -> bool:
        """Say whether question number `at` was answered or passed over."""
        return str(at) in self.answers


@dataclass(frozen=True, slots=True)
class Sums:
    """What the answers to one question come to; `n` is how many answered it."""

    n: int = 0
    options: tuple[int, ...] = ()
    mean: float | None = None
    groups: tuple[tuple[str, int], ...] = field(default=())  # words, and how many say so

    def percent(self, option: int) -> int | None:
        """Return how many percent chose the option, None of too few."""
        return None if self.n < FEWEST else round(100 * self.options[option] / self.n)


def way(questions: Sequence[Question], answers: Mapping[str, Any]) -> list[int]:
    """Return the numbers of the questions on the way that the answers lead, the open one last."""
    at, found = 0, []
    while at < len(questions):
        found.append(at)
        if str(at) not in answers:
            break
        at = questions[at].after(at, answers[str(at)])
    return found


def following(questions: Sequence[Question], paper: Paper, at: int) -> int | None:
    """Return the number of the question behind number `at`, None when that was the last."""
    to = questions[at].after(at, paper.answers.get(str(at)))
    return to if to < len(questions) else None


def before(questions: Sequence[Question], paper: Paper, at: int) -> int | None:
    """Return the number of the question that led to number `at`, None at the first."""
    found = way(questions, paper.answers)
    return found[found.index(at) - 1] if at in found and found.index(at) else None


def is_unsatisfied(questions: Sequence[Question], paper: Paper) -> bool:
    """Say whether an answer on the way is one that offers to do it again."""
    return any(
        str(at) in paper.answers and questions[at].is_bad(paper.answers[str(at)])
        for at in way(questions, paper.answers)
    )


def sums(
    questions: Sequence[Question], papers: Collection[Paper], loose: Iterable[tuple[int, str]] = ()
) -> list[Sums]:
    """Return what the papers handed in come to, for each question.

    `loose` are the numbers of questions and what was written to them by nobody knows whom.
    """
    said: list[list[Answer]] = [[] for _ in questions]
    for paper in papers:
        for at in way(questions, paper.answers):
            answer = paper.answers.get(str(at))
            if answer is not None and answer != []:
                said[at].append(answer)
    for at, words in loose:
        if at < len(questions) and questions[at].kind in SENT:
            said[at].append(float(words) if questions[at].kind is Kind.NUMBER else words)
    return [_sum(one, held) for one, held in zip(questions, said, strict=True)]


def _sum(question: Question, said: Sequence[Answer]) -> Sums:
    n = len(said)
    if question.kind in SENT:
        words = [one for one in said if isinstance(one, str)]
        numbers = [float(one) for one in said if isinstance(one, int | float)]
        grouped = grouped_words(words) if question.kind is Kind.WORDS else grouped_numbers(numbers)
        return Sums(n, mean=_mean(numbers), groups=grouped)
    chosen = Counter(option for one in said for option in (one if isinstance(one, list) else [one]))
    counts = tuple(chosen.get(option, 0) for option in range(question.size))
    stars = [option + 1 for option, held in enumerate(counts) for _ in range(held)]
    mean = _mean(stars) if question.kind is Kind.RATING and n >= FEWEST else None
    return Sums(n, counts, mean)


def _mean(numbers: Sequence[float]) -> float | None:
    return round(sum(numbers) / len(numbers), 1) if numbers else None


def grouped_numbers(said: Collection[float]) -> tuple[tuple[str, int], ...]:
    """Return the numbers in their order with how many say so; many different ones as spans."""
    counted = Counter(said)
    if len(counted) <= _MOST_GROUPS:
        return tuple((number_shown(one), counted[one]) for one in sorted(counted))
    width = _width(min(said), max(said))
    spans = Counter(math.floor(one / width) for one in said)
    last = width - 1 if width > 1 and all(float(one).is_integer() for one in said) else width
    return tuple(
        (f"{number_shown(at * width)}–{number_shown(at * width + last)}", spans[at])
        for at in sorted(spans)
    )


def _width(least: float, most: float) -> float:
    """Return how wide a span is, of which a few hold everything: 1, 2 or 5 and zeros."""
    power = 10.0 ** math.floor(math.log10(most - least)) / 10
    steps = (power * one for one in (1, 2, 5, 10, 20))
    return next(one for one in steps if math.floor(most / one) - math.floor(least / one) < _SPANS)


def number_shown(number: float) -> str:
    """Return a number as it is written: without a point where there is nothing behind it."""
    whole = round(number, _DIGITS)
    return str(int(whole)) if float(whole).is_integer() else repr(whole)


def grouped_words(said: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Return the lines that stand for what was said, with how many say so; the most first.

    Two lines go together when most pieces of the shorter one stand in the longer one.
    """
    groups: list[tuple[str, frozenset[str], int]] = []
    for words in sorted(said, key=lambda one: (len(one), one)):
        pieces = pieces_of([words])
        at = next((n for n, one in enumerate(groups) if _alike(one[1], pieces)), None)
        if at is None:
            groups.append((words, pieces, 1))
        else:
            first, known, n = groups[at]
            groups[at] = (first, known, n + 1)
    held = sorted(groups, key=lambda one: (-one[2], one[0]))
    return tuple((words, n) for words, _, n in held[:_MOST_GROUPS])


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    shorter = min(len(one), len(other))
    return len(one & other) >= _ALIKE * shorter if shorter else one == other
