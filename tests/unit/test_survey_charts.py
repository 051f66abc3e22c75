"""Pictures of a survey: how long a bar is follows the numbers, also where no share is written."""

from typing import Any

import pytest

from bot.paper import survey_charts
from bot.paper.charts import bars, can_draw, fonts

FEW: dict[str, Any] = {
    "title": "楼道",
    "answered": 2,
    "asked": 15,
    "questions": [
        {
            "what": "yes_half_no",
            "words": "灯亮吗?",
            "names": [],
            "n": 2,
            "hidden": False,
            "options": [{"n": n, "percent": None} for n in (0, 2, 0)],
            "mean": None,
            "groups": [],
        }
    ],
    "buildings": [{"name": "3号楼", "asked": 2, "answered": 1, "percent": None}],
}


@pytest.mark.skipif(not can_draw() or not fonts(), reason="the extra `reports` is not there")
def test_two_answers_make_bars_too(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[list[int], list[str], int]] = []

    def watched(axes: Any, names: Any, values: Any, said: Any, most: int = 0) -> None:
        drawn.append((list(values), list(said), most))
        bars(axes, names, values, said, most)

    monkeypatch.setattr(survey_charts, "bars", watched)
    assert len(survey_charts.draw(FEW, "zh_CN")) == 2
    assert drawn == [([0, 2, 0], ["0", "2", "0"], 2), ([50], ["1/2"], 100)]
