"""Surveys: what is asked, of whom and until when; their statuses and the one table of moves.

A callback is asked by the clock about one case; a survey is composed by an organizer. No status
of a survey is named outside this file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from bot.domain.addressees import Addressees
from bot.domain.area import EVERYWHERE
from bot.domain.person import Person
from bot.domain.role import Role
from bot.domain.survey_question import Question

MOST_QUESTIONS = 12
LONGEST_TITLE = 20  # characters
RUNS = (3, 7, 14)  # days
SHORTEST = timedelta(hours=1)
REMIND_AFTER = timedelta(hours=48)
MOST_TIMES = 3  # the invitation and two reminders
ASKERS = (Role.ORGANIZER, Role.ADMIN)


class Status(StrEnum):
    """Where a survey stands."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"
    PUBLISHED = "published"
    CALLED_OFF = "called_off"


class By(StrEnum):
    """Who may make a move: whoever asks, or the clock."""

    ASKER = "asker"
    CLOCK = "clock"


class Told(StrEnum):
    """Whom a move tells."""

    ASKED = "asked"  # everybody who is meant
    ASKER = "asker"
    ANSWERED = "answered"  # who took part


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table; `tells` is whom, and the kind of letter."""

    name: str
    from_: frozenset[Status]
    to: Status
    needs: frozenset[By]
    tells: tuple[tuple[Told, str], ...] = ()


def _from(*statuses: Status) -> frozenset[Status]:
    return frozenset(statuses)


S = Status
_BOTH = frozenset(By)
_ASKER = frozenset({By.ASKER})
_TABLE = (
    Move("start", _from(S.PLANNED), S.RUNNING, frozenset({By.CLOCK}),
         ((Told.ASKED, "survey.invite"),)),
    Move("end", _from(S.RUNNING), S.ENDED, _BOTH, ((Told.ASKER, "compose.ended"),)),
    Move("call_off", _from(S.PLANNED), S.CALLED_OFF, _ASKER),
    Move("publish", _from(S.ENDED), S.PUBLISHED, _ASKER, ((Told.ANSWERED, "survey.published"),)),
)  # fmt: skip
MOVES: Mapping[str, Move] = MappingProxyType({move.name: move for move in _TABLE})
FIRST = S.PLANNED
OPEN = frozenset({S.RUNNING})
OVER = frozenset({S.ENDED, S.PUBLISHED})
SHARED = frozenset({S.PUBLISHED})  # those who took part see what came of it


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom a survey means; `closed_cases`: of those, who had a case closed last month."""

    addressees: Addressees
    closed_cases: bool = False

    def stored(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {**self.addressees.stored(), "closed_cases": self.closed_cases}

    @classmethod
    def read(cls, held: Mapping[str, Any]) -> "Whom":
        """Return what was stored."""
        return cls(Addressees.read(held), bool(held["closed_cases"]))


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey; instants are UTC."""

    community_id: int
    id: int
    version: int
    title: str
    questions: tuple[Question, ...]
    whom: Whom
    anonymous: bool
    status: Status
    asked_by: int
    starts_at: datetime
    ends_at: datetime

    @property
    def is_open(self) -> bool:
        """Say whether it can be answered now."""
        return self.status in OPEN

    @property
    def is_over(self) -> bool:
        """Say whether it was asked, and no more."""
        return self.status in OVER

    def can(self, name: str) -> bool:
        """Say whether the move leads on from here."""
        return self.status in MOVES[name].from_

    def moved(self, name: str) -> "Survey":
        """Return it after the move; raises ValueError when it does not lead on from here."""
        if not self.can(name):
            raise ValueError(f"{name} does not lead on from {self.status}")
        return replace(self, status=MOVES[name].to, version=self.version + 1)


def moves_for(survey: Survey) -> list[str]:
    """Return what whoever asks can do with it now."""
    return [one.name for one in _TABLE if By.ASKER in one.needs and survey.can(one.name)]


def may_ask(who: Person) -> bool:
    """Say whether the person composes surveys."""
    return who.holds_somewhere(*ASKERS)


def may_ask_in(who: Person, scope: str) -> bool:
    """Say whether the person may ask those who live in a part."""
    held = who.scopes_of(*ASKERS)
    return EVERYWHERE in held or scope in held


def may_see(who: Person, survey: Survey) -> bool:
    """Say whether the survey is the person's: they asked it, or serve the whole community."""
    return may_ask(who) and (survey.asked_by == who.id or who.holds(*ASKERS))


def reminded_at(survey: Survey, asked_at: datetime, times: int) -> datetime | None:
    """Return when (UTC) a silent person is asked again; None when they are left in peace."""
    at = asked_at + REMIND_AFTER
    return at if times < MOST_TIMES and at < survey.ends_at else None
