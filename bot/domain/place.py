"""Places as people write them: a building, a unit, a floor, a door.

The words for them come in from outside (`PlaceWords`); none is known here. Silent when not sure.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The words of one language: what stands behind the number of a building, of a unit, ..."""

    building: tuple[str, ...]
    unit: tuple[str, ...]
    floor: tuple[str, ...]
    door: tuple[str, ...]
    digits: Mapping[str, int]  # such as one to ten in Chinese


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was understood: the numbers as written, None for what was not said."""

    building: str
    unit: str | None = None
    floor: str | None = None
    door: str | None = None


class PlaceParser:
    """Finds a place in words."""

    def __init__(self, words: PlaceWords) -> None:
        self._digits = words.digits
        number = rf"(\d{{1,4}}|[{''.join(words.digits)}]{{1,3}})"
        building = "|".join(map(re.escape, words.building))
        unit = "|".join(map(re.escape, words.unit))
        floor = "|".join(map(re.escape, words.floor))
        self._named = re.compile(
            rf"{number}\s*(?:{building})\s*(?:{number}\s*(?:{unit}))?\s*"
            rf"(?:{number}\s*(?:{floor})|(\d{{3,4}}))?"
        )
        self._dashed = re.compile(
            r"(?<!\d)(\d{1,2})[-\u2014\uff0d](\d{1,2})(?:[-\u2014\uff0d](\d{3,4}))?(?!\d)"
        )

        door = "|".join(map(re.escape, words.door))
        self._door = re.compile(rf"\d{{3,4}}\s*(?:{door})")

    def without_door(self, words: str) -> str:
        """Return `words` without the numbers of doors that stand in them."""
        for pattern, group in ((self._named, 4), (self._dashed, 3), (self._door, 0)):
            for found in reversed([*pattern.finditer(words)]):
                if found.group(group):
                    words = words[: found.start(group)] + words[found.end(group) :]
        return words

    def find(self, words: str) -> Spoken | None:
        """Return the first place in `words`, None when there is none."""
        named = self._named.search(words)
        if named is not None:
            building, unit, floor, door = named.groups()
            return Spoken(self._number(building), self._maybe(unit), self._maybe(floor), door)
        dashed = self._dashed.search(words)
        if dashed is None:
            return None
        return Spoken(dashed.group(1), dashed.group(2), door=dashed.group(3))

    def _maybe(self, written: str | None) -> str | None:
        return None if written is None else self._number(written)

    def _number(self, written: str) -> str:
        if written.isdecimal() and written.isascii():
            return str(int(written))
        return str(self._spelled(written))

    def _spelled(self, written: str) -> int:
        total, last = 0, 0
        for sign in written:
            value = self._digits[sign]
            if value >= _TEN:
                total, last = total + (last or 1) * value, 0
            else:
                last = last * _TEN + value
        return total + last


_TEN = 10
