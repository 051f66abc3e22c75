"""What was said of a survey to one person, and in which way; see bot/services/budget.py."""

from datetime import datetime

from sqlalchemy import insert

from bot.domain.broadcast import Fate, Way
from storage.tables import survey_letters
from storage.unit_of_work import UnitOfWork

RESULTS = (
    9  # the occasion on which it is told what came of it; before it: which time they are asked
)
_ADD = insert(survey_letters)


def add(
    uow: UnitOfWork,
    community_id: int,
    survey_id: int,
    person_id: int,
    occasion: int,
    way: Way,
    due_at: datetime,
) -> None:
    """Keep that something is said at `due_at` (UTC): by a letter of its own, or in the digest."""
    uow.write(
        _ADD,
        {
            "community_id": community_id,
            "survey_id": survey_id,
            "person_id": person_id,
            "occasion": occasion,
            "way": way.value,
            "due_at": due_at,
            "fate": Fate.DELIVERED.value if way is Way.LETTER else None,
        },
    )
