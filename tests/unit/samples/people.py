"""A letter of each kind about who serves, with facts as long as they become."""

from tests.unit.samples.facts import Samples, Variants

_LONG = "一个名字特别长的志愿者同志"
_SOMEBODY = {"id": 9001, "name": _LONG, "roles": ["grid_worker", "property_staff", "volunteer"]}
_TILES = {"id": 9001, "name": _LONG, "verb": "give"}
_ROLES = [
    *("volunteer", "grid_worker", "property_staff", "dispatcher", "supervisor", "organizer"),
    "admin",
]
SAMPLES: Samples = {
    "case.from_qr": {"place": "幸福里东区13号楼2单元"},
    "qr.known": {"place": "幸福里东区13号楼2单元"},
    "qr.dead": {},
    "qr.elsewhere": {},
    "people.list": {
        "people": [_SOMEBODY] * 4,
        "total": 120,
        "words": "",
        "page": 1,
        "pages": 30,
        "waiting": 3,
    },
    "people.card": {
        "id": 9001,
        "name": _LONG,
        "since": "2026-11-01T01:00:00+00:00",
        "zone": "Asia/Shanghai",
        "reachable": False,
        "held": [
            {"role": "dispatcher", "where": None, "until": "2027-11-01T01:00:00+00:00"},
            {"role": "volunteer", "where": "幸福里东区", "until": None},
        ],
        "ends": [{"role": "volunteer", "scope": "east"}],
    },
    "people.check": {"n": 120, "gone": 12},
    "people.role": {**_TILES, "roles": _ROLES},
    "people.term": {
        **_TILES,
        "role": "property_staff",
        "terms": ["month", "quarter", "year", "none"],
    },
    "people.take": {
        **_TILES,
        "ends": [{"role": one, "scope": "estate_of_16_chr"} for one in _ROLES],
    },
    "people.waiting": {
        "asked": [{"id": n, "name": _LONG, "role": "property_staff"} for n in range(101, 106)]
    },
    "people.link": {
        "role": "property_staff",
        "link": "https://t.me/linli_bot?start=i_" + "x" * 22,
    },
    "grant.ask": {"id": 12, "name": _LONG, "asker": _LONG, "role": "dispatcher"},
    "grant.agreed": {"name": _LONG, "role": "dispatcher"},
    "grant.refused": {"name": _LONG, "role": "dispatcher"},
    **{f"grant.{one}": {"role": "dispatcher"} for one in ("given", "ended", "waits")},
    **{f"grant.{one}": {} for one in ("gone", "elsewhere", "no_second")},
}
VARIANTS: Variants = [
    ("people.list", {**SAMPLES["people.list"], "people": [], "total": 0}),
    ("people.list", {**SAMPLES["people.list"], "people": [{**_SOMEBODY, "roles": []}]}),
    ("people.card", {**SAMPLES["people.card"], "held": [], "ends": [], "reachable": True}),
    ("people.role", {**SAMPLES["people.role"], "name": None}),
    ("people.waiting", {"asked": []}),
]
