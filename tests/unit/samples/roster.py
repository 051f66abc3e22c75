"""A letter of each kind about rosters, with facts as long as they become."""

from tests.unit.samples import recurrence
from tests.unit.samples.facts import ZONE, Samples, Variants
from tests.unit.samples.patrol import CREW, ROW, SHIFT

_LONG = "欧阳上官诗雨"
_HERE = {"id": 900719, "version": 12}
_CARD = {
    **_HERE,
    "roster": SHIFT["roster"],
    "place": SHIFT["place"],
    "needed": 4,
    "rule": recurrence.RULE,
    "zone": ZONE,
    "members": 40,
    "leader": _LONG,
}
_PEOPLE = {
    **_HERE,
    "n": 12,
    "tiles": [{"id": 9007199, "name": _LONG, "on": n % 2 == 0} for n in range(5)],
    "page": 0,
    "pages": 3,
}
_WEEK = {**_CARD, "rows": [ROW, {**ROW, "crew": []}], "ahead": 1, "drafts": 3}
_SHIFT = {**SHIFT, "roster_id": 900719, "crew": CREW, "may": True}
_PICK = {
    "shift": 900719,
    "version": 12,
    "tiles": [{"id": 9007199, "name": _LONG, "fits": n < 3} for n in range(5)],
    "page": 0,
    "pages": 3,
}
SAMPLES: Samples = {
    "roster.list": {"rosters": [{"id": 900719, "name": SHIFT["roster"]}] * 5, "may": True},
    "roster.card": _CARD,
    "roster.name": {},
    "roster.left": {},
    "roster.ended": {"roster": SHIFT["roster"]},
    "roster.places": {
        **_HERE,
        "tiles": [{"code": "a_spot_of_sixteen", "name": "幸福里东区大门口"}] * 5,
        "page": 0,
        "pages": 6,
    },
    "roster.needed": _HERE,
    "roster.people": _PEOPLE,
    "roster.leaders": _PEOPLE,
    "roster.ends": _CARD,
    "roster.week": _WEEK,
    "roster.shift": _SHIFT,
    "roster.pick": _PICK,
    "roster.sure": {"shift": 900719, "version": 12, "person": 9007199},
    "roster.unsure": {**SHIFT, "crew": [CREW[0], CREW[2]], "missing": 1},
    "roster.missed": {**SHIFT, "names": [_LONG, _LONG]},
    "roster.rule": recurrence.CHECK,
    "roster.rule_own": _HERE,
    "shift.day": recurrence.DAYS,
    "shift.hour": recurrence.HOURS,
}
VARIANTS: Variants = [
    ("roster.list", {"rosters": [], "may": False}),
    ("roster.card", {**_CARD, "rule": None, "place": ""}),
    ("roster.week", {**_WEEK, "rows": [], "drafts": 0}),
    ("roster.shift", {**_SHIFT, "crew": [], "may": False}),
    (
        "roster.shift",
        {**_SHIFT, "crew": [{**CREW[0], "said": said} for said in ("came", "missed")]},
    ),
    ("roster.pick", {**_PICK, "tiles": [], "pages": 1}),
    ("roster.unsure", {**SHIFT, "crew": [], "missing": 0}),
    *recurrence.variants("roster"),
]
