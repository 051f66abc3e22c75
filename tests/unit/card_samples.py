"""Plausible facts for every card, and every view of a case in every status."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.domain.case import MOVES, Status
from bot.domain.letter import Drawing, Letter, LetterClass
from bot.domain.menu import COMMANDS
from bot.services.settings import BEGINS, ENDS
from bot.services.todo import FILTERS
from handlers.cards import render
from handlers.cards.case import VIEWS
from tests.unit.people_samples import SAMPLES as PEOPLE_SAMPLES

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
PEOPLE = [{"id": n, "name": "王师傅", "role": "property_staff", "open": n} for n in range(5)]
TAKEN = {**CASE, "status": "in_progress", "handler": "王师傅"}
TEAM = {"code": "engineering", "name": "工程和电梯组", "n": 112, "hours": 120}
SENT_ON = {"who": "张调度", "at": "2026-11-24T01:05:00+00:00", "team": "工程和电梯组"}
DOORSTEP = {"name": "李阿姨", "whom": "孙网格", "phone": "010-5550 1240"}
DONE = {**TAKEN, "status": "resolved", "phase": "waiting", "due": None}
REFUSED = {**DONE, "status": "closed_unsolved", "phase": "closed", "reason": "维修资金要先表决"}
CLOSED = {**DONE, "status": "closed_solved", "phase": "closed", "moves": ["contest"]}
QUESTION = {"case": DONE, "round": 0, "others": 2, "half": False}
QUESTION |= {"before": {"what": "thanks", "number": 1126}}
CALLS = {
    "items": [
        {"number": 1127, "round": 0, "person": n, "name": "李阿姨", "place": "3号楼2单元"}
        for n in range(4)
    ],
    "others": 2,
    "page": 1,
    "pages": 3,
    "total": 14,
}
ANSWER = {"solved": "half", "satisfied": None}
CALL_CARD = {"case": {**DONE, "outcome": "换了声控灯"}, "round": 0, "person": 3, "name": "李阿姨"}
CALL_CARD |= {"home": "3号楼2单元", "step": "q1", "said": ANSWER, "heard": ANSWER}
CALL_CARD |= {"differs": False, "wish": None}
REFUSAL = {"case": DONE, "noun": "refuse", "reason": "维修资金要先表决"}
PROMISED = {**TAKEN, "promise": "2026-11-24T07:00:00+00:00", "reason": "灯具缺货"}
PROMISED |= {"deadline": CASE["due"], "hold_until": None, "asked": None}
ASKING = {**PROMISED, "asked": {"what": "hold", "reason": "weather", "until": CASE["due"]}}
ASKING["moves"] = ["hold", "extend", "ask_extension"]
MORE_TIME = {**ASKING, "asked": {"what": "extension", "reason": "parts", "until": CASE["due"]}}
CHIPS = [
    {"chip": name, "code": "2611241500", "at": "2026-11-24T07:00:00+00:00"}
    for name in ("today", "tomorrow_morning", "tomorrow_afternoon", "day_after")
]
PARTS = [{**CHIPS[0], "chip": name} for name in ("noon", "evening", "night")]
GRID = [{"code": f"2611{n + 10}", "day": n + 10, "weekday": n % 7} for n in range(14)]
DATES = {"case": PROMISED, "reason": "parts", "again": True, "back": True}
DATES |= {"choices": CHIPS, "days": GRID}
FINISH = {"case": TAKEN, "photos": 2, "no_photo": None, "did": "换了声控灯,已试亮"}

FIRE: dict[str, Any] = {"name": {"zh_CN": "火警", "en": "Fire"}, "phone": "119"}
PHONES = {
    "phone": "020-1234567",
    "hours": "8:00-20:00",
    "emergencies": [FIRE] * 3,
}
TILES = [{"code": str(n), "name": f"{n}号楼"} for n in range(1, 7)]
SETTINGS = {
    "alerts": True,
    "quiet": True,
    "large": False,
    "wish": False,
    "hours": "21:30-08:00, 12:30-14:00",
}
SETTINGS |= {"serves": False, "volunteer": False, "home": "3号楼2单元"}

ASKED = {"answers": ["声控", "常亮", "说不清"], "moves": ["answer", "withdraw"]}
STEP = {"at": CASE["reported_at"], "person": "张调度", "move": "note", "words": ""}
TEMPLATES = [
    {"code": f"one{n}", "name": {"zh_CN": "什么时候在家呢", "en": "When"}} for n in range(6)
]

ASK_FIRST = {"case": CASE, "people": PEOPLE, "page": 0, "pages": 1, "asking": True}
ASK_FIRST["teams"] = TILES[:4]
SAMPLES: dict[str, Mapping[str, Any]] = {
    "menu.start": {"community": "和平社区", "name": "李阿姨", "staff": True, "volunteer": True},
    "menu.keyboard": {"first": True},
    "menu.report": KINDS,
    "menu.phone": PHONES,
    "menu.news": {"community": "和平社区", "reported": 12, "solved": 9, "open": 4, "zone": ZONE},
    "menu.help": PHONES | {"community": "和平社区", "commands": list(COMMANDS)},
    "menu.bind": {"buildings": TILES, "page": 0, "pages": 2},
    "menu.commands": {"commands": list(COMMANDS)},
    "settings.home": SETTINGS,
    "settings.begins": {"times": list(BEGINS)},
    "settings.ends": {"begins": "21:30", "times": list(ENDS)},
    "settings.unit": {"building": TILES[2], "units": TILES},
    "settings.home_open": {},
    "settings.wished": {"name": "李阿姨", "home": "3号楼2单元"},
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
    "case.card": {"view": "reporter", "case": CASE},
    "case.similar": DRAFT | KIND | {"similar": [{**TAKEN, "joined": 3, "words": ""}]},
    "case.which": DRAFT | {"aside": {"photos": 1, "words": "电梯停了不动"}},
    "case.hot": {"case": CASE, "n": 5},
    "case.supplement_ask": {"number": 1127},
    "case.supplement_left": {},
    "case.supplemented": {"case": TAKEN, "remark": 3},
    "task.supplemented": {"case": TAKEN, "words": "门口的也不亮"},
    "desk.merge": {"case": CASE, "masters": [{**TAKEN, "number": n} for n in range(1120, 1125)]},
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
    "case.closed": {"case": {**DONE, "status": "closed_solved", "phase": "closed"}},
    "case.not_ours": {"case": {**CASE, "reason": "municipal"}, "whom": "打 122 找交警"},
    "case.need_info": {"case": {**CASE, "status": "needs_info", "reason": "是声控灯吗?"} | ASKED},
    "case.reopen_requested": {"case": DONE, "due": CASE["due"]},
    "case.reopened": {"case": TAKEN},
    "case.reopen_refused": {"case": REFUSED},
    "case.returned": {"case": {**CASE, "status": "returned", "reason": "cannot_come"}},
    "case.photos": {"number": 1127, "photos": ["file-1", "file-2"], "stage": "after"},
    "draft.resume": {
        **DRAFT,
        "left_at": "2026-11-16T11:42:00+00:00",
        "zone": "Asia/Shanghai",
        "complete": True,
    },
    "case.file": {"number": 1127, "file": "file-3", "file_kind": "voice", "stage": "before"},
    "picture.refused": {"case": TAKEN, "code": "heic", "sent_at": "2026-11-24T01:05:00+00:00"},
    "survey.result": {"case": DONE, "did": "换了声控灯", "photos_after": 1, "no_photo": None},
    **{f"survey.{step}": QUESTION for step in ("q1", "q2", "q3", "reopen")},
    "survey.write": {"number": 1127},
    "survey.thanks": {"case": CLOSED},
    "survey.left": {"case": DONE},
    "survey.call": {"case": DONE, "due": CASE["due"]},
    "survey.over": {"case": CLOSED},
    "survey.later": {"case": CLOSED, "round": 0},
    "survey.later_good": {"case": CLOSED},
    "survey.later_never": {"case": CLOSED},
    "survey.later_broken": {"case": CLOSED, "new": 1140},
    "call.list": CALLS,
    "check.list": CALLS,
    "call.card": CALL_CARD,
    "check.card": {**CALL_CARD, "differs": True},
    "task.withdrawn": {"case": TAKEN},
    "task.not_today": {"case": CASE},
    "desk.assign": {"case": CASE, "people": PEOPLE, "page": 1, "pages": 3}
    | {"advice": {"name": "工程组", "n": 12, "hours": 20}},
    "desk.nobody": {"case": CASE},
    "desk.no_supervisor": {"case": DONE},
    "desk.reopen": {"case": DONE, "people": PEOPLE[:3], "page": 1, "pages": 3, "same": PEOPLE[0]},
    "desk.decline_reason": {"case": CASE},
    "desk.decline_whom": {"case": CASE, "reason": "municipal", "tiles": TEMPLATES},
    "desk.ask_words": {"case": CASE, "noun": "ask", "tiles": TEMPLATES},
    "desk.ask_preview": {"case": CASE, "words": "是声控灯吗?", "answers": ["是", "不是", "说不清"]},
    "desk.now_words": {"case": CASE, "noun": "now", "tiles": TEMPLATES},
    "desk.now_preview": {"case": CASE, "words": "本月就换"},
    "desk.note_words": {"case": CASE, "noun": "note", "tiles": TEMPLATES},
    "desk.full": {"case": CASE, "level": "community", "above": "street", "page": 1, "pages": 3}
    | {"lines": [STEP, {**STEP, "words": "已经到现场看过"}, {**STEP, "person": None}]},
    "list.filters": {"registers": True, "counts": dict.fromkeys(FILTERS, 12)},
    "desk.onbehalf": {"channels": ["phone", "walk_in"]},
    "desk.onbehalf_send": {},
    "desk.registered": {"number": 1127},
    **PEOPLE_SAMPLES,
    "kin.home": {"helps": [{"id": 1, "name": "王奶奶"}], "helped_by": [{"id": 2, "name": "小李"}]},
    "kin.ask": {"id": 1, "name": "小李"},
    **{f"kin.{one}": {"name": "小李"} for one in ("allowed", "not_allowed", "agreed")},
    **{f"kin.{one}": {"name": "王奶奶"} for one in ("refused", "ended")},
    "kin.invite": {"name": "小李", "link": "https://t.me/linli_bot?start=k_" + "x" * 22},
    **{f"kin.{one}": {} for one in ("how", "gone", "not_agreed")},
    "group.bind": {"purposes": ["dispatch", "supervise"]},
    "group.bound": {"purpose": "dispatch", "who": "张调度"},
    "group.lost": {"purpose": "dispatch"},
    "group.place": {"account": 1, "who": 1, "purpose": "dispatch", "over": 1},
    **{
        f"group.{why}": {"group": "工作群", "who": "张调度"}
        for why in ("not_admin", "mute", "unclear")
    },
    **{key: {} for key in ("group.unbound", "group.not_bound", "group.anonymous")},
    "desk.fix": {"case": CASE},
    "desk.fix_kind": {"case": CASE, "tiles": [{"code": "lighting", **KIND}] * 16, "page": 1},
    "desk.fix_place": {"case": CASE, "tiles": TILES * 2, "page": 1},
    "desk.fix_unit": {"case": CASE, "building": TILES[2], "units": TILES},
    "desk.transfer": {"case": CASE, "level": "community"},
    "task.urgent": {"case": TAKEN},
    "task.nudged": {"case": TAKEN},
    "case.share": {
        **{name: CASE[name] for name in ("number", "icon", "name", "place", "status")},
        "link": "https://t.me/linli_bot",
    },
    "task.call_first": {"case": TAKEN, "name": "李阿姨"},
    "case.call_told": {"case": TAKEN, "number": 1127},
    "task.passed_on": {"case": TAKEN},
    "desk.answered": {"case": CASE, "question": "是声控灯吗?", "answer": "是", "photos": 1},
    "desk.lapsed": {"case": CASE, "question": "是声控灯吗?"},
    "desk.refer": {"case": {**CASE, "outcome": "打 122 找交警"}},
    "case.answered": {"case": CASE},
    "desk.decline_preview": {"case": CASE, "reason": "power", "whom": "打 95598 找供电公司"},
    "desk.refuse_reason": REFUSAL,
    "desk.close_reason": {**REFUSAL, "noun": "close"},
    "desk.refuse_preview": REFUSAL,
    "finish.photo": {**FINISH, "as_file": True},
    "finish.no_photo": FINISH,
    "finish.words": FINISH,
    "finish.check": FINISH,
    **{
        f"{noun}.{step}": DATES
        for noun in ("promise", "hold", "extension")
        for step in ("reason", "words", "time", "day", "done")
    },
    **{f"{noun}.part": DATES | {"choices": PARTS} for noun in ("promise", "extension")},
    "promise.beyond": {"case": PROMISED, "at": CASE["due"]},
    "promise.objection": {"case": PROMISED},
    "promise.objected": {"case": PROMISED},
    **{f"case.{one}": {"case": PROMISED} for one in ("promised", "promise_moved", "extended")},
    "case.promise_missed": {"case": PROMISED},
    **{f"task.{one}": {"case": PROMISED} for one in ("promise_missed", "agreed", "overruled")},
    "task.not_agreed": {"case": PROMISED, "what": "hold"},
    "desk.declined": {"case": {**CASE, "status": "declined", "phase": "closed"}},
    "desk.asked": {"case": ASKING},
    "desk.objection": {"case": PROMISED, "said": "周三我不在家"},
    **{f"return.{one}": {"case": TAKEN} for one in ("reason", "words", "overrule", "overruled")},
    "list.my": LIST,
    "list.todo": {**LIST, "items": LISTED[:4]},
    "list.tasks": LIST,
    "list.find": {**LIST, "query": "电梯", "broad": True, "own": False},
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
}


def draw(
    kind: str, facts: Mapping[str, Any], language: str = "zh_CN", *, large: bool = False
) -> Drawing:
    stored = json.loads(json.dumps(facts))  # as it comes out of the outbox
    given = (1, 1, 42, language, kind, stored, LetterClass.MUST_ARRIVE, False, NOW, 0)
    return render(Letter(*given, large=large), NOW)


def case_in(status: Status, **other: Any) -> dict[str, Any]:
    moves = [name for name, move in MOVES.items() if status in move.from_]
    known = {"status": status.value, "phase": status.phase.value, "moves": moves}
    return {**CASE, **known, **other}


def cases() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every view of every status: with and without a handler, a due time, a reason."""
    for view in VIEWS:
        for status in Status:
            for handler, due in (("王师傅", CASE["due"]), (None, CASE["due"]), (None, None)):
                told = {"reason": "灯具缺货", "outcome": "换了声控灯"} if handler else {}
                yield view, case_in(status, handler=handler, due=due, **told)


EVERYTHING = [
    ("case.similar", DRAFT | KIND | {"similar": [{**CASE, "number": n} for n in (1, 2, 3)]}),
    *SAMPLES.items(),
    *(("case.card", {"view": view, "case": case}) for view, case in cases()),
    ("list.todo", {**LIST, "items": [], "total": 0, "only": 2}),
    *((f"list.{which}", {**LIST, "items": [], "total": 0}) for which in ("my", "todo", "tasks")),
    ("menu.keyboard", {"first": False}),
    (
        "draft.place",
        {**SAMPLES["draft.place"], "words": "", "photos": 0, "voices": 2, "seconds": 18},
    ),
    ("draft.place", {**SAMPLES["draft.place"], "buildings": TILES[:5], "last": "5号楼1单元"}),
    ("draft.check", {**SAMPLES["draft.check"], "last": "5号楼1单元", "home": "3号楼2单元"}),
    ("settings.home", {**SETTINGS, "serves": True, "volunteer": True, "home": None}),
    ("settings.home", {**SETTINGS, "quiet": False, "alerts": False, "wish": True}),
    ("menu.help", PHONES | {"community": "和平社区", "commands": ["start"], "emergencies": []}),
    ("case.withdraw_ask", {"case": CASE}),
    ("case.taken", {"case": {**TAKEN, "due": None}}),
    *(
        ("case.card", {"view": view, "case": {**case, "desk": desk}})
        for view in ("dispatcher", "group")
        for case, desk in (
            (case_in(Status.SUBMITTED, urgent=True), {"team": TEAM, "alike": [1120]}),
            (case_in(Status.SUBMITTED), {"team": None, "alike": [1120, 1121]}),
            (case_in(Status.OFFERED), {"sent": SENT_ON}),
            (ASKING, {"sent": {**SENT_ON, "team": None}}),
        )
    ),
    *(
        ("case.card", {"view": "handler", "case": {**ASKING, "arrived": True, "doorstep": known}})
        for known in (DOORSTEP, {**DOORSTEP, "name": None, "whom": None})
    ),
    ("finish.photo", {**FINISH, "case": {**TAKEN, "doorstep": DOORSTEP}, "as_file": True}),
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
    ("desk.assign", ASK_FIRST),
    ("case.promise_moved", {"case": PROMISED, "known": True}),
    ("desk.asked", {"case": MORE_TIME}),
    ("desk.asked", {"case": PROMISED}),
    ("promise.done", {**DATES, "case": ASKING}),
    ("case.card", {"view": "dispatcher", "case": ASKING}),
    ("case.card", {"view": "handler", "case": {**PROMISED, "staff": True, "arrived": True}}),
    ("desk.assign", {"case": CASE, "people": [], "page": 0, "pages": 1}),
    ("finish.check", {**FINISH, "photos": 0, "no_photo": "privacy", "did": "repaired"}),
    ("survey.result", {"case": DONE, "did": None, "photos_after": 0, "no_photo": "unwilling"}),
    ("survey.thanks", {"case": DONE}),
    *(
        (
            "case.card",
            {"view": "supervisor", "case": {**REFUSED, "said": {**ANSWER, "differs": no}}},
        )
        for no in (True, False)
    ),
    ("case.reopen_refused", {"case": REFUSED, "agenda": True}),
    *(
        (f"{which}.card", {**CALL_CARD, "step": step, "home": None})
        for which in ("call", "check")
        for step in ("q1", "q2", "reopen", "done", "over")
    ),
    *(
        (f"{which}.list", {**CALLS, "items": [], "pages": 1, "others": 0})
        for which in ("call", "check")
    ),
    *(("survey." + step, {**QUESTION, "others": 0, "before": None}) for step in ("q1", "q2", "q3")),
    *(
        ("survey.reopen", {**QUESTION, "half": half, "before": {"what": what, "number": 1126}})
        for half in (True, False)
        for what in ("again", "leave", "call")
    ),
    ("desk.reopen", {"case": DONE, "people": [], "page": 0, "pages": 1, "same": None}),
    ("admin.alarm", {"what": "something_new", "facts": {"count": 3, "list": [1]}}),
]
