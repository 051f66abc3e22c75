"""A letter of each kind about patrols, with facts as long as they become."""

from typing import Any

from bot.domain.shift import HAZARDS
from tests.unit.samples.facts import ZONE, Samples, Variants

_LONG = "欧阳上官诗雨"
SHIFT: dict[str, Any] = {
    "shift": 900719,
    "version": 12,
    "roster": "东区夜间巡逻第一组",
    "place": "幸福里东区大门",
    "starts": "2026-11-25T11:00:00+00:00",
    "ends": "20:00",
    "until": "2026-11-25T12:00:00+00:00",
    "needed": 4,
    "stands": "published",
    "zone": ZONE,
}
_DUTY = {
    **SHIFT,
    "duty": 900719,
    "said": "asked",
    "mates": [_LONG] * 3,
    "hazards": ["passage"],
    "reported": {},
    "may_say": True,
    "may_come": False,
    "here": False,
}
CREW = [
    {"duty": 900719, "name": _LONG, "said": said, "sure": said == "coming"}
    for said in ("asked", "coming", "seeking")
]
ROW = {**SHIFT, "crew": CREW}
_MINE = {
    "duties": [{**SHIFT, "duty": 1, "said": said} for said in ("asked", "coming", "seeking")],
    "total": 12,
    "member": True,
    "leads": True,
    "zone": ZONE,
}
_WISHES: dict[str, Any] = {
    "not_on": [0, 2, 4],
    "most": 2,
    "away": "2027-02-14",
    "partner": _LONG,
    "agreed": True,
}
_FILE = {**_DUTY, "uid": "shift-1-1@linli", "title": "东区夜巡", "sequence": 3, "off": False}
SAMPLES: Samples = {
    "patrol.week": _DUTY,
    "patrol.today": _DUTY,
    "patrol.duty": _DUTY,
    "patrol.why": _DUTY,
    "patrol.swap_ask": {**SHIFT, "swap": 900719, "minutes": 60},
    "patrol.swap_sure": {"swap": 900719},
    "patrol.nobody": _DUTY,
    "patrol.swapped": {**_DUTY, "old": _LONG, "new": _LONG, "gives": 900719},
    "patrol.answered": {},
    "patrol.off": {**SHIFT, "duty": 900719},
    "patrol.moved": {**_DUTY, "earlier": "2026-11-24T11:00:00+00:00"},
    "patrol.thanks": {**SHIFT, "minutes": 120},
    "patrol.hazards": {**_DUTY, "hazards": list(HAZARDS[:3])},
    "patrol.mine": _MINE,
    "patrol.wishes": _WISHES,
    "patrol.days": _WISHES,
    "patrol.ask_most": _WISHES,
    "patrol.ask_away": {"spans": ["week", "month", "two_months"]},
    "patrol.ask_partner": {"tiles": [{"id": 9007, "name": _LONG}] * 5, "page": 0, "pages": 3},
    "patrol.file": _FILE,
    "patrol.table": {"roster": SHIFT["roster"], "rows": [ROW, {**ROW, "crew": []}], "zone": ZONE},
}
VARIANTS: Variants = [
    ("patrol.hazards", {**_DUTY, "hazards": list(HAZARDS), "reported": {"passage": 900719}}),
    ("patrol.hazards", {**_DUTY, "hazards": []}),
    ("patrol.today", {**_DUTY, "ahead": True}),
    ("patrol.file", {**_FILE, "off": True}),
    *(
        ("patrol.duty", {**_DUTY, "said": said, "may_say": said in {"coming", "seeking"}})
        for said in ("coming", "seeking", "given", "off", "came", "missed")
    ),
    ("patrol.duty", {**_DUTY, "said": "came", "may_say": False, "here": True}),
    ("patrol.duty", {**_DUTY, "may_say": False, "may_come": True, "mates": []}),
    ("patrol.mine", {**_MINE, "duties": [], "total": 0, "leads": False, "member": False}),
    ("patrol.wishes", {**_WISHES, "not_on": [], "most": 0, "away": None, "partner": None}),
    ("patrol.wishes", {**_WISHES, "agreed": False}),
    ("patrol.table", {"roster": "夜巡", "rows": [], "zone": ZONE}),
]
