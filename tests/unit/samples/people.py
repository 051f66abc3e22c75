"""A letter of each kind about who serves, with facts as long as they become."""

from bot.domain.person import ERASED
from tests.unit.samples.facts import Samples, Variants

_LONG = "一个名字特别长的志愿者同志"
_SOMEBODY = {"id": 9001, "name": _LONG, "roles": ["grid_worker", "property_staff", "volunteer"]}
_TILES = {"id": 9001, "name": _LONG, "verb": "give"}
_ROLES = [
    *("volunteer", "grid_worker", "property_staff", "dispatcher", "supervisor", "organizer"),
    "admin",
]
_HOME = {"id": 9001, "home": "幸福里东区13号楼2单元 1502"}
_WORD = {"home": _HOME["home"], "whom": _LONG, "phone": "010-5550 1240 转 8001"}
_BUILDINGS = {"buildings": [{"code": "estate_of_16_chr", "name": "幸福里东区13号楼"}] * 6}
_UNITS = [{"code": str(n), "name": f"{n}单元"} for n in range(1, 8)]
_UNIT = {"building": {"code": "estate_of_16_chr", "name": "幸福里东区13号楼"}, "units": _UNITS}
_SAYS = {"said": "幸福里东区13号楼2单元"}
_OTHERS = [{"id": n, "name": "和合社区" if n else "一个名字很长的大社区"} for n in range(6)]
_MOVING = {"there": 2, "name": "和合社区", "here": "幸福里社区"}
_SEAT = {"title": "书记", "since": "2026-01-01", "until": None}
_SEATS = [
    {**_SEAT, "body": "party", "name": None},
    {**_SEAT, "body": "residents", "name": None, "until": "2029-12-31"},
    {**_SEAT, "body": "branch", "name": "安居物业党支部"},
    {**_SEAT, "body": "group", "name": "绿化自治小组", "title": ""},
]
SAMPLES: Samples = {
    "residence.home": {"homes": [_HOME] * 3, "said": None, "full": True, "several": True},
    "moving.ask": {"community": "和平街道第三社区", "communities": _OTHERS, "page": 0, "pages": 2},
    "moving.look": {**_MOVING, "homes": 3, "open": 2},
    "moving.done": {**_MOVING, "homes": 3, "open": 2},
    "residence.door": {"place": "幸福里东区13号楼2单元"},
    **dict.fromkeys(("residence.word", "residence.wrong", "residence.bound"), _WORD),
    "residence.wait": _WORD,
    "residence.left": {},
    "residence.leave": _HOME,
    "residence.end": {**_HOME, "name": _LONG, "person": 9001},
    "residence.ended": {"home": _HOME["home"], "reason": "disputed"},
    "residence.buildings": {**_BUILDINGS, "page": 0, "pages": 3},
    "residence.unit": _UNIT,
    "home_word.buildings": {**_BUILDINGS, "page": 0, "pages": 3},
    "home_word.unit": _UNIT,
    "home_word.door": {"place": "幸福里东区13号楼2单元"},
    "home_word.made": {"home": _HOME["home"], "word": "482 913", "n": 3},
    "case.from_qr": {"place": "幸福里东区13号楼2单元"},
    "qr.patrol": {"place": "东区地下车库东北角消防栓", "bind": None},
    "qr.room": {"place": "二楼议事厅", "bind": None},
    "qr.known": {"place": "幸福里东区13号楼2单元", "bind": "estate_of_16_chr-2"},
    "qr.dead": {},
    "qr.elsewhere": {},
    "people.list": {
        "people": [_SOMEBODY] * 4,
        "total": 120,
        "words": "",
        "page": 1,
        "pages": 30,
        "waiting": 3,
        "wishes": 12,
    },
    "people.card": {
        "id": 9001,
        "name": _LONG,
        "since": "2026-11-01T01:00:00+00:00",
        "zone": "Asia/Shanghai",
        "reachable": False,
        "volunteer": True,
        "block": {"status": "stands", "until": "2026-12-24T01:00:00+00:00", "may": True},
        "seats": [],
        "lives": {"homes": [_HOME] * 3, "said": "幸福里东区13号楼2单元", "full": True},
        "held": [
            {"role": "dispatcher", "where": None, "until": "2027-11-01T01:00:00+00:00"},
            {"role": "volunteer", "where": "幸福里东区", "until": None},
        ],
        "ends": [{"role": "volunteer", "scope": "eeast", "where": "幸福里东区"}],
    },
    "people.check": {"n": 120, "gone": 12},
    "people.role": {**_TILES, "roles": _ROLES},
    "people.term": {
        **_TILES,
        "role": "property_staff",
        "scope": "eestate_of_16_chr",
        "terms": ["month", "quarter", "year", "none"],
    },
    "people.take": {
        **_TILES,
        "ends": [
            {"role": one, "scope": "eestate_of_16_chr", "where": "幸福里东区一期"} for one in _ROLES
        ],
    },
    "people.where": {
        **_TILES,
        "role": "property_staff",
        "places": [
            {"code": "all", "name": None},
            *({"code": "eestate_of_16_chr", "name": "幸福里东区一期"} for _ in range(5)),
        ],
        "page": 1,
        "pages": 3,
    },
    "people.waiting": {
        "asked": [
            {"id": n, "name": _LONG, "role": "property_staff", "where": "幸福里东区一期"}
            for n in range(101, 106)
        ]
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
_UNTIL = {"until": "2026-12-24T01:00:00+00:00", "zone": "Asia/Shanghai", "phone": "010-5550 1234"}
_WHY = {"reason": "在群里和电话里骂人很多次了" * 5}
SAMPLES |= {
    "block.term": {"id": 9001, "name": _LONG, "terms": ["day", "week", "month", "lifted"]},
    "block.reason": {
        "id": 9001,
        "name": _LONG,
        "term": "lifted",
        "reasons": ["insult", "harassment", "spam", "false_report", "other"],
    },
    "block.write": {"name": _LONG},
    "block.ask": {"id": 9001, "name": _LONG, "asker": _LONG, **_WHY},
    "block.told": {"id": 9001, **_UNTIL, **_WHY},
    "block.answer": {"id": 9001, "appealed": False, **_UNTIL},
    "block.appeal": {"id": 9001, "name": _LONG, "words": "我没有" * 130, "own": True, **_WHY},
    "block.sentence": {"name": _LONG, "lifts": True},
    "block.appealed": {"phone": "010-5550 1234"},
    **{f"block.judged_{one}": {"words": "说清楚了" * 50} for one in ("lifted", "kept")},
    **{f"block.{one}": {"name": _LONG} for one in ("agreed", "refused", "you_lifted", "you_kept")},
    **{
        f"block.{one}": {}
        for one in ("appeal_ask", "lifted", "over", "left", "you_agreed", "you_refused")
    },
}
VARIANTS: Variants = [
    (
        "people.card",
        {**SAMPLES["people.card"], "block": {"status": None, "until": None, "may": True}},
    ),
    (
        "people.card",
        {**SAMPLES["people.card"], "block": {"status": "asked", "until": None, "may": True}},
    ),
    (
        "people.card",
        {**SAMPLES["people.card"], "block": {"status": "stands", "until": None, "may": False}},
    ),
    ("people.card", {**SAMPLES["people.card"], "block": None}),
    (
        "people.card",
        {**SAMPLES["people.card"], "lives": {"homes": [_HOME], "said": None, "guarded": True}},
    ),
    ("residence.home", {**SAMPLES["residence.home"], "guarded": True}),
    ("block.told", {**SAMPLES["block.told"], "until": None, "reason": "insult"}),
    ("block.answer", {**SAMPLES["block.answer"], "until": None, "appealed": True}),
    ("block.appeal", {**SAMPLES["block.appeal"], "own": False, "reason": "spam"}),
    ("block.sentence", {**SAMPLES["block.sentence"], "lifts": False}),
    ("people.list", {**SAMPLES["people.list"], "people": [], "total": 0, "wishes": 0}),
    ("people.list", {**SAMPLES["people.list"], "people": [{**_SOMEBODY, "roles": []}]}),
    ("people.list", {**SAMPLES["people.list"], "people": [{**_SOMEBODY, "name": ERASED}]}),
    (
        "people.card",
        {**SAMPLES["people.card"], "held": [], "ends": [], "reachable": True, "volunteer": False},
    ),
    ("people.card", {**SAMPLES["people.card"], "lives": {"homes": [], "said": None}}),
    ("people.card", {**SAMPLES["people.card"], "lives": {"homes": []} | _SAYS, "seats": _SEATS}),
    ("people.card", {**SAMPLES["people.card"], "lives": {"homes": [], "said": "幸福里东区3号楼"}}),
    ("residence.home", {"homes": [], **_SAYS, "full": False, "several": False}),
    ("moving.ask", {"community": "和平", "communities": _OTHERS[:1], "page": 0, "pages": 1}),
    ("moving.look", {**_MOVING, "homes": 0, "open": 0}),
    ("moving.done", {**_MOVING, "homes": 0, "open": 0}),
    ("residence.word", {**_WORD, "whom": None}),
    ("residence.ended", {"home": _HOME["home"], "reason": "moved"}),
    ("residence.ended", {"home": _HOME["home"], "reason": "mistake"}),
    ("people.role", {**SAMPLES["people.role"], "name": None}),
    ("people.waiting", {"asked": []}),
    ("people.where", {**SAMPLES["people.where"], "pages": 1, "page": 0}),
    *((f"grant.{one}", {"role": "grid_worker", "where": "第一网格"}) for one in ("given", "ended")),
]
