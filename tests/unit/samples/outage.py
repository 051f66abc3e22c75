"""Outages: where and until when, what residents hear of them, and what they answer."""

from typing import Any

from bot.domain.case import MOVES, Status
from tests.unit.samples.facts import CASE, TILES, ZONE, Samples, Variants

KNOWN = ("water", "power", "gas", "heat", "lift", "lighting", "supply")  # what may be off
OUTAGE: dict[str, Any] = {
    "outage": 7,
    "outage_version": 2,
    "what": "water",
    "where": ["3号楼"],
    "until": "2026-11-24T10:00:00+00:00",
    "over": False,
    "asked": 0,
    "back": 0,
    "not_yet": 0,
    "zone": ZONE,
    "phone": "020-1234567",
}
MANY = {**OUTAGE, "what": "supply", "where": [f"{n}号楼" for n in range(1, 14)]}
TICKS = [{**one, "ticked": at % 2 == 0} for at, one in enumerate(TILES[:4])]
CHOICES = [
    {"code": "2611241800", "at": "2026-11-24T10:00:00+00:00"},
    {"code": "2611250800", "at": "2026-11-25T00:00:00+00:00"},
]
WHEN = {"case": CASE, "choices": CHOICES, "own": False, "again": False}
SAMPLES: Samples = {
    "outage.where": {"case": CASE, "here": "3号楼", "estate": "幸福里东区", "several": True},
    "outage.pick": {"case": CASE, "tiles": TICKS, "page": 0, "pages": 4, "n": 2},
    "outage.time": WHEN,
    "outage.card": {"case": {**CASE, "joined": 12}, **OUTAGE},
    "outage.joined": {"draft": 7, "master": 1127, **OUTAGE},
    "outage.on": OUTAGE,
    "outage.moved": OUTAGE,
    "outage.ask": OUTAGE,
    "outage.noted": {"master": 1127, **OUTAGE},
    "outage.thanks": {"master": 1127, **OUTAGE},
    "desk.outage_not_yet": {"case": CASE},
}


def _on_desk(outage: dict[str, Any], **changes: Any) -> tuple[str, dict[str, Any]]:
    may = [name for name, move in MOVES.items() if Status.SUBMITTED in move.from_]
    case = {**CASE, "moves": may, "desk": {"outage": outage}, **changes}
    return "case.card", {"view": "dispatcher", "case": case}


VARIANTS: Variants = [
    ("outage.where", {"case": CASE, "here": None, "estate": "幸福里东区", "several": False}),
    ("outage.pick", {"case": CASE, "tiles": TICKS, "page": 0, "pages": 1, "n": 0}),
    ("outage.time", {**WHEN, "own": True, "choices": CHOICES[1:]}),
    ("outage.time", {**WHEN, "again": True}),
    *(
        (kind, {**SAMPLES[kind], **one})
        for kind in ("outage.joined", "outage.on", "outage.moved", "outage.ask", "outage.card")
        for one in (
            MANY,
            {**OUTAGE, "where": ["3号楼", "13号楼"]},
            *({**OUTAGE, "what": what} for what in KNOWN),
        )
    ),
    *(
        ("case.card", {"view": view, "case": {**CASE, "off": off}})
        for view in ("reporter", "co_signer")
        for off in (OUTAGE, MANY)
    ),
    _on_desk({"may": True}),  # a single lamp: no button
    _on_desk({"may": True}, category="water"),
    _on_desk({"may": False, "id": 7, **MANY}),
    _on_desk({"may": True, "id": 7, **OUTAGE, "over": True, "asked": 9, "back": 7, "not_yet": 1}),
]
