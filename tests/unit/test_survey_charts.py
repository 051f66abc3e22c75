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


WRITTEN = FEW["questions"][0] | {"what": "free_words", "options": []}


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Return what stands beside the bars of each picture, as it is drawn."""
    found: list[list[str]] = []

    def watched(axes: Any, names: Any, values: Any, said: Any, most: int = 0) -> None:
        found.append(list(names))
        bars(axes, names, values, said, most)

    monkeypatch.setattr(survey_charts, "bars", watched)
    return found


def written(*words: str) -> dict[str, Any]:
    groups = [{"words": one, "n": 1} for one in words]
    return FEW | {"buildings": [], "questions": [WRITTEN | {"groups": groups}]}


@pytest.mark.skipif(not can_draw() or not fonts(), reason="the extra `reports` is not there")
def test_two_answers_make_bars_too(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[list[int], list[str], int]] = []

    def watched(axes: Any, names: Any, values: Any, said: Any, most: int = 0) -> None:
        drawn.append((list(values), list(said), most))
        bars(axes, names, values, said, most)

    monkeypatch.setattr(survey_charts, "bars", watched)
    assert len(survey_charts.draw(FEW, "zh_CN")) == 2
    assert drawn == [([0, 2, 0], ["0", "2", "0"], 2), ([50], ["1/2"], 100)]


@pytest.mark.skipif(not can_draw() or not fonts(), reason="the extra `reports` is not there")
def test_twelve_questions_make_two_albums_and_none_is_left_out() -> None:
    facts = FEW | {"questions": FEW["questions"] * 12}
    assert survey_charts.albums(facts) == 2
    assert [len(survey_charts.draw(facts, "zh_CN", album)) for album in (0, 1)] == [10, 3]


@pytest.mark.skipif(not can_draw() or not fonts(), reason="the extra `reports` is not there")
def test_numbers_are_drawn_and_a_photo_is_not() -> None:
    sent = FEW["questions"][0] | {"options": [], "mean": "3.5"}
    number = sent | {"what": "number", "groups": [{"words": "3", "n": 1}, {"words": "4", "n": 1}]}
    facts = FEW | {"questions": [number, sent | {"what": "picture"}], "buildings": []}
    assert len(survey_charts.draw(facts, "zh_CN")) == 1


def test_where_nobody_was_asked_nothing_is_drawn() -> None:
    nobody = FEW["questions"][0] | {"n": 0}
    assert survey_charts.albums(FEW | {"questions": [nobody], "buildings": []}) == 0


@pytest.mark.skipif(not can_draw() or not fonts(), reason="the extra `reports` is not there")
@pytest.mark.filterwarnings("error")
def test_whatever_people_write_can_be_drawn(drawn: list[list[str]]) -> None:
    odd = (r"$\foo{$", "$5 和 $6", "🙂👍", "好👍的", "电梯老是坏请修一修" * 9, "两\n行\t字")
    assert len(survey_charts.draw(written(*odd), "zh_CN")) == 1
    names = drawn[0]
    assert names[:4] == [r"$\foo{$", "$5 和 $6", "表情", "好的"]
    assert names[4].startswith("电梯老是坏")
    assert names[5] == "两 行 字"


@pytest.mark.skipif(not can_draw() or not fonts(), reason="the extra `reports` is not there")
@pytest.mark.parametrize(("n", "pages"), [(9, [9]), (10, [10]), (11, [6, 5]), (31, [8, 8, 8, 7])])
def test_many_buildings_stand_on_several_pictures(
    drawn: list[list[str]], n: int, pages: list[int]
) -> None:
    some = [{"name": f"{at}号楼", "asked": 9, "answered": 3, "percent": 33} for at in range(n)]
    facts = FEW | {"questions": [], "buildings": some}
    assert len(survey_charts.draw(facts, "zh_CN")) == len(pages)
    assert [len(one) for one in drawn] == pages
    assert [name for one in drawn for name in one] == [one["name"] for one in some]
