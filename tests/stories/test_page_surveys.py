"""A survey with every kind of question on the page in a real Chromium: composed, answered, told."""

from pathlib import Path
from urllib.parse import quote, urljoin

import openpyxl
import pytest
from playwright.async_api import Locator, expect

from tests.support.page import Opened, Phone

pytestmark = pytest.mark.browser
ORGANIZER, FIRST, SECOND = "钱组织", "李阿姨", "老周"
QUESTIONS = (
    ("🔘 单选", "保洁怎么样?", "满意\n一般\n不满意"),
    ("☑️ 多选", "哪里脏?", "楼道\n车棚\n垃圾房"),
    ("⭐ 打分", "给物业打几颗星?", ""),
    ("👍 是/一半/不是", "楼道灯都亮吗?", ""),
    ("🔢 数字", "家里几口人?", ""),
    ("✍️ 写话", "还想说什么?", ""),
    ("📷 照片", "拍一张最脏的地方", ""),
)


async def wait_for(phone: Phone, words: str) -> Locator:
    """Wait until the phone shows a message with these words."""
    card = phone.card(words)
    await expect(card).to_be_visible()
    return card


async def compose(qian: Phone) -> None:
    """Compose a question of each kind; who is satisfied goes from the first to the third."""
    await qian.write("/survey")
    await qian.press("➕ 新问卷")
    await qian.press("📄 空白")
    await wait_for(qian, "问卷叫什么")
    await qian.write("楼道保洁")
    await wait_for(qian, "📝 楼道保洁")
    for at, (kind, words, options) in enumerate(QUESTIONS, start=1):
        await qian.press("➕ 加一题")
        await qian.press(kind)
        await wait_for(qian, "题目怎么问")
        await qian.write(words)
        if options:
            await wait_for(qian, "有哪些选项")
            await qian.write(options)
        shown = f"{at}. {words}" if at <= 4 else f"还有 {at - 4} 题"
        await wait_for(qian, shown)
    await qian.press("✏️ 改题目")
    await wait_for(qian, "1/7 保洁怎么样?")
    await qian.press("↪️ 跳题")
    await qian.press("满意")
    await qian.press("第 3 题")
    await wait_for(qian, "选“满意” → 第 3 题")
    await qian.press("◀ 返回")
    await qian.press("✅ 不记名")  # a photo shows who took it: with names
    await expect(qian.root.locator("button.inline", has_text="⬜ 不记名")).to_be_visible()
    await qian.press("📤 发出去")


async def answer(phone: Phone, first: str, words: str, number: str) -> None:
    """Answer everything."""
    await phone.press("开始")
    await wait_for(phone, "1/7")
    await phone.press(first)
    if first != "满意":
        await wait_for(phone, "2/7")
        await phone.press("⬜ 楼道")
        await phone.press("⬜ 车棚")
        await expect(phone.root.locator("button.inline", has_text="✅ 车棚")).to_be_visible()
        await phone.press("下一题 ▶")
    await wait_for(phone, "3/7")
    await phone.press("⭐ 4")
    await wait_for(phone, "4/7")
    await phone.press("🌓 一半")
    await wait_for(phone, "5/7")
    await phone.write(number)
    await wait_for(phone, "6/7")
    await phone.write(words)
    await wait_for(phone, "7/7")
    await phone.send_sample("🧹 垃圾")
    await wait_for(phone, "谢谢您")


async def test_a_survey_of_every_kind_from_its_making_to_its_results(
    opened: Opened, tmp_path: Path
) -> None:
    page = opened.page
    names = quote(f"{ORGANIZER},{FIRST},{SECOND}")
    await page.goto(urljoin(page.url, f"/?phones={names}"))
    qian, li, zhou = (opened.phone(one) for one in (ORGANIZER, FIRST, SECOND))
    await compose(qian)
    await page.screenshot(path=tmp_path / "composed.png")
    await opened.jumps("+1 小时")
    await wait_for(li, "道题,点点就行")
    await answer(li, "不满意", "垃圾房要冲洗 & 消毒 <b>", "3")
    await answer(zhou, "满意", "挺好", "2.5")
    await page.screenshot(path=tmp_path / "answered.png")
    await qian.write("/survey")
    await wait_for(qian, "进行中 · 2/")
    await qian.press("🗳 楼道保洁")
    # An unknown building comes last.
    await expect(await wait_for(qian, "2 人答了,问了")).not_to_contain_text("楼号没说")
    await qian.press("⏹ 提前结束")
    await qian.press("⏹ 现在结束")
    await expect(await wait_for(qian, "楼道保洁 · 已结束")).to_contain_text("今天10:")
    await qian.press("💬 看结果")
    await wait_for(qian, "垃圾房要冲洗 & 消毒 <b>")
    await page.screenshot(path=tmp_path / "result.png")
    await qian.press("📋 看进度")
    await qian.press("📊 图")
    picture = qian.root.locator("article.bubble img").last
    await expect(picture).to_be_visible()
    await page.screenshot(path=tmp_path / "charts.png")
    for at, one in enumerate(await qian.root.locator("article.bubble a.photo").all()):
        source = await one.get_attribute("href")
        drawn = await page.request.get(urljoin(page.url, source or ""))
        (tmp_path / f"chart{at}.jpg").write_bytes(await drawn.body())
    await qian.press("📄 Excel")
    paper = qian.root.locator("article.bubble a.file").last
    await expect(paper).to_contain_text(".xlsx")
    book = await page.request.get(urljoin(page.url, await paper.get_attribute("href") or ""))
    (tmp_path / "survey.xlsx").write_bytes(await book.body())
    held = openpyxl.load_workbook(tmp_path / "survey.xlsx")
    cells = [cell.value for sheet in held for row in sheet.iter_rows() for cell in row]
    assert "垃圾房要冲洗 & 消毒 <b>" in cells
    assert not [one for one in cells if str(one).startswith("AgAD")], "an id is nothing to read"
    await qian.press("🖼 看照片")
    album = await wait_for(qian, "拍一张最脏的地方")
    await expect(album.locator("img")).to_have_count(2)
    await expect(album).to_contain_text("老周")
    await qian.press("📢 告诉大家")
    await opened.jumps("+1 天", "+1 天")
    outcome = li.root.locator("button.inline", has_text="📊 楼道保洁")
    await expect(outcome).to_be_visible()  # something was said today: the digest of tomorrow
    await outcome.click()
    await wait_for(li, "结果出来了")
    await page.screenshot(path=tmp_path / "published.png")
    assert opened.complaints == []
