"""Words bound to a case, beside the report itself: notes, questions, answers, supplements."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class RemarkKind(StrEnum):
    """What the words are; a note is for staff alone."""

    NOTE = "note"
    QUESTION = "question"
    ANSWER = "answer"
    SUPPLEMENT = "supplement"
    CORRECTION = "correction"  # what was said to be what else; kept to learn from
    REFERRAL = "referral"  # the resident asks that we pass on what is not ours
    AGENDA = "agenda"  # to be spoken of at a meeting


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark; `id` counts within its case. Nobody said it when `person_id` is None."""

    community_id: int
    case_number: int
    id: int
    kind: RemarkKind
    person_id: int | None
    words: str
    at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict, hash=False)
    taken_back_at: datetime | None = None
