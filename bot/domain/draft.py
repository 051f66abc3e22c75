"""Something a person is writing step by step and has not filed yet."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

OPEN, FILED, DROPPED, JOINED = "open", "filed", "dropped", "joined"
KEPT = "kept"  # waits behind another one


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft of a noun (a report, a result, a reason); its facts are JSON."""

    id: int
    community_id: int
    person_id: int
    noun: str
    facts: Mapping[str, Any]
    status: str
    started_at: datetime
    changed_at: datetime

    def with_facts(self, **facts: Any) -> "Draft":
        """Return the draft with these facts added or replaced."""
        return replace(self, facts={**self.facts, **facts})

    def ended(self, status: str) -> "Draft":
        """Return the draft as filed or dropped."""
        return replace(self, status=status)
