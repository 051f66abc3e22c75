"""What the tests of the cards look for: for whom a letter is, and whether it says enough."""

import re
from collections.abc import Mapping
from typing import Any

from bot.domain.letter import Button, Drawing
from bot.sandbox.entities import parse_html
from bot.texts import t
from tests.unit.card_samples import draw

CHINESE = re.compile("[\u4e00-\u9fff]")
STAFF_VIEWS = {"dispatcher", "supervisor", "handler", "group", "lead"}
STAFF_KINDS = (
    "audit.",
    "call.",
    "check.",
    "compose.",
    "desk.",
    "people.",
    "privacy.hand_over",
    "privacy.not_erased",
    "retention.report",
    "grant.",
    "volunteer.list",
    "volunteer.card",
    "volunteer.reason",
    "volunteer.wished",
    "finish.",
    "list.todo",
    "list.filters",
    "list.tasks",
    "admin.",
    "case.returned",
    "signal.",
    "roster.",
    "patrol.table",
    "series.",
    "minutes.draft",
    "minutes.nag",
    "minutes.home",
    "minutes.item",
    "minutes.owner",
    "minutes.until",
    "minutes.say",
    "minutes.people",
    "minutes.heard",
    "minutes.objected",
    "agenda.proposed",
    "agenda.reason",
    "action.late_desk",
    "action.not_good",
    "outage.where",
    "outage.pick",
    "outage.time",
    "outage.card",
    "extension.",
    "figures.",
    "hold.",
    "promise.",
    "return.",
    "task.",
    "late.",
    *(f"broadcast.{one}" for one in ("compose", "whom", "places", "roles", "when", "time", "fix")),
    *(f"broadcast.{one}" for one in ("agree", "waits", "progress", "report", "recall_ask")),
)
LONG = {
    *("menu.help", "minutes.review", "minutes.public", "broadcast.lost"),
    *("survey.published", "compose.result", "compose.whole"),
}
ROOMY = {
    *("menu.start", "menu.phone", "list.my", "list.find", "privacy.home"),
    *("meeting.card", "meeting.list", "meeting.ahead", "action.list"),
    "broadcast.series",
    "broadcast.list",
}  # up to ten lines
OF_RESIDENTS = ("promise.objection", "promise.objected")  # their part in what a handler does
# Beside the name that residents read of a status: what else says it, and nothing but it.
SAYS: Mapping[str, tuple[str, ...]] = {
    "submitted": ("收到了", "替您报上了", "记下了,转给经办的人", "又单独办了", "值班的人还在找"),
    "needs_info": ("想请您补一句",),
    "offered": ("正在找人",),
    "in_progress": ("有人接了", "说好时间了", "还在办", "重新办", "改到", "延到"),
    "on_hold": ("先停一停",),
    "returned": ("正在换人",),
    "resolved": (
        "办完了",
        "没给您办好",
        "办了一半",
        "先放着",
        "会有人打给您",
        "登记了,编号还是",
        "看过再办结",
    ),
    "reopen_requested": ("登记再办了",),
    "closed_solved": ("办结", "办好了", "办好四周了", "办过了", "以后不问了", "太好了", "又坏了"),
    "closed_unsolved": ("没能解决", "暂时解决不了"),
    "merged": ("并到一起办了",),
    "declined": ("不属于我们管",),
    "withdrawn": ("已撤回",),
}
WHEN = r"24 小时内|(今天|明天|昨天|周.\(\d+日\)|(\d+年)?\d+月\d+日)(\(周.\))?\d\d:\d\d"
WHO = ("王师傅", "督办", "有人接手", "值班的人", "交警", "工作人员")


def shown(drawing: Drawing) -> str:
    return parse_html(drawing.text)[0]


def buttons(drawing: Drawing) -> list[Button]:
    return [button for row in drawing.buttons for button in row]


def is_for_staff(kind: str, facts: Mapping[str, Any]) -> bool:
    if kind in OF_RESIDENTS:
        return False
    if facts.get("own"):  # the note of whoever has the case
        return True
    return kind.startswith(STAFF_KINDS) or facts.get("view") in STAFF_VIEWS


def check_says_enough(kind: str, facts: Mapping[str, Any]) -> None:
    """Check for the number and two of: who has it, its status, by when (or since when)."""
    text = shown(draw(kind, facts))
    status = facts["case"]["status"] if "case" in facts else facts["status"]
    named = t(f"progress.{status}", "zh_CN").partition(" ")[2]
    said = any(word in text for word in (named, *SAYS[status]))
    who = any(word in text for word in WHO)
    assert "1127" in text
    assert said + bool(re.search(WHEN, text)) + who >= 2, (kind, status, text)


CODES = {
    "verb",
    "bind",
    "role",
    "area",
    "term",
    "reasons",
    "scope",
    "purpose",
    "at",
    "channel",
    "chip",
    "closed_as",
    "deadline",
    "hold_until",
    "promise",
    "since",
    "until",
    "step",
    "solved",
    "satisfied",
    "noun",
    "begins",
    "left_at",
    "move",
    "level",
    "above",
    "file_kind",
    "status",
    "phase",
    "view",
    "zone",
    "due",
    "reported_at",
    "month",
    "planned",
    "sent_at",
    "code",
    "stage",
    "what",
    "who",
    "first",
    "last",
    "today",
    "said",
    "stands",
    "starts",
    "ends",
    "uid",
    "away",
    "five",
    "series",
    "earlier",
    "conclusion",
    "public_at",
    "answer_by",
    "answer",
    "why",
    "every",
    "policy",
    "html",  # the words of a notice, which are HTML already: escaped when they were sent
    "often",
    "sort",
    "corrected",
}


CODE_LISTS = {
    "hazards",
    "spans",
    "choices",
    "five",
    "days",
    "channels",
    "purposes",
    "moves",
    "commands",
    "times",
    "roles",
    "terms",
}


def with_words(facts: Any, words: str, name: str = "") -> Any:
    """Return the facts with every free text in them replaced by `words`."""
    if isinstance(facts, dict):
        return {key: with_words(value, words, key) for key, value in facts.items()}
    if isinstance(facts, list):
        return facts if name in CODE_LISTS else [with_words(one, words, name) for one in facts]
    return words if isinstance(facts, str) and name not in CODES else facts
