"""Which letters the clock had to cause, told from the moves of each case and the rules alone.

Source: the rules of the neighbourhood, "Clocks". Half and four fifths of the time, its end, one and
five working days after; news for the resident every few working days; a promise that was missed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from tests.year.days import Terms, same_time
from tests.year.record import Record, Row

RUNS = {"submitted", "returned", "offered", "in_progress"}
STANDS = {"on_hold", "needs_info"}
PROGRESS = {"case.still", "case.promise_missed"}
KINDS = {
    *("late.half", "late.most", "late.over", "late.over_desk", "late.notice", "late.agenda"),
    *("late.update", "late.dispatch_half", "late.dispatch_over", "late.claim_half"),
    *("late.contact", "late.contact_desk"),
    *("task.promise_missed", *PROGRESS),
}
_WAITS_FOR = {"submitted": "dispatch", "returned": "dispatch", "offered": "claim"}
_STAGES = ("half", "most", "over", "notice", "agenda")
_SHARES = {"half": 0.5, "most": 0.8}
_DAYS_LATE = {"over": 0, "notice": 1, "agenda": 5}


@dataclass(frozen=True, slots=True)
class Letter:
    """One that had to be written at an instant; it may have to wait until it may ring."""

    at: datetime
    chat: int
    kind: str
    number: int
    urgent: bool


@dataclass
class _Time:
    """The time for the solution of a case: since when it runs, until when, and how far it came."""

    begun: datetime
    due: datetime
    reached: int = 0
    stood: datetime | None = None  # since when it stands

    def moves(self, terms: Terms, before: Row | None, row: Row) -> None:
        """Set it as a move does: anew, for half as long, longer, or later by a pause."""
        now = row["at"]
        if before is None:
            self.begun, self.due = now, terms.due(now)
        elif row["round"] > before["round"]:
            self.begun, self.due, self.reached = now, now + (terms.due(now) - now) / 2, 0
        elif row["move"] == "extend":
            self.begun, self.due, self.reached = now, row["solution_due"], 0
        stands = row["status"] in STANDS
        if stands and self.stood is None:
            self.stood = now
        elif not stands and self.stood is not None:
            pause, self.stood = now - self.stood, None
            self.begun, self.due = self.begun + pause, self.due + pause

    def falls(self, terms: Terms, stage: str) -> datetime:
        """Return when it comes to the stage."""
        if stage in _SHARES:
            return terms.part(self.begun, self.due, _SHARES[stage])
        return terms.late(self.due, _DAYS_LATE[stage]) if _DAYS_LATE[stage] else self.due

    def ahead(self, terms: Terms, now: datetime) -> str | None:
        """Return the next stage of dates set just now: no share of the time that is over."""
        left = _STAGES[self.reached :]
        return next((o for o in left if o not in _SHARES or self.falls(terms, o) > now), None)

    def reaches(self, stage: str) -> str | None:
        """Come to the stage; return the next one."""
        self.reached = _STAGES.index(stage) + 1
        return next(iter(_STAGES[self.reached :]), None)


@dataclass
class _Limits:
    """By when a case has to be dispatched and taken: set anew, or with as much left as was left."""

    dues: dict[str, datetime] = field(default_factory=dict)
    stood: datetime | None = None

    def moves(
        self, terms: Terms, name: str | None, before: Row | None, row: Row
    ) -> datetime | None:
        """Set them as a move does; return that of the step which is waited for."""
        now, stood = row["at"], self.stood
        self.stood = (stood or now) if row["status"] in STANDS else None
        if name is None:
            return None
        span = getattr(terms, name)
        if stood is not None:
            self.dues[name] = terms.left(span, self.dues[name], stood, now)
        elif before is None or any(before[one] != row[one] for one in ("status", "audience")):
            self.dues[name] = terms.step(span, now)
        return self.dues[name]


class Course:
    """The course of one case."""

    def __init__(self, record: Record, rows: list[Row]) -> None:
        self._record, self._rows = record, rows
        self.wrong: list[str] = []  # deadlines that the bot has reckoned otherwise

    def letters(self) -> Iterator[Letter]:
        """Yield all letters that had to be written about it."""
        yield from self._nudges()
        yield from self._updates()
        yield from self._missed()
        yield from self._waits()
        yield from self._contacts()

    def _spans(self) -> Iterator[tuple[Row | None, Row, datetime]]:
        """Yield each version with the one before it, and until when it lasted."""
        ends = [row["at"] for row in self._rows[1:]] + [self._record.end]
        yield from zip([None, *self._rows], self._rows, ends, strict=False)

    def _to(self, at: datetime, row: Row, kind: str, *chats: int | None) -> Iterator[Letter]:
        for one in dict.fromkeys(chats):
            if one is not None:
                yield Letter(at, one, kind, row["number"], bool(row["urgent"]))

    def _bosses(self, row: Row) -> list[int]:
        out = {row["reporter_id"], row["handler_id"]}
        return [one for one in self._record.holders["supervisor"] if one not in out]

    def _desk(self, row: Row) -> list[int]:
        out = {row["reporter_id"], row["handler_id"]}
        there = [one for one in self._record.holders["dispatcher"] if one not in out]
        return there or self._bosses(row)

    def _affected(self, row: Row, at: datetime) -> list[int]:
        """Return the reporter and who has joined by then, but not who does the work."""
        joined = [who for since, who in self._record.joined[row["number"]] if since <= at]
        return [one for one in (row["reporter_id"], *joined) if one != row["handler_id"]]

    # --- the time for the solution --------------------------------------------------------

    def _nudges(self) -> Iterator[Letter]:
        time = _Time(self._rows[0]["at"], self._rows[0]["at"])
        plan: str | None = None
        known: tuple[object, ...] = ()
        for before, row, until in self._spans():
            terms, now = self._record.terms(row), row["at"]
            time.moves(terms, before, row)
            if time.due != row["solution_due"]:
                name = f"{row['number']}, version {row['version']}"
                self.wrong.append(f"{name}: {time.due}, kept is {row['solution_due']}")
            runs = row["status"] in RUNS
            if (runs, row["round"], time.begun, time.due, time.reached) != known:
                plan = time.ahead(terms, now) if runs else None
            while plan is not None:
                at = max(now, self._record.done_at(time.falls(terms, plan)))
                if at >= until:
                    break
                yield from self._stage(row, plan, at)
                now, plan = at, time.reaches(plan)
            known = (runs, row["round"], time.begun, time.due, time.reached)

    def _stage(self, row: Row, stage: str, at: datetime) -> Iterator[Letter]:
        if stage in {"half", "most", "over"}:
            yield from self._to(at, row, f"late.{stage}", row["handler_id"])
        if stage == "over":
            yield from self._to(at, row, "late.over_desk", *self._desk(row))
        if stage in {"notice", "agenda"}:  # there is no secretary here: the supervisors instead
            yield from self._to(at, row, f"late.{stage}", *self._bosses(row))

    # --- news, promises, waiting ----------------------------------------------------------

    def _updates(self) -> Iterator[Letter]:
        names = ("status", "handler_id", "promise_at", "first_contact_at", "arrived_at")
        due: datetime | None = None
        for before, row, until in self._spans():
            if before is None or any(before[name] != row[name] for name in names):
                due = self._next_update(row, row["at"])
            while due is not None and (at := self._record.done_at(due)) < until:
                yield from self._to(at, row, "case.still", *self._affected(row, at))
                yield from self._to(at, row, "late.update", row["handler_id"])
                due = self._next_update(row, at)

    def _next_update(self, row: Row, heard: datetime) -> datetime | None:
        terms = self._record.terms(row)
        if row["status"] != "in_progress":
            return None
        return same_time(heard, terms.update)

    def _missed(self) -> Iterator[Letter]:
        planned: datetime | None = None
        for _, row, until in self._spans():
            if row["move"] in {"promise", "extend"}:
                planned = row["promise_at"]
            if planned is None or (at := self._record.done_at(planned)) >= until:
                continue
            if row["status"] == "in_progress" and row["promise_at"] == planned:
                yield from self._to(at, row, "case.promise_missed", *self._affected(row, at))
                yield from self._to(at, row, "task.promise_missed", row["handler_id"])
            planned = None

    def _waits(self) -> Iterator[Letter]:
        known: tuple[object, ...] | None = None
        plan: list[tuple[datetime, str]] = []
        limits = _Limits()
        for before, row, until in self._spans():
            name = _WAITS_FOR.get(row["status"])
            due = limits.moves(self._record.terms(row), name, before, row)
            if name and due != row[f"{name}_due"]:
                kept = f"{due} to {name}, kept is {row[f'{name}_due']}"
                self.wrong.append(f"{row['number']}, version {row['version']}: {kept}")
            seen = (row["status"], row["tier"], due)
            if seen != known:
                was_late = before and before["status"] in STANDS and due and due <= row["at"]
                plan = self._waiting(row, name, due) if name and due and not was_late else []
            known = seen
            # What fell due in its order while the bot was away is done at one instant.
            while plan and (at := self._record.done_at(plan[0][0])) <= until:
                if at == until != self._record.away[1]:
                    break
                yield from self._to(at, row, f"late.{plan.pop(0)[1]}", *self._desk(row))

    def _waiting(self, row: Row, name: str, due: datetime) -> list[tuple[datetime, str]]:
        terms = self._record.terms(row)
        over = [(due, f"{name}_over")] if name == "dispatch" else []
        if terms.urgent or row["tier"]:
            return over if terms.urgent else []
        span = getattr(terms, name)
        half = terms.part_of_step(span, row["at"], due)
        return [(half, f"{name}_half"), *over]

    def _contacts(self) -> Iterator[Letter]:
        terms, begin = self._record.terms(self._rows[0]), self._rows[0]["at"]
        limit, stood = terms.step(terms.contact, begin), None
        for _, row, until in self._spans():
            now, stands = row["at"], row["status"] in STANDS
            if stood is not None and not stands:
                limit += now - stood
            stood = (stood or now) if stands else None
            if limit != row["contact_due"] and not stands:
                name = f"{row['number']}, version {row['version']}"
                self.wrong.append(f"{name}: {limit} to contact, kept is {row['contact_due']}")
            if row["status"] != "in_progress" or row["first_contact_at"] or limit <= now:
                continue
            at = self._record.done_at(limit)
            if at < until or at == until == self._record.away[1]:
                yield from self._to(at, row, "late.contact", row["handler_id"])
                yield from self._to(at, row, "late.contact_desk", *self._desk(row))
