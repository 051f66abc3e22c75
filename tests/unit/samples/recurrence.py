"""The cards that choose a rhythm, and a date and a time, at every step."""

from collections.abc import Mapping
from typing import Any

from tests.unit.samples.facts import ZONE, Variants

_HERE = {"id": 900719, "version": 12}
STEPS = {
    "every": "",
    "which": "q",
    "weekday": "q-1",
    "at": "q-1SA",
    "lasts": "q-1SA.1930",
    "policy": "q-1SA.1930.120",
    "check": "q-1SA.1930.120.before",
}
RULE = {"every": "q", "nth": -1, "days": ["SA"], "at": "19:30", "minutes": 120, "policy": "after"}
FIVE = [f"20{year}-12-12T11:30:00+00:00" for year in (26, 27, 28, 29, 30)]
CHECK: Mapping[str, Any] = {
    **_HERE, "said": STEPS["check"], "step": "check", "again": False,
    "rule": RULE, "five": FIVE, "zone": ZONE,
}  # fmt: skip
DAYS = {
    **_HERE,
    "days": [{"code": f"2611{day}", "day": day, "weekday": day % 7} for day in range(17, 31)],
}
HOURS = {
    **_HERE,
    "times": [{"code": f"27112{n}1900", "clock": f"1{n}:00"} for n in range(7)],
}
_RULES: tuple[dict[str, Any], ...] = (
    {**RULE, "every": "w", "nth": 0, "days": ["MO", "WE", "FR"], "minutes": 90, "policy": "keep"},
    {**RULE, "every": "w", "nth": 2, "minutes": 45, "policy": "skip"},
    {**RULE, "every": "d", "nth": 31, "days": [], "policy": "before"},
    {**RULE, "every": "d", "nth": -1, "days": []},
    *({**RULE, "every": "m", "nth": nth} for nth in (1, 2, 3, 4)),
)


def variants(noun: str) -> Variants:
    """Return the cards of a noun at every step, and every kind of rule in words."""
    steps = [
        (f"{noun}.rule", {**_HERE, "said": said, "step": step, "again": False})
        for step, said in STEPS.items()
        if step != "check"
    ]
    again = {**_HERE, "said": "", "step": "every", "again": True}
    rules = [(f"{noun}.rule", {**CHECK, "rule": one}) for one in _RULES]
    never = [(f"{noun}.rule", {**CHECK, "five": []}), (f"{noun}.rule", again)]
    return [*steps, *rules, *never]
