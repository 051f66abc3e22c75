"""A poll on the page in a real Chromium: composed, sent to everybody, voted in."""

from pathlib import Path
from urllib.parse import quote, urljoin

import pytest
from playwright.async_api import expect

from tests.support.page import RESIDENT, Opened

pytestmark = pytest.mark.browser
ORGANIZER = "钱组织"


async def test_a_poll_goes_from_its_form_to_everybody(opened: Opened, tmp_path: Path) -> None:
    names = quote(f"{ORGANIZER},{RESIDENT},老周")
    await opened.page.goto(urljoin(opened.page.url, f"/?phones={names}"))
    qian, li, zhou = (opened.phone(one) for one in (ORGANIZER, RESIDENT, "老周"))
    await qian.write("/notice")
    await expect(qian.card("要通知什么")).to_be_visible()
    await qian.root.get_by_role("button", name="附件").click()
    await qian.root.get_by_role("button", name="🗳 投票").click()
    form = qian.root.locator("form.asking")
    await form.get_by_label("问题").fill("活动室周末开到几点?")
    for at, option in enumerate(("晚上8点", "晚上9点", "都行")):
        await form.get_by_label("选项").nth(at).fill(option)
    await opened.page.screenshot(path=tmp_path / "form.png")
    await form.get_by_role("button", name="发这个投票").click()
    await qian.root.locator("button.inline", has_text="👥 全体").click()
    await expect(qian.card("活动室周末开到几点?").locator(".poll")).to_contain_text("投票已结束")
    await qian.press("✅ 现在发")
    await opened.jumps("+1 小时")
    for phone in (li, zhou):
        poll = phone.root.locator(".poll", has_text="活动室周末开到几点?")
        await poll.get_by_role("button", name="晚上9点").click()
    await expect(li.root.locator(".poll")).to_contain_text("2 人投了")
    await expect(li.root.locator(".chosen-option")).to_contain_text("100%")
    await qian.press("🔄 看最新票数")
    await expect(qian.card("2 人投了(还在投)")).to_be_visible()
    await opened.page.screenshot(path=tmp_path / "poll.png")
    assert opened.complaints == []
