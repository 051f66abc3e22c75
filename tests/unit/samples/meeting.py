"""A letter of each kind about meetings, with facts as long as they become."""

from typing import Any

from bot.services.topic import REASONS
from handlers.meeting import OFF_REASONS
from tests.unit.samples.facts import CASE, ZONE, Samples, Variants

_LONG = "一个名字特别长的居民代表同志"
_AT = "2026-11-27T11:00:00+00:00"
_MEETING: dict[str, Any] = {
    "id": 901,
    "version": 12,
    "series": "coordination",
    "name": "",
    "place": "幸福里东区3号楼一层架空层活动室",
    "starts": _AT,
    "minutes": 90,
    "zone": ZONE,
    "note": "",
}
_CASE_ITEM: dict[str, Any] = {
    "id": 31,
    "version": 2,
    "at": 1,
    "why": "overdue",
    "case": 1127,
    "icon": "🛗",
    "kind": {"zh_CN": "电梯", "en": "Lift"},
    "title": "3号楼2单元",
    "voice": False,
    "conclusion": "",
    "said": "",
    "owner": "",
    "until": "",
    "late_days": 6,
}
_TOPIC = {**_CASE_ITEM, "id": 32, "at": 2, "case": None, "icon": "", "kind": "", "late_days": 0,
          "title": "3号楼前缺长椅"}  # fmt: skip
_VOICE = {**_TOPIC, "id": 33, "at": 3, "title": "", "voice": True}
_ITEMS = [_CASE_ITEM, _TOPIC, _VOICE, {**_TOPIC, "at": 4}]
_MANY = [*_ITEMS, *({**_TOPIC, "at": at} for at in range(5, 13))]
_DONE = [
    {**_CASE_ITEM, "conclusion": "agreed", "said": "换门机", "owner": _LONG, "until": "2026-12-05"},
    {**_TOPIC, "conclusion": "again"},
    {**_VOICE, "conclusion": "climb"},
    {**_TOPIC, "conclusion": "proposal"},
    {**_TOPIC, "conclusion": "noted"},
    _TOPIC | {"conclusion": "noted"},
]
_COUNTS = {"yes": 14, "maybe": 5, "no": 3, "invited": 40, "came": 14, "words": 2}
_CARD = {
    **_MEETING,
    "items": _MANY,
    "answer": "yes",
    "came": True,
    "ahead": True,
    "now": False,
    "off": False,
    "public": False,
    "in_review": False,
    "fills": False,
    "staff": True,
    "counts": _COUNTS,
}
_LISTED = [{**_MEETING, "answer": one} for one in ("yes", "maybe", "no", "")]
_TOPIC_FACTS = {"id": 32, "version": 1, "words": "3号楼前缺长椅," * 30, "voice": False,
                "together": 2}  # fmt: skip
_RECEIVED = {**_TOPIC_FACTS, "neighbours": 2, "settled": False, "answer_by": _AT, "zone": ZONE}
_DRAFT = {**_MEETING, "n": 12, "open": 12, "counts": _COUNTS, "fills": True, "runs": True}
_ITEM = {
    "meeting": 901,
    "item": _CASE_ITEM,
    "words": "电梯老是停," * 40,
    "n": 12,
    "choices": ["agreed", "again", "climb", "noted"],
}
_DAYS = [{"code": "20261205", "month": 12, "day": 5}, {"code": "20261215", "month": 12, "day": 15}]
_ACTION = {
    "id": 7,
    "version": 2,
    "meeting": 901,
    "of_case": 1127,
    "what": "2单元电梯换门机",
    "owner": _LONG,
    "until": "2026-12-05",
    "zone": ZONE,
    "late": 0,
    "open": True,
    "done": False,
    "half": True,
    "was_late": False,
    "words": "",
    "photo": "",
    "reason": "",
    "mine": False,
    "speaks": True,
    "follows": False,
}
_ACTION_DONE = {**_ACTION, "open": False, "done": True, "words": "换了,试了一天," * 20}
_FIVE = [_AT] * 5
_RULE = {"every": "m", "nth": -1, "days": ["FR"], "at": "19:00", "minutes": 60, "policy": "before"}
_SERIES = {
    "id": 2**32 - 1,
    "version": 3,
    "series": "weekly",
    "name": "",
    "text": "FREQ=MONTHLY;BYDAY=-1FR",
    "rule": _RULE,
    "five": _FIVE,
    "zone": ZONE,
    "place": "幸福里东区3号楼一层架空层活动室",
    "secretary": _LONG,
    "paused": False,
}
SAMPLES: Samples = {
    "meeting.list": {"meetings": _LISTED, "past": [_MEETING], "organizer": True, "page": 1,
                     "pages": 3},
    "meeting.card": _CARD,
    "meeting.invite": {**_MEETING, "items": _ITEMS, "answer": ""},
    "meeting.reminder": _MEETING,
    "meeting.moved": {**_MEETING, "earlier": _AT},
    "meeting.cancelled": {**_MEETING, "reason": "holiday"},
    "meeting.sorry": _MEETING,
    "meeting.off_why": {**_MEETING, "reasons": list(OFF_REASONS)},
    "meeting.file": {**_MEETING, "off": False},
    "meeting.pack": {**_MEETING, "series": "conference"},
    "meeting.here": _MEETING,
    "meeting.ahead": {
        "ahead": [{"noun": "meeting", **one} for one in _LISTED[:2]]
        + [{"noun": "shift", "name": "巡逻 · 3-6号楼", "starts": _AT, "answer": ""}],
        "zone": ZONE,
    },
    "meeting.day": {
        "id": 901,
        "version": 12,
        "days": [{"code": f"202612{at:02d}", "day": at, "weekday": at % 7} for at in range(1, 15)],
    },
    "meeting.hour": {"id": 901, "version": 12, "times": [{"code": "202612011900",
                                                          "clock": "19:00"}] * 6},
    **{f"meeting.{one}": {} for one in ("word", "word_kept", "topic", "left", "off_write")},
    "agenda.case_on": {**_MEETING, "cases": [1127, 1130, 1131, 1140]},
    "agenda.received": _RECEIVED,
    "agenda.on": {**_TOPIC_FACTS, "at": 3, "meeting": _MEETING},
    "agenda.later": {**_TOPIC_FACTS, "reason": "price", "meeting": _MEETING},
    "agenda.not_on": {**_TOPIC_FACTS, "reason": "full"},
    "agenda.proposed": {**_TOPIC_FACTS, "meeting": _MEETING},
    "agenda.reason": {**_TOPIC_FACTS, "meeting": _MEETING, "reasons": list(REASONS),
                      "later": True},
    "agenda.voice": {"voice": "AgADvoice"},
    "agenda.outcome": {**_MEETING, "item": _DONE[0]},
    "agenda.put_off": {**_MEETING, "of_case": 1127},
    "agenda.lapsed": {**_MEETING, "of_case": 1127, "climbs": False},
    "minutes.lapsed": {**_MEETING, "n": 12, "up": 2},
    "agenda.write": {},
    "agenda.decided": {},
    "minutes.draft": {**_DRAFT, "open": 0},
    "minutes.nag": {**_DRAFT, "days": 3, "counts": {**_COUNTS, "came": 0}},
    "minutes.home": {**_DRAFT, "items": _DONE},
    "minutes.items": {**_DRAFT, "items": _DONE[:5], "page": 0, "pages": 3},
    "minutes.item": _ITEM,
    "minutes.owner": {**_ITEM, "people": [{"id": at, "name": _LONG} for at in range(6)]},
    "minutes.until": {**_ITEM, "days": _DAYS},
    "minutes.say": _ITEM,
    "minutes.people": {
        **_MEETING,
        "tiles": [{"person": at, "name": _LONG, "came": at % 2 == 0} for at in range(6)],
        "came": 14,
        "page": 0,
        "pages": 4,
    },
    "minutes.heard": {**_MEETING, "said": [{"name": _LONG, "words": "请多照顾老人," * 20}] * 5},
    "minutes.review": {**_MEETING, "items": _DONE, "public_at": _AT},
    "minutes.objected": {**_MEETING, "who": _LONG, "words": "是四家报价," * 30},
    "minutes.public": {**_MEETING, "items": _DONE[:4], "actions": True},
    "minutes.word": _MEETING,
    "minutes.page": _MEETING,
    **{f"minutes.{one}": {} for one in ("owner_write", "until_write", "wrong", "thanks", "noted")},
    **{f"action.{one}": _ACTION for one in ("given", "soon", "today", "late", "very_late")},
    "action.card": {**_ACTION, "mine": True},
    "action.list": {**_MEETING, "actions": [_ACTION] * 2},
    "action.late_desk": {**_ACTION, "late": 1},
    "action.days": {**_ACTION, "days": _DAYS},
    "action.done": {**_ACTION_DONE, "photo": "AgADphoto"},
    "action.extended": {**_ACTION, "reason": "等配件," * 20},
    "action.not_good": _ACTION_DONE,
    "action.taken_off": _ACTION,
    **{f"action.{one}": {} for one in ("write_done", "write_photo", "write_why", "kept", "moved")},
    "series.list": {"series": [_SERIES] * 3},
    "series.card": _SERIES,
    "series.rule": {"id": 2**32 - 1, "version": 3, "said": "m-1FR.1900.60.before", "step": "check",
                    "again": False, "rule": _RULE, "five": _FIVE, "zone": ZONE},
    "series.rule_own": {"id": 2**32 - 1, "version": 3},
    **{f"series.{one}": {} for one in ("name", "write_place", "write_secretary", "left")},
}  # fmt: skip
_QUIET = {**_CARD, "staff": False, "counts": {}, "came": False}
VARIANTS: Variants = [
    ("agenda.lapsed", {**_MEETING, "of_case": 1127, "climbs": True}),
    ("minutes.lapsed", {**_MEETING, "n": 12, "up": 0}),
    ("meeting.file", {**_MEETING, "off": True}),
    ("desk.full", {"case": CASE, "level": "community", "above": None, "page": 0, "pages": 1,
                   "lines": [], "meeting": _MEETING}),
    ("meeting.list", {"meetings": [], "past": [], "organizer": False, "page": 0, "pages": 1}),
    ("meeting.card", {**_QUIET, "items": [], "answer": "no", "place": ""}),
    ("meeting.card", {**_QUIET, "items": _ITEMS, "answer": "maybe"}),
    ("meeting.card", {**_CARD, "ahead": False, "off": True, "items": []}),
    ("meeting.card", {**_CARD, "ahead": False, "fills": True}),
    ("meeting.card", {**_CARD, "ahead": False, "public": True, "series": "conference"}),
    ("meeting.invite", {**_MEETING, "items": [], "answer": "", "series": "review"}),
    ("meeting.invite", {**_MEETING, "items": _ITEMS[:2], "answer": "", "name": "春节碰头会"}),
    *(("meeting.cancelled", {**_MEETING, "reason": one})
      for one in ("weather", "few", "series", "停电")),
    ("meeting.ahead", {"ahead": [], "zone": ZONE}),
    ("agenda.received", {**_RECEIVED, "words": "", "voice": True, "neighbours": 0,
                         "answer_by": ""}),
    ("agenda.received", {**_RECEIVED, "settled": True}),
    ("agenda.on", {**_TOPIC_FACTS, "at": 0, "meeting": {}}),
    ("agenda.on", {**_TOPIC_FACTS, "at": 0, "meeting": _MEETING}),
    ("agenda.later", {**_TOPIC_FACTS, "reason": "先让物业看看," * 20, "meeting": {}}),
    ("agenda.not_on", {**_TOPIC_FACTS, "reason": "report"}),
    ("agenda.proposed", {**_TOPIC_FACTS, "words": "", "together": 0, "meeting": {}}),
    *(("agenda.outcome", {**_MEETING, "item": one}) for one in _DONE[1:]),
    ("minutes.item", {**_ITEM, "item": _VOICE, "words": "",
                      "choices": ["agreed", "again", "proposal", "noted"]}),
    ("minutes.heard", {**_MEETING, "said": []}),
    ("minutes.draft", {**_DRAFT, "n": 0, "open": 0, "counts": {**_COUNTS, "came": 0}}),
    ("minutes.public", {**_MEETING, "items": [], "actions": False}),
    ("action.card", {**_ACTION, "half": False, "mine": True}),
    ("action.card", {**_ACTION, "late": 3}),
    ("action.card", _ACTION),
    ("action.card", {**_ACTION_DONE, "was_late": True}),
    ("action.card", {**_ACTION_DONE, "of_case": None}),
    ("action.list", {**_MEETING, "actions": []}),
    ("action.done", {**_ACTION_DONE, "was_late": True}),
    ("series.list", {"series": []}),
    ("series.card", {**_SERIES, "secretary": "", "place": "", "paused": True,
                     "rule": {**_RULE, "every": ""}}),
]  # fmt: skip
