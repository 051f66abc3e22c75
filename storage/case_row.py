"""A case as it stands in its row, and back."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row

from bot.domain.case import Status
from bot.domain.case_record import Case

# dataclasses.asdict copies deeply, which took a tenth of a report's time.
_FIELDS = tuple(field.name for field in fields(Case))
NEVER = datetime(9999, 12, 31, tzinfo=UTC)  # behind every date, on every database


def case_of(row: Row[Any]) -> Case:
    """Return the case that stands in the row."""
    return case_from(row._asdict())


def case_from(held: Mapping[str, Any]) -> Case:
    """Return the case that has these values in its row."""
    known = {name: held[name] for name in _FIELDS}
    known["status"] = Status(known["status"])
    known["came_from"] = tuple(Status(one) for one in (known["came_from"] or "").split())
    return Case(**known)


def values_of(case: Case) -> dict[str, Any]:
    """Return the values of the case's row; beside its own when it is due, by which lists go."""
    held = {name: getattr(case, name) for name in _FIELDS}
    return {
        **held,
        "status": case.status.value,
        "came_from": " ".join(case.came_from) or None,
        "due_at": (case.due or NEVER) if case.closed_at is None else None,
    }
