"""Places as people write them: a building, a unit, a floor, a door.

The words for them come in from outside (`PlaceWords`); none is known here. Silent when not
sure: a wrong place sends somebody to the wrong stairs, a question costs one tap.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The words of one language: what stands behind the number of a building, of a unit, ..."""

    building: tuple[str, ...]  # these alone make a number a building
    unit: tuple[str, ...]
    floor: tuple[str, ...]
    door: tuple[str, ...]
    digits: Mapping[str, int]  # one to ten and a hundred, as they are spelled
    counted: tuple[str, ...] = ()  # also count buildings: "two blocks"; sure with figures
    loose: tuple[str, ...] = ()  # mean many things: sure with a unit or a door behind
    counters: tuple[str, ...] = ()  # what follows a figure that is no door: years, money
    joiners: tuple[str, ...] = ()  # "2 and 3": several at once
    parts: tuple[str, ...] = ()  # of a building: stairs, roof; begin like a word for a floor
    before: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # stand before the number
    many: tuple[str, ...] = ()  # behind such a number: "building 3 floors"
    near_door: tuple[str, ...] = ()  # behind a door: in front of it, on it; only for hiding it
    leads: tuple[str, ...] = ()  # begin words that say where: "at the lift"
    ends: tuple[str, ...] = ()  # end them: "below the tree"
    events: tuple[str, ...] = ()  # are never among them: "broken", "not"


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was understood: the numbers in figures, None for what was not said."""

    building: str
    unit: str | None = None
    floor: str | None = None
    door: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the community: its text, and the codes behind it as far as they are known."""

    text: str | None
    building: str | None = None
    unit: str | None = None
    door: str | None = None

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> "Place":
        """Return the place that a draft keeps."""
        return cls(facts["place"], facts.get("building"), facts.get("unit"), facts.get("door"))

    def facts(self) -> dict[str, str | None]:
        """Return what a draft keeps of it."""
        return {
            "place": self.text,
            "building": self.building,
            "unit": self.unit,
            "door": self.door,
        }


_WIDE = str.maketrans(
    {0xFF10 + n: str(n) for n in range(10)}
    | {0xFF21 + n: chr(0x41 + n) for n in range(26)}
    | {0xFF41 + n: chr(0x61 + n) for n in range(26)}
    | dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFF0D), "-")
    | {0xFF03: "#", 0x3000: " ", 0xFF0C: ","}
)  # each sign becomes exactly one, so that positions stay what they are
_TEN = 10
_NOTHING = r"(?!)"
_SHORT = 8  # signs of words that only say where
_SAYS = 2  # signs beside a place that say something
_MARK = r"\s,.;:!?\u3001\u3002\uff0c\uff1a\uff1b\uff01\uff1f"
_MARKS = re.compile(f"[{_MARK}]+")


def _any(words: Iterable[str]) -> str:
    """Return a pattern for one of `words`, the longest first, blanks allowed inside."""
    longest = sorted(words, key=len, reverse=True)
    return "|".join(r"\s*".join(map(re.escape, word)) for word in longest) or _NOTHING


def _called(words: PlaceWords) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns where the word comes first, "building 3": for places, for doors."""
    building, unit, floor, door = (
        _any(words.before.get(name, ())) for name in ("building", "unit", "floor", "door")
    )
    small = r"[0-9]{1,2}(?![0-9A-Za-z])"
    room = rf"(?P<door>[\s,]*(?<![A-Za-z])(?:{door})\.?\s*#?\s*[0-9]{{3,4}}(?![0-9]))"
    place = (
        rf"(?<![A-Za-z])(?:{building})\.?\s*(?:no\.?\s*|#\s*)?"
        rf"(?P<building>[0-9]{{1,3}}(?![0-9A-Za-z-])|[A-Z](?![A-Za-z]))"
        rf"(?!\s*(?:{_any(words.many)})\b)"
        rf"(?:[\s,]*(?:{unit})\s*(?P<unit>{small}))?"
        rf"(?:[\s,]*(?:{floor})\s*(?P<floor>{small})"
        rf"|[\s,]*(?P<ordinal>[0-9]{{1,2}})(?:st|nd|rd|th)\s+(?:{floor}))?"
        rf"{room}?"
    )
    return re.compile(place, re.IGNORECASE), re.compile(room, re.IGNORECASE)


class PlaceParser:
    """Finds a place in words."""

    def __init__(self, words: PlaceWords) -> None:
        self._words = words
        spelled = re.escape("".join(words.digits))
        number = rf"(?:[0-9]{{1,4}}|[{spelled}]{{1,5}})"
        small = rf"(?:[0-9]{{1,2}}|[{spelled}]{{1,3}})"
        self._several = re.compile(rf"[0-9{spelled}][-~{re.escape(''.join(words.joiners))}]")
        buildings = _any((*words.building, *words.counted, *words.loose))
        door = (
            rf"(?:[0-9]{{3,4}}(?![0-9]|\s*(?:{_any(words.counters)}))|[{spelled}]{{3,4}})"
            rf"(?:\s*(?:{_any(words.door)}))?"
        )
        self._named = re.compile(
            rf"(?<![0-9A-Za-z{spelled}.])"
            rf"(?P<building>[A-Za-z]|[A-Za-z]?{number})\s*(?P<word>{buildings})"
            rf"(?:[\s,-]*(?P<unit>{small})\s*(?:{_any(words.unit)})"
            rf"|[\s-]*(?P<bare>[0-9]{{1,2}})(?=-[0-9]{{3,4}}))?"
            rf"(?:[\s,-]*(?P<floor>{number})\s*(?:{_any(words.floor)}))?"
            rf"(?P<door>[\s-]*{door})?"
        )
        self._dashed = re.compile(
            r"(?<![0-9A-Za-z.-])(?P<building>[0-9]{1,2})-(?P<unit>[0-9]{1,2})"
            rf"(?P<door>-[0-9]{{3,4}}(?:\s*(?:{_any(words.door)}))?)(?![0-9-])"
        )
        self._pair = re.compile(
            rf"(?<![^{_MARK}])(?P<building>[0-9]{{1,2}})-(?P<unit>[0-9]{{1,2}})(?=$|[{_MARK}])"
            rf"(?!\s*(?:{_any((*words.counters, *words.many))}))"
        )
        self._alone = re.compile(
            rf"(?P<door>(?:[0-9]{{3,4}}|[{spelled}]{{3,4}})"
            rf"(?:\s*(?:{_any(words.door)})|(?=\s*(?:{_any(words.near_door)}))))"
        )
        self._any_door = re.compile(
            rf"(?<![0-9A-Za-z.])(?P<number>[0-9]{{3,4}}|[{spelled}]{{3,4}})(?![0-9])"
            rf"(?:\s*(?:{_any(words.door)}))?"
        )
        self._behind = re.compile(  # "entrance 3, 502" without a building: only for hiding it
            rf"(?<![0-9A-Za-z{spelled}.]){small}\s*(?:{_any((*words.unit, *words.floor))})"
            rf"(?P<door>[\s,-]*{door})"
        )
        self._called, self._called_door = _called(words)

    def find(self, words: str) -> Spoken | None:
        """Return the place in `words`; None when there is none, or more than one, or doubt.

        Two units of one building are that building.
        """
        found = [*self._spoken(words.translate(_WIDE).strip())]
        if len({one.building for one in found}) != 1:
            return None
        units = {one.unit for one in found if one.unit is not None}
        if len(units) > 1:
            return Spoken(found[0].building)
        return max(found, key=_details)

    def names_building(self, words: str) -> bool:
        """Say whether the words name a building, be it one of several or one that nobody knows."""
        said = words.translate(_WIDE)
        outright = self._words.building
        for found in self._named.finditer(said):
            if re.sub(r"\s", "", found["word"]) in outright or self._is_sure(found):
                return True
        return any(one.search(said) for one in (self._dashed, self._called))

    def without_door(self, words: str, known: str | None = None, mark: str = "") -> str:
        """Return `words` with `mark` in place of the numbers of doors that stand in them.

        A door that is `known`, in figures, is taken out also where nothing says that it is one.
        """
        for pattern in (self._named, self._dashed, self._behind, self._alone, self._called_door):
            for found in reversed([*pattern.finditer(words.translate(_WIDE))]):
                if found["door"]:
                    words = words[: found.start("door")] + mark + words[found.end("door") :]
        for found in reversed([*self._any_door.finditer(words.translate(_WIDE))]):
            if self.in_figures(found["number"]) == known:
                words = words[: found.start()] + mark + words[found.end() :]
        return words

    def is_where(self, words: str) -> bool:
        """Say whether the words say where something is, and nothing of what it is."""
        held = self._words
        said = self._without_lead(_MARKS.sub("", words))
        tells = any(one in said for one in (*held.leads, *held.events))
        return 0 < len(said) <= _SHORT and said.endswith(held.ends) and not tells

    def says_more(self, words: str) -> bool:
        """Say whether words that name a place say something else as well."""
        rest = words.translate(_WIDE)
        for pattern in (self._named, self._dashed, self._pair, self._called):
            rest = pattern.sub(" ", rest)
        rest = self._without_lead(_MARKS.sub("", rest))
        end = next((one for one in self._words.ends if rest.endswith(one)), "")
        return len(rest) - len(end) >= _SAYS

    def _without_lead(self, words: str) -> str:
        lead = next((one for one in self._words.leads if words.startswith(one)), "")
        return words[len(lead) :]

    def _spoken(self, words: str) -> Iterator[Spoken]:
        for found in self._named.finditer(words):
            if self._is_sure(found):
                yield self._as_spoken({**found.groupdict(), "unit": found["unit"] or found["bare"]})
        for pattern in (self._dashed, self._pair, self._called):
            for found in pattern.finditer(words):
                yield self._as_spoken(found.groupdict())

    def _is_sure(self, found: re.Match[str]) -> bool:
        """Say whether a number before a word is a building, and not how many there are."""
        if self._several.fullmatch(found.string, max(0, found.start() - 2), found.start()):
            return False
        word = re.sub(r"\s", "", found["word"])
        if found["unit"] or found["bare"] or word in self._words.building:
            return True
        if word in self._words.loose:  # a door counts only when it is called one
            return not (found["door"] or "0")[-1].isdecimal()
        if found["door"]:
            return True
        return found.group() == found.string or (
            found["building"].isascii() and not self._counts(found.string[found.end() :])
        )

    def _counts(self, behind: str) -> bool:
        """Say whether what stands behind makes it a number of buildings: "3 blocks of flats"."""
        return behind.startswith(self._words.floor) and not behind.startswith(self._words.parts)

    def _as_spoken(self, found: Mapping[str, str | None]) -> Spoken:
        door = re.sub(r"[^0-9]", "", self.in_figures(found.get("door") or ""))
        return Spoken(
            self._number(found["building"] or ""),
            self._maybe(found.get("unit")),
            self._maybe(found.get("floor") or found.get("ordinal")),
            door or None,
        )

    def in_figures(self, written: str) -> str:
        """Return what is written with figures for spelled numbers, sign by sign."""
        written = written.translate(_WIDE)
        return "".join(str(self._words.digits.get(sign, sign)) for sign in written)

    def _maybe(self, written: str | None) -> str | None:
        return None if written is None else self._number(written)

    def _number(self, written: str) -> str:
        if written.isascii():
            return re.sub(r"^([A-Z]?)0+(?=[0-9])", r"\1", written.upper())
        letter = written[0].upper() if written[0].isascii() else ""
        return f"{letter}{self._spelled(written[len(letter) :])}"

    def _spelled(self, written: str) -> int:
        total, last = 0, 0
        for sign in written:
            value = self._words.digits[sign]
            if value >= _TEN:
                total, last = total + (last or 1) * value, 0
            else:
                last = last * _TEN + value
        return total + last


def _details(one: Spoken) -> int:
    return sum(part is not None for part in (one.unit, one.floor, one.door))
