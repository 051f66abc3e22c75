"""The response and the solution rate counted once more, from the moves and answers of each case.

Source: the rules of the neighbourhood, "The three rates".
"""

from collections import Counter, defaultdict
from datetime import timedelta

from tests.support.invariants import miscounted
from tests.year.days import ZONE
from tests.year.record import Record, Row
from tests.year.town import Town

_CONTACTS = {"contact", "arrive", "promise", "answer_now"}
_LEFT_OUT = {"merged", "declined", "withdrawn"}
_AT_ONCE = timedelta(minutes=10)  # after an emergency
NAMES = ("cohort", "responded", "valid", "solved", "unsolved")
_KEPT = (  # months, all buildings
    "SELECT period, {} FROM figures WHERE length(period) = 7 AND building = '*' GROUP BY period"
).format(", ".join(f"sum({name}) AS {name}" for name in NAMES))


def counted(record: Record) -> dict[str, Counter[str]]:
    """Return the sums of every month."""
    answers: dict[tuple[int, int], dict[int, str]] = defaultdict(dict)
    for row in record.callbacks:
        if row["solved"] is not None:
            answers[row["case_number"], row["round"]][row["chat"]] = row["solved"]
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for number, rows in record.cases.items():
        last = rows[-1]
        if last["status"] not in _LEFT_OUT:
            deadline = last["original_due"].astimezone(ZONE)
            said = answers[number, last["round"]]
            sums[f"{deadline:%Y-%m}"].update(_counts(record, rows, said))
    return sums


def _counts(record: Record, rows: list[Row], said: dict[int, str]) -> dict[str, int]:
    last = rows[-1]
    heard = _heard(said, last["reporter_id"])
    return {
        "cohort": 1,
        "responded": _in_time(record, rows),
        "valid": heard is not None,
        "solved": heard == "yes",
        "unsolved": last["status"] == "closed_unsolved" and heard is None,
    }


def _heard(said: dict[int, str], reporter: int) -> str | None:
    if reporter in said or not said:
        return said.get(reporter)
    ((word, times),) = Counter(said.values()).most_common(1)
    return word if 2 * times > len(said) else "no"


def _in_time(record: Record, rows: list[Row]) -> bool:
    """Say whether the first contact was in time; the clock stands while others are waited for."""
    terms = record.terms(rows[0])
    limit = terms.step(terms.contact, rows[0]["at"]) + (_AT_ONCE if terms.urgent else timedelta())
    stood = None
    first = next((row["at"] for row in rows if row["move"] in _CONTACTS), None)
    for row in rows:
        waits = row["status"] in {"on_hold", "needs_info"}
        if waits and stood is None:
            stood = row["at"]
        elif not waits and stood is not None:
            limit, stood = limit + (row["at"] - stood), None
    return first is not None and first <= limit


async def differences(town: Town, record: Record) -> list[str]:
    """Return where the kept sums are not those of a recount."""
    kept = {row["period"]: Counter({n: row[n] for n in NAMES}) for row in await town.rows(_KEPT)}
    anew = counted(record)
    found = [
        f"{month}: kept {kept.get(month)}, counted {anew.get(month)}"
        for month in sorted(kept.keys() | anew.keys())
        if +kept.get(month, Counter()) != +anew.get(month, Counter())
    ]
    return [*found, *await miscounted(town)]
