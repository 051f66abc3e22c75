"""Surveys to begin with: their questions by the keys of the texts, which a handler looks up.

Source: dialogues, scenes 6.11 and 6.17.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.domain.survey_question import Kind

JUDGED = ("template.good", "template.so_so", "template.bad", "template.unknown")


_OF_A_COMPANY = (
    *("template.cleaning", "template.repairs"),
    *("template.order", "template.accounts"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a template: its kind, its key, the keys of its options."""

    kind: Kind
    key: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A survey to begin with; `title` is a key, too."""

    title: str
    questions: tuple[Asked, ...]
    anonymous: bool = True
    closed_cases: bool = False


TEMPLATES: Mapping[str, Template] = MappingProxyType(
    {
        "company": Template(
            "template.company",
            (
                *(Asked(Kind.SINGLE, key, JUDGED) for key in _OF_A_COMPANY),
                Asked(Kind.WORDS, "template.wish"),
            ),
        ),
        "callback": Template(
            "template.callback",
            (
                Asked(Kind.YES_HALF_NO, "template.solved"),
                Asked(Kind.SINGLE, "template.manner", JUDGED[:3]),
                Asked(Kind.WORDS, "template.more"),
            ),
            anonymous=False,
            closed_cases=True,
        ),
        "meeting": Template(
            "template.meeting",
            (
                Asked(Kind.RATING, "template.how_meeting"),
                Asked(Kind.YES_HALF_NO, "template.heard"),
                Asked(Kind.WORDS, "template.next_time"),
            ),
        ),
    }
)
