"""What a button says when it is pressed: `v1:<noun>:<verb>:<id>:<version>[:<choice>]`.

At most 64 bytes (a limit of Telegram). The version is that of the thing when the button was
drawn, so that a stale press can be told.
"""

from dataclasses import dataclass

LIMIT = 64
_PARTS = 5
_DIGITS = 18  # what a column of the database holds for sure


@dataclass(frozen=True, slots=True)
class Press:
    """One button's meaning."""

    noun: str
    verb: str
    id: int
    version: int
    choice: str = ""

    @property
    def data(self) -> str:
        """Return the callback data; raises ValueError when it is too long for Telegram."""
        parts = ["v1", self.noun, self.verb, str(self.id), str(self.version)]
        data = ":".join([*parts, self.choice] if self.choice else parts)
        if len(data.encode()) > LIMIT:
            raise ValueError(f"callback data is longer than {LIMIT} bytes: {data}")
        return data

    @classmethod
    def parse(cls, data: str | None) -> "Press | None":
        """Return what was pressed; None for anything that Linli never drew."""
        version, *parts = (data or "").split(":", _PARTS)
        if version != "v1" or len(parts) < _PARTS - 1:
            return None
        noun, verb, subject, seen, *choice = parts
        if not (_is_number(subject) and _is_number(seen)):
            return None
        return cls(noun, verb, int(subject), int(seen), choice[0] if choice else "")


def _is_number(part: str) -> bool:
    return part.isascii() and part.isdigit() and len(part) <= _DIGITS
