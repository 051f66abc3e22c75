"""Notices to many: how they are made, what everybody gets, and what came of them."""

from typing import Any

from bot.domain.broadcast import MOVES, Fate, Status
from tests.unit.samples.facts import TILES, ZONE, Samples, Variants

TITLE = "明天上午9点到11点停水检修,请提前接水"[:24]
DRAFT: dict[str, Any] = {
    "draft": 7,
    "edition": 3,
    "title": TITLE,
    "photos": 2,
    "files": 0,
    "switched": {"silent": False, "receipts": True},
    "corrects": None,
}
BODY: dict[str, Any] = {
    "html": "明天上午9点到11点<b>停水检修</b>,请提前接水。",
    "photos": [],
    "file": None,
    "together": False,
    "community": "幸福里社区",
    "zone": ZONE,
    "receipts": True,
    "corrected": None,
}
POLL: dict[str, Any] = {
    "question": "活动室周末开到几点?",
    "options": ["晚上8点", "晚上9点", "都行"],
    "quiz": False,
    "anonymous": True,
    "multiple": False,
    "revoting": True,
    "right": [],
    "explanation": "",
    "marks": [],
    "seconds": None,
    "until": None,
}
ASKED = {**BODY, "poll": POLL, "broadcast": 7, "receipts": False}
VOTES: dict[str, Any] = {
    "options": [{"text": one * 12, "n": 1200} for one in ["晚上8点", *"abcdefghijk"]],
    "voters": 1200,
    "closed": False,
}
AT = "2026-11-24T10:00:00+00:00"
ALL: dict[str, Any] = {
    "parts": [],
    "roles": [],
    "team": None,
    "case": None,
    "n": 0,
    "everybody": True,
    "buildings": 0,
    "meeting": None,
}
OFF: dict[str, Any] = {
    "what": "water",
    "since": "2026-11-24T01:00:00Z",
    "until": "2026-11-24T10:00:00Z",
    "where": ["3号楼", "5号楼"],
    "zone": ZONE,
    "joins": True,
}
NO_TIME = {**OFF, "since": None, "until": None}
STANDING_OFF = {**OFF, "outage": 3, "over": False}
RULE = {
    "every": "w",
    "nth": 0,
    "days": ["TH"],
    "at": "19:00",
    "minutes": 1,
    "policy": "skip",
    "moment": True,
}
SERIES = {"id": 3, "version": 1, "title": TITLE, "whom": ALL, "rule": RULE, "zone": ZONE}
ASKING = {"id": 7, "version": 0, "again": False}
WHEN = {
    **DRAFT,
    "whom": ALL,
    "n": 612,
    "lost": 5,
    "homes": 37,
    "second": True,
    "quiet": False,
    "at": AT,
    "zone": ZONE,
    "times": ["evening", "morning"],
}
STANDING: dict[str, Any] = {
    "broadcast": 7,
    "version": 2,
    "status": "sending",
    "title": TITLE,
    "at": AT,
    "zone": ZONE,
    "fates": {fate.value: 3 for fate in Fate},
    "lost": 12,
    "total": 612,
    "seconds": 36,
    "left": 12,
    "receipts": None,
    "moves": ["pause", "stop"],
    "ended": False,
    "everybody": True,
}
LOST = {"name": "欧阳上官诗雨", "home": "11号楼3单元", "phone": "010-5550 1240", "why": "blocked"}
TICKS = [{**one, "ticked": at % 2 == 0} for at, one in enumerate(TILES[:4])]
ITEMS = [{"broadcast": at, "title": TITLE, "at": AT} for at in range(1, 5)]
SAMPLES: Samples = {
    "broadcast.compose": DRAFT,
    "broadcast.whom": {**DRAFT, "n": 612, "roles": True},
    "broadcast.places": {**DRAFT, "tiles": TICKS, "page": 0, "pages": 4, "n": 2},
    "broadcast.roles": {**DRAFT, "roles": ["volunteer", "property_staff", "grid_worker"]},
    "broadcast.when": WHEN,
    "broadcast.others": DRAFT,
    "broadcast.areas": {**DRAFT, "areas": [{"scope": "estate:east", "name": "幸福里东区"}]},
    "broadcast.teams": {**DRAFT, "teams": [{"code": "repair", "name": "维修队"}]},
    "broadcast.meetings": {
        **DRAFT,
        "meetings": [{"id": 3, "name": "居民民情恳谈会", "starts": AT, "zone": ZONE}],
    },
    "broadcast.case": {**DRAFT, "again": False},
    "broadcast.series": {"series": [{**SERIES, "at": AT}] * 4, "zone": ZONE},
    "broadcast.series_missed": SERIES,
    "broadcast.list": {
        "items": [
            {"broadcast": at, "title": TITLE, "status": status, "at": AT, "zone": ZONE}
            for at, status in enumerate(("asked", "planned", "sending", "paused", "sent"))
        ]
    },
    "announce.rule": {**ASKING, "said": "", "step": "every"},
    "announce.rule_own": {"id": 7, "version": 0},
    "broadcast.time": {**DRAFT, "again": False},
    "broadcast.fix": {**DRAFT, "corrects": 7, "broadcast": 7, "version": 2},
    "broadcast.fixing": {"title": TITLE},
    "broadcast.dropped": {},
    "broadcast.agree": {
        "broadcast": 7,
        "version": 2,
        "name": "钱组织",
        "n": 612,
        "at": AT,
        "zone": ZONE,
        "urgent": True,
    },
    "broadcast.waits": {**STANDING, "status": "planned", "moves": ["cancel"]},
    "broadcast.progress": STANDING,
    "broadcast.report": {**STANDING, "status": "sent", "moves": ["correct", "recall"]},
    "broadcast.recall_ask": {"broadcast": 7, "version": 2, "title": TITLE},
    "broadcast.lost": {"broadcast": 7, "title": TITLE, "people": [LOST] * 3, "n": 3, "more": 0},
    "broadcast.letter": {**BODY, "broadcast": 7, "urgent": False},
    "broadcast.poll": ASKED,
    "broadcast.poll_end": {**ASKED, "poll_at": [1001, 7]},
    "broadcast.poll_elsewhere": {},
    "broadcast.poll_of_resident": {},
    "broadcast.preview": BODY,
    "broadcast.read": {**BODY, "broadcast": 7},
    "broadcast.corrected": {**BODY, "broadcast": 7, "corrected": AT},
    "broadcast.recalled": {**BODY, "broadcast": 7},
    "broadcast.every": {"items": [*ITEMS, *ITEMS[:2]], "n": 12, "page": 1, "pages": 2},
    "broadcast.digest": {"items": ITEMS, "more": 0},
    "broadcast.paper": {
        "broadcast": 7,
        "lines": ["停水检修"],
        "at": AT,
        "zone": ZONE,
        "community": "幸福里社区",
        "phone": "010-5550 1234",
    },
}
NEWS = {"community": "和平社区", "reported": 1, "solved": 0, "open": 1, "zone": ZONE, "outages": []}
_MOVES_OF = {
    status: [name for name, move in MOVES.items() if status in move.from_] for status in Status
}


def _standing(kind: str, *statuses: Status, **more: Any) -> Variants:
    return [
        (kind, {**STANDING, "status": one.value, "moves": _MOVES_OF[one], **more})
        for one in statuses
    ]


VARIANTS: Variants = [
    ("broadcast.compose", {**DRAFT, "corrects": 7}),
    ("broadcast.whom", {**DRAFT, "title": "", "files": 1, "photos": 0, "n": 0, "roles": False}),
    ("broadcast.places", {**DRAFT, "tiles": TICKS, "page": 0, "pages": 1, "n": 0}),
    ("broadcast.when", {**WHEN, "quiet": True, "second": False, "lost": 0, "homes": 0}),
    ("broadcast.when", {**WHEN, "whom": {**ALL, "everybody": False, "parts": ["3号楼", "5号楼"]}}),
    ("broadcast.when", {**WHEN, "whom": {**ALL, "everybody": False, "parts": ["3号楼"] * 5}}),
    ("broadcast.when", {**WHEN, "whom": {**ALL, "everybody": False, "roles": ["volunteer"]}}),
    *(
        ("broadcast.when", {**WHEN, "outage": one})
        for one in (OFF, {**OFF, "joins": False}, NO_TIME)
    ),
    (
        "broadcast.fix",
        {**SAMPLES["broadcast.fix"], "outage": {**OFF, "until": "2026-11-25T02:00:00Z"}},
    ),
    ("broadcast.report", {**STANDING, "status": "sent", "moves": [], "off": STANDING_OFF}),
    ("broadcast.time", {**DRAFT, "again": True}),
    ("broadcast.case", {**DRAFT, "again": True}),
    ("broadcast.teams", {**DRAFT, "teams": []}),
    ("broadcast.areas", {**DRAFT, "areas": []}),
    ("broadcast.meetings", {**DRAFT, "meetings": []}),
    ("broadcast.compose", {**DRAFT, "series": 2, "recent": 6}),
    (
        "broadcast.list",
        {
            "items": [
                {"broadcast": 1, "title": "", "status": status, "at": AT, "zone": ZONE}
                for status in ("stopped", "recalled")
            ]
        },
    ),
    ("broadcast.series", {"series": [], "zone": ZONE}),
    ("broadcast.series", {"series": [{**SERIES, "title": "", "at": None}], "zone": ZONE}),
    *(
        ("broadcast.when", {**WHEN, "whom": {**ALL, "everybody": False, name: held}})
        for name, held in (("team", "维修队"), ("case", 1127), ("meeting", 3))
    ),
    (
        "announce.rule",
        {**ASKING, "said": "wTH.1900.1.skip", "step": "check", "rule": RULE, "five": [AT] * 5}
        | {"zone": ZONE},
    ),
    ("broadcast.agree", {**SAMPLES["broadcast.agree"], "urgent": False}),
    *_standing(
        "broadcast.waits",
        *(Status.ASKED, Status.PLANNED, Status.REFUSED, Status.LAPSED, Status.CANCELLED),
    ),
    *_standing("broadcast.progress", Status.SENDING, Status.PAUSED, Status.STOPPED, left=0),
    *_standing("broadcast.report", Status.SENT, Status.STOPPED, Status.RECALLED, receipts=12),
    ("broadcast.progress", {**STANDING, "left": 0, "asleep": 3}),
    *(
        ("broadcast.report", {**STANDING, "status": "sent", "moves": [], "seconds": seconds})
        for seconds in (600, 46_202)
    ),
    ("broadcast.report", {**STANDING, "status": "sent", "moves": [], "lost": 0, "total": 3}),
    *(
        ("broadcast.lost", {**SAMPLES["broadcast.lost"], "people": [{**LOST, "why": why}] * 10})
        for why in ("before", "deleted", "failed", "unknown")
    ),
    ("broadcast.lost", {"broadcast": 7, "title": "", "people": [], "n": 120, "more": 20}),
    (
        "broadcast.lost",
        {**SAMPLES["broadcast.lost"], "people": [{**LOST, "phone": None, "guarded": True}] * 10}
        | {"first": 90},
    ),
    ("broadcast.letter", {**BODY, "broadcast": 7, "photos": ["a"], "together": True}),
    ("broadcast.letter", {**BODY, "broadcast": 7, "html": "", "photos": ["a", "b"]}),
    ("broadcast.letter", {**BODY, "broadcast": 7, "file": ["paper", "a"], "receipts": False}),
    ("broadcast.recalled", {**BODY, "broadcast": 7, "photos": ["a"], "together": True}),
    ("broadcast.letter", {**ASKED, "poll_at": [1001, 7]}),
    ("broadcast.preview", ASKED),
    ("broadcast.read", {**ASKED, "poll_at": [1001, 7]}),
    ("broadcast.recalled", {**ASKED, "poll_at": [1001, 7]}),
    ("broadcast.whom", {**DRAFT, "poll": POLL, "n": 612, "roles": True}),
    ("broadcast.whom", {**DRAFT, "poll": {**POLL, "quiz": True}, "n": 612, "roles": True}),
    *(
        ("broadcast.when", {**WHEN, "poll": {**POLL, "anonymous": hidden}})
        for hidden in (True, False)
    ),
    *(
        item
        for closed in (True, False)
        for item in _standing("broadcast.report", Status.SENT, votes={**VOTES, "closed": closed})
    ),
    ("menu.news", {**NEWS, "notices": [], "surveys": [], "meetings": []}),
    ("menu.news", {**NEWS, "notices": ITEMS * 3, "surveys": [], "meetings": []}),
    (
        "broadcast.digest",
        {
            "items": [{"survey": 3, "title": "物业测评", "results": one} for one in (True, False)],
            "more": 0,
        },
    ),
    ("broadcast.digest", {"items": [{**ITEMS[0], "title": ""}], "more": 4}),
]
