"""The questions after the work, in the chat and on the telephone."""

from bot.domain.callback import SATISFIED, SOLVED
from handlers.cards.finish import WHY
from tests.unit.samples.facts import ANSWER, CASE, CLOSED, DONE, Samples, Variants

QUESTION = {"case": DONE, "round": 0, "others": 2, "half": False}
QUESTION |= {"before": {"what": "thanks", "number": 1126}}
REGISTERED = {"number": 1127, "round": 0, "person": 9, "name": "", "tail": "8000", "place": "大门"}
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
CALL_CARD = {"case": {**DONE, "outcome": "换了声控灯"}, "round": 0, "person": 3, "name": "李阿姨"}
CALL_CARD |= {"home": "3号楼2单元", "step": "q1", "said": ANSWER, "heard": ANSWER}
CALL_CARD |= {"differs": False, "wish": None}
SAMPLES: Samples = {
    "survey.result": {"case": DONE, "did": "换了声控灯", "photos_after": 1, "no_photo": None},
    **{f"survey.{step}": QUESTION for step in ("q1", "q2", "q3", "reopen")},
    "survey.write": {"number": 1127, "case": DONE},
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
}
VARIANTS: Variants = [
    ("survey.result", {"case": DONE, "did": None, "photos_after": 0, "no_photo": "unwilling"}),
    ("survey.thanks", {"case": DONE}),
    *(
        (f"{which}.card", {**CALL_CARD, "step": step, "home": None})
        for which in ("call", "check")
        for step in ("q1", "q2", "reopen", "done", "over")
    ),
    ("call.list", {**CALLS, "items": [REGISTERED]}),
    ("call.card", {**CALL_CARD, "name": "", "phone": "13800138000", "home": None}),
    ("call.card", {**CALL_CARD, "name": "", "phone": None, "guarded": True}),
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
    *(
        ("check.card", {**CALL_CARD, "said": said, "heard": said, "differs": True})
        for said in (
            {"solved": solved, "satisfied": satisfied}
            for solved in SOLVED
            for satisfied in SATISFIED
        )
    ),
    *(
        ("survey.result", {"case": DONE, "did": "换了声控灯", "photos_after": 0, "no_photo": why})
        for why in WHY
    ),
]
