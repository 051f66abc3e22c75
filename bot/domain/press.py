"""What a button says when it is pressed: `v1:<noun>:<verb>:<id>:<version>[:<choice>]`.

At most 64 bytes (a limit of Telegram). The version is that of the thing when the button was
drawn, so that a stale press can be told. `v1.2` instead of `v1` says of which community it is:
numbers are those of one community, and who presses may have moved to another.
"""

from dataclasses import dataclass, replace

LIMIT = 64
FIRST = 1  # the community whose buttons need not say so
_FORM = "v1"
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
    community: int | None = None  # None: it does not say

    @property
    def data(self) -> str:
        """Return the callback data; raises ValueError when it is too long for Telegram."""
        form = _FORM if self.community is None else f"{_FORM}.{self.community}"
        parts = [form, self.noun, self.verb, str(self.id), str(self.version)]
        data = ":".join([*parts, self.choice] if self.choice else parts)
        if len(data.encode()) > LIMIT:
            raise ValueError(f"callback data is longer than {LIMIT} bytes: {data}")
        return data

    @classmethod
    def parse(cls, data: str | None) -> "Press | None":
        """Return what was pressed; None for anything that Linli never drew."""
        form, *parts = (data or "").split(":", _PARTS)
        version, _, community = form.partition(".")
        if version != _FORM or len(parts) < _PARTS - 1 or not _is_number(community or "0"):
            return None
        noun, verb, subject, seen, *choice = parts
        if not (_is_number(subject) and _is_number(seen)):
            return None
        of = int(community) if community else None
        return cls(noun, verb, int(subject), int(seen), choice[0] if choice else "", of)


def of_community(data: str, community: int) -> str:
    """Return the data of a button of that community; as it is where that finds no room."""
    press = Press.parse(data)
    if press is None:
        return data
    marked = replace(press, community=community)
    longer = len(data.encode()) + len(f".{community}")
    return marked.data if longer <= LIMIT else data


def _is_number(part: str) -> bool:
    return part.isascii() and part.isdigit() and len(part) <= _DIGITS
