"""The dispatcher's and the supervisor's questions, and what they are told."""

from typing import Any

from bot.domain.case import MOVES
from bot.domain.level import LEVELS
from bot.domain.onbehalf import CHANNELS
from bot.domain.signal import Answer, SignalKind
from bot.services.overview import PAGE
from handlers.cards.desk import REASONS
from handlers.cards.morning import FIRST, OWN, SECOND
from tests.unit.samples.facts import (
    ASKING,
    CASE,
    DONE,
    KIND,
    MORE_TIME,
    PEOPLE,
    PROMISED,
    REFUSAL,
    TAKEN,
    TEAM,
    TILES,
    Samples,
    Variants,
)

STEP = {"at": CASE["reported_at"], "person": "张调度", "move": "note", "words": ""}
TEMPLATES = [
    {"code": f"one{n}", "name": {"zh_CN": "什么时候在家呢", "en": "When"}} for n in range(6)
]
ASK_FIRST = {"case": CASE, "people": PEOPLE, "page": 0, "pages": 1, "asking": True}
ASK_FIRST["teams"] = TILES[:4]
HISTORY = [{**STEP, "move": move, "words": "已经到现场看过"} for move in ("report", *MOVES)]
DECLINED = {"case": CASE, "whom": "打 95598 找供电公司"}
MORNING: dict[str, Any] = {"wide": True, "checks": False, "works": True}
MORNING["counts"] = dict.fromkeys((*FIRST, *SECOND, *OWN, "mine"), 112)
SIGNAL = {"signal": 7, "what": "alike", "n": 13, "days": 14, "numbers": [1120, 1123, 1127, 1128]}
SIGNAL |= {"icon": "💡", "name": CASE["name"], "place": "3号楼", "closed_as": None, "urgent": False}
ON_DESK = {"signals": [{"id": 7, "what": kind, "n": 13} for kind in ("alike", "promises")]}
SAMPLES: Samples = {
    "desk.morning": MORNING,
    "signal.card": SIGNAL,
    "signal.list": {"items": [SIGNAL] * 4, "page": 1, "pages": 3, "total": 9},
    "desk.merge": {"case": CASE, "masters": [{**TAKEN, "number": n} for n in range(1120, 1125)]},
    "desk.assign": {"case": CASE, "people": PEOPLE, "page": 1, "pages": 3}
    | {"advice": {"name": "工程组", "n": 12, "hours": 20}},
    "desk.nobody": {"case": CASE},
    "desk.no_dispatcher": {"case": CASE},
    "desk.no_supervisor": {"case": DONE},
    "desk.nobody_at_level": {"case": {**CASE, "level": "community"}},
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
    "desk.onbehalf": {"channels": ["phone", "walk_in"]},
    "desk.onbehalf_send": {},
    "desk.registered": {"number": 1127},
    "desk.phone": {"number": 1127, "phone": "13800138000"},
    "desk.fix": {"case": CASE},
    "desk.fix_kind": {"case": CASE, "tiles": [{"code": "lighting", **KIND}] * 16, "page": 1},
    "desk.fix_place": {"case": CASE, "tiles": TILES * 2, "page": 1},
    "desk.fix_unit": {"case": CASE, "building": TILES[2], "units": TILES},
    "desk.transfer": {"case": CASE, "level": "community"},
    "desk.answered": {"case": CASE, "question": "是声控灯吗?", "answer": "是", "photos": 1},
    "desk.lapsed": {"case": CASE, "question": "是声控灯吗?"},
    "desk.refer": {"case": {**CASE, "outcome": "打 122 找交警"}},
    "desk.decline_preview": {"case": CASE, "reason": "power", "whom": "打 95598 找供电公司"},
    "desk.refuse_reason": REFUSAL,
    "desk.close_reason": {**REFUSAL, "noun": "close"},
    "desk.refuse_preview": REFUSAL,
    "desk.declined": {"case": {**CASE, "status": "declined", "phase": "closed"}},
    "desk.asked": {"case": ASKING},
    "desk.objection": {"case": PROMISED, "said": "周三我不在家"},
}
VARIANTS: Variants = [
    ("desk.morning", {**MORNING, "works": False, "counts": {"late": 3, "urgent": 1}}),
    ("desk.morning", {**MORNING, "wide": False, "counts": {"own_promised": 1, "mine": 2}}),
    ("desk.morning", {**MORNING, "checks": True}),
    *(("signal.card", {**SIGNAL, "what": kind.value}) for kind in SignalKind),
    *(("signal.card", {**SIGNAL, "closed_as": answer.value}) for answer in Answer),
    ("signal.list", {"items": [], "page": 0, "pages": 1, "total": 0}),
    *(
        ("signal.list", {"items": [{**SIGNAL, "what": kind}], "page": 0, "pages": 1, "total": 1})
        for kind in SignalKind
    ),
    ("case.card", {"view": "dispatcher", "case": {**CASE, "desk": {"team": TEAM, **ON_DESK}}}),
    ("case.card", {"view": "dispatcher", "case": {**TAKEN, "desk": ON_DESK}}),
    *(("case.card", {"view": "dispatcher", "case": {**CASE, "channel": one}}) for one in CHANNELS),
    ("case.card", {"view": "handler", "case": {**TAKEN, "staff": True, "calls": True}}),
    ("desk.full", {**SAMPLES["desk.full"], "case": {**CASE, "channel": "walk_in"}}),
    ("desk.full", {**SAMPLES["desk.full"], "lines": [{**STEP, "person": None, "resident": True}]}),
    ("desk.assign", ASK_FIRST),
    ("desk.asked", {"case": MORE_TIME}),
    ("desk.asked", {"case": PROMISED}),
    ("desk.assign", {"case": CASE, "people": [], "page": 0, "pages": 1}),
    ("desk.reopen", {"case": DONE, "people": [], "page": 0, "pages": 1, "same": None}),
    ("desk.merge", {"case": CASE, "masters": []}),
    *(("desk.transfer", {"case": CASE, "level": level}) for level in LEVELS),
    *(("desk.full", {**SAMPLES["desk.full"], "level": level}) for level in (None, *LEVELS)),
    *(
        ("desk.full", {**SAMPLES["desk.full"], "lines": HISTORY[at : at + PAGE]})
        for at in range(0, len(HISTORY), PAGE)
    ),
    *(("desk.decline_preview", {**DECLINED, "reason": reason}) for reason in REASONS),
    ("desk.answered", {**SAMPLES["desk.answered"], "voices": 1, "files": 2}),
]
