"""The page of a notice to be hung up: large, dated for good, with its pictures."""

import pytest

from bot.domain.letter import Paper
from bot.paper import notice
from bot.paper.poster import can_print
from tests.support.town import _LIGHT
from tests.unit.card_samples import draw
from tests.unit.samples.broadcast import SAMPLES, STANDING


def page(**more: object) -> Paper:
    drawn = draw("broadcast.paper", {**SAMPLES["broadcast.paper"], **more}).makes
    assert isinstance(drawn, Paper)
    return drawn


def test_a_neighbour_who_reads_it_next_week_knows_of_which_day_it_is() -> None:
    assert page().foot == "幸福里社区 · 2026年11月24日 · 电话 010-5550 1234"
    assert page().lines == ("停水检修",)
    assert page().title == "通知"


def test_few_words_are_large_and_many_still_fit() -> None:
    sizes = [notice.size_of(["字" * n]) for n in (10, 100, 200, 500, 3000)]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == len(sizes)


@pytest.mark.skipif(not can_print(), reason="needs typst")
def test_pictures_stand_on_it() -> None:
    held = _LIGHT.read_bytes()
    without = notice.write(page(), "zh_CN")
    for photos in ([held], [held] * 3):
        name, made = notice.write(page(photos=["a"] * len(photos)), "zh_CN", photos)
        assert (name, made[:5]) == ("notice-7.pdf", b"%PDF-")
        assert len(made) > len(without[1])


def test_without_typst_the_foot_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notice, "can_print", lambda: False)
    _, made = notice.write(page(), "zh_CN")
    assert "2026年11月24日" in made.decode("utf-8-sig")


def test_what_nobody_can_read_has_no_page() -> None:
    facts = {**STANDING, "status": "sent", "moves": [], "paper": False}
    labels = [one.label for row in draw("broadcast.report", facts).buttons for one in row]
    assert not any("张贴版" in one for one in labels)
