"""Plausible facts for every card, and every view of a case in every status."""

import json
from collections.abc import Mapping
from typing import Any

from bot.domain.consent import CARRIERS, FACT
from bot.domain.letter import Drawing, Letter, LetterClass
from handlers.cards import render
from tests.unit.samples import (
    audit,
    broadcast,
    case,
    desk,
    draft,
    figures,
    home,
    meeting,
    outage,
    overdue,
    patrol,
    people,
    privacy,
    questionnaire,
    roster,
    survey,
    volunteer,
    work,
)
from tests.unit.samples.facts import NOW, Samples, Variants

NOUNS = (
    *(audit, home, draft, case, desk, survey, work, overdue, people, figures, volunteer, outage),
    *(patrol, privacy, roster, meeting, broadcast, questionnaire),
)
SAMPLES: Samples = {kind: facts for noun in NOUNS for kind, facts in noun.SAMPLES.items()}
EVERYTHING: Variants = [
    *SAMPLES.items(),
    *(variant for noun in NOUNS for variant in noun.VARIANTS),
    *((kind, {**SAMPLES[kind], FACT: privacy.CARRIED}) for kind in sorted(CARRIERS)),
]


def draw(
    kind: str, facts: Mapping[str, Any], language: str = "zh_CN", *, large: bool = False
) -> Drawing:
    stored = json.loads(json.dumps(facts))  # as it comes out of the outbox
    given = (1, 1, 42, language, kind, stored, LetterClass.MUST_ARRIVE, False, NOW, 0)
    return render(Letter(*given, large=large), NOW)
