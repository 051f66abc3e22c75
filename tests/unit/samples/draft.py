"""A report that is being written."""

from tests.unit.samples.facts import DRAFT, KIND, KINDS, TILES, Samples, Variants

SENT = {
    "photos": 20,
    "voices": 3,
    "seconds": 118,
    "videos": 1,
    "positions": 1,
    "files": 2,
    "checking": 1,
    "unopened": 1,
}

SAMPLES: Samples = {
    "draft.empty": DRAFT,
    "draft.place": DRAFT
    | {"buildings": [{"code": str(n), "name": f"{n}号楼"} for n in range(1, 7)]}
    | {"page": 0, "pages": 2, "home": "3号楼2单元"},
    "draft.unit": DRAFT
    | {"building": {"code": "3", "name": "3号楼"}}
    | {"units": [{"code": str(n), "name": f"{n}单元"} for n in range(1, 5)]},
    "draft.kind": DRAFT | KINDS,
    "draft.check": DRAFT | KIND,
    "draft.dropped": DRAFT,
    "draft.kept": DRAFT,
    "draft.task": DRAFT | {"tasks": [{**KIND, "number": 1127 + n} for n in range(6)]},
    "draft.resume": {
        **DRAFT,
        "left_at": "2026-11-16T11:42:00+00:00",
        "zone": "Asia/Shanghai",
        "complete": True,
    },
}
VARIANTS: Variants = [
    (
        "draft.place",
        {**SAMPLES["draft.place"], "words": "", "photos": 0, "voices": 2, "seconds": 18},
    ),
    ("draft.place", {**SAMPLES["draft.place"], "buildings": TILES[:5], "last": "5号楼1单元"}),
    ("draft.check", {**SAMPLES["draft.check"], "last": "5号楼1单元", "home": "3号楼2单元"}),
    ("draft.check", {**SAMPLES["draft.check"], "for_name": "王奶奶"}),
    ("draft.check", {**SAMPLES["draft.check"], "elders": [{"id": 1, "name": "王奶奶"}] * 3}),
    ("draft.check", {**SAMPLES["draft.check"], "words": "", "photos": 0}),
    ("draft.check", {**SAMPLES["draft.check"], **SENT}),
    ("draft.check", {**SAMPLES["draft.check"], "photos": 0, "videos": 2, "positions": 1}),
    ("draft.place", {**SAMPLES["draft.place"], **SENT}),
    ("draft.resume", {**SAMPLES["draft.resume"], "complete": False}),
]
