"""A letter of each kind about surveys, with facts as long as they become."""

from typing import Any

from tests.unit.samples.facts import ZONE, Samples, Variants

_TITLE = "这一季物业的保洁和报修做得怎么样啊大家"
_SURVEY: dict[str, Any] = {
    "id": 9001,
    "version": 3,
    "title": _TITLE,
    "n": 12,
    "anonymous": True,
    "starts": "2026-11-24T02:00:00+00:00",
    "ends": "2026-12-01T02:00:00+00:00",
    "zone": ZONE,
    "open": True,
    "over": False,
    "moves": ["end"],
}
_ASKED = {
    **_SURVEY,
    "step": "question",
    "code": "ABCDEFGHJKLMNP",
    "at": 11,
    "what": "single",
    "words": "您觉得小区的保洁、绿化、秩序和收费公开里头,哪一样最该先改一改,改到什么样才好",
    "options": ["保洁再勤快一些", "绿化", "秩序", "收费公开", "都好", "不清楚"],
    "size": 6,
    "answer": 1,
    "answered": True,
    "back": True,
}
_DONE = {**_SURVEY, "step": "thanked", "code": "ABCDEFGHJKLMNP", "again": None}
_OPTIONS = [{"n": 124, "percent": 62}, {"n": 60, "percent": 30}, {"n": 16, "percent": 8}]
_CHOSEN = {
    "what": "single",
    "words": _ASKED["words"],
    "names": ["满意", "一般", "不满意"],
    "n": 200,
    "hidden": False,
    "options": _OPTIONS,
    "mean": None,
    "groups": [],
}
_RATED = {
    **_CHOSEN,
    "what": "rating",
    "names": [],
    "options": [{"n": 1, "percent": None}] * 5,
    "mean": "4.2",
}
_WRITTEN = {
    **_CHOSEN,
    "what": "free_words",
    "names": [],
    "options": [],
    "groups": [{"words": "电梯老是坏," * 30, "n": 12}],
}
_GROUPS = [{"words": f"{n}电梯老是坏," * 30, "n": 12} for n in range(12)]
_RESULTS = {
    **_SURVEY,
    "community": "幸福里社区",
    "asked": 612,
    "answered": 200,
    "percent": 33,
    "hidden": False,
    "missing": 0,
    "stage": "running",
    "buildings": [{"name": "13号楼", "asked": 40, "answered": 12, "percent": 30}] * 8
    + [{"name": None, "asked": 3, "answered": 1, "percent": None}],
    "questions": [_CHOSEN, _RATED, _WRITTEN, {**_CHOSEN, "hidden": True, "options": []}],
}
_OVER = {**_RESULTS, "open": False, "over": True, "stage": "ended", "moves": ["publish"]}
_WHOM: dict[str, Any] = {
    "meeting": None,
    "parts": ["3号楼", "5号楼", "11号楼"],
    "roles": [],
    "team": None,
    "case": None,
    "n": 0,
    "everybody": False,
    "buildings": 3,
}
_MADE = {
    "what": "single",
    "words": _ASKED["words"],
    "options": _ASKED["options"],
    "size": 6,
    "leads": [{"option": 0, "to": 99}, {"option": 1, "to": 5}],
    "may_lead": True,
}
_DRAFT = {
    "until": False,
    "draft": 9001,
    "title": _TITLE,
    "questions": [_MADE] * 12,
    "anonymous": True,
    "whom": _WHOM,
    "closed_cases": False,
    "reached": 612,
    "term": "now",
    "days": 14,
    "starts": "2026-11-24T02:00:00+00:00",
    "ends": "2026-12-01T02:00:00+00:00",
    "zone": ZONE,
}
_EDIT = {"draft": 9001, "at": 3, "of": 12, "question": _MADE}
_TICKS = [{"code": f"1{n}", "name": f"1{n}号楼", "ticked": n % 2 == 0} for n in range(4)]
SAMPLES: Samples = {
    "survey.invite": {**_SURVEY, "again": True, "about": 1127},
    "survey.paper": {**_ASKED, "anonymous": False, "about": 1127},
    "survey.secret": _ASKED,
    "survey.declined": _SURVEY,
    "survey.closed": _SURVEY,
    "survey.ended": {**_SURVEY, "answered": True, "again": 1127},
    "survey.line_kept": _SURVEY,
    "survey.left_open": {},
    "survey.one_picture": {},
    "survey.published": _OVER,
    "compose.list": {
        "surveys": [{**_SURVEY, "stage": "called_off", "answered": 200, "asked": 612}] * 5,
        "page": 1,
        "pages": 3,
    },
    "compose.card": _RESULTS,
    "compose.end": _RESULTS,
    "compose.result": _OVER,
    "compose.photos": {
        "words": "拍一张最脏的地方",
        "photos": ["a", "b"],
        "names": ["欧阳上官诗雨", "老周"],
    },
    "compose.charts": _RESULTS,
    "compose.sheet": _RESULTS,
    "compose.ended": _OVER,
    "compose.choose": {},
    "compose.draft": _DRAFT,
    "compose.title": {"draft": 9001},
    "compose.from_when": {"draft": 9001},
    "compose.until_when": {"draft": 9001},
    "compose.meetings": {
        "draft": 9001,
        "meetings": [
            {"id": 3, "name": "居民民情恳谈会", "starts": _SURVEY["starts"], "zone": ZONE}
        ],
    },
    "compose.teams": {"draft": 9001, "teams": [{"code": "repair", "name": "维修队"}]},
    "compose.case": {"draft": 9001, "again": False},
    "compose.words": {"draft": 9001},
    "compose.options": {"draft": 9001},
    "compose.kind": {"draft": 9001},
    "compose.edit": _EDIT,
    "compose.lead": _EDIT,
    "compose.lead_to": {**_EDIT, "option": 0, "targets": [4, 5, 6, 7], "page": 0, "pages": 2},
    "compose.whole": {**_DRAFT, "shown": [_MADE] * 4, "first": 8, "page": 2, "pages": 3},
    "compose.whom": _DRAFT,
    "compose.buildings": {**_DRAFT, "tiles": _TICKS, "page": 0, "pages": 4},
    "compose.roles": {
        "draft": 9001,
        "roles": ["volunteer", "property_staff", "grid_worker", "organizer"],
    },
    "compose.when": _DRAFT,
}
_SENT = {**_ASKED, "options": [], "size": 0, "answer": None, "answered": False, "back": False}
VARIANTS: Variants = [
    ("survey.invite", {**_SURVEY, "anonymous": False, "again": False}),
    *(("survey.secret", {**_SENT, "what": one}) for one in ("number", "free_words")),
    ("survey.paper", {**_SENT, "what": "picture"}),
    ("survey.paper", {**_SENT, "what": "free_words", "answered": True}),
    ("survey.paper", {**_ASKED, "what": "multiple", "answer": [0, 2]}),
    ("survey.paper", {**_ASKED, "what": "multiple", "answer": None}),
    ("survey.paper", {**_ASKED, "what": "rating", "options": [], "size": 5}),
    ("survey.paper", {**_ASKED, "what": "yes_half_no", "options": [], "size": 3}),
    ("survey.secret", _DONE),
    ("survey.paper", {**_DONE, "anonymous": False, "again": 1127}),
    ("survey.ended", {**_SURVEY, "answered": False, "again": None}),
    ("survey.published", {**_OVER, "hidden": True, "missing": 2, "questions": []}),
    ("compose.list", {"surveys": [], "page": 0, "pages": 1}),
    *(
        (
            "compose.list",
            {
                "surveys": [{**_SURVEY, "stage": one, "answered": 0, "asked": 0}],
                "page": 0,
                "pages": 1,
            },
        )
        for one in ("planned", "running", "ended", "published")
    ),
    ("compose.card", {**_OVER, "percent": None, "buildings": []}),
    ("compose.card", {**_OVER, "questions": [{**_WRITTEN, "what": "picture", "groups": []}]}),
    ("compose.card", {**_RESULTS, "open": False, "stage": "planned", "moves": ["call_off"]}),
    ("compose.card", {**_RESULTS, "buildings": _RESULTS["buildings"][-1:]}),
    ("compose.result", {**_RESULTS, "hidden": True, "questions": []}),
    ("compose.result", {**_OVER, "questions": [{**_WRITTEN, "what": "number", "mean": "3"}]}),
    ("compose.result", {**_OVER, "questions": [{**_WRITTEN, "groups": _GROUPS}]}),
    (
        "compose.whole",
        {**_DRAFT, "anonymous": False, "shown": [_MADE], "first": 0, "page": 0, "pages": 1},
    ),
    ("compose.draft", {**_DRAFT, "title": "", "questions": [], "anonymous": False}),
    ("compose.draft", {**_DRAFT, "whom": {**_WHOM, "parts": [], "everybody": True}}),
    (
        "compose.draft",
        {
            **_DRAFT,
            "questions": [
                {**_MADE, "what": one}
                for one in ("multiple", "rating", "yes_half_no", "number", "free_words")
            ],
            "whom": {**_WHOM, "parts": [], "roles": ["volunteer"]},
        },
    ),
    (
        "compose.draft",
        {
            **_DRAFT,
            "questions": [{**_MADE, "what": one} for one in ("picture", "free_words")],
            "term": "morning",
        },
    ),
    ("compose.when", {**_DRAFT, "until": True, "term": "morning"}),
    ("compose.when", {**_DRAFT, "until": True, "term": "now"}),
    ("compose.draft", {**_DRAFT, "whom": {**_WHOM, "parts": [], "meeting": 3}}),
    ("compose.meetings", {"draft": 9001, "meetings": []}),
    ("compose.teams", {"draft": 9001, "teams": []}),
    ("compose.case", {"draft": 9001, "again": True}),
    *(
        ("compose.draft", {**_DRAFT, "whom": {**_WHOM, "parts": [], name: held}})
        for name, held in (("team", "维修队"), ("case", 1127))
    ),
    ("compose.whom", {**_DRAFT, "closed_cases": True, "reached": 0}),
    ("compose.edit", {**_EDIT, "question": {**_MADE, "may_lead": False, "leads": []}, "of": 4}),
]
