"""The letters of the morning and of the month: who had to get one, from how things stood.

Source: the morning letter goes at nine to those who serve, with what waits for them, and not at all
when nothing does; on days off only to those on duty. The letter of the month goes to the organizers
at nine on the first working day of the next month.
"""

from collections import defaultdict
from datetime import date, datetime

from tests.year.account import Account
from tests.year.days import DAY, ZONE, at, is_working
from tests.year.phones import Arrival
from tests.year.record import Record, Row

_NINE, _NOON = 9, 12
ON_DUTY = {7000009, 7000010}  # as the example organisation says
_UNFINISHED = {
    *("submitted", "needs_info", "offered", "in_progress", "on_hold", "returned"),
    *("resolved", "reopen_requested"),
}
_AT_WORK = {"in_progress", "on_hold"}
_DUE = {
    "submitted": "dispatch_due",
    "returned": "dispatch_due",
    "reopen_requested": "dispatch_due",
    "offered": "claim_due",
    "in_progress": "solution_due",
    "on_hold": "hold_until",
}
_ELSEWHERE = {"calls", "signals"}  # what is counted of other things than cases
MORNING, MONTH = "desk.morning", "figures.month"


def _days(record: Record) -> list[date]:
    first, last = (one.astimezone(ZONE).date() for one in (record.begin, record.end))
    return [first + n * DAY for n in range((last - first).days + 1)]


def check_mornings(record: Record, arrived: list[Arrival], account: Account) -> None:
    """Compare the letters of every morning."""
    found: dict[tuple[int, date], list[Arrival]] = defaultdict(list)
    for one in arrived:
        if one.kind == MORNING and not one.edits:
            found[one.chat, one.at.astimezone(ZONE).date()].append(one)
    for day in _days(record):
        due = at(day, _NINE)
        sent = record.done_at(due)
        wanted: dict[int, set[str]] = {}
        if record.begin < due < record.end and sent < at(day, _NOON):
            wanted = _wanted(record, day, sent)
        for chat in wanted.keys() | {who for who, on in found if on == day}:
            _compare(account, f"{MORNING} of {day} to {chat}", wanted.get(chat, set()),
                     found[chat, day], sent)  # fmt: skip


def _compare(
    account: Account, name: str, reasons: set[str], found: list[Arrival], sent: datetime
) -> None:
    account.expected += bool(reasons)
    if reasons and not found:
        account.missing.append(f"{name}: {reasons}")
    other = any(one.names & _ELSEWHERE for one in found)
    if found and not reasons and not other:
        account.doubled.append(f"{name}: there was no reason")
    account.doubled += [f"{name}: once more" for _ in found[1:]]
    account.at_night += [f"{name} at {one.at}" for one in found if one.at != sent]


def _wanted(record: Record, day: date, now: datetime) -> dict[int, set[str]]:
    """Return the reasons to write to each."""
    reasons: dict[int, set[str]] = defaultdict(set)
    for number in record.cases:
        row = record.at(number, now)
        if row is None or row["status"] not in _UNFINISHED:
            continue
        for who in _readers(record, row):
            reasons[who] |= _reasons(record, row, who, day, now)
    if is_working(day):
        return {who: why for who, why in reasons.items() if why}
    return {who: why & {"late", "urgent"} for who, why in reasons.items()
            if who in ON_DUTY and why & {"late", "urgent"}}  # fmt: skip


def _readers(record: Record, row: Row) -> set[int]:
    held = {*record.holders["dispatcher"], *record.holders["supervisor"], row["handler_id"]}
    return held - {None, row["reporter_id"]}


def _reasons(record: Record, row: Row, who: int, day: date, now: datetime) -> set[str]:
    dispatches = who in record.holders["dispatcher"]
    supervises = who in record.holders["supervisor"]
    own = row["handler_id"] == who and row["status"] in _AT_WORK
    if not (own or dispatches or supervises):
        return set()
    due = row.get(_DUE.get(row["status"], ""))
    said = {
        "dispatch": dispatches and row["status"] in {"submitted", "returned"},
        "supervise": supervises and row["status"] == "reopen_requested",
        "late": due is not None and due < now,
        "today": due is not None and due.astimezone(ZONE).date() == day,
        "urgent": bool(row["urgent"]),
        "promised": own and row["promise_at"] is not None
        and row["promise_at"].astimezone(ZONE).date() == day,
    }  # fmt: skip
    return {name for name, holds in said.items() if holds}


def check_months(record: Record, arrived: list[Arrival], account: Account) -> None:
    """Compare the letters of every month."""
    found = sorted((one.chat, one.at) for one in arrived if one.kind == MONTH and not one.edits)
    wanted = []
    for first in (day for day in _days(record) if day.day == 1):
        day = first
        while not is_working(day):
            day += DAY
        due = record.done_at(at(day, _NINE))
        if record.begin < due < record.end:
            wanted += [(who, due) for who in record.holders["organizer"]]
    account.expected += len(wanted)
    account.missing += [f"{MONTH}: {one}" for one in wanted if one not in found]
    account.doubled += [f"{MONTH}: {one}" for one in found if one not in wanted]
    if len(found) != len(set(found)):
        account.doubled.append(f"{MONTH} twice")
