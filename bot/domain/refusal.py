"""An error that a person can cause; it is answered, not logged."""

from typing import Any

_DENIALS = frozenset(
    {
        *("refusal.not_yours", "refusal.own_case", "refusal.own_work"),
        *("refusal.not_your_draft", "refusal.not_there"),
        *("refusal.not_a_sender", "refusal.own_broadcast"),
    }
)


class Refusal(Exception):
    """Why something cannot be done: a key of the texts and its facts."""

    def __init__(self, key: str, **facts: Any) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts

    @property
    def is_denial(self) -> bool:
        """Whether it was not theirs to do, whatever the state of the thing."""
        return self.key in _DENIALS
