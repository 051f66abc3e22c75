"""The heart: the statuses of a case and the one table of moves between them.

Source: the rules of the neighbourhood, "Moves (the complete list)". Buttons, permission,
history and notifications are derived from the table; no status is named outside this file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.domain.role import Role


class Phase(StrEnum):
    """What a status means for the clock; code asks for this, not for the status."""

    OPEN = "open"
    WAITING = "waiting"
    CLOSED = "closed"


class Status(StrEnum):
    """Where a case stands."""

    SUBMITTED = "submitted"
    NEEDS_INFO = "needs_info"
    OFFERED = "offered"
    IN_PROGRESS = "in_progress"
    ON_HOLD = "on_hold"
    RETURNED = "returned"
    RESOLVED = "resolved"
    REOPEN_REQUESTED = "reopen_requested"
    CLOSED_SOLVED = "closed_solved"
    CLOSED_UNSOLVED = "closed_unsolved"
    MERGED = "merged"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    @property
    def phase(self) -> Phase:
        """Open: somebody has to act; waiting: somebody else; closed: nobody."""
        return _PHASES[self]


S = Status
_PHASES: Mapping[Status, Phase] = MappingProxyType(
    dict.fromkeys((S.SUBMITTED, S.OFFERED, S.IN_PROGRESS, S.RETURNED, S.REOPEN_REQUESTED),
                  Phase.OPEN)
    | dict.fromkeys((S.NEEDS_INFO, S.ON_HOLD, S.RESOLVED), Phase.WAITING)
    | dict.fromkeys((S.CLOSED_SOLVED, S.CLOSED_UNSOLVED, S.MERGED, S.DECLINED, S.WITHDRAWN),
                    Phase.CLOSED)
)  # fmt: skip

FIRST = S.SUBMITTED
ASKED = AFTER_REOPENING = S.OFFERED
REOPENED_TO = S.IN_PROGRESS  # when the supervisor names a person
SOLVED = S.CLOSED_SOLVED
MERGED = S.MERGED
LEFT_OUT = frozenset({S.MERGED, S.DECLINED, S.WITHDRAWN})  # of figures
DONE_BADLY = frozenset({S.CLOSED_UNSOLVED})
DONE = DONE_BADLY | {S.RESOLVED, S.CLOSED_SOLVED}
DISPATCHED = frozenset({S.OFFERED, S.IN_PROGRESS})
TO_DISPATCH = frozenset({S.SUBMITTED, S.RETURNED})
TO_TAKE = frozenset({S.OFFERED})
TO_NUDGE = frozenset({S.OFFERED, S.IN_PROGRESS})
AT_WORK = frozenset({S.IN_PROGRESS, S.ON_HOLD})
IN_HAND = frozenset({S.IN_PROGRESS})
PAUSED = frozenset({S.ON_HOLD})
TO_CONFIRM = frozenset({S.RESOLVED})
TO_ANSWER = frozenset({S.NEEDS_INFO})  # by the resident
CLOCK_STANDS = PAUSED | TO_ANSWER
TO_SUPERVISE = frozenset({S.REOPEN_REQUESTED})
UNFINISHED = frozenset(status for status in Status if status.phase is not Phase.CLOSED)


class Special(StrEnum):
    """Where a move leads when it is not one status."""

    BACK = "back"  # to the stored status that the case came from
    SAME = "same"


BACK, SAME = Special.BACK, Special.SAME


class Relation(StrEnum):
    """How somebody stands to one case, whatever their roles."""

    REPORTER = "reporter"
    CO_SIGNER = "co_signer"
    HANDLER = "handler"
    AUDIENCE = "audience"  # the case is offered to them
    CLOCK = "clock"
    RULE = "rule"  # such as that of two thirds


Party = Role | Relation
R = Relation


class Told(StrEnum):
    """Whom a move tells."""

    REPORTER = "reporter"
    HANDLER = "handler"  # who has the case after the move
    FORMER_HANDLER = "former_handler"
    DISPATCHERS = "dispatchers"
    AUDIENCE = "audience"
    NEWLY_ASKED = "newly_asked"  # those of the audience who were not asked before
    SUPERVISORS = "supervisors"
    CO_SIGNERS = "co_signers"
    ASKER = "asker"  # who put the question to the resident
    LEVEL = "level"  # who acts at the level to which it has come
    LEAD = "lead"  # who had it first, unless they are the former handler


@dataclass(frozen=True, slots=True)
class Tell:
    """One message that a move causes: to whom, and its kind."""

    who: Told
    kind: str
    when: Status | None = None  # only when the case has come to this status


PASSED_ON = "case.passed_on"
CARD = "case.card"  # the live card itself, sent anew so that it rings


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table."""

    name: str
    from_: frozenset[Status]
    to: Status | frozenset[Status] | Special
    needs: frozenset[Party]
    requires: tuple[str, ...] = ()  # what the actor has to give: words, reason, person, ...
    tells: tuple[Tell, ...] = ()
    closes: bool = False  # the handler never makes the closing move of their own case


def _from(*statuses: Status) -> frozenset[Status]:
    return frozenset(statuses)


_ANY = frozenset(Status)
_NOT_CLOSED = UNFINISHED
_NOT_DONE = _NOT_CLOSED - {S.RESOLVED}
_OPEN = frozenset(status for status in Status if status.phase is Phase.OPEN)
_STAFF = frozenset(
    {Role.PROPERTY_STAFF, Role.DISPATCHER, Role.GRID_WORKER, Role.SUPERVISOR, Role.ORGANIZER}
)


def _by(*parties: Party) -> frozenset[Party]:
    return frozenset(parties)


def _affected(kind: str) -> tuple[Tell, Tell]:
    return Tell(Told.REPORTER, kind), Tell(Told.CO_SIGNERS, kind)


_RISEN = (  # told only when it has come to a level above
    *_affected(PASSED_ON),
    Tell(Told.LEVEL, CARD),
    Tell(Told.LEAD, "task.passed_on"),
)
_DISPATCHER = _by(Role.DISPATCHER)  # or who acts at the level at which the case is
_SUPERVISOR = _by(Role.SUPERVISOR)
_HANDLER = _by(R.HANDLER)
_TABLE = (
    Move("ask_resident", _from(S.SUBMITTED, S.OFFERED, S.IN_PROGRESS), S.NEEDS_INFO,
         _by(Role.DISPATCHER, R.HANDLER), ("question",), (Tell(Told.REPORTER, "case.need_info"),)),
    Move("answer", _from(S.NEEDS_INFO), BACK, _by(R.REPORTER), (),
         (Tell(Told.ASKER, "desk.answered"),)),
    Move("lapse", _from(S.NEEDS_INFO), BACK, _by(R.CLOCK), (),
         (Tell(Told.ASKER, "desk.lapsed"),)),
    Move("offer", _from(S.SUBMITTED, S.RETURNED), S.OFFERED, _by(Role.DISPATCHER, R.RULE),
         ("audience",), (Tell(Told.AUDIENCE, CARD),)),
    Move("assign", _from(S.SUBMITTED, S.OFFERED, S.RETURNED), S.IN_PROGRESS, _DISPATCHER,
         ("person",), (Tell(Told.HANDLER, CARD), *_affected("case.taken"))),
    Move("contact", _from(S.IN_PROGRESS), SAME, _HANDLER),
    Move("arrive", _from(S.IN_PROGRESS), SAME, _HANDLER),
    Move("correct", _from(S.SUBMITTED, S.OFFERED, S.IN_PROGRESS), SAME,
         _by(Role.DISPATCHER, R.REPORTER), ("category_or_place",), (Tell(Told.HANDLER, CARD),)),
    Move("raise_urgency", _OPEN, SAME, _DISPATCHER, (), (Tell(Told.HANDLER, "task.urgent"),)),
    Move("outage", _NOT_DONE, SAME, _DISPATCHER, ("time",)),
    Move("note", _ANY, SAME, _STAFF, ("words",)),
    Move("claim", _from(S.OFFERED), S.IN_PROGRESS, _by(R.AUDIENCE), (),
         _affected("case.taken")),
    Move("next_tier", _from(S.OFFERED), _from(S.OFFERED, S.SUBMITTED), _by(R.CLOCK), (),
         (Tell(Told.NEWLY_ASKED, CARD), Tell(Told.DISPATCHERS, "desk.nobody", S.SUBMITTED))),
    Move("promise", _from(S.IN_PROGRESS), SAME, _HANDLER, ("time",),
         (*_affected("case.promised"), *_affected("case.promise_moved"))),
    Move("ask_hold", _from(S.IN_PROGRESS), SAME, _HANDLER, ("reason", "date"),
         (Tell(Told.DISPATCHERS, "desk.asked"),)),
    Move("hold", _from(S.IN_PROGRESS), S.ON_HOLD, _by(Role.DISPATCHER, R.HANDLER),
         ("reason", "date"), (Tell(Told.HANDLER, "task.agreed"),)),
    Move("resume", _from(S.ON_HOLD), BACK, _by(R.CLOCK, R.HANDLER), (),
         (Tell(Told.HANDLER, CARD),)),
    Move("ask_extension", _from(S.IN_PROGRESS), SAME, _HANDLER, ("reason", "date"),
         (Tell(Told.DISPATCHERS, "desk.asked"),)),
    Move("extend", _from(S.IN_PROGRESS), SAME, _DISPATCHER, ("reason", "date"),
         (Tell(Told.HANDLER, "task.agreed"), *_affected("case.extended"))),
    Move("return_", _from(S.IN_PROGRESS, S.OFFERED), S.RETURNED, _HANDLER, ("reason",),
         (Tell(Told.DISPATCHERS, "case.returned"),)),
    Move("overrule_return", _from(S.RETURNED), S.IN_PROGRESS, _DISPATCHER, ("words",),
         (Tell(Told.HANDLER, "task.overruled"), Tell(Told.HANDLER, CARD))),
    Move("transfer", _from(S.SUBMITTED, S.IN_PROGRESS, S.RETURNED), S.SUBMITTED, _DISPATCHER,
         ("level",), (Tell(Told.FORMER_HANDLER, "task.passed_on"), *_RISEN)),
    Move("resolve", _from(S.IN_PROGRESS), S.RESOLVED, _HANDLER, ("words", "photo_or_reason"),
         _affected("survey.result")),
    Move("answer_now", _from(S.SUBMITTED), S.RESOLVED, _DISPATCHER, ("words",),
         _affected("survey.result")),
    Move("confirm", _from(S.RESOLVED), S.CLOSED_SOLVED,
         _by(R.REPORTER, Role.SUPERVISOR, R.RULE), closes=True),
    Move("contest", _from(S.RESOLVED, S.CLOSED_SOLVED, S.CLOSED_UNSOLVED), S.REOPEN_REQUESTED,
         _by(R.REPORTER, R.CO_SIGNER), (), (Tell(Told.SUPERVISORS, CARD),)),
    Move("reopen", _from(S.REOPEN_REQUESTED), _from(S.OFFERED, S.IN_PROGRESS), _SUPERVISOR,
         ("audience",),
         (*_affected("case.reopened"),
          Tell(Told.AUDIENCE, CARD), Tell(Told.HANDLER, CARD), *_RISEN)),
    Move("refuse_reopen", _from(S.REOPEN_REQUESTED), S.CLOSED_UNSOLVED, _SUPERVISOR, ("reason",),
         _affected("case.reopen_refused"), closes=True),
    Move("close_unsolved", _from(S.RESOLVED, S.ON_HOLD, S.SUBMITTED), S.CLOSED_UNSOLVED,
         _SUPERVISOR, ("reason",), _affected("case.reopen_refused"), closes=True),
    Move("merge", _from(S.SUBMITTED, S.OFFERED, S.IN_PROGRESS), S.MERGED, _DISPATCHER,
         ("master",), closes=True),
    Move("unmerge", _from(S.MERGED), BACK, _DISPATCHER),
    Move("decline", _from(S.SUBMITTED, S.NEEDS_INFO), S.DECLINED, _DISPATCHER,
         ("reason", "whom"), _affected("case.not_ours"), closes=True),
    Move("appeal_decline", _from(S.DECLINED), S.SUBMITTED, _by(R.REPORTER), (),
         (Tell(Told.DISPATCHERS, CARD),)),
    Move("withdraw", _from(S.SUBMITTED, S.NEEDS_INFO, S.OFFERED, S.IN_PROGRESS), S.WITHDRAWN,
         _by(R.REPORTER), (), (Tell(Told.FORMER_HANDLER, "task.withdrawn"),)),
    Move("restore", _from(S.WITHDRAWN), BACK, _by(R.REPORTER)),
    Move("join", _NOT_CLOSED, SAME, _by(Role.RESIDENT)),
    Move("supplement", _NOT_CLOSED, SAME, _by(R.REPORTER, R.CO_SIGNER, R.HANDLER), ("content",)),
)  # fmt: skip
MOVES: Mapping[str, Move] = MappingProxyType({move.name: move for move in _TABLE})
LEFT_AGAIN = frozenset(status for move in _TABLE if move.to is BACK for status in move.from_)
MAY_TAKE = _STAFF | {Role.VOLUNTEER}


CLOCKS: Mapping[Status, str] = MappingProxyType(  # the date that counts in each status
    {
        S.SUBMITTED: "dispatch_due",
        S.OFFERED: "claim_due",
        S.RETURNED: "dispatch_due",
        S.IN_PROGRESS: "solution_due",
        S.ON_HOLD: "hold_until",
        S.REOPEN_REQUESTED: "dispatch_due",
    }
)


def destinations(move: Move) -> Iterator[Status]:
    """Yield the statuses that a move may lead to, apart from BACK and SAME."""
    if isinstance(move.to, Status):
        yield move.to
    elif isinstance(move.to, frozenset):
        yield from sorted(move.to)


def diagram() -> str:
    """Return the table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", "    [*] --> submitted: report"]
    for move in _TABLE:
        for start in sorted(move.from_):
            lines += [f"    {start} --> {end}: {move.name}" for end in destinations(move)]
    return "\n".join(lines) + "\n"
