"""Screens that everybody can reach, lists, families, groups, and single sentences."""

from bot.domain.case import Relation
from bot.domain.menu import COMMANDS
from bot.domain.role import Role
from bot.services.settings import BEGINS, ENDS
from bot.services.todo import FILTERS
from tests.unit.samples.broadcast import ITEMS
from tests.unit.samples.facts import CASE, KINDS, PHONES, TILES, ZONE, Samples, Variants
from tests.unit.samples.outage import OUTAGE

ITEM = {"number": 1127, "icon": "💡", "name": CASE["name"], "place": "3号楼2单元"}
LISTED = [
    {**ITEM, "status": status, "due": CASE["due"] if at % 2 else None, "late": at == 3}
    for at, status in enumerate(("submitted", "offered", "in_progress", "resolved", "returned"))
]
LIST = {
    "calls": {"call": 2, "check": 1},
    "items": LISTED,
    "page": 1,
    "pages": 3,
    "total": 14,
    "zone": ZONE,
    "only": 0,
}
FIND = {**LIST, "query": "电梯", "broad": False, "own": False, "below": 0, "older": None}
BACK = {"below": 999_999_999, "older": 999_990_000}
SETTINGS = {
    "alerts": True,
    "quiet": True,
    "large": False,
    "wish": False,
    "hours": "21:30-08:00, 12:30-14:00",
}
SETTINGS |= {"serves": False, "volunteer": False, "home": "3号楼2单元"}
SURVEYS = [{"survey": 3, "title": "物业测评", "results": one} for one in (False, True)]
MEETINGS = [{"id": 3, "name": "民情恳谈会", "past": one} for one in (False, True)]
OFTEN = {
    "alerts": True,
    "sorts": [
        {"sort": one, "often": how}
        for one, how in (("notices", "each"), ("recurring", "daily"), ("surveys", "less"))
    ],
}
SAMPLES: Samples = {
    "settings.often": OFTEN,
    "menu.start": {"community": "和平社区", "name": "李阿姨", "staff": True, "volunteer": True},
    "menu.keyboard": {},
    "menu.report": KINDS,
    "menu.phone": PHONES,
    "menu.news": {"community": "和平社区", "reported": 12, "solved": 9, "open": 4, "zone": ZONE}
    | {"outages": [OUTAGE, {**OUTAGE, "what": "lift", "where": ["幸福里东区"]}]}
    | {"notices": ITEMS, "surveys": SURVEYS, "meetings": MEETINGS},
    "menu.help": PHONES | {"community": "和平社区", "commands": list(COMMANDS)},
    "menu.bind": {"buildings": TILES, "page": 0, "pages": 2},
    "menu.commands": {"commands": list(COMMANDS)},
    "settings.home": SETTINGS,
    "settings.begins": {"times": list(BEGINS)},
    "settings.ends": {"begins": "21:30", "times": list(ENDS)},
    "settings.unit": {"building": TILES[2], "units": TILES},
    "settings.home_open": {},
    "list.filters": {"registers": True, "counts": dict.fromkeys(FILTERS, 12), "signals": 3},
    "kin.home": {"helps": [{"id": 1, "name": "王奶奶"}], "helped_by": [{"id": 2, "name": "小李"}]},
    "kin.ask": {"id": 1, "name": "小李"},
    **{f"kin.{one}": {"name": "小李"} for one in ("allowed", "not_allowed", "agreed")},
    **{f"kin.{one}": {"name": "王奶奶"} for one in ("refused", "ended")},
    "kin.invite": {"name": "小李", "link": "https://t.me/linli_bot?start=k_" + "x" * 22},
    **{f"kin.{one}": {} for one in ("how", "gone", "not_agreed")},
    "group.bind": {"purposes": ["dispatch", "supervise", "patrol"]},
    "group.bound": {"purpose": "dispatch", "who": "张调度"},
    "group.lost": {"purpose": "dispatch"},
    "group.place": {"account": 1, "who": 1, "purpose": "dispatch", "over": 1},
    **{
        f"group.{why}": {"group": "工作群", "who": "张调度"}
        for why in ("not_admin", "mute", "unclear")
    },
    **{key: {} for key in ("group.unbound", "group.not_bound", "group.anonymous")},
    "list.my": LIST,
    "list.todo": {**LIST, "items": LISTED[:4]},
    "list.tasks": LIST,
    "list.find": {**FIND, "total": 31, "beyond": True, "broad": True},
    "newcomer.ask": {
        "communities": [{"id": at, "name": f"幸福里第{at}社区"} for at in range(1, 9)],
        "page": 0,
        "pages": 1,
    },
    "newcomer.urgent": {"emergencies": PHONES["emergencies"]},
    "newcomer.joined": {"community": "和平社区", "waits": True},
    "newcomer.is_placed": {"community": "和平社区"},
    "newcomer.start_first": {},
    "search.ask": {},
    "search.own": {},
    "common.unknown": {"phone": "020-1234567"},
    "admin.alarm": {"what": "update_set_aside", "facts": {"code": "K7M4", "update": 12}},
    "common.card_moved": {"number": 1127},
    "common.sorry": {"code": "K7M4", "phone": "020-1234567"},
    "common.too_fast": {"phone": "020-1234567"},
    "common.too_long": {"limit": 8000},
    "common.too_many": {"photos": 20},
    "common.file_too_big": {"limit": 20},
    "common.too_many_pixels": {"limit": 40},
    "refusal.not_yours": {"who": ["dispatcher", "supervisor"]},
    **{f"common.{one}": {} for one in ("welcome", "stale_draft", "not_staff")},
    "common.full": {"phone": "020-1234567"},
    "common.nothing_to_cancel": {},
}
VARIANTS: Variants = [
    (
        "newcomer.ask",
        {
            "communities": [
                {"id": at, "name": f"幸福里街道第{at}新村社区居委会"} for at in (1, 2, 3)
            ],
            "page": 0,
            "pages": 4,
        },
    ),
    ("newcomer.joined", {"community": "和平社区", "waits": False}),
    ("list.todo", {**LIST, "items": [], "total": 0, "only": 2}),
    *((f"list.{which}", {**LIST, "items": [], "total": 0}) for which in ("my", "todo", "tasks")),
    (
        "list.todo",
        {**LIST, "items": [{**one, "led": True, "level": "street"} for one in LISTED[:4]]},
    ),
    ("settings.home", {**SETTINGS, "serves": True, "volunteer": True, "home": None}),
    ("settings.home", {**SETTINGS, "quiet": False, "alerts": False, "wish": True}),
    ("menu.help", PHONES | {"community": "和平社区", "commands": ["start"], "emergencies": []}),
    ("admin.alarm", {"what": "backup_failed", "facts": {}}),
    ("admin.alarm", {"what": "drill_failed", "facts": {"backup": "linli-20261117T011000Z.db"}}),
    ("admin.alarm", {"what": "holidays_missing", "facts": {"year": 2027}}),
    ("admin.alarm", {"what": "something_new", "facts": {"count": 3, "list": [1]}}),
    ("list.find", {**FIND, "own": True}),
    ("list.find", {**FIND, "own": True, "items": []}),
    ("list.find", {**FIND, "query": "电梯" * 5 + "吵", "page": 166, "pages": 167, **BACK}),
    ("list.find", {**FIND, "items": [], "total": 0, "page": 0, "pages": 1, **BACK}),
    ("list.todo", {**LIST, "items": LISTED[:4], "total": 100, "beyond": True}),
    ("list.my", {**LIST, "items": [{**one, "place": ""} for one in LISTED]}),
    ("list.my", {**LIST, "items": LISTED[:1], "calls": {"call": 0, "check": 1}}),
    ("kin.home", {"helps": [], "helped_by": []}),
    ("group.lost", {"purpose": "supervise"}),
    ("group.bound", {"purpose": "patrol", "who": "张调度"}),
    *(("admin.alarm", {"what": f"letter_{how}", "facts": {}}) for how in ("dead", "unknown")),
    *(("refusal.not_yours", {"who": [who.value]}) for who in (*Role, *Relation)),
]
