"""The page in a real Chromium: somebody looks at what is kept of them, takes it along, and goes."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.support.page import RESIDENT, Opened, report_a_light

pytestmark = pytest.mark.browser


async def test_what_is_kept_is_seen_taken_along_and_erased(opened: Opened, tmp_path: Path) -> None:
    await report_a_light(opened)
    resident = opened.phone(RESIDENT)
    await resident.write("/privacy")
    await expect(resident.card("我的信息")).to_contain_text("5 件事")
    await opened.page.screenshot(path=tmp_path / "privacy.png")
    await resident.press("📥 导出给我")
    await expect(resident.card("都在这个文件里")).to_contain_text("linli_2026-11-17.json")
    await opened.page.screenshot(path=tmp_path / "export.png")
    await resident.press("✖ 删除我")
    await expect(resident.card("真的要删除您的信息吗")).to_contain_text("7 天内能反悔")
    await opened.page.screenshot(path=tmp_path / "effects.png")
    await resident.press("✖ 七天后删除")
    await expect(resident.card("在那之前点一下就能反悔")).to_be_visible()
    await opened.jumps("+7 天")
    await opened.jumps("+1 天")
    await resident.write("/privacy")
    await opened.page.screenshot(path=tmp_path / "erased.png")
    await expect(resident.card("我的信息")).to_contain_text("0 件事")
    assert opened.complaints == []
