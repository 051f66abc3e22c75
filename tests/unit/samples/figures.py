"""The figures of a period, with many cases, with few and with none."""

from tests.unit.samples.facts import KIND, Samples, Variants

RATES = {
    name: {"part": "1033", "n": 1240, "percent": 83}
    for name in (
        *("response", "solution", "satisfaction"),
        *("on_time", "callback", "given_back", "reopened"),
    )
}
FEW = {name: {"part": "1", "n": 3, "percent": None} for name in RATES}
PERIOD = {"first": "2026-11-01", "last": "2026-11-30", "scope": 0, "scope_name": "幸福里社区"}
NOW = {"open": 112, "late": 14}
TOP = [{**KIND, "n": 120}] * 5
CARD = {
    **PERIOD,
    **NOW,
    "scopes": True,
    "total": 1240,
    "rates": RATES,
    "composite": 84,
    "half": 31,
    "hours": 26,
    "top": TOP,
}
POINT = {"first": "2026-11-01", "last": "2026-11-30", "rates": RATES, "total": 1240}
SCOPE = {"number": 1, "name": "幸福里社区"}
SAMPLES: Samples = {
    "figures.card": CARD,
    "figures.month": CARD,
    "figures.dates": {**PERIOD, "scopes": True, "today": "2026-11-17"},
    "figures.scopes": {
        **PERIOD,
        "scopes": True,
        "choices": [SCOPE] * 8,
    },
    "figures.charts": {**PERIOD, "points": [{**POINT, "rates": FEW}, *[POINT] * 5]},
    "figures.sheet": {**PERIOD, "total": 1240},
}
EMPTY = {**CARD, "scopes": False, "total": 0, "top": [], "composite": None, "half": 0}
SMALL = {**CARD, "rates": FEW, "composite": None, "hours": None, "half": 0, "total": 3}
VARIANTS: Variants = [
    ("figures.card", {**EMPTY, "hours": None, "rates": FEW}),
    ("figures.card", SMALL),
    ("figures.month", {**EMPTY, "hours": None, "rates": FEW}),
]
