"""One thing that the doctor has looked at."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How it is: well; to be looked at some time; to be mended before Linli is used."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at; `sentence` says what was found, and what to do."""

    level: Level
    sentence: str

    @property
    def is_bad(self) -> bool:
        """Whether it has to be mended."""
        return self.level is Level.BAD


def ok(sentence: str) -> Diagnosis:
    """Return that all is well."""
    return Diagnosis(Level.OK, sentence)


def warn(sentence: str) -> Diagnosis:
    """Return that somebody should look at it."""
    return Diagnosis(Level.WARN, sentence)


def bad(sentence: str) -> Diagnosis:
    """Return that it has to be mended."""
    return Diagnosis(Level.BAD, sentence)
