"""What is said as the time of a case runs out."""

from tests.unit.samples.facts import CASE, TAKEN, Samples, Variants

LATE = {**TAKEN, "due": "2026-11-22T10:00:00+00:00", "deadline": "2026-11-22T10:00:00+00:00"}
AHEAD = {**TAKEN, "deadline": TAKEN["due"]}
WAITING = {**CASE, "deadline": CASE["due"]}
NOTICE = {
    "case": LATE,
    "company": "安居物业",
    "branch": "安居物业党支部",
    "at": "2026-11-24T01:10:00+00:00",
}
SAMPLES: Samples = {
    **{f"late.{stage}": {"case": AHEAD} for stage in ("half", "most", "update")},
    **{f"late.{stage}": {"case": LATE} for stage in ("over", "over_desk")},
    **{f"late.{stage}": {"case": AHEAD} for stage in ("contact", "contact_desk")},
    **{f"late.dispatch_{stage}": {"case": WAITING} for stage in ("half", "over")},
    "late.claim_half": {"case": WAITING},
    "late.notice": NOTICE,
    "late.agenda": {"case": LATE, "company": "安居物业"},
    "case.still": {"case": AHEAD},
}
VARIANTS: Variants = [
    ("case.still", {"case": LATE}),
    ("late.notice", {**NOTICE, "branch": "", "company": "", "case": {**LATE, "handler": None}}),
    ("late.agenda", {"case": {**LATE, "due": "2026-11-23T22:00:00+00:00"}, "company": ""}),
    ("late.over", {"case": {**LATE, "deadline": "2026-11-24T01:00:00+00:00"}}),
    ("late.over", {"case": {**LATE, "deadline": "2026-11-23T20:00:00+00:00"}}),
    ("case.card", {"view": "dispatcher", "case": {**LATE, "level": "street"}}),
    ("case.card", {"view": "dispatcher", "case": {**CASE, "due": "2026-11-24T01:09:00+00:00"}}),
]
