"""A case as everybody sees it, and what rings because of it."""

from collections.abc import Iterator
from typing import Any

from bot.domain import return_
from bot.domain.case import Status
from bot.domain.level import LEVELS
from bot.domain.route import CALM, HOURS, URGENT
from handlers.cards import dates, desk
from handlers.cards.case import VIEWS
from tests.unit.samples.facts import (
    ANSWER,
    ASKING,
    CASE,
    DONE,
    DOORSTEP,
    DRAFT,
    FIRE,
    KIND,
    LONGEST_TEAM,
    LONGEST_WHY,
    PROMISED,
    REFUSED,
    ROUTED,
    ROUTED_UP,
    SENT_ON,
    STREET,
    TAKEN,
    TEAM,
    ZONE,
    Samples,
    Variants,
    case_in,
)


def cases() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every view of every status: with and without a handler, a due time, a reason."""
    for view in VIEWS:
        for status in Status:
            for handler, due in (("王师傅", CASE["due"]), (None, CASE["due"]), (None, None)):
                told = {"reason": "灯具缺货", "outcome": "换了声控灯"} if handler else {}
                yield view, case_in(status, handler=handler, due=due, **told)


ASKED = {"answers": ["声控", "常亮", "说不清"], "moves": ["answer", "withdraw"]}
LATE = "2026-11-24T01:00:00+00:00"
DUE = [  # every day of the coming week, every month, yesterday and last year
    *(f"2026-11-{day}T10:00:00+00:00" for day in range(23, 31)),
    *(f"2027-{month:02d}-11T10:00:00+00:00" for month in range(1, 13)),
    *("2025-11-24T10:00:00+00:00", "2026-12-24T10:00:00+00:00"),
]
SENT = {"photos": 20, "voices": 3, "seconds": 118, "files": 2, "checking": 1, "unopened": 1}
GUARDED = {"guarded": True, "knows_door": True, "calls": True, "staff": True}
MASTER = {"number": 1120, "status": "in_progress"}
UNDER_WAY = {"handler": "王师傅", "promise": PROMISED["promise"], "doorstep": DOORSTEP}
ROUTES = [
    *(ROUTED, ROUTED_UP, {**ROUTED, "team": LONGEST_TEAM, "why": LONGEST_WHY}),
    {**ROUTED, "why": []},
    *({**ROUTED_UP, "level": level, "why": []} for level in LEVELS),
    *({**ROUTED, "why": [{"kind": "hours", "code": one}]} for one in (*HOURS, URGENT, CALM)),
]
DECLINED = case_in(Status.DECLINED)
SPECIAL = [
    *(case_in(status, handler="王师傅", due=LATE, round=1) for status in Status),
    *(case_in(status, urgent=True, place="", joined=7, to_nudge=True) for status in Status),
    *(case_in(status, handler="王师傅", reason="灯具缺货", **SENT) for status in Status),
    *(case_in(status, handler="王师傅", to_nudge=True, **SENT, **GUARDED) for status in Status),
    case_in(Status.MERGED, master=MASTER),
    {**ASKING, **SENT, "round": 2, "urgent": True, "due": LATE, "doorstep": DOORSTEP},
    *(
        {**case_in(Status.IN_PROGRESS), **UNDER_WAY, "staff": staff, "arrived": arrived}
        for staff in (True, False)
        for arrived in (True, False)
    ),
]
GIVEN = (
    *(*return_.REASONS, "nudged", "cannot_come"),
    *(code for codes in dates.REASONS.values() for code in codes),
)
CODES = (
    *("too_big", "too_many_pixels", "heic", "unreadable", "no_decoder"),
    *("gone", "unchecked", "not_there"),
)
SAMPLES: Samples = {
    "case.card": {"view": "reporter", "case": CASE},
    "case.similar": DRAFT | KIND | {"similar": [{**TAKEN, "joined": 3, "words": ""}]},
    "case.which": DRAFT | {"aside": {"photos": 1, "words": "电梯停了不动"}},
    "case.supplement_ask": {"number": 1127, "case": TAKEN},
    "case.supplement_left": {},
    "case.supplemented": {"case": TAKEN, "remark": 3},
    "case.chased": {"case": TAKEN, "remark": 3},
    "case.merged": {"case": CASE, "master": {**TAKEN, "number": 1120}},
    "case.unmerged": {"case": CASE, "master": {**TAKEN, "number": 1120}},
    "case.urgent": {
        "case": {**CASE, "urgent": True, "place": ""},
        "first": FIRE | {"advice": {"zh_CN": "开窗,人先出去", "en": "Get out"}},
        "emergencies": [FIRE] * 3,
        "phone": "020-1234567",
        "called": "王师傅",
    },
    "case.urgent_safe": {"case": CASE, "first": None, "emergencies": [], "phone": "020-1234567"},
    "case.urgent_next": {"case": CASE, "called": "王师傅", "phone": "020-1234567"},
    "case.autofiled": {"case": CASE},
    "case.withdraw_ask": {"case": TAKEN},
    "case.taken": {"case": TAKEN},
    "case.morning": {
        "cases": [{**TAKEN, "number": n} for n in range(1120, 1123)],
        "zone": ZONE,
    },
    "case.not_ours": {"case": {**DECLINED, "reason": "municipal"}, "whom": "打 122 找交警"},
    "case.need_info": {"case": {**CASE, "status": "needs_info", "reason": "是声控灯吗?"} | ASKED},
    "case.reopen_requested": {"case": DONE, "due": CASE["due"]},
    "case.reopened": {"case": TAKEN},
    "case.passed_on": {"case": {**CASE, "level": "community", "lead": "王师傅"}},
    "case.reopen_refused": {"case": REFUSED},
    "case.returned": {"case": {**CASE, "status": "returned", "reason": "cannot_come"}},
    "case.photos": {"number": 1127, "photos": ["file-1", "file-2"], "stage": "after"},
    "case.file": {"number": 1127, "file": "file-3", "file_kind": "voice", "stage": "before"},
    "picture.refused": {"case": TAKEN, "code": "heic", "sent_at": "2026-11-24T01:05:00+00:00"},
    "case.share": {
        **{name: CASE[name] for name in ("number", "icon", "name", "place", "status")},
        "link": "https://t.me/linli_bot",
    },
    "case.call_told": {"case": TAKEN, "number": 1127},
    "case.answered": {"case": CASE},
    **{f"case.{one}": {"case": PROMISED} for one in ("promised", "promise_moved", "extended")},
    "case.promise_missed": {"case": PROMISED},
}
VARIANTS: Variants = [
    ("case.supplemented", {"case": TAKEN, "remark": 3, "own": True}),
    ("case.similar", DRAFT | KIND | {"similar": [{**CASE, "number": n} for n in (1, 2, 3)]}),
    *(("case.card", {"view": view, "case": case}) for view, case in cases()),
    ("case.withdraw_ask", {"case": CASE}),
    ("case.taken", {"case": {**TAKEN, "due": None}}),
    *(
        ("case.passed_on", {"case": {**CASE, "level": level, "lead": lead}})
        for level in LEVELS
        for lead in ("王师傅", None)
    ),
    ("case.card", {"view": "lead", "case": {**CASE, "level": "street", "street": STREET}}),
    *(
        ("case.card", {"view": view, "case": {**case, "desk": desk}})
        for view in ("dispatcher", "group")
        for case, desk in (
            (case_in(Status.SUBMITTED, urgent=True), {"team": TEAM, "alike": [1120]}),
            (case_in(Status.SUBMITTED), {"team": None, "alike": [1120, 1121]}),
            *((case_in(Status.SUBMITTED), {"route": one, "alike": []}) for one in ROUTES),
            (case_in(Status.RETURNED, round=2), {"route": ROUTED, "alike": [1120]}),
            (case_in(Status.SUBMITTED, urgent=True), {"route": ROUTED_UP, "alike": [1120]}),
            (case_in(Status.SUBMITTED, street=STREET), {"route": None, "alike": []}),
            (case_in(Status.OFFERED), {"sent": SENT_ON}),
            (ASKING, {"sent": {**SENT_ON, "team": None}}),
        )
    ),
    *(
        ("case.card", {"view": "handler", "case": {**ASKING, "arrived": True, "doorstep": known}})
        for known in (DOORSTEP, {**DOORSTEP, "name": None, "whom": None})
    ),
    *(
        ("case.card", {"view": view, "case": case_in(Status.RESOLVED, asked_below=True)})
        for view in ("reporter", "co_signer")
    ),
    ("case.reopen_requested", {"case": DONE, "due": None}),
    ("case.photos", {"number": 1, "photos": ["file"], "stage": "before"}),
    *(
        ("case.file", {"number": 1127, "file": "f", "file_kind": kind, "stage": stage})
        for kind in ("picture", "video", "document", "paper", "location")
        for stage in ("before", "after")
    ),
    *(
        ("case.card", {"view": "dispatcher", "case": {**CASE, "photos": 0, **sent}})
        for sent in ({"voices": 2}, {"files": 1, "voices": 1}, {"checking": 1}, {"sent_after": 1})
    ),
    ("case.promise_moved", {"case": PROMISED, "known": True}),
    ("case.card", {"view": "dispatcher", "case": ASKING}),
    ("case.card", {"view": "handler", "case": {**PROMISED, "staff": True, "arrived": True}}),
    *(
        (
            "case.card",
            {
                "view": "supervisor",
                "case": {**REFUSED, "said": {**ANSWER, "differs": no, "others": [1, 9]}},
            },
        )
        for no in (True, False)
    ),
    ("case.reopen_refused", {"case": REFUSED, "agenda": True}),
    *(("case.card", {"view": view, "case": case}) for view in VIEWS for case in SPECIAL),
    *(
        ("case.card", {"view": view, "case": {**TAKEN, "due": due}})
        for view in VIEWS
        for due in DUE
    ),
    *(
        ("case.card", {"view": "co_signer", "case": case_in(status, joined=3, **also)})
        for status in Status
        for also in ({"kin": True}, {"muted": True}, {"handler": "王师傅"})
    ),
    *(("case.promise_moved", {"case": {**PROMISED, "reason": why}}) for why in GIVEN),
    *(
        ("case.not_ours", {"case": {**DECLINED, "reason": why}, "whom": "打 122 找交警"})
        for why in (*desk.REASONS, None)
    ),
    *(("picture.refused", {**SAMPLES["picture.refused"], "code": code}) for code in CODES),
    ("case.which", {**SAMPLES["case.which"], "words": "", "aside": {"words": "", **SENT}}),
    (
        "case.urgent",
        {"case": CASE, "first": None, "emergencies": [FIRE] * 3, "phone": "110", "called": None},
    ),
    ("case.urgent_safe", {**SAMPLES["case.urgent_safe"], "first": FIRE, "emergencies": [FIRE] * 3}),
]
