"""What whoever does the work sees: tasks, the last steps, times, giving back."""

from handlers.cards.finish import DID, WHY
from tests.unit.samples.facts import (
    ASKING,
    CASE,
    CLOSED,
    DOORSTEP,
    PROMISED,
    STREET,
    TAKEN,
    Samples,
    Variants,
)

CHIPS = [
    {"chip": name, "code": "2611241500", "at": "2026-11-24T07:00:00+00:00"}
    for name in ("today", "tomorrow_morning", "tomorrow_afternoon", "day_after")
]
PARTS = [{**CHIPS[0], "chip": name} for name in ("noon", "evening", "night")]
GRID = [{"code": f"2611{n + 10}", "day": n + 10, "weekday": n % 7} for n in range(14)]
DATES = {"case": PROMISED, "reason": "parts", "again": True, "back": True}
DATES |= {"choices": CHIPS, "days": GRID}
FINISH = {"case": TAKEN, "photos": 2, "no_photo": None, "did": "换了声控灯,已试亮"}
SAMPLES: Samples = {
    "task.supplemented": {"case": TAKEN, "words": "门口的也不亮"},
    "task.withdrawn": {"case": TAKEN},
    "task.not_today": {"case": CASE},
    "task.urgent": {"case": TAKEN},
    "task.nudged": {"case": TAKEN},
    "task.call_first": {"case": TAKEN, "name": "李阿姨"},
    "task.passed_on": {"case": {**TAKEN, "level": "community"}},
    "task.led_done": {"case": {**CLOSED, "level": "street"}},
    "finish.photo": {**FINISH, "as_file": True},
    "finish.no_photo": FINISH,
    "finish.words": FINISH,
    "finish.check": FINISH,
    **{
        f"{noun}.{step}": DATES
        for noun in ("promise", "hold", "extension")
        for step in ("reason", "words", "time", "day", "done")
    },
    **{f"{noun}.part": DATES | {"choices": PARTS} for noun in ("promise", "extension")},
    "promise.beyond": {"case": PROMISED, "at": CASE["due"]},
    "promise.objection": {"case": PROMISED},
    "promise.objected": {"case": PROMISED},
    **{f"task.{one}": {"case": PROMISED} for one in ("promise_missed", "agreed", "overruled")},
    "task.not_agreed": {"case": PROMISED, "what": "hold"},
    **{f"return.{one}": {"case": TAKEN} for one in ("reason", "words", "overrule", "overruled")},
}
VARIANTS: Variants = [
    ("task.passed_on", {"case": {**TAKEN, "level": "street", "leads": True, "street": STREET}}),
    ("finish.photo", {**FINISH, "case": {**TAKEN, "doorstep": DOORSTEP}, "as_file": True}),
    ("promise.done", {**DATES, "case": ASKING}),
    ("finish.check", {**FINISH, "photos": 0, "no_photo": "privacy", "did": "repaired"}),
    *(("finish.check", {**FINISH, "did": did}) for did in DID),
    *(("finish.check", {**FINISH, "photos": 0, "no_photo": why}) for why in WHY),
    ("finish.photo", {**FINISH, "case": {**TAKEN, "doorstep": DOORSTEP}}),
]
