"""Somebody sends far too much: they hear it once, nothing that they have is lost, others go on."""

from collections.abc import Iterator

import pytest

from tests.stories.conftest import TUESDAY
from tests.support.plot import report
from tests.support.sandbox import EXAMPLE, running
from tests.support.town import Town


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Serve the example as it is, with its limits."""
    folder = tmp_path_factory.mktemp("flood")
    with running(folder, SANDBOX_NOW=TUESDAY, ORGANISATION=str(EXAMPLE)) as sandbox:
        yield Town(sandbox)


def test_a_flooder_hears_it_once_and_slows_nobody(strict: Town) -> None:
    strict.begin()
    li, wang = strict.people("李阿姨", "小李")
    li.sends("3楼灯不亮了")

    with strict.all_at_once():
        for number in range(60):
            li.hand_in(text=f"灯不亮了 {number}")
        wang.hand_in(text="5号楼1单元垃圾没人收")

    wang.sees("对就提交", "垃圾没人收")
    assert len(li.has("发得有点快", "歇一分钟")) == 1
    assert len(strict.sent_to(li, "发得有点快")) == 1
    li.has("对就提交")

    strict.wait("PT2M")
    li.sends("1")
    li.sees("收到了,编号")


def test_presses_of_a_flooder_are_answered_and_change_nothing(strict: Town) -> None:
    strict.begin()
    li = strict.person("李阿姨")
    li.sends("/settings")
    card = li.with_button("🔠 大字 ⬜")
    with strict.all_at_once():
        for _ in range(40):
            li.push("🔠 大字 ⬜", card)
    assert len(strict.calls("answerCallbackQuery")) >= 40
    assert len(li.has("发得有点快")) == 1


def test_the_sixth_report_of_an_hour_waits_and_is_kept(strict: Town) -> None:
    strict.begin()
    li = strict.person("李阿姨")
    for number in range(5):
        report(li, f"3楼灯不亮了 {number}")

    li.sends("电梯也坏了")
    li.presses("✅ 对,提交")

    assert any("先歇一歇" in one for one in li.toasts())
    strict.wait("PT11M")
    li.sees("先替您报上了")  # a report that is left alone is filed later: nothing is lost


@pytest.mark.parametrize("words", ["3号楼2单元有东西坏了", ""], ids=["a kind", "a unit"])
def test_the_tap_that_would_file_one_too_many_is_kept(strict: Town, words: str) -> None:
    strict.begin()
    li = strict.person("李阿姨")
    for number in range(5):
        report(li, f"3楼灯不亮了 {number}")
    li.sends(words or "📝 报问题")
    li.presses("🧹 环境卫生")
    if not words:
        li.presses("📍 改地方")
        li.presses("5号楼")
        li.presses("1单元")

    assert any("先歇一歇" in one for one in li.toasts())
    li.sees("对就提交", "环境卫生")


def test_staff_may_send_as_much_as_they_need(strict: Town) -> None:
    strict.begin()
    desk = strict.person("张调度")
    with strict.all_at_once():
        for _ in range(40):
            desk.hand_in(text="/todo")
    assert not desk.has("发得有点快")
    assert len(strict.sent_to(desk, "待办")) == 40
