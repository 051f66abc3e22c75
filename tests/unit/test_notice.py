"""The page that goes with a written notice: a PDF, and plain text without typst."""

import pytest

from bot.domain.letter import Paper
from bot.paper import notice
from tests.unit.card_samples import draw
from tests.unit.samples.overdue import NOTICE

PAPER = Paper(
    "1127", "督办通知单", ("安居物业党支部:", "编号 1127 · 3号楼", "#let x = [*不是标记*]")
)


def test_a_page_is_made_as_pdf() -> None:
    name, data = notice.write(PAPER, "zh_CN")
    assert (name, data[:5]) == ("1127.pdf", b"%PDF-")


def test_without_typst_it_is_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notice, "can_print", lambda: False)
    name, data = notice.write(PAPER, "zh_CN")
    assert name == "1127.txt"
    assert data.decode("utf-8-sig").splitlines()[::2] == [PAPER.title, *PAPER.lines]


def test_what_stands_on_it_is_understood_next_year() -> None:
    paper = draw("late.notice", NOTICE).makes
    assert isinstance(paper, Paper)
    assert paper.lines[0] == "安居物业党支部:"
    assert "办理期限:2026-11-22 18:00(过期 1 天)" in paper.lines
    assert "出具时间:2026-11-24 09:10" in paper.lines
    assert not [line for line in paper.lines if "<b>" in line]
