"""What minimal mode keeps out of every message: the doors of homes, and telephone numbers.

A message lies with the messenger for years; a door or a number in it tells a stranger who lives
where. So what a letter is drawn from passes through here: in the place of both stands `MARK`. A
building, its unit and the floor stay, for a lamp in the stairwell has to be found; what makes a
home of a stairwell is the door. Numbers of the house itself (`public`: the community, the street,
those for emergencies) stay as well. Knows no kind of letter and no words of any language.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.domain.letter import Letter

MARK = "🔒"
LONGEST = 200  # characters over a chat, a limit of Telegram
_WIDE = str.maketrans({0xFF10 + n: str(n) for n in range(10)} | {0xFF0D: "-", 0xFF0B: "+"})
_LEAST = 7  # figures of a number that counts as the end of a public one
_GAP = r"[-\s.]?"
_CLOCK = r"(?:[01]\d|2[0-4])[0-5]\d"
_NUMBER = re.compile(
    r"(?P<link>[!-~]*(?:://|t\.me/)[!-~]*)|(?<!\d)(?P<phone>"
    rf"(?:\+?86{_GAP})?1[3-9]\d(?:{_GAP}\d){{8}}"  # a mobile, however it is parted
    rf"|\(?0\d{{2,3}}\)?{_GAP}\d{{3,4}}{_GAP}\d{{4}}"  # with the code of its area
    rf"|[48]00{_GAP}\d{{3,4}}{_GAP}\d{{3,4}}"
    rf"|(?!{_CLOCK}[-\s]{_CLOCK})(?!\d\d00[-\s]\d\d00)[2-9]\d{{3}}[-\s]\d{{4}}"  # no span, no price
    rf"|\+\d{{1,3}}(?:{_GAP}\d){{7,12}}"
    r"|\d{7,}"
    r")(?!\d)",
    re.ASCII,
)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d($|T)")
# Facts that are nobody's words: ids of files, addresses, numbers of cases.
_KEPT = frozenset(
    {"photos", "file", "backup", "link", "uid", "number", "code", "scope", "verb", "rule"}
)
_NUMBERS = frozenset({"about"})  # of a case, where it is no name
_PHONES, _TAILS, _DOORS = frozenset({"phone"}), frozenset({"tail"}), frozenset({"door"})


@dataclass(frozen=True, slots=True)
class Guard:
    """What one community keeps out of messages, and what it lets through."""

    without_door: Callable[[str, str | None, str], str]  # words, a door that is known, the mark
    spelled: Mapping[int, str] = field(default_factory=dict)  # signs that are read as a figure
    public: frozenset[str] = frozenset()  # figures of numbers that everybody may have

    def letter(self, letter: Letter) -> Letter:
        """Return the letter with facts that show neither door nor number."""
        return replace(letter, facts=self.facts(letter.facts))

    def facts(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Return the same; a case that lost something, and whose reader may ask, says so."""
        walk = _Walk(self)
        shown: dict[str, Any] = walk.through(facts, _door_in(facts))
        case = shown.get("case")
        if isinstance(case, dict):
            hides = walk.hides or bool(case.get("calls"))
            shown["case"] = {**case, "guarded": hides and bool(case.get("knows_door"))}
        return shown

    def words(self, words: str, door: str | None = None) -> str:
        """Return words with a mark for each door and number; `door` is known, in figures."""
        if _INSTANT.match(words):
            return words
        return self.without_door(self._without_phones(words), door, MARK)

    def hidden(self, words: str, door: str | None = None) -> list[str]:
        """Return what stands behind the marks that `words` would show, in its order."""
        *pieces, end = self.words(words, door).split(MARK)
        found, at = [], 0
        for piece in pieces:
            begins = words.find(piece, at) if piece else at
            found.append(words[at:begins])
            at = begins + len(piece)
        found.append(words[at : len(words) - len(end)])
        return [one for one in (one.strip(" -,\u3000") for one in found) if one]

    def shows(self, phone: str) -> bool:
        """Say whether everybody may have the number."""
        figures = _figures(phone)
        return any(
            one == figures or (len(figures) >= _LEAST and one.endswith(figures))
            for one in self.public
        )

    def _without_phones(self, words: str) -> str:
        for at, to in reversed(self._phones(words)):
            words = words[:at] + MARK + words[to:]
        return words

    def _phones(self, words: str) -> list[tuple[int, int]]:
        """Return where numbers stand; each sign is looked at as the figure that it means."""
        read = words.translate(_WIDE).translate(self.spelled)
        found = (one for one in _NUMBER.finditer(read) if one["phone"])
        return [one.span() for one in found if not self.shows(one[0])]


class _Walk:
    """One way through facts; remembers whether it has hidden anything."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self.hides = False

    def through(self, held: Any, door: str | None, key: str = "") -> Any:
        """Return the same, hidden; `door` is that of the case in which it stands."""
        if isinstance(held, Mapping):
            inner = _door_in(held) or door
            return {name: self.through(one, inner, name) for name, one in held.items()}
        if key in _KEPT or (key in _NUMBERS and isinstance(held, str) and held.isdecimal()):
            return held
        if type(held) in {list, tuple}:
            return type(held)(self.through(one, door, key) for one in held)
        return self._hide(held, door, key) if isinstance(held, str) and held else held

    def _hide(self, said: str, door: str | None, key: str) -> str:
        if key in _PHONES:
            shown = said if self._guard.shows(said) else MARK
        elif key in _DOORS:
            shown = MARK
        elif key in _TAILS:
            shown = ""
        else:
            shown = self._guard.words(said, door)
        self.hides = self.hides or shown != said
        return shown


def _door_in(held: Mapping[str, Any]) -> str | None:
    """Return the door that facts of a case name."""
    case = held.get("case")
    known = held.get("door") or (case.get("door") if isinstance(case, Mapping) else None)
    return known if isinstance(known, str) else None


def public(phones: Iterable[str]) -> frozenset[str]:
    """Return the figures of numbers that everybody may have."""
    return frozenset(map(_figures, phones)) - {""}


def _figures(phone: str) -> str:
    return re.sub(r"\D", "", phone, flags=re.ASCII)
