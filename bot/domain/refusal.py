"""An error that a person can cause; it is answered, not logged."""

from typing import Any


class Refusal(Exception):
    """Why something cannot be done: a key of the texts and its facts."""

    def __init__(self, key: str, **facts: Any) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts
