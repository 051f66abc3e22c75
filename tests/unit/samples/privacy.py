"""What is kept of somebody, with as much of everything as there can be."""

from bot.domain.retention import KINDS as DELETED
from tests.unit.samples.facts import ZONE, Samples, Variants

_AT = "2026-11-24T01:05:00+00:00"
_LOOK = {"role": "grid_worker", "what": "phone_seen", "number": "20261117", "at": _AT}
_COUNTS = {"homes": 2, "cases": 128, "photos": 64, "remarks": 40, "answers": 31, "papers": 12}
HOME = {
    "id": 17,
    "zone": ZONE,
    "home": "3号楼2单元",
    "counts": {**_COUNTS, "letters": 900},
    "looks": [_LOOK, {**_LOOK, "what": "contact_seen"}, {**_LOOK, "role": "property_staff"}],
    "planned": None,
    "knows": {"version": 12, "at": _AT, "now": 13},
}
CARRIED = {"id": 123456, "version": 12}
NEEDS = {
    "roles": ["admin", "organizer", "dispatcher"],
    "last_admin": True,
    **dict.fromkeys(("cases", "shifts", "rosters", "actions", "meetings"), 3),
}
SAMPLES: Samples = {
    "consent.note": {"consent": CARRIED},
    "privacy.home": HOME,
    "privacy.erase": {"id": 17, "open": 2, "closed": 126},
    "privacy.planned": {"id": 17, "at": _AT, "zone": ZONE},
    "privacy.tomorrow": {"id": 17, "at": _AT, "zone": ZONE},
    "privacy.stays": {},
    "privacy.hand_over": NEEDS,
    "privacy.not_erased": NEEDS,
    "privacy.export": {},
    "privacy.photos": {"photos": ["a", "b"]},
    "privacy.file": {"file": "a", "file_kind": "voice"},
    "privacy.case_gone": {},
    "retention.report": {"month": "2026-11", "deleted": dict.fromkeys(DELETED, 12345)},
}
VARIANTS: Variants = [
    ("privacy.home", {**HOME, "knows": {"version": 0, "at": "", "now": 13}}),
    ("consent.note", {"consent": {}}),
    ("privacy.home", {**HOME, "home": None, "looks": [], "planned": _AT}),
    ("privacy.home", {**HOME, "minimal": True, "looks": [{**_LOOK, "number": ""}] * 3}),
    ("privacy.erase", {"id": 17, "open": 0, "closed": 0}),
    ("privacy.hand_over", {"shifts": 1}),
    ("retention.report", {"month": "2026-11", "deleted": {}}),
]
