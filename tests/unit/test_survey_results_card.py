"""Results in words fit into one message, however many questions and lines there are."""

from typing import Any

import pytest
from telegram.constants import MessageLimit

from handlers.cards import survey, survey_desk
from handlers.cards.common import Sheet, enlarged
from tests.support.database import START
from tests.unit.samples.questionnaire import SAMPLES

WRITTEN: dict[str, Any] = {
    "what": "free_words",
    "words": "您觉得小区的保洁、绿化、秩序和收费公开里头,哪一样最该先改一改,改到什么样才好",
    "names": [],
    "n": 200,
    "hidden": False,
    "options": [],
    "mean": None,
    "groups": [{"words": f"{n}电梯<老>是坏,请修一修" * 9, "n": 12} for n in range(8)],
}
CHOSEN = WRITTEN | {
    "what": "multiple",
    "names": ["一二三四五六七八"] * 6,
    "options": [{"n": 200, "percent": 100}] * 6,
    "groups": [],
}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("question", [WRITTEN, CHOSEN])
@pytest.mark.parametrize(
    ("kind", "draw"),
    [("compose.result", survey_desk.result), ("survey.published", survey.published)],
)
def test_twelve_questions_fit(kind: str, draw: Any, question: Any, language: str) -> None:
    facts = {**SAMPLES[kind], "questions": [question] * 12}
    drawn = enlarged(draw(Sheet(kind, facts, language, START)))
    assert len(drawn.text) <= MessageLimit.MAX_TEXT_LENGTH
    assert drawn.text.count(question["words"][:20]) == 12, "no question is left out"


def test_what_was_left_out_is_counted() -> None:
    facts = {**SAMPLES["compose.result"], "questions": [WRITTEN] * 12}
    text = survey_desk.result(Sheet("compose.result", facts, "zh_CN", START)).text
    assert text.count("还有 6 种说法") == 12 or text.count("还有 7 种说法") == 12, text


def test_what_fits_is_said_in_full() -> None:
    facts = {**SAMPLES["compose.result"], "questions": [WRITTEN] * 3}
    text = survey_desk.result(Sheet("compose.result", facts, "zh_CN", START)).text
    assert "种说法" not in text
    assert text.count("· 7电梯") == 3


@pytest.mark.parametrize(("n", "shown", "left"), [(5, 5, ""), (6, 4, "有 2 栋"), (30, 4, "26 栋")])
def test_buildings_that_have_no_room_are_counted(n: int, shown: int, left: str) -> None:
    held = [{"name": f"{at}号楼", "asked": 9, "answered": 3, "percent": 33} for at in range(n)]
    facts = {**SAMPLES["compose.card"], "buildings": held}
    text = survey_desk.card(Sheet("compose.card", facts, "zh_CN", START)).text
    assert text.count("号楼:") == shown
    assert left in text
    assert ("栋" in text) is bool(left)


def test_numbers_are_counted_as_options_are() -> None:
    numbers = {**WRITTEN, "what": "number", "mean": "3.3"}
    numbers["groups"] = [{"words": "3", "n": 4}, {"words": "4", "n": 2}]
    facts = {**SAMPLES["compose.result"], "questions": [numbers]}
    text = survey_desk.result(Sheet("compose.result", facts, "zh_CN", START)).text
    assert "平均 3.3\n4 人 3\n2 人 4" in text
