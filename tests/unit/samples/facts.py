"""What most letters are about: a case as it stands, a report being written, people and places."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.domain.case import MOVES, Status

Samples = dict[str, Mapping[str, Any]]  # one of each kind
Variants = list[tuple[str, Mapping[str, Any]]]  # the same kinds with other facts
NOW = datetime(2026, 11, 24, 1, 10, tzinfo=UTC)
ZONE = "Asia/Shanghai"
CASE: dict[str, Any] = {
    "number": 1127,
    "version": 3,
    "status": "submitted",
    "phase": "open",
    "urgent": False,
    "category": "lighting",
    "icon": "💡",
    "name": {"zh_CN": "公共照明", "en": "Public lighting"},
    "place": "3号楼2单元",
    "words": "3楼灯不亮了",
    "photos": 1,
    "photos_after": 0,
    "handler": None,
    "arrived": False,
    "due": "2026-11-25T10:00:00+00:00",
    "reported_at": "2026-11-24T01:08:00+00:00",
    "reason": None,
    "outcome": None,
    "round": 0,
    "joined": 0,
    "muted": False,
    "level": "property",
    "lead": None,
    "leads": False,
    "street": None,
    "zone": ZONE,
    "moves": [name for name, move in MOVES.items() if Status.SUBMITTED in move.from_],
}
DRAFT = {"draft_id": 7, "version": 0, "photos": 1, "words": "3楼灯不亮了", "place": "3号楼2单元"}
KIND = {"icon": "💡", "name": CASE["name"]}
KINDS = {
    "tiles": [{"code": "lighting", "icon": "💡", "name": CASE["name"]}] * 6,
    "page": 0,
    "pages": 3,
}
TILES = [{"code": str(n), "name": f"{n}号楼"} for n in range(1, 7)]
FIRE: dict[str, Any] = {"name": {"zh_CN": "火警", "en": "Fire"}, "phone": "119"}
PHONES = {
    "phone": "020-1234567",
    "hours": "8:00-20:00",
    "emergencies": [FIRE] * 3,
}
PEOPLE = [{"id": n, "name": "王师傅", "role": "property_staff", "open": n} for n in range(5)]
TEAM = {"code": "engineering", "name": "工程和电梯组", "n": 112, "hours": 120}
WHY = [
    {"kind": "category", "name": {"zh_CN": "水电气暖", "en": "Water and power"}},
    {"kind": "estate", "name": "幸福里东区"},
]
LONGEST_WHY = [
    {
        "kind": "category",
        "name": {"zh_CN": "一二三四五六七八九十一二", "en": "abcdefghijklmnopqrstuvwx"},
    },
    {"kind": "estate", "name": "一二三四五六七八九十一二三四五六七八九十"},
    {"kind": "hours", "code": "closed"},
    {"kind": "haste", "code": "calm"},
]
LONGEST_TEAM = {"code": "a" * 16, "name": "水电电梯工程一组Eastern1"}
ROUTED: dict[str, Any] = {"team": TEAM, "level": None, "above": False, "why": WHY}
ROUTED_UP: dict[str, Any] = {"team": None, "level": "community", "above": True, "why": LONGEST_WHY}
STREET = {"contact": "和平街道综合办公室", "phone": "010-5550 1000"}
SENT_ON = {"who": "张调度", "at": "2026-11-24T01:05:00+00:00", "team": "工程和电梯组"}
DOORSTEP = {"name": "李阿姨", "whom": "孙网格", "phone": "010-5550 1240"}
TAKEN = {**CASE, "status": "in_progress", "handler": "王师傅"}
DONE = {**TAKEN, "status": "resolved", "phase": "waiting", "due": None}
REFUSED = {**DONE, "status": "closed_unsolved", "phase": "closed", "reason": "维修资金要先表决"}
CLOSED = {**DONE, "status": "closed_solved", "phase": "closed", "moves": ["contest"]}
REFUSAL = {"case": DONE, "noun": "refuse", "reason": "维修资金要先表决"}
ANSWER = {"solved": "half", "satisfied": None}
PROMISED = {**TAKEN, "promise": "2026-11-24T07:00:00+00:00", "reason": "灯具缺货"}
PROMISED |= {"deadline": CASE["due"], "hold_until": None, "asked": None}
ASKING = {**PROMISED, "asked": {"what": "hold", "reason": "weather", "until": CASE["due"]}}
ASKING["moves"] = ["hold", "extend", "ask_extension"]
MORE_TIME = {**ASKING, "asked": {"what": "extension", "reason": "parts", "until": CASE["due"]}}


def case_in(status: Status, **other: Any) -> dict[str, Any]:
    moves = [name for name, move in MOVES.items() if status in move.from_]
    known = {"status": status.value, "phase": status.phase.value, "moves": moves}
    return {**CASE, **known, **other}
