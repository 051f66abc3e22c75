"""The page in a real Chromium, minimal mode: the door flashes over the chat and stays nowhere."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.stories.conftest import TUESDAY
from tests.support.minimal import minimal
from tests.support.page import DISPATCHER, RESIDENT, Opened, open_page
from tests.support.sandbox import Sandbox, running

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def discreet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    folder: Path = tmp_path_factory.mktemp("minimal")
    with running(folder, ORGANISATION=minimal(folder), SANDBOX_NOW=TUESDAY) as sandbox:
        yield sandbox


@pytest.fixture
async def opened(chromium: str, discreet: Sandbox, tmp_path: Path) -> AsyncIterator[Opened]:
    async with open_page(chromium, discreet.address, tmp_path / "profile") as page:
        yield page


async def test_the_door_is_shown_in_a_window_that_goes_away(opened: Opened, tmp_path: Path) -> None:
    resident, desk = opened.phone(RESIDENT), opened.phone(DISPATCHER)
    await resident.write("3号楼2单元502家里的灯不亮了,电话13912345678")
    await resident.press("✅ 对,提交")
    await expect(desk.card("3号楼2单元🔒")).to_be_visible()
    await desk.press("☎ 门牌电话")
    await expect(desk.alert).to_contain_text("3号楼2单元 502")
    await expect(desk.alert).to_contain_text("13912345678")
    await opened.page.screenshot(path=tmp_path / "minimal.png")
    await desk.alert.get_by_role("button", name="知道了").click()
    await expect(desk.alert).to_be_hidden()
    for secret in ("502", "13912345678"):
        await expect(desk.root.locator("article.bubble", has_text=secret)).to_have_count(0)
    await resident.write("/privacy")
    await expect(resident.card("我的信息")).to_contain_text("调度 看门牌电话")
    await opened.page.screenshot(path=tmp_path / "looked.png")
    assert opened.complaints == []
